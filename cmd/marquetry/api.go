package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/marquetry/marquetry/client"
)

// remoteFlags say which server a command talks to, and as whom.
type remoteFlags struct {
	URL   string `help:"Address of the server, with a version or without." default:"http://127.0.0.1:8080" env:"MARQUETRY_URL" placeholder:"URL"`
	Token string `help:"Access token." env:"MARQUETRY_TOKEN" placeholder:"TOKEN"`
}

// apiCmd is `marquetry api`.
type apiCmd struct {
	remoteFlags
	Method string   `arg:"" help:"get, post or delete." enum:"get,post,delete"`
	Path   string   `arg:"" help:"Object and edge, such as act_1/campaigns."`
	Params []string `arg:"" optional:"" help:"Parameters as name=value; lists and objects as JSON." placeholder:"NAME=VALUE"`
}

// Help is the example shown by --help.
func (apiCmd) Help() string {
	return "Makes one request of the Graph API and prints the answer. The server may be one of ours or the platform itself.\n\n" +
		"Examples:\n  marquetry api get me/adaccounts fields=name,currency\n" +
		"  marquetry api post act_1/campaigns name=Spring objective=OUTCOME_SALES special_ad_categories=[]"
}

// Run makes the request.
func (c apiCmd) Run(ctx context.Context, io streams) error {
	params := client.Params{}
	for _, pair := range c.Params {
		name, value, found := strings.Cut(pair, "=")
		if !found || name == "" {
			return usageError("parameters are written name=value, not " + pair)
		}
		params[name] = value
	}
	remote, err := client.New(c.URL, c.Token)
	if err != nil {
		return err
	}
	var answer client.Object
	switch strings.ToUpper(c.Method) {
	case http.MethodGet:
		answer, err = remote.Get(ctx, c.Path, params)
	case http.MethodPost:
		answer, err = remote.Post(ctx, c.Path, params)
	default:
		err = remote.Delete(ctx, c.Path, params)
		answer = client.Object{"success": true}
	}
	var refused *client.Error
	if errors.As(err, &refused) && refused.TraceID != "" {
		return fmt.Errorf("%w\nTry: marquetry why %s", err, refused.TraceID)
	}
	if err != nil {
		return err
	}
	return printJSON(io.out, answer)
}
