package graph

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// filter is one condition of a `filtering` parameter, on a field of the listed type.
type filter struct {
	via    *object.Field // holds the id of the parent that has the field; nil for the listed object's own
	field  *object.Field
	op     string
	values []any // coerced by the field's kind; one, but for lists of values and the ranges

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
	if f.via, f.field = c.filterField(t, name); f.field == nil {
		return f, fault(codeParameter, fmt.Sprintf("(#100) Filtering field %q is not supported on %s", name, t.Display), append(path, "field")...)
	}
	f.op, _ = condition["operator"].(string)
	if known := operators(f.field.Kind); !slices.Contains(known, f.op) {
		return f, fault(codeParameter, fmt.Sprintf("(#100) Filtering operator %q on %s must be one of {%s}", f.op, name, strings.Join(known, ", ")), append(path, "operator")...)
	}
	values, ok := condition["value"].([]any)
	if !ok {
		values = []any{condition["value"]}
	}
	if n := operands(f.op); n > 0 && len(values) != n {
		return f, fault(codeParameter, fmt.Sprintf("(#100) Filtering operator %s takes %d values, %d were sent", f.op, n, len(values)), append(path, "value")...)
	}
	one := *f.field
	if one.Kind == object.List { // each value is an element, which a filter names by its text
		one.Kind, one.Elem, one.Enum = object.String, 0, nil
	}
	for _, v := range values {
		coerced, bad := one.Coerce("filtering", v, c.handler.zone(c.Account))
		if bad != nil || coerced == nil {
			return f, fault(codeParameter, fmt.Sprintf("(#100) Filtering value %q does not fit the field %s", fmt.Sprint(v), name), append(path, "value")...)
		}
		f.values = append(f.values, coerced)
	}
	return f, nil
}

// filterField finds the field that a condition names: by its name, with the type in front (ad.name), or of a parent (campaign.name), whose
// id via holds.
func (c *Call) filterField(t *object.Type, name string) (via, f *object.Field) {
	f = c.field(t, name)
	if prefix, rest, ok := strings.Cut(name, "."); ok && prefix == t.Name {
		f = c.field(t, rest)
	} else if ok {
		if via = c.field(t, prefix+"_id"); via == nil {
			return nil, nil
		}
		if f = via; rest != "id" {
			parent := c.handler.registry.Type(via.Ref)
			if parent == nil {
				return nil, nil
			}
			f = c.field(parent, rest)
		} else {
			via = nil
		}
	}
	if f == nil || f.Kind == object.Object || f.Kind == object.Any {
		return nil, nil
	}
	return via, f
}

// filtered are the values of a condition's field, one for each object. Parents are read with one store call.
func (rd *reader) filtered(ctx context.Context, f filter, objs []*store.Object) ([]any, error) {
	if f.via == nil {
		return rd.values(ctx, f.field, objs, nil)
	}
	ids := make([]string, len(objs))
	for i, o := range objs {
		ids[i] = o.Text(f.via.Name)
	}
	found, err := rd.tx.Objects(ctx, distinctIDs(ids))
	if err != nil {
		return nil, err
	}
	parents := slices.Collect(maps.Values(found))
	values, err := rd.values(ctx, f.field, parents, nil)
	if err != nil {
		return nil, err
	}
	byID := make(map[string]any, len(parents))
	for i, p := range parents {
		byID[p.ID] = values[i]
	}
	out := make([]any, len(objs))
	for i, id := range ids {
		out[i] = byID[id]
	}
	return out, nil
}
