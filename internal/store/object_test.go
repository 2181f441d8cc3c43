package store_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/marquetry/marquetry/internal/store"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

// write runs fn in a write transaction that must succeed.
func write(t *testing.T, db *store.DB, fn func(ctx context.Context, tx store.Tx) error) {
	t.Helper()
	if err := db.Write(t.Context(), func(tx store.Tx) error { return fn(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
}

// read runs fn in a read transaction that must succeed.
func read(t *testing.T, db *store.DB, fn func(ctx context.Context, tx store.Tx) error) {
	t.Helper()
	if err := db.Read(t.Context(), func(tx store.Tx) error { return fn(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
}

// ignoreRefs leaves out what is not read back.
func ignoreRefs() cmp.Option { return cmpopts.IgnoreFields(store.Object{}, "Refs") }

// adset is an object with every column set and data of every kind.
func adset() *store.Object {
	return &store.Object{
		ID: "120200000000000001", Type: "adset", AccountID: "1", Seq: 1, Status: "PAUSED", Hash: "abc", Created: 100, Updated: 200,
		Data: map[string]any{
			"name": "Wrocław <b>&\u2028 \x00", "daily_budget": int64(math.MaxInt64), "ratio": 0.25, "huge": 1e300, "flag": true, "none": nil,
			"targeting": map[string]any{"age_min": int64(-18), "countries": []any{"PL", int64(7), 1.5}},
		},
		Refs: []store.Ref{{Field: "campaign_id", To: "c"}, {Field: "account_id", To: "act_1"}, {Field: "campaign_id", To: "c"}},
	}
}

// What is inserted reads back by id and by hash, with exact integers.
func TestObjectRoundTrip(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		want := adset()
		write(t, db, func(ctx context.Context, tx store.Tx) error { return tx.Insert(ctx, adset()) })
		read(t, db, func(ctx context.Context, tx store.Tx) error {
			got, err := tx.Object(ctx, want.ID)
			if diff := cmp.Diff(want, got, ignoreRefs()); diff != "" {
				t.Errorf("by id (-want +got):\n%s", diff)
			}
			if err != nil {
				return err
			}
			got, err = tx.ObjectByHash(ctx, "adset", "1", "abc")
			if diff := cmp.Diff(want, got, ignoreRefs()); diff != "" {
				t.Errorf("by hash (-want +got):\n%s", diff)
			}
			return err
		})
	})
}

// Every lookup of something absent says ErrNotFound, whatever the bytes of the name.
func TestNotFound(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		for _, name := range []string{"absent", "", "x' OR '1'='1", "nul\x00", "\xff\xfe"} {
			lookups := map[string]func(ctx context.Context, tx store.Tx) error{
				"Object": func(ctx context.Context, tx store.Tx) error { _, err := tx.Object(ctx, name); return err },
				"ObjectByHash": func(ctx context.Context, tx store.Tx) error {
					_, err := tx.ObjectByHash(ctx, "ad", "1", name)
					return err
				},
				"Blob":        func(ctx context.Context, tx store.Tx) error { _, _, err := tx.Blob(ctx, name); return err },
				"Setting":     func(ctx context.Context, tx store.Tx) error { _, err := tx.Setting(ctx, name); return err },
				"TokenByHash": func(ctx context.Context, tx store.Tx) error { _, err := tx.TokenByHash(ctx, name); return err },
			}
			for method, lookup := range lookups {
				err := db.Read(t.Context(), func(tx store.Tx) error { return lookup(t.Context(), tx) })
				if !errors.Is(err, store.ErrNotFound) {
					t.Errorf("%s(%q): %v, want ErrNotFound", method, name, err)
				}
			}
		}
		err := db.Write(t.Context(), func(tx store.Tx) error { return tx.Update(t.Context(), adset()) })
		if !errors.Is(err, store.ErrNotFound) {
			t.Errorf("Update: %v, want ErrNotFound", err)
		}
	})
}

// Many ids are found at once, absent ones are left out, and their number has no limit that a caller meets.
func TestObjects(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		var ids []string
		write(t, db, func(ctx context.Context, tx store.Tx) error {
			for range 2100 {
				id, seq, err := tx.NextID(ctx)
				if err != nil {
					return err
				}
				ids = append(ids, id, "absent"+id)
				if err := tx.Insert(ctx, &store.Object{ID: id, Type: "ad", Seq: seq}); err != nil {
					return err
				}
			}
			return nil
		})
		read(t, db, func(ctx context.Context, tx store.Tx) error {
			found, err := tx.Objects(ctx, ids)
			if len(found) != 2100 || found[ids[0]] == nil || found[ids[0]].Seq != 1 {
				t.Errorf("found %d objects, want 2100", len(found))
			}
			var last int64
			all := tx.All(ctx, "ad", func(o *store.Object) error {
				if o.Seq != last+1 {
					return fmt.Errorf("object %d after %d", o.Seq, last)
				}
				last = o.Seq
				_, err := tx.Object(ctx, o.ID) // the transaction stays usable inside
				return err
			})
			if last != 2100 {
				t.Errorf("All stopped after %d", last)
			}
			return errors.Join(err, all)
		})
		write(t, db, func(ctx context.Context, tx store.Tx) error {
			_, err := tx.Exec(ctx, "UPDATE objects SET data = '{' WHERE id = ?", ids[0])
			return err
		})
		read(t, db, func(ctx context.Context, tx store.Tx) error {
			n, damages := 0, 0
			each := func(*store.Object) error { n++; return nil }
			if err := tx.All(ctx, "ad", each); err == nil || n > 0 {
				t.Errorf("a damaged object is passed over: %d visited", n)
			}
			err := tx.AllSound(ctx, "ad", each, func(error) error { damages++; return nil })
			if n != 2099 || damages != 1 {
				t.Errorf("%d visited, %d damaged", n, damages)
			}
			return err
		})
	})
}

// The first id of a new database is known, and ids have 18 digits.
func TestNextID(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		for _, want := range []string{"120200000000000001", "120200000000000002"} {
			write(t, db, func(ctx context.Context, tx store.Tx) error {
				if id, _, err := tx.NextID(ctx); id != want || err != nil {
					t.Errorf("NextID = %s, %v; want %s", id, err, want)
				}
				return nil
			})
		}
	})
}

// An update moves the object between lists and statuses and keeps its place.
func TestUpdate(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := adset()
		write(t, db, func(ctx context.Context, tx store.Tx) error { return tx.Insert(ctx, o) })
		o.Status, o.Hash, o.Updated, o.Refs = "ACTIVE", "def", 300, []store.Ref{{Field: "campaign_id", To: "other"}}
		o.Data = map[string]any{"name": "new"}
		write(t, db, func(ctx context.Context, tx store.Tx) error { return tx.Update(ctx, o) })
		read(t, db, func(ctx context.Context, tx store.Tx) error {
			for to, want := range map[string]int{"c": 0, "act_1": 0, "other": 1} {
				field := map[bool]string{true: "account_id", false: "campaign_id"}[to == "act_1"]
				n, err := tx.Count(ctx, store.Listing{Type: "adset", Field: field, To: to, Statuses: []string{"ACTIVE", "PAUSED"}})
				if n != want || err != nil {
					t.Errorf("%d objects under %s, %v; want %d", n, to, err, want)
				}
			}
			got, err := tx.ObjectByHash(ctx, "adset", "1", "def")
			if diff := cmp.Diff(o, got, ignoreRefs()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			return err
		})
	})
}

// Of objects with equal content, one that is not deleted comes first.
func TestObjectByHashPrefersLive(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		write(t, db, func(ctx context.Context, tx store.Tx) error {
			return errors.Join(
				tx.Insert(ctx, &store.Object{ID: "a", Type: "adcreative", AccountID: "1", Hash: "h", Status: "ACTIVE"}),
				tx.Insert(ctx, &store.Object{ID: "b", Type: "adcreative", AccountID: "1", Hash: "h", Status: "DELETED"}))
		})
		read(t, db, func(ctx context.Context, tx store.Tx) error {
			o, err := tx.ObjectByHash(ctx, "adcreative", "1", "h")
			if err == nil && o.ID != "a" {
				t.Errorf("found %s, want a", o.ID)
			}
			return err
		})
	})
}

// Many lookups and counts at once say what single ones say, and a deleted object is nowhere.
func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		item := func(id, hash, to, status string) *store.Object {
			return &store.Object{ID: id, Type: "item", AccountID: "1", Hash: hash, Status: status, Refs: []store.Ref{{Field: "in", To: to}}}
		}
		write(t, db, func(ctx context.Context, tx store.Tx) error {
			return errors.Join(tx.Insert(ctx, item("a", "h1", "x", "")), tx.Insert(ctx, item("b", "h2", "x", "DELETED")), tx.Insert(ctx, item("c", "h2", "y", "")),
				tx.Insert(ctx, item("d", "h4", "y", "")), tx.Delete(ctx, "d"), tx.Delete(ctx, "never"))
		})
		read(t, db, func(ctx context.Context, tx store.Tx) error {
			found, err := tx.ObjectsByHash(ctx, "item", "1", []string{"h1", "h2", "h4", ""})
			if len(found) != 2 || found["h1"].ID != "a" || found["h2"].ID != "c" {
				t.Errorf("found %v", found)
			}
			counts, failed := tx.CountMany(ctx, store.Listing{Type: "item", Field: "in"}, []string{"x", "y", "z"})
			if diff := cmp.Diff(map[string]int{"x": 1, "y": 1}, counts); diff != "" {
				t.Error(diff)
			}
			_, gone := tx.Object(ctx, "d")
			if !errors.Is(gone, store.ErrNotFound) {
				t.Errorf("the deleted object: %v", gone)
			}
			return errors.Join(err, failed)
		})
	})
}
