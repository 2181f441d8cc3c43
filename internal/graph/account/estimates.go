package account

import (
	"context"
	"math"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// dailyShare is the share of a month's people who come on a day.
const dailyShare = 0.65

// asked is a targeting to estimate: the one that was sent, checked as an ad set's would be, or that of the ad set of the path.
func (s *service) asked(ctx context.Context, call *graph.Call, tx store.Tx) (targeting map[string]any, people int64, err error) {
	targeting = object.Members(call.Args, "targeting_spec")
	switch {
	case targeting != nil:
		if err := s.config.Targeting(call, targeting, "targeting_spec").Err(); err != nil {
			return nil, 0, err
		}
	case call.Node.Type == "adset":
		targeting = object.Members(call.Node.Data, "targeting")
	case call.Node.Type == "ad":
		set, err := tx.Object(ctx, call.Node.Text("adset_id"))
		if err != nil {
			return nil, 0, err
		}
		targeting = object.Members(set.Data, "targeting")
	default:
		return nil, 0, missing("targeting_spec")
	}
	people, err = s.meant(ctx, call, tx, targeting)
	return targeting, people, err
}

// meant is about how many people a targeting means. Custom audiences of other accounts are as unknown as those that do not exist.
func (s *service) meant(ctx context.Context, call *graph.Call, tx store.Tx, targeting map[string]any) (int64, error) {
	named := audiences(targeting, "custom_audiences")
	found, err := tx.Objects(ctx, named)
	sizes := map[string]int64{}
	for _, id := range named {
		sizes[id] = -1
		if o := found[id]; o != nil && o.Type == "customaudience" && o.AccountID == call.Account.AccountID {
			sizes[id] = s.audienceSize(o)
		}
	}
	return s.tables.people(targeting, sizes), err
}

// missing is the platform's answer to a required parameter that is not there.
func missing(name string) *object.Fault {
	return object.Broken("required", 0, "(#100) The parameter "+name+" is required", name)
}

// reach answers reachestimate.
func (s *service) reach(ctx context.Context, call *graph.Call, tx store.Tx, _ *graph.Selection) (*graph.Rows, error) {
	_, people, err := s.asked(ctx, call, tx)
	if err != nil {
		return nil, err
	}
	lower, upper := bounds(people)
	return &graph.Rows{One: object.Ordered{{Name: "users_lower_bound", Value: lower}, {Name: "users_upper_bound", Value: upper}, {Name: "estimate_ready", Value: true}}}, nil
}

// delivery answers delivery_estimate.
func (s *service) delivery(ctx context.Context, call *graph.Call, tx store.Tx, _ *graph.Selection) (*graph.Rows, error) {
	goal := object.Text(call.Args, "optimization_goal")
	if goal == "" {
		goal = call.Node.Text("optimization_goal")
	}
	if goal == "" {
		return nil, missing("optimization_goal")
	}
	_, people, err := s.asked(ctx, call, tx)
	if err != nil {
		return nil, err
	}
	lower, upper := bounds(people)
	daily := int64(float64(people) * dailyShare)
	return &graph.Rows{Total: 1, Data: []any{object.Ordered{
		{Name: "estimate_ready", Value: true}, {Name: "estimate_dau", Value: rounded(daily)},
		{Name: "estimate_mau_lower_bound", Value: lower}, {Name: "estimate_mau_upper_bound", Value: upper},
		{Name: "daily_outcomes_curve", Value: curve(daily, call.Account, goal)},
	}}}, nil
}

// curve is what a day's budget gets: impressions at the account's price, fewer and fewer new people among them, and results at a usual rate.
// It ends where each person of the day has seen three.
func curve(daily int64, account *store.Object, goal string) []any {
	currency := account.Text("currency")
	cpm := float64(max(1, object.Whole(account.Data, "marquetry_cpm_micros"))) / float64(object.MicrosPerMinor(currency)) // minor units
	points := []any{}
	for _, seen := range []float64{0, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 3} {
		impressions := seen * float64(daily)
		reached := float64(daily) * (1 - math.Exp(-seen))
		points = append(points, object.Ordered{
			{Name: "spend", Value: math.Round(impressions * cpm / 1000)}, {Name: "reach", Value: math.Round(reached)},
			{Name: "impressions", Value: math.Round(impressions)}, {Name: "actions", Value: math.Round(results(goal, impressions, reached))},
		})
	}
	return points
}

// results are how often a goal is met.
func results(goal string, impressions, reached float64) float64 {
	switch goal {
	case "IMPRESSIONS":
		return impressions
	case "REACH", "AD_RECALL_LIFT":
		return reached
	case "LINK_CLICKS", "LANDING_PAGE_VIEWS", "POST_ENGAGEMENT", "THRUPLAY":
		return impressions * 0.01
	}
	return impressions * 0.0005 // conversions and the like
}
