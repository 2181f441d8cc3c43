package catalogs

import (
	"context"
	"errors"
	"fmt"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// writeGroup sees to it that items can name a new group: by the shop's own number, or by its id.
func writeGroup(ctx context.Context, w *graph.Write) error {
	if !w.Creating() {
		return nil
	}
	retailerID := object.Text(w.Data, "retailer_id")
	if retailerID == "" {
		w.After = append(w.After, func(id string) error {
			w.Row.Data["retailer_id"], w.Row.Hash = id, key(w.Node.ID, id)
			return w.Save(ctx, w.Tx, w.Row)
		})
		return nil
	}
	w.Hash = key(w.Node.ID, retailerID)
	_, err := w.Tx.ObjectByHash(ctx, "productgroup", w.Node.AccountID, w.Hash)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err == nil {
		w.Fault(object.Broken("product_group.exists", 0, fmt.Sprintf("(#100) The catalog has a product group with the retailer_id %q already", retailerID), "retailer_id"))
	}
	return err
}

// deleteGroup refuses to delete a group that has items, unless these are to go along.
func deleteGroup(ctx context.Context, call *graph.Call, tx store.Tx, group *store.Object) error {
	method := object.ProductGroup().Field("deletion_method")
	value, bad := method.Coerce(method.Name, call.Params[method.Name], nil)
	if bad != nil {
		return bad
	}
	items := store.Listing{Type: "productitem", Field: "product_group_id", To: group.ID}
	if value == "DELETE_ITEMS" {
		return erase(ctx, tx, items.Type, items.Field, items.To)
	}
	n, err := tx.Count(ctx, items)
	if err != nil || n == 0 {
		return err
	}
	f := object.Broken("product_group.items", 0, fmt.Sprintf("(#100) The product group has %d items; send deletion_method=DELETE_ITEMS to delete them along", n), method.Name)
	f.Fixes = []object.Fix{{Path: []string{method.Name}, Value: "DELETE_ITEMS"}}
	return f
}
