package insights

import (
	"github.com/marquetry/marquetry/internal/object"
)

// field is one value that a row can have.
type field struct {
	needs  needs
	number bool                        // filters compare it as a number
	people bool                        // counts different people: not available by region, nor by asset except reach
	value  func(w *writer, r *row) any // a string or a list; nil when there is nothing to say
}

// fields is every field that is emulated, by name.
func fields() map[string]field {
	all := map[string]field{}
	for _, group := range []map[string]field{identityFields(), deliveryFields(), peopleFields(), actionFields(), liftFields(), fatigueFields(), qualityFields()} {
		for name, f := range group {
			all[name] = f
		}
	}
	return all
}

// identityFields say whose row it is.
func identityFields() map[string]field {
	all := map[string]field{
		"date_start":        {value: func(_ *writer, r *row) any { return r.period.Since.String() }},
		"date_stop":         {value: func(_ *writer, r *row) any { return r.period.Until.String() }},
		"account_currency":  {value: func(w *writer, _ *row) any { return w.account.currency }},
		"account_name":      {value: func(w *writer, _ *row) any { return w.accountName }},
		"buying_type":       of("campaign", "buying_type"),
		"objective":         of("campaign", "objective"),
		"optimization_goal": of("adset", "optimization_goal"),

		"attribution_setting": settingField(),
	}
	for _, l := range levels() {
		all[l.idColumn()] = field{value: func(_ *writer, r *row) any {
			if l.depth() >= len(r.ids) {
				return nil
			}
			return r.ids[l.depth()]
		}}
		if l != AccountLevel {
			all[string(l)+"_name"] = of(l, "name")
		}
	}
	return all
}

// of is a field of the campaign, ad set or ad of a row; absent when the row is of a higher level.
func of(l Level, name string) field {
	return field{needs: needs{objects: true}, value: func(w *writer, r *row) any {
		if l.depth() >= len(r.ids) {
			return nil
		}
		if s := w.objects[r.ids[l.depth()]].Text(name); s != "" {
			return s
		}
		return nil
	}}
}

// deliveryFields count impressions, clicks and money.
func deliveryFields() map[string]field {
	clicks := func(_ *writer, r *row) any { return count(r.clicks) }
	ctr := func(_ *writer, r *row) any { return ratio(r.clicks, r.impressions, 100) }
	cpc := func(_ *writer, r *row) any { return perUnit(r.spend, r.clicks, 1) }
	unknown := field{value: func(*writer, *row) any { return "UNKNOWN" }}
	return map[string]field{
		"impressions":                {number: true, value: func(_ *writer, r *row) any { return count(r.impressions) }},
		"spend":                      {number: true, value: func(w *writer, r *row) any { return Money(r.spend, w.account.currency) }},
		"clicks":                     {number: true, value: clicks},
		"inline_link_clicks":         {number: true, value: clicks},
		"ctr":                        {number: true, value: ctr},
		"inline_link_click_ctr":      {number: true, value: ctr},
		"cpc":                        {number: true, value: cpc},
		"cost_per_inline_link_click": {number: true, value: cpc},
		"cpm":                        {number: true, value: func(_ *writer, r *row) any { return perUnit(r.spend, r.impressions, 1000) }},
		"quality_ranking":            unknown, // nobody to be ranked against
		"engagement_rate_ranking":    unknown,
		"conversion_rate_ranking":    unknown,
	}
}

// peopleFields count different viewers.
func peopleFields() map[string]field {
	reach := func(people bool, value func(w *writer, r *row) any) field {
		return field{needs: needs{viewers: true}, number: true, people: people, value: value}
	}
	clickers := func(_ *writer, r *row) any { return count(r.clickers) }
	ctr := func(_ *writer, r *row) any { return ratio(r.clickers, r.reach, 100) }
	cost := func(_ *writer, r *row) any { return perUnit(r.spend, r.clickers, 1) }
	return map[string]field{
		"reach":                             reach(false, func(_ *writer, r *row) any { return count(r.reach) }),
		"frequency":                         reach(true, func(_ *writer, r *row) any { return ratio(r.impressions, r.reach, 1) }),
		"cpp":                               reach(true, func(_ *writer, r *row) any { return perUnit(r.spend, r.reach, 1000) }),
		"unique_clicks":                     reach(true, clickers),
		"unique_inline_link_clicks":         reach(true, clickers),
		"unique_ctr":                        reach(true, ctr),
		"unique_inline_link_click_ctr":      reach(true, ctr),
		"cost_per_unique_click":             reach(true, cost),
		"cost_per_unique_inline_link_click": reach(true, cost),
	}
}

// actionFields are lists by action type.
func actionFields() map[string]field {
	list := func(value func(w *writer, r *row) any) field { return field{needs: needs{actions: true}, value: value} }
	whole := func(n int64) string { return count(n) }
	return map[string]field{
		"actions":              list(func(w *writer, r *row) any { return w.list(w.counted(r, actionTypes, true), whole) }),
		"action_values":        list(func(w *writer, r *row) any { return w.list(w.valued(r, actionTypes), w.money) }),
		"conversions":          list(func(w *writer, r *row) any { return w.list(w.counted(r, primary, false), whole) }),
		"conversion_values":    list(func(w *writer, r *row) any { return w.list(w.valued(r, primary), w.money) }),
		"cost_per_action_type": list(func(w *writer, r *row) any { return w.cost(w.counted(r, actionTypes, true), r.spend) }),
		"cost_per_conversion":  list(func(w *writer, r *row) any { return w.cost(w.counted(r, primary, false), r.spend) }),
		"purchase_roas":        list(func(w *writer, r *row) any { return w.roas(r, "omni_purchase") }),
		"website_purchase_roas": list(func(w *writer, r *row) any {
			return w.roas(r, "offsite_conversion.fb_pixel_purchase")
		}),
		"outbound_clicks": {value: func(w *writer, r *row) any {
			if r.clicks == 0 {
				return nil
			}
			return []object.Ordered{{{Name: "action_type", Value: "outbound_click"}, {Name: "value", Value: count(r.clicks)}}}
		}},
	}
}
