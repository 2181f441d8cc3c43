package ads

import (
	"context"
	"fmt"
	"slices"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// day is a day of a lifetime budget, in seconds.
const day = 86_400

// hasBudget reports whether a campaign or an ad set has a budget of its own.
func hasBudget(data map[string]any) bool {
	return object.Whole(data, "daily_budget") > 0 || object.Whole(data, "lifetime_budget") > 0
}

// leastDaily is the smallest daily budget in minor units, by what is charged for: the platform's figures in US dollars for its larger
// markets, for impressions, for clicks and the like, and for rare actions.
func leastDaily(billing string) int64 {
	switch billing {
	case "APP_INSTALLS", "OFFER_CLAIMS", "PURCHASE":
		return 4000
	case "CLICKS", "LINK_CLICKS", "PAGE_LIKES", "POST_ENGAGEMENT", "THRUPLAY", "LISTING_INTERACTION":
		return 500
	}
	return 100
}

// budgets are the fields of a budget.
func budgets() []string { return []string{"daily_budget", "lifetime_budget"} }

// oneBudget checks that a budget is of a day or of the whole run, and that a run does not change from one to the other. A budget
// of zero is none.
func oneBudget(w *graph.Write) {
	for _, name := range budgets() {
		if object.Whole(w.Data, name) == 0 {
			delete(w.Data, name)
		}
	}
	daily, lifetime := w.Data["daily_budget"] != nil, w.Data["lifetime_budget"] != nil
	if daily && lifetime && (w.Creating() || !hasBudget(w.Old.Data)) {
		w.Fault(drop(object.Broken("budget.one", 0, "daily_budget and lifetime_budget exclude each other", "lifetime_budget")))
		return
	}
	for _, name := range budgets() {
		if !w.Creating() && hasBudget(w.Old.Data) && w.Data[name] != nil && w.Old.Data[name] == nil {
			w.Fault(drop(object.Broken("budget.switch", 0, "a daily budget can't become a lifetime budget, nor the other way round", name)))
		}
	}
}

// atLeast checks an amount that the caller sent against a minimum in minor units.
func atLeast(w *graph.Write, name string, least int64) {
	sent := object.Whole(w.Data, name)
	if _, changed := w.Sent[name]; !changed || sent == 0 || sent >= least {
		return
	}
	subcode := 1885272
	if !w.Creating() {
		subcode = 1885650
	}
	f := object.Broken("budget.min", subcode, fmt.Sprintf("%s is %d, it must be at least %d (in minor units of the currency)", name, sent, least), name)
	f.Sent, f.Limit, f.Title = int(sent), int(least), "Budget is too low"
	w.Fault(set(f, least))
}

// beyondSpent refuses a budget below 110 % of what was already spent of it: today, or in the whole run.
func (s *service) beyondSpent(ctx context.Context, w *graph.Write) error {
	for _, name := range budgets() {
		sent, was := object.Whole(w.Data, name), int64(0)
		if !w.Creating() {
			was = object.Whole(w.Old.Data, name)
		}
		if sent == 0 || sent >= was || s.config.Spent == nil {
			continue
		}
		spent, err := s.config.Spent(ctx, w.Call, w.Tx, []*store.Object{w.Old}, name == "daily_budget")
		if err != nil {
			return err
		}
		if least := (spent[0]*11 + 9) / 10; sent < least {
			f := object.Broken("budget.spent", 1885650, fmt.Sprintf("%s is %d, and %d is spent already: it must be at least %d, which is 110 %% of that", name, sent, spent[0], least), name)
			f.Sent, f.Limit = int(sent), int(least)
			w.Fault(set(f, least))
		}
	}
	return nil
}

// mostChanges is how often the budget of an ad set can change in an hour.
const mostChanges = 4

// budgetChanges counts the changes of an ad set's budget in the last hour, and refuses more where rate limits are on.
func (s *service) budgetChanges(w *graph.Write) {
	if w.Creating() || !slices.ContainsFunc(budgets(), func(name string) bool { return object.Whole(w.Data, name) != object.Whole(w.Old.Data, name) }) {
		return
	}
	if recent := noted(w, "budget_changes", 3600); s.config.RateLimits && recent > mostChanges {
		f := most("budget.changes", recent, mostChanges, "the budget of an ad set changed too often within an hour", "daily_budget")
		f.Code, f.Subcode = 613, 1487632
		w.Fault(f)
	}
}

// noted notes a change in a list of times that is kept beside an object's fields, and answers how many there were in the last seconds.
func noted(w *graph.Write, list string, seconds int64) int {
	recent := slices.DeleteFunc(slices.Clone(object.Listed(w.Data, list)), func(at any) bool {
		then, _ := at.(int64)
		return then <= w.Now-seconds
	})
	w.Data[list] = append(recent, w.Now)
	return len(recent) + 1
}

// adsetBudget checks an ad set's money against that of its campaign.
func adsetBudget(w *graph.Write, campaign map[string]any) {
	oneBudget(w)
	own, shared := hasBudget(w.Data), hasBudget(campaign)
	least := leastDaily(object.Text(w.Data, "billing_event"))
	if bid := object.Whole(w.Data, "bid_amount"); object.Text(w.Data, "bid_strategy") == bidCap && bid > 0 {
		least = leastCapped(object.Text(w.Data, "billing_event"), bid)
	}
	switch {
	case own && shared:
		f := object.Broken("budget.level", 1885621, "the campaign has a budget; a budget is either the campaign's or the ad sets'", "daily_budget")
		if w.Data["daily_budget"] == nil {
			f.Path = []string{"lifetime_budget"}
		}
		w.Fault(drop(f))
	case !own && !shared:
		w.Fault(set(object.Broken("budget.required", 0, "daily_budget or lifetime_budget is required: the campaign has no budget", "daily_budget"), least))
	}
	atLeast(w, "daily_budget", least)
	if end, start := object.Whole(w.Data, "end_time"), object.Whole(w.Data, "start_time"); end > start {
		least *= (end - start + day - 1) / day
	}
	atLeast(w, "lifetime_budget", least)
	shares(w, campaign)
}

// shares checks the limits of an ad set within a campaign's budget: there is one, and the least is below the most.
func shares(w *graph.Write, campaign map[string]any) {
	for _, span := range []string{"daily", "lifetime"} {
		low, high := span+"_min_spend_target", span+"_spend_cap"
		for _, name := range []string{low, high} {
			if _, sent := w.Sent[name]; sent && object.Whole(w.Data, name) > 0 && !hasBudget(campaign) {
				w.Fault(drop(object.Broken("budget.share", 0, name+" needs a campaign with a budget", name)))
			}
		}
		if least, limit := object.Whole(w.Data, low), object.Whole(w.Data, high); touched(w, low, high) && limit > 0 && least > limit {
			w.Fault(drop(object.Broken("budget.share", 0, fmt.Sprintf("%s is %d, more than %s, which is %d", low, least, high, limit), low)))
		}
	}
}

// smallBudget is the advice on money for dynamic creative: with less than the guard's daily budget there is too little traffic to
// learn from. Nil when the budget is large enough, of a lifetime, or the guard is off.
func (s *service) smallBudget(adset, campaign map[string]any) *object.Warning {
	daily := max(object.Whole(adset, "daily_budget"), object.Whole(campaign, "daily_budget"))
	if s.config.DailyBudget == Off || daily == 0 || daily >= s.config.LeastDailyBudget {
		return nil
	}
	return &object.Warning{Rule: "guard.daily_budget", Path: []string{"daily_budget"}, Message: fmt.Sprintf(
		"the daily budget is %d minor units; dynamic creative learns too slowly below %d", daily, s.config.LeastDailyBudget)}
}

// guard reports advice as strictly as the guard says.
func guard(w *graph.Write, g Guard, advice ...object.Warning) {
	for _, a := range advice {
		switch g {
		case Enforce:
			w.Fault(object.Broken(a.Rule, 0, a.Message+" (this instance enforces the advice)", a.Path...))
		case Warn:
			w.Warnings = append(w.Warnings, a)
		}
	}
}
