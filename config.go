package marquetry

import (
	"cmp"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/netip"
	"net/url"
	"regexp"
	"time"

	"github.com/marquetry/marquetry/internal/deliver"
	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/graph/ads"
	"github.com/marquetry/marquetry/internal/media"
	"github.com/marquetry/marquetry/internal/traffic"
)

// Config is everything that an operator decides. The zero value of a member means its default; only Data has none.
type Config struct {
	Data      string   // directory of the database and the event log; made if missing
	DB        string   // postgres://… keeps objects and rollups in PostgreSQL; empty means SQLite in Data
	Events    string   // where the event log is: "file" in Data, or "db", in the database, which several servers may then share; empty is where it is, a file at first
	Roles     []string // what this server does: some of Roles; empty is everything
	PublicURL string   // address that clients use, for servers behind a proxy; empty believes the Host header

	Beside         bool          // open the data beside a server that runs on it, for short commands; without it a directory in use is refused
	OpenConsole    bool          // the console asks nobody to log in; for loopback only
	ManualLearning bool          // learn only when POST /v1/learn asks, as repeatable runs need
	Latency        time.Duration // how long ad reviews, report runs and the processing of videos seem to take; whole seconds, 0 for none
	Seed           uint64        // of sandbox decisions and of the models' draws
	InvalidTraffic string        // crawlers and clicks that no person made: "off", "count" (apart) or "strict" (HTTP libraries, too); default "count"
	PublicRate     *int          // reports a second, on average over a minute, that are taken from one public address; 0 for any number; default 100
	Guardrails     Guardrails
	Learning       Learning
	Generation     Generation
	Images         Images
	Platform       Platform
	AppSecret      string         // sets the secret of the instance's application: 8 to 128 letters and digits; empty keeps the one that it has
	RequireProof   bool           // refuse Graph requests without an appsecret_proof
	FetchAllow     []netip.Prefix // addresses, such as those of a test server, from which files may be fetched although they are not public

	Logger *slog.Logger     // default: discard
	Now    func() time.Time // default: time.Now
	Random io.Reader        // source of keys, tokens and decision ids; default: crypto/rand
}

// Platform is how closely the protocol follows today's platform where that would get in the way of trying things out.
type Platform struct {
	StrictVersions bool   // refuse Marketing API versions that have ended
	Crowded        bool   // accounts may have any number of campaigns, ad sets and ads, instead of 5000 live and 100,000 archived ones of each
	RateLimits     string // "development" or "standard" refuses calls over the limits of that access tier; default "off"
	LegacyProtocol string // "off" drops what was retired in October 2026: ids at the root, date_format, pretty, debug, If-None-Match; default "on"
}

// secretPattern is what an application's secret may look like: its token travels in addresses.
var secretPattern = regexp.MustCompile(`^[A-Za-z0-9]{8,128}$`)

// Guardrails are the good practices of dynamic creative: each is "enforce", "warn" or "off".
type Guardrails struct {
	DailyBudget string // a daily budget under 20.00; default warn
	FewAssets   string // fewer than five assets of a kind; default warn
	Verdicts    string // naming a winner before 7 days and 50 conversions; default enforce
}

// Learning is how combinations are chosen for ads that do not say otherwise.
type Learning struct {
	Policy       string   // that chooses; default "default"
	ControlShare *float64 // of decisions that show any combination evenly, to measure the others against: 0 to 0.5; default 0.02

	StaleAfter time.Duration // models that could not be renewed for so long give way to even rotation; default an hour
}

// settings is a Config with its defaults, cut up for the packages that it configures.
type settings struct {
	Config
	graph   graph.Config
	ads     ads.Config
	deliver deliver.Config
	memory  *media.Budget // of all pictures, of uploads and of those being made
}

// complete fills in defaults and checks every package's settings before anything is opened.
func (c Config) complete() (settings, error) {
	if c.Data == "" {
		return settings{}, errors.New("no data directory")
	}
	if err := checkRoles(c.Roles); err != nil {
		return settings{}, err
	}
	c.Guardrails.DailyBudget = cmp.Or(c.Guardrails.DailyBudget, string(ads.Warn))
	c.Guardrails.FewAssets = cmp.Or(c.Guardrails.FewAssets, string(ads.Warn))
	c.Guardrails.Verdicts = cmp.Or(c.Guardrails.Verdicts, "enforce")
	c.Platform.LegacyProtocol = cmp.Or(c.Platform.LegacyProtocol, "on")
	c.Seed = cmp.Or(c.Seed, 1)
	c.Logger = cmp.Or(c.Logger, slog.New(slog.DiscardHandler))
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Random == nil {
		c.Random = rand.Reader
	}
	generation, err := c.Generation.complete()
	if err != nil {
		return settings{}, err
	}
	images, err := c.Images.complete()
	if err != nil {
		return settings{}, err
	}
	c.Generation, c.Images = generation, images
	s := settings{Config: c, graph: graph.DefaultConfig(), ads: ads.DefaultConfig(), deliver: deliver.DefaultConfig(), memory: media.NewBudget(images.Memory)}
	if c.PublicURL != "" {
		public, err := url.Parse(c.PublicURL)
		if err != nil {
			return settings{}, fmt.Errorf("public address: %w", err)
		}
		s.graph.PublicURL, s.deliver.Public = public, public
	}
	s.graph.Latency, s.deliver.Latency = c.Latency, c.Latency
	if tier := c.Platform.RateLimits; tier == "development" || tier == "standard" {
		s.ads.RateLimits = true
		s.graph.Usage = graph.UsageOf(tier + "_access")
		s.graph.Usage.Enforce = true
	}
	if c.Platform.Crowded {
		s.ads.Limits = ads.Limits{}
	}
	s.graph.StrictVersions, s.graph.LegacyProtocol = c.Platform.StrictVersions, c.Platform.LegacyProtocol == "on"
	if c.AppSecret != "" && !secretPattern.MatchString(c.AppSecret) {
		return settings{}, errors.New("the application's secret must be 8 to 128 letters and digits")
	}
	s.graph.RequireProof = c.RequireProof
	s.graph.Now, s.graph.Logger, s.graph.NewTraceID = c.Now, c.Logger, func() string { return traceID(c.Random) }
	s.ads.DailyBudget, s.ads.FewAssets = ads.Guard(c.Guardrails.DailyBudget), ads.Guard(c.Guardrails.FewAssets)
	s.deliver.Seed, s.deliver.AutoRefit = c.Seed, !c.ManualLearning
	s.deliver.Policy = cmp.Or(c.Learning.Policy, s.deliver.Policy)
	s.deliver.StaleAfter = cmp.Or(c.Learning.StaleAfter, s.deliver.StaleAfter)
	if share := c.Learning.ControlShare; share != nil {
		s.deliver.ControlShare = *share
	}
	s.deliver.Invalid = traffic.Mode(cmp.Or(c.InvalidTraffic, string(s.deliver.Invalid)))
	if c.PublicRate != nil {
		s.deliver.PublicRate = *c.PublicRate
	}
	s.deliver.EnforceVerdicts = c.Guardrails.Verdicts == "enforce"
	return s, errors.Join(s.graph.Validate(), s.ads.Validate(), s.deliver.Validate())
}
