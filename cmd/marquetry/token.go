package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/marquetry/marquetry"
)

// tokenCmd is `marquetry token`.
type tokenCmd struct {
	Create tokenCreateCmd `cmd:"" help:"Make an access token and print it."`
}

// tokenCreateCmd is `marquetry token create`.
type tokenCreateCmd struct {
	instanceFlags
	Scopes  []string      `help:"What the token may do: ads_read, ads_management, business_management, pages_read_engagement, sandbox, admin." default:"ads_management" placeholder:"SCOPE"`
	Account []string      `help:"Ad accounts it may touch, act_… or digits; all when absent." placeholder:"ID"`
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
	var expires int64
	if c.Expires > 0 {
		expires = time.Now().Add(c.Expires).Unix()
	}
	return c.open(ctx, io, func(server *marquetry.Server) error {
		if server.Fresh.Token != "" {
			fmt.Fprintf(io.err, "There was no instance in %s: made one.\n", c.Data)
		}
		token, err := server.CreateToken(ctx, marquetry.TokenRequest{Label: c.Label, Scopes: c.Scopes, Accounts: c.Account, Expires: expires})
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
