package graph

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// operators lists what a kind of field can be compared by.
func operators(k object.Kind) []string {
	same := []string{"EQUAL", "NOT_EQUAL", "IN", "NOT_IN", "ANY", "NONE"}
	switch k {
	case object.List:
		return []string{"ANY", "ALL", "NONE", "CONTAIN", "NOT_CONTAIN"}
	case object.Time:
		return append(same, "AFTER", "BEFORE", "ON_OR_AFTER", "ON_OR_BEFORE", "GREATER_THAN", "GREATER_THAN_OR_EQUAL", "LESS_THAN", "LESS_THAN_OR_EQUAL", "IN_RANGE", "NOT_IN_RANGE")
	case object.Int, object.Float, object.Money:
		return append(same, "GREATER_THAN", "GREATER_THAN_OR_EQUAL", "LESS_THAN", "LESS_THAN_OR_EQUAL", "IN_RANGE", "NOT_IN_RANGE")
	case object.String, object.ID, object.Enum:
		return append(same, "CONTAIN", "NOT_CONTAIN", "STARTS_WITH", "ENDS_WITH")
	}
	return same
}

// operands is how many values an operator takes; 0 is any number.
func operands(op string) int {
	switch op {
	case "IN", "NOT_IN", "ANY", "ALL", "NONE":
		return 0
	case "IN_RANGE", "NOT_IN_RANGE":
		return 2
	}
	return 1
}

// holds reports whether a value passes; an unset value passes only what denies.
func (f filter) holds(value any) bool {
	if f.field.Kind == object.List {
		return f.holdsList(value)
	}
	if f.op == "NONE" {
		return !f.affirms("IN", value)
	}
	if operator, denied := strings.CutPrefix(f.op, "NOT_"); denied {
		return !f.affirms(operator, value)
	}
	return f.affirms(f.op, value)
}

// holdsList reports whether a list passes: whether any, all or none of the condition's values are in it. An element that is an object
// counts by its id and by its name.
func (f filter) holdsList(value any) bool {
	names := elementNames(value)
	in := func(v any) bool { return slices.Contains(names, fmt.Sprint(v)) }
	switch f.op {
	case "ALL":
		return !slices.ContainsFunc(f.values, func(v any) bool { return !in(v) })
	case "NONE", "NOT_CONTAIN":
		return !slices.ContainsFunc(f.values, in)
	}
	return slices.ContainsFunc(f.values, in)
}

// elementNames are the texts by which a condition can name the elements of a list.
func elementNames(value any) (names []string) {
	switch list := value.(type) {
	case []*store.Object:
		for _, o := range list {
			names = append(names, o.ID, o.Text("name"))
		}
	case []any:
		for _, item := range list {
			if members, ok := item.(map[string]any); ok {
				names = append(names, object.Text(members, "id"), object.Text(members, "name"))
			} else {
				names = append(names, fmt.Sprint(item))
			}
		}
	}
	return names
}

// affirms compares by an operator that does not deny; text without regard to case, but for whole values.
func (f filter) affirms(op string, value any) bool {
	switch {
	case value == nil:
		return false
	case op == "EQUAL" || op == "IN" || op == "ANY":
		return slices.ContainsFunc(f.values, func(v any) bool { return compare(value, v) == 0 })
	}
	order := compare(value, f.values[0])
	text, part := strings.ToLower(fmt.Sprint(value)), strings.ToLower(fmt.Sprint(f.values[0]))
	switch op {
	case "GREATER_THAN", "AFTER":
		return order > 0
	case "GREATER_THAN_OR_EQUAL", "ON_OR_AFTER":
		return order >= 0
	case "LESS_THAN", "BEFORE":
		return order < 0
	case "LESS_THAN_OR_EQUAL", "ON_OR_BEFORE":
		return order <= 0
	case "IN_RANGE":
		return order >= 0 && compare(value, f.values[1]) <= 0
	case "CONTAIN":
		return strings.Contains(text, part)
	case "STARTS_WITH":
		return strings.HasPrefix(text, part)
	case "ENDS_WITH":
		return strings.HasSuffix(text, part)
	}
	return false
}

// compare orders two values of one kind; numbers by size, the rest by text.
func compare(a, b any) int {
	x, okX := number(a)
	y, okY := number(b)
	if okX && okY {
		return cmp.Compare(x, y)
	}
	return strings.Compare(fmt.Sprint(a), fmt.Sprint(b))
}

// number reads the number types that coercion and the store give; money as resolvers render it is a digit string.
func number(v any) (float64, bool) {
	switch n := v.(type) {
	case int64:
		return float64(n), true
	case float64:
		return n, true
	}
	return 0, false
}
