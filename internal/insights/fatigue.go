package insights

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// fatigueField is ours: how much less often something is clicked by those who were shown the ad before.
const fatigueField = "marquetry_fatigue"

// enoughClicks is from how many clicks of first and of later exposures on they are compared.
const enoughClicks = 10

// buckets are the values of frequencyBreakdown that are known.
func buckets() []string { return []string{"1", "2-3", "4+"} }

// sights is what was counted of each bucket within one stratum: a combination, shown to people of one group in one place and week.
type sights [3]bandit.Side

// fatigueFields compare later exposures with the first.
func fatigueFields() map[string]field {
	return map[string]field{fatigueField: {needs: needs{fatigue: true}, value: func(w *writer, r *row) any {
		at, bucket := slices.Index(w.q.Breakdowns, frequencyBreakdown), len(buckets())-1
		if at >= 0 && at < len(r.split) {
			bucket = slices.Index(buckets(), r.split[at])
		}
		switch {
		case bucket < 1 || w.by(pairBreakdown):
			return nil // the first is what others are compared with
		case r.sights == nil:
			return verdict(VerdictLearning, "How often people had seen it is not known: it was shown to viewers without an id.")
		}
		return fatigue(r.sights, bucket)
	}}}
}

// readFatigue reads impressions and clicks by stratum and exposure: one aggregate. Rows that differ in the exposure alone share them.
func (r *report) readFatigue(ctx context.Context, tx store.Tx) error {
	var by []string
	for _, column := range slices.DeleteFunc(placeColumns(), func(c string) bool { return c == frequencyBreakdown }) {
		by = append(by, "x."+column)
	}
	by = append(by, "x.combination", "f.day / 7", "x."+frequencyBreakdown)
	exposure := slices.Index(r.plan.keys, "x."+frequencyBreakdown) - 1 // among the keys of a row, which lack the period
	groups, shared := 0, map[string]map[string]*sights{}
	err := r.plan.aggregate(ctx, tx, "rollup_days", by, []string{sum("f.impressions"), sum("f.clicks")}, maxGroups+1,
		func(period int, keys []string, sums []int64) error {
			groups++
			n, last := len(keys)-len(by), len(keys)-1
			line, bucket := r.by[rowKey(period, keys[:n])], slices.Index(buckets(), keys[last])
			if line == nil || bucket < 0 {
				return nil
			}
			apart := slices.Clone(keys[:n])
			if exposure >= 0 {
				apart[exposure] = ""
			}
			key := rowKey(period, apart)
			if shared[key] == nil {
				shared[key] = map[string]*sights{}
			}
			line.sights = shared[key]
			side := &at(line.sights, rowKey(0, keys[n:last]))[bucket]
			side.Trials, side.Events = side.Trials+sums[0], side.Events+sums[1]
			return nil
		})
	if groups > maxGroups {
		return tooMuch()
	}
	return err
}

// fatigue writes how a later exposure compares with the first, within strata.
func fatigue(by map[string]*sights, bucket int) object.Ordered {
	var strata []bandit.Stratum
	for _, k := range slices.Sorted(maps.Keys(by)) {
		strata = append(strata, bandit.Stratum{Of: by[k][bucket], Against: by[k][0]})
	}
	c := bandit.Compare(strata)
	side := func(s bandit.Side) object.Ordered {
		return object.Ordered{{Name: "impressions", Value: count(s.Trials)}, {Name: "clicks", Value: count(s.Events)}}
	}
	out := object.Ordered{{Name: "exposure", Value: buckets()[bucket]}, {Name: "first", Value: side(c.Against)}, {Name: "later", Value: side(c.Of)}}
	if min(c.Of.Events, c.Against.Events) < enoughClicks {
		return append(out, verdict(VerdictLearning, fmt.Sprintf("Not enough to compare yet: like with like there are %s at first sight and %s later, and it takes %d of each.",
			number(c.Against.Events, "click"), number(c.Of.Events, "click"), enoughClicks))...)
	}
	out = append(out, object.Member{Name: "ratio", Value: interval(c.Ratio)})
	return append(out, verdict(sureOf(c.Ratio), whyFatigue(c.Ratio, bucket))...)
}

// whyFatigue says how a later exposure compares with the first, and what that leaves open.
func whyFatigue(ratio bandit.Estimate, bucket int) string {
	when := "for the second or third time"
	if bucket == 2 {
		when = "for the fourth time or more"
	}
	said := fmt.Sprintf("It cannot be told yet: shown %s it is clicked %s often than at first.", when, between(ratio))
	if sureOf(ratio) != VerdictLearning {
		said = fmt.Sprintf("Shown %s it is clicked about %s often than at first; %s is sure.", when, more(ratio.Mean, ""), between(ratio))
	}
	return said + " The same kinds of people, places and combinations in the same weeks are compared; whether people who are reached often would click less anyway is not known."
}
