package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/marquetry/marquetry"
)

// tokenCmd is `marquetry token`.
type tokenCmd struct {
	Create tokenCreateCmd `cmd:"" help:"Make an access token and print it."`
	List   tokenListCmd   `cmd:"" help:"List the tokens that were made, without their secrets."`
	Revoke tokenRevokeCmd `cmd:"" help:"Take a token back."`
}

// tokenCreateCmd is `marquetry token create`.
type tokenCreateCmd struct {
	instanceFlags
	Scopes  []string      `help:"What the token may do: ads_read, ads_management, business_management, pages_read_engagement, pages_manage_ads, catalog_management, read_insights, creative_review, sandbox, admin." default:"ads_management" placeholder:"SCOPE"`
	Account []string      `help:"Ad accounts it may touch, act_… or digits; all when absent." placeholder:"ID"`
	Kind    string        `help:"Whose it is: user, system_user, page, or app, which prints the application's own token ID|SECRET." enum:"user,system_user,page,app" default:"user"`
	For     string        `help:"Id of the user, system user or Page that it speaks for; the first one when absent." placeholder:"ID"`
	Label   string        `help:"Name of the token in the audit." default:"command line"`
	Expires time.Duration `help:"How long it is good for, such as 720h; for ever when absent."`
	JSON    bool          `name:"json" help:"Print one JSON object."`
}

// Help is the example shown by --help.
func (tokenCreateCmd) Help() string {
	return "Prints nothing but the token on standard output. The server may be running meanwhile. One that keeps its objects in PostgreSQL needs " +
		"the same --db here.\n\n" +
		"Example:\n  TOKEN=$(marquetry token create --data ./data --scopes ads_read --account act_120200000000000002)"
}

// Run makes a token.
func (c tokenCreateCmd) Run(ctx context.Context, io streams) error {
	for _, scope := range c.Scopes {
		if !slices.Contains(marquetry.Scopes(), scope) {
			return usageError(fmt.Sprintf("--scopes: %q is not one of %s", scope, strings.Join(marquetry.Scopes(), ", ")))
		}
	}
	if c.Expires < 0 {
		return usageError("--expires: the token would have expired already")
	}
	return c.open(ctx, io, func(server *marquetry.Server) error {
		if server.Fresh.Token != "" {
			fmt.Fprintf(io.err, "There was no instance in %s: made one.\n", c.Data)
		}
		token, err := c.make(ctx, server)
		if err != nil {
			return err
		}
		if c.JSON {
			return printJSON(io.out, map[string]any{"token": token, "scopes": c.Scopes})
		}
		fmt.Fprintln(io.out, token)
		return nil
	})
}

// make makes the token; an application's own is only looked up.
func (c tokenCreateCmd) make(ctx context.Context, server *marquetry.Server) (string, error) {
	if c.Kind == "app" {
		return server.AppToken(ctx)
	}
	want := marquetry.TokenRequest{Label: c.Label, Kind: c.Kind, For: c.For, Scopes: c.Scopes, Accounts: c.Account}
	if c.Expires > 0 {
		want.Expires = time.Now().Add(c.Expires).Unix()
	}
	return server.CreateToken(ctx, want)
}

// tokenListCmd is `marquetry token list`.
type tokenListCmd struct {
	instanceFlags
	JSON bool `name:"json" help:"Print a JSON list."`
}

// Help is the example shown by --help.
func (tokenListCmd) Help() string { return "Example:\n  marquetry token list --data ./data" }

// Run lists tokens.
func (c tokenListCmd) Run(ctx context.Context, io streams) error {
	return c.open(ctx, io, func(server *marquetry.Server) error {
		list, err := server.Tokens(ctx)
		if err != nil {
			return err
		}
		if c.JSON {
			return printJSON(io.out, list)
		}
		table := tabwriter.NewWriter(io.out, 0, 0, 2, ' ', 0)
		fmt.Fprintln(table, "ID\tKIND\tLABEL\tSCOPES\tACCOUNTS\tCREATED\tSTATE")
		for _, k := range list {
			accounts := "all"
			if len(k.Accounts) > 0 {
				accounts = strings.Join(k.Accounts, ",")
			}
			fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", k.ID, k.Kind, k.Label, strings.Join(k.Scopes, ","), accounts, day(k.Created), state(k, time.Now()))
		}
		return table.Flush()
	})
}

// day is the date of unix seconds.
func day(seconds int64) string { return time.Unix(seconds, 0).UTC().Format(time.DateOnly) }

// state says whether a token can be used.
func state(k marquetry.TokenInfo, now time.Time) string {
	switch {
	case k.Revoked != 0:
		return "revoked " + day(k.Revoked) + ": " + k.Reason
	case k.Expires == 0:
		return "good"
	case k.Expires <= now.Unix():
		return "expired " + day(k.Expires)
	}
	return "good until " + day(k.Expires)
}

// tokenRevokeCmd is `marquetry token revoke`.
type tokenRevokeCmd struct {
	instanceFlags
	Token  string `arg:"" help:"Id from marquetry token list, or the token itself."`
	Reason string `help:"Decides the subcode of error 190: invalidated (467), app_removed (458), checkpoint (459), password_changed (460), unconfirmed (464), role_lost (492)." default:"invalidated" enum:"invalidated,app_removed,checkpoint,password_changed,unconfirmed,role_lost"`
}

// Help is the example shown by --help.
func (tokenRevokeCmd) Help() string {
	return "A client that goes on using it gets error 190.\n\nExample:\n  marquetry token revoke --data ./data --reason password_changed ID"
}

// Run takes a token back.
func (c tokenRevokeCmd) Run(ctx context.Context, io streams) error {
	return c.open(ctx, io, func(server *marquetry.Server) error { return server.RevokeToken(ctx, c.Token, c.Reason) })
}
