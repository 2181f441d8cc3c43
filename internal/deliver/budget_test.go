package deliver

import (
	"errors"
	"log/slog"
	"maps"
	"math"
	"reflect"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/auction"
	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/store"
)

// TestBudgetOf reads limits in minor units.
func TestBudgetOf(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		data     map[string]any
		currency string
		want     budget
	}{
		"cents":                      {map[string]any{"daily_budget": int64(500)}, "USD", budget{daily: 5_000_000}},
		"yen":                        {map[string]any{"daily_budget": int64(500)}, "JPY", budget{daily: 500_000_000}},
		"a cap on top":               {map[string]any{"daily_budget": int64(500), "daily_spend_cap": int64(300)}, "USD", budget{daily: 3_000_000}},
		"a capped run is spread":     {map[string]any{"lifetime_budget": int64(900), "lifetime_spend_cap": int64(800)}, "USD", budget{lifetime: 8_000_000, spread: true}},
		"all the money there is":     {map[string]any{"daily_budget": int64(1e15)}, "JPY", budget{daily: mostMoney}},
		"a cap alone is not":         {map[string]any{"spend_cap": int64(800)}, "USD", budget{lifetime: 8_000_000}},
		"since the last reset":       {map[string]any{"spend_cap": int64(800), "spend_cap_since": int64(200)}, "USD", budget{lifetime: 10_000_000}},
		"the platform's word for no": {map[string]any{"spend_cap": int64(uncapped)}, "JPY", budget{}},
	} {
		if got := budgetOf(&store.Object{Data: c.data}, c.currency); got != c.want {
			t.Errorf("%s: got %+v, want %+v", name, got, c.want)
		}
	}
}

// TestARunEndsWithItsLastSet has a shared budget be spread until the last ad set ends that is still there.
func TestARunEndsWithItsLastSet(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	made, end := noon.Unix()-3600, noon.Unix()+2*24*3600
	gone := set(adSetObject(rivalSet, made), map[string]any{"end_time": end + 60*24*3600, "daily_budget": nil})
	gone.Status = "DELETED"
	f.put(t,
		set(campaignObject(made), map[string]any{"lifetime_budget": int64(100_000)}),
		set(adSetObject(theAdSet, made), map[string]any{"end_time": end, "daily_budget": nil}), gone)
	if got := f.gates.of[theCampaign].course.end; got != end {
		t.Errorf("the run ends %d days late", (got-end)/24/3600)
	}
}

// TestBidding has the strategy of a campaign count where it has the budget.
func TestBidding(t *testing.T) {
	t.Parallel()
	owner := &account{currency: "JPY"}
	mine := map[string]any{"bid_strategy": "COST_CAP", "bid_amount": int64(300)}
	for name, c := range map[string]struct {
		set, campaign map[string]any
		strategy      auction.Strategy
		limit         float64
	}{
		"its own":                          {mine, nil, auction.CostCap, 300e6},
		"its campaign's":                   {mine, map[string]any{"bid_strategy": "LOWEST_COST_WITH_BID_CAP", "daily_budget": int64(9)}, auction.BidCap, 300e6},
		"its own under a cap of the whole": {mine, map[string]any{"bid_strategy": "LOWEST_COST_WITHOUT_CAP", "spend_cap": int64(9)}, auction.CostCap, 300e6},
		"for a thousand":                   {perThousand("LOWEST_COST_WITH_BID_CAP", 500), nil, auction.BidCap, 500e3},
		"for value":                        {map[string]any{"optimization_goal": "VALUE", "bid_strategy": "LOWEST_COST_WITH_MIN_ROAS", "bid_constraints": map[string]any{"roas_average_floor": int64(15_000)}}, nil, auction.MinReturn, 1.5},
		"without an amount":                {map[string]any{"bid_strategy": "COST_CAP"}, nil, auction.Automatic, 0},
	} {
		one := &adset{account: owner}
		one.bidding(&store.Object{Data: c.set}, &store.Object{Data: c.campaign})
		if one.strategy != c.strategy || one.limit != c.limit {
			t.Errorf("%s: strategy %d, limit %v", name, one.strategy, one.limit)
		}
	}
}

// TestReturnsWithoutValue bids automatically where events are known, and nobody ever said what they are worth.
func TestReturnsWithoutValue(t *testing.T) {
	t.Parallel()
	owner := &account{price: 5000}
	one := &adset{id: "1", account: owner, strategy: auction.MinReturn, limit: 2, objective: bandit.Value, event: "Purchase"}
	fresh := &adset{id: "2", number: 1, account: owner, strategy: auction.MinReturn, limit: 2, objective: bandit.Value, event: "Purchase"}
	owner.ads = []*ad{{id: "a", adset: one}, {id: "b", number: 1, adset: fresh}}
	s := &Snapshot{
		objects: &index{accounts: map[string]*account{"": owner}, ads: map[string]*ad{"a": owner.ads[0], "b": owner.ads[1]}, adsets: map[string]*adset{"1": one, "2": fresh}},
		history: map[string][]dayCount{"a": {{impressions: 1000, clicks: 15, spend: 5_000_000, conversions: map[string]int64{"Purchase": 1}}}},
		learned: map[string]*bandit.Learned{"a": {Totals: bandit.Totals{Conversions: 1}}},
	}
	s.sums = sumsOf(s)
	for i, offer := range marketOf(s).at(noon).offers {
		if math.IsNaN(offer.now) || math.IsInf(offer.now, 0) || offer.capped {
			t.Errorf("set %d: %+v", i, offer)
		}
	}
}

// TestSpentOutlivesTheProcess has a budget stay spent over a restart, also where the last impressions were not folded, and while everything is
// folded anew.
func TestSpentOutlivesTheProcess(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	f.put(t, set(cheap(6), map[string]any{"pacing_type": []any{"no_pacing"}}))
	f.learn(t)
	for range 6 {
		token, reason := live(t, f.Service, f.clock.Now())
		if reason != "" {
			t.Fatal(reason)
		}
		f.see(t, token)
	}
	next, err := New(t.Context(), f.cfg, f.db, f.log, f.folder, Sources{Now: f.clock.Now, Random: newSeeded(2)}, slog.New(slog.DiscardHandler))
	if err == nil {
		err = next.Warm(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, reason := live(t, next, f.clock.Now()); reason != "budget_spent" {
		t.Errorf("after a restart: %q", reason)
	}
	f.learn(t)
	err = f.db.Write(t.Context(), func(tx store.Tx) error {
		if err := NewFold(f.cfg.Attributes, slog.New(slog.DiscardHandler)).Reset(t.Context(), tx); err != nil {
			return err
		}
		return tx.SetCheckpoint(t.Context(), foldName, 0)
	})
	if err == nil {
		err = f.refresh(t.Context(), whatIsDue)
	}
	fold := NewFold(f.cfg.Attributes, slog.New(slog.DiscardHandler))
	for position, e := range f.logged(t) {
		if err == nil {
			err = f.db.Write(t.Context(), func(tx store.Tx) error {
				return errors.Join(fold.Apply(t.Context(), tx, []eventlog.Event{e}), tx.SetCheckpoint(t.Context(), foldName, int64(position+1)))
			})
		}
		if err == nil {
			err = f.refresh(t.Context(), whatIsDue)
		}
		if err != nil {
			t.Fatal(err)
		}
		if _, reason := live(t, f.Service, f.clock.Now()); reason != "budget_spent" {
			t.Errorf("after %d events were folded anew: %q", position+1, reason)
		}
	}
}

// TestClocksApart does not let claims lapse by the clock of another server, which may be fast.
func TestClocksApart(t *testing.T) {
	t.Parallel()
	g := &gates{known: 1000}
	e := &eventlog.Event{Kind: eventlog.Impression, At: noon.Add(10 * time.Minute).UnixMilli(), Exposure: &eventlog.Exposure{AdID: theAd, Process: 2}}
	g.shown(&index{}, e, 2, noon)
	if g.known > noon.UnixMilli() {
		t.Errorf("all is known up to %s from now", time.UnixMilli(g.known).Sub(noon))
	}
}

// TestRaisedInTheSandbox has a period of higher demand count at a named time, too.
func TestRaisedInTheSandbox(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	made := noon.Unix() - 3600
	f.put(t, cheap(4), &store.Object{ID: theAdSet + "1", Type: "highdemandperiod", AccountID: theAccount, Created: made, Data: map[string]any{
		"ad_object_id": theAdSet, "time_start": noon.Unix(), "time_end": noon.Unix() + 3600, "budget_value": int64(50), "budget_value_type": "MULTIPLIER",
	}})
	shown := 0
	for i := range 8 {
		answer, err := f.Decide(t.Context(), client.DecisionRequest{AdID: theAd, Time: noon.Format(time.RFC3339), Viewer: client.Viewer{ID: strconv.Itoa(i)}}, sandboxCaller(), noon)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range answer.Decisions {
			f.see(t, d.Token)
			shown++
		}
		f.learn(t)
	}
	if shown != 6 {
		t.Errorf("%d impressions, want four and half as many", shown)
	}
}

// TestRespent comes to the same as adding everything up, and leaves what was handed out alone.
func TestRespent(t *testing.T) {
	t.Parallel()
	before := longAgo(200, 3)
	before.spent, before.sums = spentBy(before), sumsOf(before)
	next := *before
	next.history = maps.Clone(before.history)
	next.history["a7"] = append(slices.Clone(before.history["a7"][:2]), dayCount{day: 20_002, impressions: 7, spend: 7}, dayCount{day: 20_003, spend: 8})
	next.history["gone"] = []dayCount{{day: 1, spend: 1}}
	changed := []string{"a7", "gone"}
	if got, want := respent(before, &next, changed), spentBy(&next); !reflect.DeepEqual(got, want) {
		t.Errorf("spent %v, want %v", got, want)
	}
	if got, want := resummed(before, &next, changed), sumsOf(&next); !slices.Equal(got, want) {
		t.Error("other sums")
	}
	if !reflect.DeepEqual(before.spent, spentBy(before)) {
		t.Error("what was handed out is changed")
	}
}
