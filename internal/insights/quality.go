package insights

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// invalidReason is a kind of event and why it is invalid.
type invalidReason struct{ kind, reason string }

// compare orders reasons by kind.
func (a invalidReason) compare(b invalidReason) int {
	return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.reason, b.reason))
}

// qualityFields say how much of what was shown could be seen, and what was no person's doing. The rate is in percent, as all of them.
func qualityFields() map[string]field {
	invalid := func(kind eventlog.Kind) field {
		return field{needs: needs{invalid: true}, number: true, value: func(_ *writer, r *row) any { return count(r.invalidOf(kind)) }}
	}
	return map[string]field{
		"marquetry_viewable_impressions": {number: true, value: func(_ *writer, r *row) any { return count(r.views) }},
		"marquetry_viewable_rate":        {number: true, value: func(_ *writer, r *row) any { return ratio(r.views, r.impressions, 100) }},
		"marquetry_invalid_impressions":  invalid(eventlog.Impression),
		"marquetry_invalid_clicks":       invalid(eventlog.Click),
		"marquetry_invalid_reasons": {needs: needs{invalid: true}, value: func(_ *writer, r *row) any {
			var out []object.Ordered
			for _, k := range slices.SortedFunc(maps.Keys(r.invalid), invalidReason.compare) {
				out = append(out, object.Ordered{{Name: "event", Value: k.kind}, {Name: "reason", Value: k.reason}, {Name: "value", Value: count(r.invalid[k])}})
			}
			if out == nil {
				return nil
			}
			return out
		}},
	}
}

// invalidOf adds up the reasons for a kind.
func (c *counts) invalidOf(kind eventlog.Kind) (n int64) {
	for k, m := range c.invalid {
		if k.kind == string(kind) {
			n += m
		}
	}
	return n
}

// readInvalid reads what was counted apart, for rows of which nothing else was counted, too.
func (r *report) readInvalid(ctx context.Context, tx store.Tx) error {
	err := r.plan.aggregate(ctx, tx, "rollup_invalid", []string{"f.kind", "f.reason"}, []string{sum("f.count")}, maxGroups+1,
		func(period int, keys []string, sums []int64) error {
			n := len(keys) - 2
			line := r.by[rowKey(period, keys[:n])]
			if line == nil {
				line = r.plan.row(period, slices.Clone(keys[:n]))
				r.by[rowKey(period, keys[:n])] = line
				r.rows = append(r.rows, line)
			}
			if line.invalid == nil {
				line.invalid = map[invalidReason]int64{}
			}
			line.invalid[invalidReason{keys[n], keys[n+1]}] = sums[0]
			return nil
		})
	if len(r.rows) > maxGroups {
		return tooMuch()
	}
	return err
}
