package catalogs

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"reflect"

	"github.com/marquetry/marquetry/internal/catalog"
	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// An item keeps the ids of the sets that it is in, as references: a set's items are then listed, paged and counted like any other edge,
// whatever the size of the catalog. The price is paid on writes: an item is held against every set of its catalog, and a new or changed
// condition against every item.

// mostSets is the most sets of one catalog, since each is tried on every write of an item.
const mostSets = 500

// setsOf are the sets of a catalog, newest first.
func setsOf(ctx context.Context, tx store.Tx, catalogID string) ([]*store.Object, error) {
	return tx.List(ctx, store.Listing{Type: "productset", Field: "product_catalog_id", To: catalogID}, store.Page{})
}

// writeSet checks a set's condition, and finds its items anew when that is new.
func writeSet(ctx context.Context, w *graph.Write) error {
	if _, fault := catalog.ParseFilter(object.Members(w.Data, "filter"), "filter"); fault != nil {
		w.Fault(fault)
	}
	if sent := w.Data["metadata"]; sent != nil {
		w.Data["latest_metadata"] = sent
	}
	catalogID := object.Text(w.Data, "product_catalog_id")
	if err := uniqueSet(ctx, w, catalogID); err != nil {
		return err
	}
	if w.Creating() {
		n, err := w.Tx.Count(ctx, store.Listing{Type: "productset", Field: "product_catalog_id", To: catalogID})
		if err != nil {
			return err
		}
		if n >= mostSets {
			f := object.Broken("product_set.max", 0, fmt.Sprintf("(#100) A catalog has at most %d product sets", mostSets))
			f.Sent, f.Limit = n+1, mostSets
			w.Fault(f)
		}
	} else if reflect.DeepEqual(w.Old.Data["filter"], w.Data["filter"]) {
		return nil
	}
	w.After = append(w.After, func(string) error { return refill(ctx, w.Call, w.Tx, catalogID) })
	return nil
}

// uniqueSet refuses a shop's number that another set of the catalog has.
func uniqueSet(ctx context.Context, w *graph.Write, catalogID string) error {
	retailerID := object.Text(w.Data, "retailer_id")
	if w.Hash = ""; retailerID == "" {
		return nil
	}
	w.Hash = key(catalogID, retailerID)
	other, err := w.Tx.ObjectByHash(ctx, "productset", w.Node.AccountID, w.Hash)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err == nil && (w.Creating() || other.ID != w.Old.ID) {
		w.Fault(object.Broken("product_set.exists", 0, fmt.Sprintf("(#100) The catalog has a product set with the retailer_id %q already", retailerID), "retailer_id"))
	}
	return err
}

// refill holds every item of a catalog against its sets, and writes those whose sets have changed.
func refill(ctx context.Context, call *graph.Call, tx store.Tx, catalogID string) error {
	k, err := openKeeper(ctx, call, tx, catalogID)
	if err != nil {
		return err
	}
	return each(ctx, tx, store.Listing{Type: "productitem", Field: "product_catalog_id", To: catalogID}, func(item *store.Object) error {
		in := k.setsOf(item.ID, item.Data)
		if reflect.DeepEqual(item.Data["set_ids"], in) {
			return nil
		}
		item.Data["set_ids"] = in
		return call.Save(ctx, tx, item)
	})
}

// deleteSet refuses to delete a set that creatives show. Its items forget it when they are next written.
func deleteSet(ctx context.Context, call *graph.Call, tx store.Tx, set *store.Object) error {
	return unused(ctx, call, tx, "allow_live_product_set_deletion", []string{set.ID})
}

// filterText is a set's condition as JSON text.
func filterText(_ *graph.Call, o *store.Object) any {
	if filter := object.Members(o.Data, "filter"); len(filter) > 0 {
		return catalog.FilterText(filter)
	}
	return nil
}

// liveMetadata is what was sent as metadata: nothing waits for review.
func liveMetadata(_ *graph.Call, o *store.Object) any { return o.Data["latest_metadata"] }

// chosenItems reads which items of a list are wanted.
func chosenItems(call *graph.Call) (func(*store.Object) bool, error) {
	filter, fault := catalog.ParseFilter(object.Members(call.Args, "filter"), "filter")
	if fault != nil {
		return nil, fault
	}
	approved := call.Args["return_only_approved_products"] == true
	if filter == nil && !approved {
		return nil, nil
	}
	return func(o *store.Object) bool {
		return filter.Matches(catalog.Subject{ID: o.ID, Item: o.Data, Now: call.Now}) && (!approved || reviewStatus(call, o) == "approved")
	}, nil
}

// pinnedItems are those whose own numbers the filter names.
func pinnedItems(call *graph.Call) func(*store.Object) []string {
	filter, _ := catalog.ParseFilter(object.Members(call.Args, "filter")) // it was parsed a moment ago
	skus, known := filter.Pinned()
	if !known {
		return nil
	}
	return func(parent *store.Object) []string {
		catalogID := cmp.Or(parent.Text("product_catalog_id"), parent.ID)
		hashes := make([]string, len(skus))
		for i, sku := range skus {
			hashes[i] = key(catalogID, sku)
		}
		return hashes
	}
}

// chosenSets reads which sets of a list are wanted.
func chosenSets(call *graph.Call) (func(*store.Object) bool, error) {
	wanted := object.Text(call.Args, "retailer_id")
	if wanted == "" {
		return nil, nil
	}
	return func(o *store.Object) bool { return o.Text("retailer_id") == wanted }, nil
}
