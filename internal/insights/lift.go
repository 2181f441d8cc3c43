package insights

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// liftField is ours: what choosing brought, against the control slice in which all combinations are shown evenly.
const liftField = "marquetry_lift"

// enoughResults is from how many results of each side on a lift is said.
const enoughResults = 10

// lift is what was counted of one row's impressions that were chosen (served) and that were not.
type lift struct {
	served, control side
	strata          map[liftKey]*bandit.Stratum
}

// side is what was counted of one of them; money in millionths.
type side struct{ impressions, results, spend, value int64 }

// liftKey is an ad in a week (days since 1970-01-01 by seven): within it the share of the control slice hardly changes, and most results
// come while the impressions of both sides do.
type liftKey struct{ ad, week string }

// liftFields compare the control slice with the rest.
func liftFields() map[string]field {
	return map[string]field{liftField: {needs: needs{lift: true}, value: func(w *writer, r *row) any {
		if r.lift == nil {
			return nil
		}
		return w.lift(r.lift)
	}}}
}

// ofParts reports whether rows are of a part of what was shown: there, being chosen or not is no longer left to chance.
func (w *writer) ofParts() bool {
	return w.by(combinationBreakdown) || w.by(pairBreakdown) || slices.ContainsFunc(w.q.Breakdowns, isAssetColumn)
}

// add counts for a side in its stratum.
func (l *lift) add(k liftKey, control bool, s side) {
	stratum, to := at(l.strata, k), &l.served
	of := &stratum.Of
	if control {
		to, of = &l.control, &stratum.Against
	}
	of.Trials, of.Events = of.Trials+s.impressions, of.Events+s.results
	*to = side{to.impressions + s.impressions, to.results + s.results, to.spend + s.spend, to.value + s.value}
}

// compare is the lift over all strata, in the order of their keys.
func (l *lift) compare() bandit.Lift {
	keys := slices.SortedFunc(maps.Keys(l.strata), func(a, b liftKey) int { return cmp.Or(cmp.Compare(a.ad, b.ad), cmp.Compare(a.week, b.week)) })
	strata := make([]bandit.Stratum, len(keys))
	for i, k := range keys {
		strata[i] = *l.strata[k]
	}
	return bandit.Compare(strata)
}

// results is the pixel event that each ad set in the scope counts as its result, "" for clicks: two store calls.
func (p *plan) results(ctx context.Context, tx store.Tx) (map[string]string, error) {
	rows, err := tx.Query(ctx, "SELECT DISTINCT c.adset_id FROM rollup_combinations c WHERE "+p.scope+" = ?", p.id)
	if err != nil {
		return nil, fmt.Errorf("insights: list ad sets: %w", err)
	}
	ids := map[string]bool{}
	if err := each(rows, func() error {
		var id string
		err := rows.Scan(&id)
		ids[id] = true
		return err
	}); err != nil {
		return nil, err
	}
	adsets, err := tx.Objects(ctx, missing(map[string]bool{}, ids))
	if err != nil {
		return nil, fmt.Errorf("insights: read ad sets: %w", err)
	}
	events := map[string]string{}
	for id, o := range adsets {
		if goal := o.Text("optimization_goal"); goal == "OFFSITE_CONVERSIONS" || goal == "VALUE" {
			events[id] = object.PromotedEvent(o.Data)
		}
	}
	return events, nil
}

// readLift reads both sides by ad and week: two aggregates, and two calls for what results are.
func (r *report) readLift(ctx context.Context, tx store.Tx) error {
	results, err := r.plan.results(ctx, tx)
	if err != nil {
		return err
	}
	by := []string{"c.ad_id", "f.day / 7", "x.control", "c.adset_id"}
	groups := 0
	add := func(period int, keys []string, extra int, s func(result string) side) {
		groups++
		n := len(keys) - extra
		line := r.by[rowKey(period, keys[:n])]
		if line == nil {
			return
		}
		if line.lift == nil {
			line.lift = &lift{strata: map[liftKey]*bandit.Stratum{}}
		}
		line.lift.add(liftKey{keys[n], keys[n+1]}, keys[n+2] != "0", s(results[keys[n+3]]))
	}
	err = r.plan.aggregate(ctx, tx, "rollup_days", by, []string{sum("f.impressions"), sum("f.clicks"), sum("f.spend")}, maxGroups+1,
		func(period int, keys []string, sums []int64) error {
			add(period, keys, len(by), func(result string) side {
				if result != "" {
					return side{impressions: sums[0], spend: sums[2]}
				}
				return side{impressions: sums[0], results: sums[1], spend: sums[2]}
			})
			return nil
		})
	if groups > maxGroups {
		return tooMuch()
	}
	if err != nil {
		return err
	}
	return r.plan.aggregate(ctx, tx, countedActions, append(by, "f.event"), []string{sum("f.count"), sumWorth("f.value")}, 0,
		func(period int, keys []string, sums []int64) error {
			add(period, keys, len(by)+1, func(result string) side {
				if result != keys[len(keys)-1] {
					return side{}
				}
				return side{results: sums[0], value: sums[1]}
			})
			return nil
		})
}

// lift writes what choosing brought: both sides, and once there are enough results of each the ratio of their rates, how many of the results
// would not have come without choosing, and what these would have cost at the control's cost per result and were worth.
func (w *writer) lift(l *lift) object.Ordered {
	out := object.Ordered{{Name: "control", Value: w.side(l.control)}, {Name: "served", Value: w.side(l.served)}}
	c := l.compare()
	if min(c.Of.Events, c.Against.Events) < enoughResults {
		return append(out, verdict(VerdictLearning, whyNoLift(l.control))...)
	}
	extra, perImpression := c.Extra(), float64(l.control.spend)/float64(l.control.impressions)
	cost := mapped(c.Ratio, func(ratio float64) float64 { return float64(c.Of.Trials) * perImpression * (ratio - 1) })
	out = append(out, object.Member{Name: "ratio", Value: interval(c.Ratio)}, object.Member{Name: "extra_results", Value: interval(extra)},
		object.Member{Name: "extra_cost", Value: w.amounts(cost)})
	if l.served.value > 0 {
		worth := float64(l.served.value) / float64(l.served.results)
		out = append(out, object.Member{Name: "extra_value", Value: w.amounts(mapped(extra, func(n float64) float64 { return n * worth }))})
	}
	return append(out, verdict(sureOf(c.Ratio), w.whyLift(c.Ratio, extra, cost))...)
}

// side writes what was counted of one side.
func (w *writer) side(s side) object.Ordered {
	out := object.Ordered{{Name: "impressions", Value: count(s.impressions)}, {Name: "results", Value: count(s.results)}, {Name: "spend", Value: w.money(s.spend)}}
	if s.value > 0 {
		out = append(out, object.Member{Name: "value", Value: w.money(s.value)})
	}
	if s.impressions > 0 {
		out = append(out, object.Member{Name: "results_per_thousand", Value: ratio(s.results, s.impressions, 1000)})
	}
	return out
}

// amounts writes an estimate of millionths as money.
func (w *writer) amounts(e bandit.Estimate) object.Ordered {
	return object.Ordered{{Name: "mean", Value: w.money(int64(e.Mean))}, {Name: "low", Value: w.money(int64(e.Low))}, {Name: "high", Value: w.money(int64(e.High))}}
}

// mapped applies a rising function to an estimate.
func mapped(e bandit.Estimate, f func(float64) float64) bandit.Estimate {
	return bandit.Estimate{Mean: f(e.Mean), Low: f(e.Low), High: f(e.High)}
}

// sureOf is whether a ratio surely is more or less than 1.
func sureOf(ratio bandit.Estimate) Verdict {
	switch {
	case ratio.Low > 1:
		return Verdict(bandit.SayBetter)
	case ratio.High < 1:
		return Verdict(bandit.SayWorse)
	}
	return VerdictLearning
}

// whyNoLift says what is missing for a comparison.
func whyNoLift(control side) string {
	if control.impressions == 0 {
		return "Nothing was shown evenly here, so there is nothing to compare with."
	}
	return fmt.Sprintf("Not enough control impressions yet: the %d so far brought %s, and a comparison takes %d.", control.impressions,
		number(control.results, "result"), enoughResults)
}

// whyLift says what choosing brought.
func (w *writer) whyLift(ratio, extra, cost bandit.Estimate) string {
	switch sureOf(ratio) {
	case Verdict(bandit.SayBetter):
		return fmt.Sprintf("Choosing brought about %s than even rotation; %s is sure. Some %.0f came of it, which would have cost %s %s at the control's cost per result.",
			more(ratio.Mean, "results"), between(ratio), extra.Mean, w.money(int64(cost.Mean)), w.account.currency)
	case Verdict(bandit.SayWorse):
		return fmt.Sprintf("Choosing brought about %s than even rotation; %s is sure.", more(ratio.Mean, "results"), between(ratio))
	}
	return fmt.Sprintf("It cannot be told yet: choosing brought %s results than even rotation.", between(ratio))
}
