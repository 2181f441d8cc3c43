package insights

import (
	"context"
	"fmt"
	"slices"

	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// maxObjects bounds how many campaigns, ad sets and ads a filter on objects looks at.
const maxObjects = 10_000

// filter narrows a plan by the filters on objects and on viewers' groups and places, before anything is added up.
func (p *plan) filter(ctx context.Context, tx store.Tx, q *Request) error {
	var onObjects []Filter
	for _, f := range q.Filters {
		switch {
		case f.Object != "":
			onObjects = append(onObjects, f)
		case slices.Contains(placeColumns(), f.Field):
			p.restrict("x."+f.Field, f.Operator == "NOT_IN" || f.Operator == "NOT_EQUAL", f.Values)
		}
	}
	if len(onObjects) == 0 {
		return nil
	}
	paths, found, err := p.objects(ctx, tx)
	if err != nil {
		return err
	}
	keep := map[string]bool{}
	for _, path := range paths {
		if !slices.ContainsFunc(onObjects, func(f Filter) bool { return !f.keeps(path, found) }) {
			keep[path[2]] = true
		}
	}
	p.restrict("c.ad_id", false, missing(map[string]bool{}, keep))
	return nil
}

// objects lists what has delivered within the plan's scope, as paths of campaign, ad set and ad, with the objects by id.
func (p *plan) objects(ctx context.Context, tx store.Tx) ([][3]string, map[string]*store.Object, error) {
	rows, err := tx.Query(ctx, "SELECT DISTINCT c.campaign_id, c.adset_id, c.ad_id FROM rollup_combinations c WHERE "+p.scope+" = ?", p.id)
	if err != nil {
		return nil, nil, fmt.Errorf("insights: list what delivered: %w", err)
	}
	var paths [][3]string
	ids := map[string]bool{}
	if err := each(rows, func() error {
		var path [3]string
		err := rows.Scan(&path[0], &path[1], &path[2])
		paths = append(paths, path)
		for _, id := range path {
			ids[id] = true
		}
		return err
	}); err != nil {
		return nil, nil, err
	}
	if len(ids) > maxObjects {
		return nil, nil, tooMuch()
	}
	found, err := tx.Objects(ctx, missing(map[string]bool{}, ids))
	if err != nil {
		return nil, nil, fmt.Errorf("insights: read objects: %w", err)
	}
	return paths, found, nil
}

// keeps reports whether a filter on objects lets a campaign, ad set and ad pass.
func (f Filter) keeps(path [3]string, found map[string]*store.Object) bool {
	var o *store.Object
	var status [3]string // of the filter's object and what is above it
	for i, level := range levels()[1:] {
		o = found[path[i]]
		if o == nil {
			return false
		}
		status[i] = o.Status
		if string(level) == f.Object {
			break
		}
	}
	var have string
	switch f.Field {
	case "id":
		have = o.ID
	case "status", "configured_status":
		have = o.Status
	case "effective_status":
		have = object.EffectiveStatus(status[0], status[1], status[2])
	default:
		have = o.Text(f.Field)
	}
	match, _ := matches(f.Operator, have, f.Values)
	return match
}
