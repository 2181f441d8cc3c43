package insights

import (
	"slices"
	"strconv"
	"strings"
)

// Filter keeps what satisfies a condition.
type Filter struct {
	Object   string // campaign, adset or ad when the field is one of an object's, else ""
	Field    string // id, name, effective_status; a metric; a breakdown; or action_type
	Operator string
	Values   []string
}

// filters reads the filtering parameter.
func (p *parser) filters() []Filter {
	items, err := objects(p.params["filtering"])
	if err != nil {
		p.fault("filtering", "filtering.form", "Param filtering %v", err)
		return nil
	}
	var out []Filter
	for _, item := range items {
		field, _ := scalar(item["field"])
		operator, _ := scalar(item["operator"])
		values, err := list(item["value"])
		f := Filter{Field: field, Operator: strings.ToUpper(operator), Values: values}
		if before, after, found := strings.Cut(field, "."); found {
			f.Object, f.Field = strings.Replace(before, "adgroup", "ad", 1), after
		}
		if f.aboutMetric() {
			f.Object = "" // ad.impressions is what a row says of its impressions
		}
		switch {
		case err != nil:
			p.fault("filtering", "filtering.form", "Param filtering: value of %s %v", field, err)
		case !slices.Contains(platformOperators(), f.Operator):
			p.fault("filtering", "filtering.operator", "filtering operator must be one of the following values: %s", strings.Join(platformOperators(), ", "))
		case !f.emulated():
			p.fault("filtering", "filtering.emulated", "Filtering by %s with %s is not emulated here", field, f.Operator)
		default:
			out = append(out, f)
		}
	}
	return out
}

// aboutMetric reports whether the filter looks at a value of the row.
func (f Filter) aboutMetric() bool {
	known, ok := fields()[f.Field]
	return ok && known.number
}

// emulated reports whether field and operator are ones that can be applied.
func (f Filter) emulated() bool {
	if _, ok := matches(f.Operator, "", f.Values); !ok {
		return false
	}
	if f.Object != "" {
		return Level(f.Object).depth() > 0 && slices.Contains([]string{"id", "name", "effective_status", "status", "configured_status", "objective"}, f.Field)
	}
	if slices.Contains(placeColumns(), f.Field) {
		return slices.Contains([]string{"EQUAL", "NOT_EQUAL", "IN", "NOT_IN"}, f.Operator)
	}
	return f.aboutMetric() || f.Field == "action_type"
}

// matches applies an operator; not ok for operators that are not emulated. Values that look like numbers compare as numbers.
func matches(operator, have string, want []string) (match, ok bool) {
	one := strings.Join(want, ",") // a single value may itself contain commas
	any := func(test func(have, want string) bool) bool {
		return slices.ContainsFunc(want, func(w string) bool { return test(strings.ToLower(have), strings.ToLower(w)) })
	}
	switch operator {
	case "EQUAL":
		return compare(have, one) == 0, true
	case "NOT_EQUAL":
		return compare(have, one) != 0, true
	case "GREATER_THAN":
		return compare(have, one) > 0, true
	case "GREATER_THAN_OR_EQUAL":
		return compare(have, one) >= 0, true
	case "LESS_THAN":
		return compare(have, one) < 0, true
	case "LESS_THAN_OR_EQUAL":
		return compare(have, one) <= 0, true
	case "IN", "ANY":
		return slices.Contains(want, have), true
	case "NOT_IN", "NONE":
		return !slices.Contains(want, have), true
	case "IN_RANGE":
		return len(want) == 2 && compare(have, want[0]) >= 0 && compare(have, want[1]) <= 0, len(want) == 2
	case "NOT_IN_RANGE":
		return len(want) == 2 && (compare(have, want[0]) < 0 || compare(have, want[1]) > 0), len(want) == 2
	case "CONTAIN":
		return any(strings.Contains), true
	case "NOT_CONTAIN":
		return !any(strings.Contains), true
	case "STARTS_WITH":
		return any(strings.HasPrefix), true
	case "ENDS_WITH":
		return any(strings.HasSuffix), true
	}
	return false, false
}

// compare orders two values: as numbers when both are, else as text.
func compare(a, b string) int {
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	switch {
	case errX != nil || errY != nil:
		return strings.Compare(a, b)
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}
