package graph

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// filter is one condition of a `filtering` parameter, on a field of the listed type.
type filter struct {
	field  *object.Field
	op     string
	values []any // coerced by the field's kind; one, but for IN, NOT_IN and the ranges

	match func(*store.Object) bool // instead of the three, a condition of the edge's own
}

// maxFilters is the most conditions of one list.
const maxFilters = 50

// filters reads [{"field":"name","operator":"CONTAIN","value":"x"}, …]. Every condition must hold.
func (c *Call) filters(t *object.Type, raw any) ([]filter, error) {
	list := object.Field{Name: "filtering", Kind: object.List, Elem: object.Object}
	value, bad := list.Coerce("filtering", raw, nil)
	if bad != nil {
		return nil, bad
	}
	items, _ := value.([]any)
	if len(items) > maxFilters {
		return nil, fault(codeParameter, fmt.Sprintf("(#100) Param filtering must have at most %d conditions, %d were sent", maxFilters, len(items)), "filtering")
	}
	var out []filter
	for i, item := range items {
		condition, _ := item.(map[string]any)
		f, err := c.filter(t, condition, "filtering", strconv.Itoa(i))
		if err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	return out, nil
}

// filter reads one condition; path is where it stands.
func (c *Call) filter(t *object.Type, condition map[string]any, path ...string) (f filter, err error) {
	name, _ := condition["field"].(string)
	if f.field = c.filterField(t, name); f.field == nil {
		return f, fault(codeParameter, fmt.Sprintf("(#100) Filtering field %q is not supported on %s", name, t.Display), append(path, "field")...)
	}
	f.op, _ = condition["operator"].(string)
	if !slices.Contains(operators(f.field.Kind), f.op) {
		return f, fault(codeParameter, fmt.Sprintf("(#100) Filtering operator %q on %s must be one of {%s}", f.op, name, strings.Join(operators(f.field.Kind), ", ")), append(path, "operator")...)
	}
	values, ok := condition["value"].([]any)
	if !ok {
		values = []any{condition["value"]}
	}
	if n := operands(f.op); n > 0 && len(values) != n {
		return f, fault(codeParameter, fmt.Sprintf("(#100) Filtering operator %s takes %d values, %d were sent", f.op, n, len(values)), append(path, "value")...)
	}
	for _, v := range values {
		coerced, bad := f.field.Coerce("filtering", v, c.handler.zone(c.Account))
		if bad != nil || coerced == nil {
			return f, fault(codeParameter, fmt.Sprintf("(#100) Filtering value %q does not fit the field %s", fmt.Sprint(v), name), append(path, "value")...)
		}
		f.values = append(f.values, coerced)
	}
	return f, nil
}

// filterField finds the field that a condition names: by its name, with the type in front (ad.name), or a parent's id (campaign.id).
func (c *Call) filterField(t *object.Type, name string) *object.Field {
	f := c.field(t, name)
	if prefix, rest, ok := strings.Cut(name, "."); ok {
		if prefix == t.Name {
			f = c.field(t, rest)
		} else if rest == "id" {
			f = c.field(t, prefix+"_id")
		}
	}
	if f == nil || f.Kind == object.List || f.Kind == object.Object || f.Kind == object.Any {
		return nil
	}
	return f
}

// operators lists what a kind of field can be compared by.
func operators(k object.Kind) []string {
	same := []string{"EQUAL", "NOT_EQUAL", "IN", "NOT_IN"}
	switch k {
	case object.Int, object.Float, object.Money, object.Time:
		return append(same, "GREATER_THAN", "GREATER_THAN_OR_EQUAL", "LESS_THAN", "LESS_THAN_OR_EQUAL", "IN_RANGE", "NOT_IN_RANGE")
	case object.String, object.ID, object.Enum:
		return append(same, "CONTAIN", "NOT_CONTAIN", "STARTS_WITH", "ENDS_WITH")
	}
	return same
}

// operands is how many values an operator takes; 0 is any number.
func operands(op string) int {
	switch op {
	case "IN", "NOT_IN":
		return 0
	case "IN_RANGE", "NOT_IN_RANGE":
		return 2
	}
	return 1
}

// holds reports whether a value passes; an unset value passes only what denies.
func (f filter) holds(value any) bool {
	if operator, denied := strings.CutPrefix(f.op, "NOT_"); denied {
		return !f.affirms(operator, value)
	}
	return f.affirms(f.op, value)
}

// affirms compares by an operator that does not deny; text without regard to case, but for whole values.
func (f filter) affirms(op string, value any) bool {
	switch {
	case value == nil:
		return false
	case op == "EQUAL" || op == "IN":
		return slices.ContainsFunc(f.values, func(v any) bool { return compare(value, v) == 0 })
	}
	order := compare(value, f.values[0])
	text, part := strings.ToLower(fmt.Sprint(value)), strings.ToLower(fmt.Sprint(f.values[0]))
	switch op {
	case "GREATER_THAN":
		return order > 0
	case "GREATER_THAN_OR_EQUAL":
		return order >= 0
	case "LESS_THAN":
		return order < 0
	case "LESS_THAN_OR_EQUAL":
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
