package catalogs

import (
	"context"
	"fmt"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// chunk is how many objects are read, checked or written at a time.
const chunk = 500

// newCatalog gives a new catalog the set that holds everything in it.
func newCatalog(ctx context.Context, w *graph.Write) error {
	if !w.Creating() {
		return nil
	}
	w.After = append(w.After, func(catalogID string) error {
		id, _, err := w.Tx.NextID(ctx)
		if err != nil {
			return err
		}
		return w.Save(ctx, w.Tx, &store.Object{ID: id, Type: "productset", AccountID: w.Row.AccountID,
			Data: map[string]any{"name": "All products", "product_catalog_id": catalogID}})
	})
	return nil
}

// deleteCatalog takes everything in a catalog along, unless a creative shows one of its sets.
func deleteCatalog(ctx context.Context, call *graph.Call, tx store.Tx, catalog *store.Object) error {
	sets, err := setsOf(ctx, tx, catalog.ID)
	if err != nil {
		return err
	}
	ids := make([]string, len(sets))
	for i, set := range sets {
		ids[i] = set.ID
	}
	if err := unused(ctx, call, tx, "allow_delete_catalog_with_live_product_set", ids); err != nil {
		return err
	}
	feeds, err := tx.List(ctx, store.Listing{Type: "productfeed", Field: "product_catalog_id", To: catalog.ID}, store.Page{})
	if err != nil {
		return err
	}
	for _, feed := range feeds {
		if err := eraseUploads(ctx, tx, feed.ID); err != nil {
			return err
		}
	}
	for _, typ := range []string{"productitem", "productgroup", "productset", "productfeed", batchType} {
		if err := erase(ctx, tx, typ, "product_catalog_id", catalog.ID); err != nil {
			return err
		}
	}
	return nil
}

// unused refuses to delete sets that creatives show, unless the caller says by a parameter that it may be.
func unused(ctx context.Context, call *graph.Call, tx store.Tx, parameter string, sets []string) error {
	allowed := object.Field{Name: parameter, Kind: object.Bool}
	value, bad := allowed.Coerce(parameter, call.Params[parameter], nil)
	if bad != nil {
		return bad
	}
	if value == true {
		return nil
	}
	shown, err := tx.CountMany(ctx, store.Listing{Type: "adcreative", Field: "product_set_id"}, sets)
	if err != nil || len(shown) == 0 {
		return err
	}
	f := object.Broken("product_set.live", 0, fmt.Sprintf("(#100) %d product sets are shown by creatives; send %s=true to delete them nevertheless", len(shown), parameter), parameter)
	f.Title, f.Detail = "Product set in use", "Ads show a product set that would be deleted."
	f.Fixes = []object.Fix{{Path: []string{parameter}, Value: true}}
	return f
}

// erase takes away every object of a type that refers to another one.
func erase(ctx context.Context, tx store.Tx, typ, field, to string) error {
	return each(ctx, tx, store.Listing{Type: typ, Field: field, To: to}, func(o *store.Object) error { return tx.Delete(ctx, o.ID) })
}

// each visits the rows of a listing, newest first and a chunk at a time; the visit may write.
func each(ctx context.Context, tx store.Tx, l store.Listing, visit func(*store.Object) error) error {
	for after := int64(0); ; {
		rows, err := tx.List(ctx, l, store.Page{After: after, Limit: chunk})
		if err != nil {
			return err
		}
		for _, row := range rows {
			if err := visit(row); err != nil {
				return err
			}
			after = row.Seq
		}
		if len(rows) < chunk {
			return nil
		}
	}
}

// counted makes a resolver of how many objects of a type refer to each of many, with one store call.
func counted(typ, field string) graph.FieldResolver {
	return func(ctx context.Context, _ *graph.Call, tx store.Tx, objs []*store.Object, _ *graph.Selection) ([]any, error) {
		ids := make([]string, len(objs))
		for i, o := range objs {
			ids[i] = o.ID
		}
		counts, err := tx.CountMany(ctx, store.Listing{Type: typ, Field: field}, ids)
		values := make([]any, len(objs))
		for i, id := range ids {
			values[i] = int64(counts[id])
		}
		return values, err
	}
}
