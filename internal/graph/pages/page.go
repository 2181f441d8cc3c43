package pages

import (
	"context"
	"maps"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// addPage answers POST on a business's Pages: it takes over the one that page_id names, or makes one.
func addPage(ctx context.Context, call *graph.Call, tx store.Tx) (any, error) {
	if id := object.Text(call.Args, "page_id"); id != "" {
		return claimPage(ctx, call, tx, id)
	}
	name := object.Text(call.Args, "name")
	if name == "" {
		return nil, object.Broken("page.required", 0, "page_id, of a Page to take over, or name, of one to make, is required", "page_id")
	}
	id, seq, err := tx.NextID(ctx)
	if err != nil {
		return nil, err
	}
	page := &store.Object{ID: id, Type: "page", Seq: seq, Created: call.Now, Updated: call.Now, Data: map[string]any{
		"name": name, "is_published": true, "is_verified": false, "verification_status": "not_verified", "fan_count": int64(0), "followers_count": int64(0),
		"tasks": []any{"ADVERTISE", "ANALYZE", "CREATE_CONTENT", "MANAGE"}, "owner_business_id": call.Node.ID,
	}}
	for _, about := range []string{"category", "about"} {
		if text := object.Text(call.Args, about); text != "" {
			page.Data[about] = text
		}
	}
	return object.Ordered{{Name: "id", Value: id}}, tx.Insert(ctx, page)
}

// claimPage makes a business the owner of a Page. Whoever may manage the instance's Pages may do that: nobody else is asked.
func claimPage(ctx context.Context, call *graph.Call, tx store.Tx, id string) (any, error) {
	found, err := tx.Objects(ctx, []string{id})
	if err != nil {
		return nil, err
	}
	if found[id] == nil || found[id].Type != "page" {
		return nil, object.Broken("page.id", 0, "there is no Page "+id, "page_id")
	}
	page := *found[id]
	page.Data = maps.Clone(page.Data)
	page.Data["owner_business_id"] = call.Node.ID
	return object.Ordered{{Name: "access_status", Value: "CONFIRMED"}}, call.Save(ctx, tx, &page)
}
