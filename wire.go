package marquetry

import (
	"context"
	"strings"
	"time"

	"github.com/marquetry/marquetry/internal/fetch"
	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/graph/access"
	"github.com/marquetry/marquetry/internal/graph/account"
	"github.com/marquetry/marquetry/internal/graph/ads"
	"github.com/marquetry/marquetry/internal/graph/async"
	"github.com/marquetry/marquetry/internal/graph/catalogs"
	"github.com/marquetry/marquetry/internal/graph/pages"
	"github.com/marquetry/marquetry/internal/graph/videos"
	"github.com/marquetry/marquetry/internal/insights"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// extensions gives the protocol everything that the declarations name: the rules of the advertising objects, and from the other
// services what only they know.
func (s *Server) extensions(reporter *insights.Reporter) (graph.Extensions, error) {
	config := s.settings.ads
	fetcher := fetch.New(fetch.Config{Allow: s.settings.FetchAllow})
	config.Spent, config.Fetch, config.Memory = s.spent, fetcher, s.settings.memory
	rules, err := ads.New(config)
	if err != nil {
		return graph.Extensions{}, err
	}
	groups, err := account.New(account.Config{Targeting: ads.CheckTargeting})
	if err != nil {
		return graph.Extensions{}, err
	}
	known := graph.Extensions{
		Edges: map[string]graph.EdgeResolver{"insights": report(reporter), "restatements": restatements, "adspixel.stats": pixelStats},
		Fields: map[string]graph.FieldResolver{
			"adset.learning":         s.learningStage,
			"adaccount.amount_spent": s.amountSpent,
			"adspixel.last_fired":    lastFired,
		},
		Actions: map[string]graph.Action{"pixel.events": s.pixelEvents},
	}
	return graph.Join(rules, known, s.generation(), reportRuns(reporter), access.New(access.Config{Random: s.settings.Random}), async.New(), groups, s.previews.Extensions(), pages.New(pages.Config{Fetch: fetcher, Memory: s.settings.memory}),
		videos.New(videos.Config{Fetch: fetcher, Memory: s.settings.memory}), catalogs.New(catalogs.Config{Fetch: fetcher}))
}

// report answers the insights edge of every object that has one.
func report(reporter *insights.Reporter) graph.EdgeResolver {
	return func(ctx context.Context, call *graph.Call, tx store.Tx, _ *graph.Selection) (*graph.Rows, error) {
		request, faults := insights.Parse(call.Params, call.Version, call.Now)
		if err := faults.Err(); err != nil {
			return nil, err
		}
		request.Object, request.Base = call.Node, call.Base.String()
		result, err := reporter.Query(ctx, tx, request)
		if err != nil {
			return nil, err
		}
		return reportRows(result), nil
	}
}

// restatements answers what changed days of an object's reports after they were over.
func restatements(ctx context.Context, call *graph.Call, tx store.Tx, _ *graph.Selection) (*graph.Rows, error) {
	result, err := insights.Restated(ctx, tx, insights.RestatedQuery{
		Object: call.Node, Account: call.Account, Since: object.Whole(call.Args, "since"), Until: object.Whole(call.Args, "until"), Params: call.Params,
	})
	if err != nil {
		return nil, err
	}
	return reportRows(result), nil
}

// reportRows puts a page of a report into the protocol's envelope.
func reportRows(result *insights.Result) *graph.Rows {
	rows := &graph.Rows{Data: make([]any, len(result.Rows)), Total: result.Total,
		First: result.First, Last: result.Last, Next: result.Next, Prev: result.Prev}
	for i, row := range result.Rows {
		rows.Data[i] = row
	}
	if result.Summary != nil {
		rows.Summary = result.Summary
	}
	return rows
}

// learningStage is an ad set's learning_stage_info.
func (s *Server) learningStage(_ context.Context, _ *graph.Call, _ store.Tx, adsets []*store.Object, _ *graph.Selection) ([]any, error) {
	values := make([]any, len(adsets))
	for i, adset := range adsets {
		if stage, ok := s.deliver.Stage(adset.ID); ok {
			values[i] = stage
		}
	}
	return values, nil
}

// amountSpent is what accounts have spent, or since their spend cap was reset, in minor units.
func (s *Server) amountSpent(ctx context.Context, call *graph.Call, tx store.Tx, accounts []*store.Object, _ *graph.Selection) ([]any, error) {
	spent, err := s.spent(ctx, call, tx, accounts, false)
	values := make([]any, len(spent))
	for i := range spent {
		values[i] = max(0, spent[i]-object.Whole(accounts[i].Data, "spend_cap_since"))
	}
	return values, err
}

// pixelEvents takes a Conversions API request.
func (s *Server) pixelEvents(ctx context.Context, call *graph.Call, _ store.Tx) (any, error) {
	received, faults, err := s.deliver.Conversions(ctx, call.Node.ID, call.Node.AccountID, call.Params["data"], time.Unix(call.Now, 0))
	if err == nil {
		err = faults.Err()
	}
	if err != nil {
		return nil, err
	}
	return object.Ordered{{Name: "events_received", Value: received}, {Name: "messages", Value: []string{}}, {Name: "fbtrace_id", Value: call.TraceID}}, nil
}

// spent is what objects of one type have cost, in minor units: ever, or today in their account's time zone.
func (s *Server) spent(ctx context.Context, call *graph.Call, tx store.Tx, objs []*store.Object, today bool) ([]int64, error) {
	amounts := make([]int64, len(objs))
	if len(objs) == 0 {
		return amounts, nil
	}
	accounts, err := accountsOf(ctx, tx, objs)
	if err != nil {
		return nil, err
	}
	var from insights.Day
	if today {
		from = insights.Today(accounts[objs[0].AccountID], call.Now)
	}
	ids := make([]string, len(objs))
	for i, o := range objs {
		ids[i] = strings.TrimPrefix(o.ID, "act_")
	}
	level := insights.Level(objs[0].Type)
	if level == "adaccount" {
		level = insights.AccountLevel
	}
	micros, err := insights.Spent(ctx, tx, level, ids, from)
	for i, o := range objs {
		currency, _ := accounts[o.AccountID].Data["currency"].(string)
		amounts[i] = micros[ids[i]] / object.MicrosPerMinor(currency)
	}
	return amounts, err
}

// accountsOf are the ad accounts that own some objects, by their digits.
func accountsOf(ctx context.Context, tx store.Tx, objs []*store.Object) (map[string]*store.Object, error) {
	ids := make([]string, len(objs))
	for i, o := range objs {
		ids[i] = "act_" + o.AccountID
	}
	byID, err := tx.Objects(ctx, ids)
	accounts := make(map[string]*store.Object, len(byID))
	for _, a := range byID {
		accounts[a.AccountID] = a
	}
	return accounts, err
}
