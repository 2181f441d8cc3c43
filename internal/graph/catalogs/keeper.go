package catalogs

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"github.com/marquetry/marquetry/internal/catalog"
	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// keeper writes many items of one catalog in one transaction: its sets are read and parsed once.
type keeper struct {
	call    *graph.Call
	tx      store.Tx
	catalog *store.Object
	sets    []set
	groups  map[string]string // id by key of those that were found or made
}

// set is a product set with its condition.
type set struct {
	id     string
	filter *catalog.Filter
}

// openKeeper reads a catalog's sets.
func openKeeper(ctx context.Context, call *graph.Call, tx store.Tx, catalogID string) (*keeper, error) {
	owner, err := tx.Object(ctx, catalogID)
	if err != nil {
		return nil, fmt.Errorf("catalogs: catalog %s: %w", catalogID, err)
	}
	k := &keeper{call: call, tx: tx, catalog: owner, groups: map[string]string{}}
	sets, err := setsOf(ctx, tx, catalogID)
	for _, o := range sets {
		filter, fault := catalog.ParseFilter(object.Members(o.Data, "filter"))
		if fault != nil {
			return nil, fmt.Errorf("catalogs: filter of set %s: %w", o.ID, fault)
		}
		k.sets = append(k.sets, set{o.ID, filter})
	}
	return k, err
}

// setsOf are the ids of the sets that an item is in, newest first.
func (k *keeper) setsOf(id string, data map[string]any) []any {
	subject := catalog.Subject{ID: id, Item: data, Now: k.call.Now}
	in := []any{}
	for _, s := range k.sets {
		if s.filter.Matches(subject) {
			in = append(in, s.id)
		}
	}
	return in
}

// join puts items into the groups that they name, and makes the groups that are not there.
func (k *keeper) join(ctx context.Context, items []map[string]any) error {
	var unknown []string
	for _, item := range items {
		if name := object.Text(item, "retailer_product_group_id"); name != "" && k.groups[key(k.catalog.ID, name)] == "" {
			unknown = append(unknown, key(k.catalog.ID, name))
		}
	}
	found, err := k.tx.ObjectsByHash(ctx, "productgroup", k.catalog.AccountID, unknown)
	if err != nil {
		return err
	}
	for hash, group := range found {
		k.groups[hash] = group.ID
	}
	for _, item := range items {
		name := object.Text(item, "retailer_product_group_id")
		if delete(item, "product_group_id"); name == "" {
			continue
		}
		hash := key(k.catalog.ID, name)
		if k.groups[hash] == "" {
			if k.groups[hash], err = k.insert(ctx, "productgroup", hash, map[string]any{"retailer_id": name}); err != nil {
				return err
			}
		}
		item["product_group_id"] = k.groups[hash]
	}
	return nil
}

// insert adds an object to the catalog.
func (k *keeper) insert(ctx context.Context, typ, hash string, data map[string]any) (string, error) {
	id, _, err := k.tx.NextID(ctx)
	if err != nil {
		return "", err
	}
	data["product_catalog_id"] = k.catalog.ID
	return id, k.call.Save(ctx, k.tx, &store.Object{ID: id, Type: typ, AccountID: k.catalog.AccountID, Hash: hash, Data: data})
}

// change is what a feed or a batch wants of one item.
type change struct {
	item    catalog.Item // what was sent
	feedID  string       // the feed that brings it, "" for none
	replace bool         // what was not sent is unset
	upsert  bool         // an item that is not there is made
	delete  bool

	problems []catalog.Problem // found before put; a fatal one keeps the change out of it
	found    []catalog.Problem // found by put
	done     bool              // put made the catalog as the change wants it
}

// troubles are everything that is wrong with a change.
func (c *change) troubles() []catalog.Problem { return slices.Concat(c.problems, c.found) }

// put makes a chunk of changes; each retailer_id stands in it once. What is wrong with one does not stop the others. The database may want
// to have the transaction again.
func (k *keeper) put(ctx context.Context, changes []*change) error {
	hashes := make([]string, len(changes))
	for i, c := range changes {
		c.found, c.done = nil, false
		hashes[i] = key(k.catalog.ID, c.item.Text("retailer_id"))
	}
	found, err := k.tx.ObjectsByHash(ctx, "productitem", k.catalog.AccountID, hashes)
	if err != nil {
		return err
	}
	var sound []*change
	var states []map[string]any
	for i, c := range changes {
		if state := c.state(found[hashes[i]]); state != nil {
			sound, states = append(sound, c), append(states, state)
		}
	}
	if err := k.join(ctx, states); err != nil {
		return err
	}
	for i, c := range sound {
		hash := key(k.catalog.ID, c.item.Text("retailer_id"))
		if err := k.write(ctx, found[hash], hash, states[i]); err != nil {
			return err
		}
		c.done = true
	}
	for i, c := range changes {
		if old := found[hashes[i]]; c.delete && old != nil {
			if err := k.tx.Delete(ctx, old.ID); err != nil {
				return err
			}
			c.done = true
		}
	}
	return nil
}

// state is what becomes of an item that is there, or of none; nil when there is nothing to write.
func (c *change) state(old *store.Object) map[string]any {
	refuse := func(rule, message string) map[string]any {
		c.found = append(c.found, catalog.Problem{Rule: rule, Field: "id", Message: message, Fatal: true})
		return nil
	}
	switch {
	case c.delete && old == nil:
		return refuse("unknown_item", "the catalog has no such item")
	case c.delete:
		return nil
	case old == nil && !c.upsert:
		return refuse("unknown_item", "the catalog has no such item, and allow_upsert is false")
	}
	whole := old == nil || c.replace
	state := map[string]any{"visibility": "published"}
	if !whole {
		state = maps.Clone(old.Data)
	}
	maps.Copy(state, c.item)
	if c.feedID != "" {
		state["product_feed_id"] = c.feedID
	} else if old != nil && old.Data["product_feed_id"] != nil {
		state["product_feed_id"] = old.Data["product_feed_id"]
	}
	c.found = append(c.found, catalog.Item(state).Sound()...)
	if whole {
		c.found = append(c.found, catalog.Item(state).Missing()...)
	}
	if catalog.Fatal(c.found) {
		return nil
	}
	return state
}

// write keeps an item's state; one that is as it was is left alone, which is most of a shop's nightly feed.
func (k *keeper) write(ctx context.Context, old *store.Object, hash string, state map[string]any) error {
	if old == nil {
		state["set_ids"] = k.setsOf("", state)
		_, err := k.insert(ctx, "productitem", hash, state)
		return err
	}
	state["product_catalog_id"], state["set_ids"] = k.catalog.ID, k.setsOf(old.ID, state)
	if reflect.DeepEqual(old.Data, state) {
		return nil
	}
	old.Data = state
	return k.call.Save(ctx, k.tx, old)
}
