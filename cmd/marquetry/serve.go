package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/marquetry/marquetry"
)

// serveCmd is `marquetry serve`.
type serveCmd struct {
	instanceFlags
	Listen         string         `help:"Address and port to listen on." default:"127.0.0.1:8080"`
	TLSAddr        string         `name:"tls-addr" help:"Also listen here, on https, as graph.facebook.com and its kin: see marquetry ca." placeholder:"ADDRESS"`
	PublicURL      string         `name:"public-url" help:"Address that clients and ads use, when a proxy stands before the server." placeholder:"URL"`
	Seed           uint64         `help:"Seed of what is drawn at random in learning and in sandbox decisions." default:"1"`
	GuardBudget    string         `help:"A daily budget under 20.00: enforce, warn or off." enum:"enforce,warn,off" default:"warn"`
	GuardAssets    string         `help:"Fewer than five assets of a kind: enforce, warn or off." enum:"enforce,warn,off" default:"warn"`
	GuardVerdicts  string         `help:"A verdict before 7 days and 50 conversions: enforce, warn or off." enum:"enforce,warn,off" default:"enforce"`
	Policy         string         `help:"What chooses combinations, for ads that do not say otherwise: default, or one of the simpler policies to compare with." default:"default"`
	ControlShare   float64        `help:"Share of decisions that show any combination evenly, so that what learning brings can be measured; ads may say otherwise." default:"0.02"`
	StaleAfter     time.Duration  `help:"How long models choose that cannot be renewed because the database is away; then ads rotate evenly." default:"1h"`
	FetchAllow     []netip.Prefix `name:"fetch-allow" help:"Also fetch files (file_url and its kin) from these addresses, which are not public: 127.0.0.0/8." placeholder:"CIDR"`
	Roles          []string       `help:"What this server does, of several on one database: api, decide, ingest, work, console. Everything, if it is not said." placeholder:"ROLE"`
	InvalidTraffic string         `help:"Crawlers and clicks that no person made: off, count (apart from people) or strict (also HTTP libraries and headless browsers)." enum:"off,count,strict" default:"count"`
	PublicRate     int            `help:"Reports (impressions, clicks, pixels, batches) a second, on average over a minute, that are taken from one public address; 0 for any number, as behind a proxy that others know by its address." default:"100"`
	StrictVersions bool           `help:"Refuse Marketing API versions that have ended (code 2635) instead of answering with a warning."`
	Crowded        bool           `help:"Let an ad account have any number of campaigns, ad sets and ads instead of Meta's 5000 of each."`
	RateLimits     string         `help:"Refuse calls over the rate limits of an access tier: off, development or standard." enum:"off,development,standard" default:"off"`
	LegacyProtocol string         `help:"What the platform retired in October 2026 (ids at the root, date_format, pretty, debug, If-None-Match): on or off." enum:"on,off" default:"on"`
	Latency        time.Duration  `help:"How long ad reviews, report runs and the processing of videos seem to take." default:"0s"`
	AppSecret      string         `help:"Set the secret of the instance's application: 8 to 128 letters and digits. Better in the environment, where it does not show in lists of processes." env:"MARQUETRY_APP_SECRET" placeholder:"SECRET"`
	RequireProof   bool           `help:"Refuse Graph requests without an appsecret_proof."`
	textFlags
	imageFlags
	JSON bool `name:"json" help:"Print one JSON object once the server listens."`
}

// Help is the example shown by --help.
func (serveCmd) Help() string {
	return "The first start makes a business with an ad account (USD), a Page and a pixel, and an application, and prints an admin token once. SIGTERM or Ctrl-C ends it in order; " +
		"being killed loses nothing that was acknowledged. /healthz and /readyz answer without a token.\n\n" +
		"Examples:\n  marquetry serve --data ./data --listen 127.0.0.1:8080\n" +
		"  marquetry serve --data /var/lib/marquetry --db postgres://user@host/name --public-url https://ads.example.com"
}

// started is what serve says about itself. What follows the addresses is empty except on the first start.
type started struct {
	URL       string `json:"url"`
	TLSURL    string `json:"tls_url,omitempty"`
	Token     string `json:"token,omitempty"`
	AccountID string `json:"account_id,omitempty"`
	PageID    string `json:"page_id,omitempty"`
	PixelID   string `json:"pixel_id,omitempty"`
	AppID     string `json:"app_id,omitempty"`
	AppSecret string `json:"app_secret,omitempty"`
}

// Run serves until it is told to stop.
func (c serveCmd) Run(ctx context.Context, io streams) (err error) {
	listeners, err := c.listen(ctx)
	if err != nil {
		return err
	}
	log := io.logger()
	server, err := marquetry.New(ctx, marquetry.Config{
		Data: c.Data, DB: c.DB, Events: c.Events, Roles: c.Roles, PublicURL: c.PublicURL, Seed: c.Seed, Latency: c.Latency, Logger: log, FetchAllow: c.FetchAllow, InvalidTraffic: c.InvalidTraffic, PublicRate: &c.PublicRate,
		Generation: c.generation(), Images: c.images(), AppSecret: c.AppSecret, RequireProof: c.RequireProof,
		Guardrails: marquetry.Guardrails{DailyBudget: c.GuardBudget, FewAssets: c.GuardAssets, Verdicts: c.GuardVerdicts},
		Learning:   marquetry.Learning{Policy: c.Policy, ControlShare: &c.ControlShare, StaleAfter: c.StaleAfter},
		Platform:   marquetry.Platform{StrictVersions: c.StrictVersions, Crowded: c.Crowded, RateLimits: c.RateLimits, LegacyProtocol: c.LegacyProtocol},
	})
	if err != nil {
		return errors.Join(err, closeAll(listeners))
	}
	defer func() { err = errors.Join(err, server.Close()) }()
	f := server.Fresh
	if err := c.announce(io.out, started{reachable(listeners[0]), c.secureURL(listeners), f.Token, f.AccountID, f.PageID, f.PixelID, f.AppID, f.AppSecret}); err != nil {
		return err
	}
	err = host(ctx, server, listeners...)
	log.Info("stopped")
	return err
}

// listen opens the address and, if there is one, the address for https.
func (c serveCmd) listen(ctx context.Context) ([]net.Listener, error) {
	plain, err := listen(ctx, c.Listen)
	if err != nil || c.TLSAddr == "" {
		return []net.Listener{plain}, err
	}
	second, err := listen(ctx, c.TLSAddr)
	if err == nil {
		second, err = secured(second, c.Data)
	}
	if err != nil {
		return nil, errors.Join(err, plain.Close())
	}
	return []net.Listener{plain, second}, nil
}

// closeAll closes listeners that nothing serves.
func closeAll(listeners []net.Listener) (err error) {
	for _, listener := range listeners {
		err = errors.Join(err, listener.Close())
	}
	return err
}

// secureURL is the address of the listener for https, empty where there is none.
func (c serveCmd) secureURL(listeners []net.Listener) string {
	if len(listeners) == 1 {
		return ""
	}
	return "https" + strings.TrimPrefix(reachable(listeners[1]), "http")
}

// announce prints where the server is and what a first start made.
func (c serveCmd) announce(out io.Writer, s started) error {
	if c.JSON {
		return printJSON(out, s)
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	if s.Token != "" {
		fmt.Fprintf(table, "admin token\t%s\t(shown this once)\n", s.Token)
		fmt.Fprintf(table, "ad account\t%s\n", s.AccountID)
		fmt.Fprintf(table, "page\t%s\n", s.PageID)
		fmt.Fprintf(table, "pixel\t%s\n", s.PixelID)
		fmt.Fprintf(table, "app\t%s\n", s.AppID)
		fmt.Fprintf(table, "app secret\t%s\t(marquetry token create --kind app shows it again)\n", s.AppSecret)
	}
	if s.TLSURL != "" {
		fmt.Fprintf(table, "listening\t%s\t(certificate: marquetry ca --data %s)\n", s.TLSURL, c.Data)
	}
	fmt.Fprintf(table, "listening\t%s\n", s.URL)
	return table.Flush()
}
