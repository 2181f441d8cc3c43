package graph

import (
	"context"
	"fmt"
	"slices"

	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// render computes a plan for objects of its type, column by column.
func (rd *reader) render(ctx context.Context, p *plan, objs []*store.Object) ([]object.Ordered, error) {
	rows := make([]object.Ordered, len(objs))
	if rd.rows += len(objs); rd.rows > rd.handler.config.MaxRows {
		return nil, tooMuch(fmt.Sprintf("the answer has more than %d rows", rd.handler.config.MaxRows))
	}
	if len(objs) == 0 {
		return rows, nil
	}
	for _, st := range p.steps {
		column, err := rd.column(ctx, st, objs)
		if err != nil {
			return nil, err
		}
		for i, value := range column {
			if value != nil {
				rows[i] = append(rows[i], object.Member{Name: st.key, Value: value})
			}
		}
	}
	return rows, nil
}

// column computes one step for all objects: one encoded value per object, nil where it is unset.
func (rd *reader) column(ctx context.Context, st step, objs []*store.Object) ([]any, error) {
	if st.edge != nil {
		return rd.connect(ctx, st, objs, nil)
	}
	if expands(st.field) {
		return rd.expand(ctx, st, objs)
	}
	values, err := rd.values(ctx, st.field, objs, st.sel.Below)
	if err != nil {
		return nil, err
	}
	zones, err := rd.zonesOf(ctx, st.field, objs)
	if err != nil {
		return nil, err
	}
	for i, value := range values {
		values[i] = project(encode(st.field.Kind, st.field.Elem, value, zones(objs[i]), rd.dates), st.sel.Below)
	}
	return rd.renderValues(ctx, st, values)
}

// values are a field's values before encoding, stored or computed.
func (rd *reader) values(ctx context.Context, f *object.Field, objs []*store.Object, sub *Selection) ([]any, error) {
	if f.Compute != "" {
		values, err := rd.handler.ext.Fields[f.Compute](ctx, rd.call, rd.tx, objs, sub)
		if err == nil && len(values) != len(objs) {
			err = fmt.Errorf("graph: field resolver %s gave %d values for %d objects", f.Compute, len(values), len(objs))
		}
		return values, err
	}
	values := make([]any, len(objs))
	for i, o := range objs {
		values[i] = stored(f.Name, o)
	}
	return values, nil
}

// stored reads a field from its column or from the data.
func stored(name string, o *store.Object) any {
	switch name {
	case "id":
		return o.ID
	case "account_id":
		return accountOf(o)
	case "created_time":
		return o.Created
	case "updated_time":
		return o.Updated
	case "status":
		if o.Status != "" {
			return o.Status
		}
	}
	return o.Data[name]
}

// expands reports whether a field shows the object whose id is stored beside it: campaign shows what campaign_id names.
func expands(f *object.Field) bool { return f.Kind == object.Object && f.Ref != "" && f.Compute == "" }

// expand replaces references by the objects that they name, each read and rendered once.
func (rd *reader) expand(ctx context.Context, st step, objs []*store.Object) ([]any, error) {
	values := make([]any, len(objs))
	var ids []string
	for i, o := range objs {
		if id, _ := o.Data[st.field.Name+"_id"].(string); id != "" {
			values[i] = id
			ids = append(ids, id)
		}
	}
	found, err := rd.tx.Objects(ctx, distinctIDs(ids))
	if err != nil {
		return nil, err
	}
	for i, id := range values {
		values[i] = nil
		if text, ok := id.(string); ok && found[text] != nil {
			values[i] = found[text]
		}
	}
	return rd.renderValues(ctx, st, values)
}

// distinctIDs keeps each id once: many rows refer to few objects, and a query's cost grows with the ids that it names.
func distinctIDs(ids []string) []string { return slices.Compact(slices.Sorted(slices.Values(ids))) }

// renderValues renders those values that are stored objects, or lists of them, each object once, and leaves out what the caller may not see.
func (rd *reader) renderValues(ctx context.Context, st step, values []any) ([]any, error) {
	if st.below == nil {
		return values, nil
	}
	place := map[string]int{}
	var objs []*store.Object
	shows := func(o *store.Object) bool {
		if o == nil || o.Type != st.below.typ.Name || !rd.call.Caller.Sees(o) {
			return false
		}
		if _, known := place[o.ID]; !known {
			place[o.ID] = len(objs)
			objs = append(objs, o)
		}
		return true
	}
	for i, value := range values {
		switch v := value.(type) {
		case *store.Object:
			if !shows(v) {
				values[i] = nil
			}
		case []*store.Object:
			values[i] = slices.DeleteFunc(slices.Clone(v), func(o *store.Object) bool { return !shows(o) })
		}
	}
	if err := rd.call.Caller.permitRows(st.below.bare(), objs); err != nil {
		return nil, err
	}
	rows, err := rd.render(ctx, st.below, objs)
	if err != nil {
		return nil, err
	}
	for i, value := range values {
		switch v := value.(type) {
		case *store.Object:
			values[i] = rows[place[v.ID]]
		case []*store.Object:
			list := make([]any, len(v))
			for j, o := range v {
				list[j] = rows[place[o.ID]]
			}
			values[i] = list
		}
	}
	return values, nil
}
