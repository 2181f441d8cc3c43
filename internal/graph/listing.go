package graph

import (
	"cmp"
	"encoding/base64"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// listing is which part of a list a caller asks for.
type listing struct {
	limit     int
	after     int64 // Seq of the last row seen, 0 for none; excludes before
	before    int64 // Seq of the first row seen
	ascending bool  // oldest first, instead of newest first
	statuses  []string
	filters   []filter
	hashes    func(parent *store.Object) []string // of the only rows that can pass them, where that is known
	where     store.Where                         // what of the filters the store can see to before it reads
	total     bool                                // total_count in the summary
}

// listing reads the parameters that every list understands.
func (c *Call) listing(t *object.Type, params Params, args Args) (l *listing, err error) {
	l = &listing{total: wantsTotal(params["summary"])}
	if l.limit, err = c.limit(params); err != nil {
		return nil, err
	}
	if l.after, err = cursorIn(params, "after"); err != nil {
		return nil, err
	}
	if l.before, err = cursorIn(params, "before"); err != nil {
		return nil, err
	}
	if l.after != 0 && l.before != 0 {
		return nil, fault(codeParameter, "(#100) Only one of after and before can be given", "before")
	}
	if skipped := object.Text(params, "offset"); skipped != "" && skipped != "0" { // whoever skips by number would get the first page for ever
		return nil, fault(codeParameter, "(#100) Lists are paged by cursors: send after instead of offset", "offset")
	}
	if l.ascending, err = ascending(params["order"]); err != nil {
		return nil, err
	}
	if l.filters, err = c.filters(t, params["filtering"]); err != nil {
		return nil, err
	}
	if wanted, ok := args["effective_status"].([]any); ok && len(wanted) > 0 {
		l.filters = append(l.filters, filter{field: c.field(t, "effective_status"), op: "IN", values: wanted})
	}
	if since, ok := args["updated_since"].(int64); ok {
		l.filters = append(l.filters, filter{field: c.field(t, "updated_time"), op: "GREATER_THAN_OR_EQUAL", values: []any{since}})
	}
	ends := cmp.Or(c.field(t, "end_time"), c.field(t, "stop_time"))
	if over, ok := args["is_completed"].(bool); ok && ends != nil {
		op := "NOT_LESS_THAN_OR_EQUAL" // what has no end is not over
		if over {
			op = "LESS_THAN_OR_EQUAL"
		}
		l.filters = append(l.filters, filter{field: ends, op: op, values: []any{c.Now}})
	}
	l.statuses, l.where = statusesFor(l.filters), whereFor(l.filters)
	return l, nil
}

// limit reads the page size. Zero is a page without rows, which is how clients ask for a count alone.
func (c *Call) limit(params Params) (int, error) {
	config := c.handler.config
	field := object.Field{Name: "limit", Kind: object.Int}
	value, bad := field.Coerce("limit", params["limit"], nil)
	if bad != nil {
		return 0, bad
	}
	n, ok := value.(int64)
	switch {
	case !ok:
		return config.PageLimit, nil
	case n < 0:
		return 0, fault(codeParameter, "(#100) Param limit must not be negative", "limit")
	case n > int64(config.MaxPageLimit):
		return 0, tooMuch(fmt.Sprintf("limit is %d, the most is %d", n, config.MaxPageLimit))
	}
	return int(n), nil
}

// cursor makes the opaque name of a place in a list. It has only URL-safe letters: one SDK cuts links at every = sign. The place is
// an object's Seq, so it stays right whatever is added.
func cursor(seq int64) string {
	return base64.RawURLEncoding.EncodeToString(strconv.AppendInt(nil, seq, 10))
}

// cursorIn reads a cursor parameter; 0 when there is none.
func cursorIn(params Params, name string) (int64, error) {
	if params[name] == nil || params[name] == "" {
		return 0, nil
	}
	text, _ := params[name].(string)
	raw, err := base64.RawURLEncoding.DecodeString(text)
	seq, bad := strconv.ParseInt(string(raw), 10, 64)
	if err != nil || bad != nil || seq <= 0 {
		return 0, fault(codeParameter, fmt.Sprintf("(#100) Param %s is not a cursor of this list", name), name)
	}
	return seq, nil
}

// ascending reads the order parameter.
func ascending(raw any) (bool, error) {
	field := object.Field{Name: "order", Kind: object.Enum, Enum: []string{"chronological", "reverse_chronological"}}
	value, bad := field.Coerce("order", raw, nil)
	if bad != nil {
		return false, bad
	}
	return value == "chronological", nil
}

// wantsTotal reads a summary parameter, whose shapes are many: true, 1, total_count, ["total_count"].
func wantsTotal(raw any) bool {
	field := object.Field{Name: "summary", Kind: object.List, Elem: object.String}
	value, bad := field.Coerce("summary", raw, nil)
	words, _ := value.([]any)
	return bad == nil && slices.ContainsFunc(words, func(w any) bool { return w == "true" || w == "1" || w == "total_count" })
}

// statusesFor is which configured statuses can pass the filters; nil is every live one. Archived and deleted objects are
// listed only when they are asked for.
func statusesFor(filters []filter) []string {
	for _, f := range filters {
		if f.op != "IN" && f.op != "EQUAL" {
			continue
		}
		var wanted []string
		for _, v := range f.values {
			text, _ := v.(string)
			wanted = append(wanted, text)
		}
		switch f.field.Name {
		case "status", "configured_status":
			return wanted
		case "effective_status":
			gone := func(s string) bool { return s == object.Archived || s == object.Deleted }
			if slices.ContainsFunc(wanted, gone) {
				return []string{object.Active, object.Paused, object.Archived, object.Deleted}
			}
			own := map[string]bool{} // what is switched off itself is PAUSED; every other status is of something that is not
			for _, s := range wanted {
				own[map[bool]string{true: object.Paused, false: object.Active}[s == object.Paused]] = true
			}
			if len(own) > 0 {
				return slices.Sorted(maps.Keys(own))
			}
		}
	}
	return nil
}

// whereFor is what the store can see to of filters on the name and on the time of the last change. The filters decide afterwards, so it may
// let more through, but never less.
func whereFor(filters []filter) (w store.Where) {
	for _, f := range filters {
		if f.match != nil || f.via != nil || f.field.Compute != "" || len(f.values) == 0 {
			continue
		}
		switch f.field.Name {
		case "name":
			if patterns := f.patterns(); patterns != nil {
				w.Names = append(w.Names, patterns)
			}
		case "updated_time":
			from, through := f.bounds()
			if w.From = max(w.From, from); through != 0 && (w.Through == 0 || through < w.Through) {
				w.Through = through
			}
		}
	}
	return w
}

// patterns are those of which a name has to match one; nil when the condition denies.
func (f filter) patterns() []string {
	before, after := false, false
	switch f.op {
	case "EQUAL", "IN", "ANY":
	case "CONTAIN":
		before, after = true, true
	case "STARTS_WITH":
		after = true
	case "ENDS_WITH":
		before = true
	default:
		return nil
	}
	patterns := make([]string, len(f.values))
	for i, value := range f.values {
		patterns[i] = store.Pattern(fmt.Sprint(value), before, after)
	}
	return patterns
}

// bounds are the seconds between which a time has to be; 0 for no bound.
func (f filter) bounds() (from, through int64) {
	first, _ := f.values[0].(int64)
	switch f.op {
	case "GREATER_THAN", "GREATER_THAN_OR_EQUAL", "AFTER", "ON_OR_AFTER":
		return first, 0
	case "LESS_THAN", "LESS_THAN_OR_EQUAL", "BEFORE", "ON_OR_BEFORE":
		return 0, first
	case "IN_RANGE":
		last, _ := f.values[1].(int64)
		return first, last
	}
	return 0, 0
}
