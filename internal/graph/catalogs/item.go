package catalogs

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"

	"github.com/marquetry/marquetry/internal/catalog"
	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// writeItem checks an item in the API's words. A new one with the number of an item that is there changes that one, unless the caller
// forbids it.
func writeItem(ctx context.Context, w *graph.Write) error {
	if w.Node.Type == "productgroup" {
		w.Data["product_catalog_id"], w.Data["retailer_product_group_id"] = w.Node.Data["product_catalog_id"], w.Node.Data["retailer_id"]
	}
	retailerID := object.Text(w.Data, "retailer_id")
	if retailerID == "" {
		w.Fault(object.Broken("required", 0, "(#100) The parameter retailer_id is required", "retailer_id"))
		return nil
	}
	catalogID := object.Text(w.Data, "product_catalog_id")
	k, err := openKeeper(ctx, w.Call, w.Tx, catalogID)
	if err != nil {
		return err
	}
	w.Hash = key(catalogID, retailerID)
	same, err := w.Tx.ObjectByHash(ctx, "productitem", k.catalog.AccountID, w.Hash)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return completeItem(ctx, w, k, "")
	case err != nil:
		return err
	case !w.Creating() && same.ID == w.Old.ID:
		return completeItem(ctx, w, k, same.ID)
	case !w.Creating() || w.Sent["allow_upsert"] == false:
		w.Fault(object.Broken("product_item.exists", 0, fmt.Sprintf("(#100) The catalog has an item with the retailer_id %q already", retailerID), "retailer_id"))
		return nil
	}
	before := map[string]any{}
	for name := range w.Sent {
		before[name] = same.Data[name]
	}
	w.Data = maps.Clone(same.Data)
	maps.Copy(w.Data, w.Sent)
	if err := completeItem(ctx, w, k, same.ID); err != nil || len(w.Faults) > 0 {
		return err
	}
	same.Data = readable(w.Type, w.Data)
	w.Existing = same
	return errors.Join(w.Save(ctx, w.Tx, same), w.Audit(ctx, w.Tx, same, "update", w.Sent, before))
}

// completeItem checks the whole new state of an item and finds its group and its sets. Id is "" for a new item.
func completeItem(ctx context.Context, w *graph.Write, k *keeper, id string) error {
	gatherLinks(w.Data, w.Sent)
	for _, p := range catalog.Item(w.Data).Sound() {
		if p.Fatal {
			w.Fault(object.Broken("product_item."+p.Rule, 0, "(#100) Param "+p.Message, p.Field))
		} else {
			w.Warnings = append(w.Warnings, object.Warning{Rule: "product_item." + p.Rule, Path: []string{p.Field}, Message: p.Message})
		}
	}
	if len(w.Faults) > 0 {
		return nil
	}
	if err := k.join(ctx, []map[string]any{w.Data}); err != nil {
		return err
	}
	w.Data["set_ids"] = k.setsOf(id, w.Data)
	return nil
}

// gatherLinks turns android_url and its kin into applinks, as it reads back: {"android":[{"url":"…"}]}.
func gatherLinks(data, sent map[string]any) {
	links := map[string]any{}
	for system, kept := range object.Members(data, "applinks") {
		links[system] = kept
	}
	for _, system := range []string{"android", "ios", "ipad", "iphone", "windows_phone"} {
		link := map[string]any{}
		if old := object.Listed(links, system); len(old) > 0 {
			link, _ = old[0].(map[string]any)
			link = maps.Clone(link)
		}
		for name, value := range sent {
			if member, ours := strings.CutPrefix(name, system+"_"); ours {
				link[member] = value
			}
		}
		if len(link) > 0 {
			links[system] = []any{link}
		}
	}
	if len(links) > 0 {
		data["applinks"] = links
	}
}

// readable leaves out what is not kept: parameters that cannot be read, and unset values.
func readable(t *object.Type, data map[string]any) map[string]any {
	kept := map[string]any{}
	for name, value := range data {
		if f := t.Field(name); value != nil && (f == nil || f.Has(object.Read)) {
			kept[name] = value
		}
	}
	return kept
}

// price is an amount as a shop writes it.
func price(field string) func(*graph.Call, *store.Object) any {
	return func(_ *graph.Call, o *store.Object) any {
		minor, known := catalog.Item(o.Data).Amount(field)
		if !known {
			return nil
		}
		return catalog.FormatPrice(minor, o.Text("currency"))
	}
}

// images are all pictures of an item.
func images(_ *graph.Call, o *store.Object) any {
	var all []any
	if first := o.Text("image_url"); first != "" {
		all = append(all, first)
	}
	if all = append(all, object.Listed(o.Data, "additional_image_urls")...); all == nil {
		return nil
	}
	return all
}

// itemStatus is the visibility in its older words.
func itemStatus(_ *graph.Call, o *store.Object) any { return strings.ToUpper(o.Text("visibility")) }

// reviewStatus is pending while reviews seem to take their time.
func reviewStatus(call *graph.Call, o *store.Object) any {
	if call.Now < o.Created+call.Latency {
		return "pending"
	}
	return "approved"
}

// imageFetchStatus says that nobody fetched the picture.
func imageFetchStatus(_ *graph.Call, o *store.Object) any {
	if o.Text("image_url") == "" {
		return nil
	}
	return "NO_STATUS"
}

// imageAddresses is where the picture is, which is where the shop has it.
func imageAddresses(_ *graph.Call, o *store.Object) any {
	link := o.Text("image_url")
	if link == "" {
		return nil
	}
	return []any{map[string]any{"key": "original", "value": link}}
}

// itemErrors is what a listed item must have and this one has not.
func itemErrors(_ *graph.Call, o *store.Object) any {
	var all []any
	for _, p := range catalog.Item(o.Data).Missing() {
		all = append(all, map[string]any{"error_type": p.Rule + "." + p.Field, "error_priority": "HIGH", "title": p.Message,
			"description": "A listed item must have " + p.Field + "."})
	}
	if all == nil {
		return nil
	}
	return all
}
