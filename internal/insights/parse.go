package insights

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/marquetry/marquetry/internal/object"
)

// parser collects what is wrong with the parameters while it reads them.
type parser struct {
	params  map[string]any
	version object.Version
	faults  object.Faults
}

// Parse reads the parameters of an insights request, in whatever form the client sent them. All faults are found in one pass.
func Parse(params map[string]any, version object.Version, now int64) (Request, object.Faults) {
	p := &parser{params: params, version: version}
	q := Request{
		Now:        now,
		Level:      Level(p.word("level", "account", "campaign", "adset", "ad")),
		Fields:     p.fields("fields"),
		Preset:     p.word("date_preset", append(presets(), "lifetime")...),
		Range:      p.timeRange(),
		Ranges:     p.timeRanges(),
		Increment:  p.increment(),
		Breakdowns: p.breakdowns(),
		Windows:    p.words("action_attribution_windows", windows(version)),
		Filters:    p.filters(),
		Sort:       p.sort(),
		Limit:      p.limit(),
		After:      p.after(),
		Summary:    p.summary(),
	}
	p.words("action_breakdowns", actionBreakdowns())
	p.word("action_report_time", "conversion", "impression", "lifetime", "mixed")
	if len(q.Ranges) > 0 && q.Increment != 0 {
		p.fault("time_increment", "time_increment.excluded", "time_increment cannot be used together with time_ranges")
	}
	return q, p.faults
}

// mostFaults is how many faults of one request are answered: some name every word that would have been right.
const mostFaults = 50

// fault adds a broken rule of one parameter.
func (p *parser) fault(param, rule, format string, args ...any) {
	p.add(&object.Fault{Path: []string{param}, Rule: "insights." + rule, Message: fmt.Sprintf(format, args...)})
}

// misspelt adds that a word is not one of the known ones, and which it may have been. Path is where it stands.
func (p *parser) misspelt(path []string, rule, word string, known []string, format string, args ...any) {
	f := &object.Fault{Path: path[:1], Rule: "insights." + rule, Message: fmt.Sprintf(format, args...), Known: object.Nearest(word, known, 3)}
	if len(f.Known) > 0 {
		f.Fixes = []object.Fix{{Path: path, Value: f.Known[0]}}
	}
	p.add(f)
}

// add keeps a fault, if there are not enough.
func (p *parser) add(f *object.Fault) {
	if len(p.faults) < mostFaults {
		p.faults = append(p.faults, f)
	}
}

// words reads a list parameter whose members must be among the allowed ones; case does not matter.
func (p *parser) words(param string, allowed []string) []string {
	items, err := list(p.params[param])
	if err != nil {
		p.fault(param, param+".form", "Param %s %v", param, err)
		return nil
	}
	for i, item := range items {
		items[i] = strings.ToLower(item)
		if !slices.Contains(allowed, items[i]) {
			p.misspelt([]string{param, strconv.Itoa(i)}, param+".value", items[i], allowed, "%s[%d] must be one of the following values: %s", param, i, strings.Join(allowed, ", "))
		}
	}
	return items
}

// word reads a parameter that is one of the allowed words, "" when it is absent; case does not matter.
func (p *parser) word(param string, allowed ...string) string {
	s, err := scalar(p.params[param])
	s = strings.ToLower(s)
	if err != nil || s != "" && !slices.Contains(allowed, s) {
		p.misspelt([]string{param}, param+".value", s, allowed, "%s must be one of the following values: %s", param, strings.Join(allowed, ", "))
		return ""
	}
	return s
}

// fields reads a list of field names. Fields of the platform that are not emulated stay in the list and are left out of the
// rows; ones that the platform does not know are refused as it refuses them.
func (p *parser) fields(param string) []string {
	names := p.names(param)
	for i, name := range names {
		if len(p.faults) < mostFaults && !p.knows(name) { // else there are enough
			known := append(slices.Collect(maps.Keys(fields())), platformFields(p.version)...)
			slices.Sort(known)
			p.misspelt([]string{param, strconv.Itoa(i)}, "fields.unknown", name, known, "%s is not valid for %s param", name, param)
		}
	}
	return names
}

// names reads a list of any words.
func (p *parser) names(param string) []string {
	names, err := list(p.params[param])
	if err != nil {
		p.fault(param, param+".form", "Param %s %v", param, err)
	}
	return names
}

// knows reports whether the platform has a field of that name in this version, or we have.
func (p *parser) knows(name string) bool {
	_, ours := fields()[name]
	return ours || slices.Contains(platformFields(p.version), name)
}

// summary reads which totals are asked for. The protocol's own summary=true and total_count ask for none.
func (p *parser) summary() []string {
	s, err := scalar(p.params["summary"])
	asked := err != nil || !slices.Contains([]string{"", "0", "1", "true", "false", "total_count", `["total_count"]`}, s)
	switch {
	case asked:
		return p.fields("summary")
	case truth(p.params["default_summary"]):
		return []string{}
	}
	return nil
}

// increment reads time_increment.
func (p *parser) increment() int {
	s, err := scalar(p.params["time_increment"])
	switch n, notNumber := strconv.Atoi(s); {
	case err == nil && (s == "" || s == "all_days"):
		return 0
	case err == nil && s == "monthly":
		return Monthly
	case err == nil && notNumber == nil && n >= 1 && n <= 90:
		return n
	}
	p.fault("time_increment", "time_increment.value", "time_increment must be an integer between 1 and 90, monthly or all_days, not %q", s)
	return 0
}

// timeRange reads time_range, nil when it is absent.
func (p *parser) timeRange() *Range {
	ranges := p.ranges("time_range")
	if len(ranges) == 0 {
		return nil
	}
	return &ranges[0]
}

// timeRanges reads time_ranges.
func (p *parser) timeRanges() []Range {
	ranges := p.ranges("time_ranges")
	if len(ranges) > maxRanges {
		p.fault("time_ranges", "time_ranges.max", "time_ranges has %d ranges, at most %d are allowed", len(ranges), maxRanges)
		return nil
	}
	return ranges
}

// ranges reads one or several {since, until}.
func (p *parser) ranges(param string) []Range {
	items, err := objects(p.params[param])
	if err != nil {
		p.fault(param, param+".form", "Param %s %v; the form is {\"since\":\"YYYY-MM-DD\",\"until\":\"YYYY-MM-DD\"}", param, err)
		return nil
	}
	var out []Range
	for _, item := range items {
		var days [2]Day
		for i, name := range []string{"since", "until"} {
			s, _ := scalar(item[name])
			day, err := parseDay(s)
			if err != nil {
				p.fault(param, param+".date", "Param %s[%s] %v", param, name, err)
				return nil
			}
			days[i] = day
		}
		if days[0] > days[1] {
			p.fault(param, param+".order", "Param %s: since (%v) is after until (%v)", param, days[0], days[1])
			return nil
		}
		out = append(out, Range{days[0], days[1]})
	}
	return out
}

// limit reads how many rows a page has.
func (p *parser) limit() int {
	s, err := scalar(p.params["limit"])
	if err == nil && s == "" {
		return defaultRows
	}
	n, notNumber := strconv.Atoi(s)
	if err != nil || notNumber != nil || n < 1 {
		p.fault("limit", "limit.value", "limit must be a positive integer, not %q", s)
		return defaultRows
	}
	return min(n, maxRows)
}

// after reads where the page begins: after a cursor, or so that it ends before one.
func (p *parser) after() int {
	if s, _ := scalar(p.params["after"]); s != "" {
		return p.cursor("after", s) + 1
	}
	if s, _ := scalar(p.params["before"]); s != "" {
		return max(0, p.cursor("before", s)-p.limit())
	}
	return 0
}

// cursor reads the position that a cursor stands for.
func (p *parser) cursor(param, s string) int {
	at, err := position(s)
	if err != nil {
		p.fault(param, "cursor.value", "Invalid cursors values")
	}
	return at
}

// sort reads criteria such as spend_descending and actions:link_click_ascending.
func (p *parser) sort() []Order {
	items, err := list(p.params["sort"])
	if err != nil {
		p.fault("sort", "sort.form", "Param sort %v", err)
	}
	var out []Order
	for _, item := range items {
		name, descending := strings.CutSuffix(item, "_descending")
		name, ascending := strings.CutSuffix(name, "_ascending")
		field, action, _ := strings.Cut(name, ":")
		if descending == ascending || !p.knows(field) && !slices.Contains(breakdowns(p.version), field) {
			p.fault("sort", "sort.value", "sort must be <field>_ascending or <field>_descending, not %q", item)
			continue
		}
		out = append(out, Order{field, action, descending})
	}
	return out
}
