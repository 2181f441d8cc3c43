package catalogs

import (
	"context"
	"fmt"
	"slices"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// sources are the pixels that were joined to a catalog, newest first.
func sources(ctx context.Context, call *graph.Call, tx store.Tx, _ *graph.Selection) (*graph.Rows, error) {
	found, err := tx.Objects(ctx, object.IDs(call.Node.Data["sources"]))
	if err != nil {
		return nil, err
	}
	pixels := []*store.Object{}
	for _, o := range found {
		pixels = append(pixels, o)
	}
	slices.SortFunc(pixels, func(a, b *store.Object) int { return int(b.Seq - a.Seq) })
	return &graph.Rows{Objects: pixels}, nil
}

// joinSources adds pixels, which the caller must be able to see.
func joinSources(ctx context.Context, call *graph.Call, tx store.Tx) (any, error) {
	wanted := object.IDs(call.Args["external_event_sources"])
	found, err := tx.Objects(ctx, wanted)
	if err != nil {
		return nil, err
	}
	for i, id := range wanted {
		if o := found[id]; o == nil || o.Type != "adspixel" || !call.Caller.Sees(o) {
			return nil, object.Broken("reference", 0, fmt.Sprintf("(#100) Param external_event_sources[%d]: %s is no pixel", i, id), "external_event_sources", fmt.Sprint(i))
		}
	}
	return saveSources(ctx, call, tx, append(object.IDs(call.Node.Data["sources"]), wanted...))
}

// partSources takes pixels away again.
func partSources(ctx context.Context, call *graph.Call, tx store.Tx) (any, error) {
	gone := object.IDs(call.Args["external_event_sources"])
	return saveSources(ctx, call, tx, slices.DeleteFunc(object.IDs(call.Node.Data["sources"]), func(id string) bool { return slices.Contains(gone, id) }))
}

// saveSources keeps the list, each pixel once.
func saveSources(ctx context.Context, call *graph.Call, tx store.Tx, ids []string) (any, error) {
	slices.Sort(ids)
	kept := []any{}
	for _, id := range slices.Compact(ids) {
		kept = append(kept, id)
	}
	call.Node.Data["sources"] = kept
	return object.Ordered{{Name: "success", Value: true}}, call.Save(ctx, tx, call.Node)
}
