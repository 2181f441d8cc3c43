package store_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/marquetry/marquetry/internal/store"
	"github.com/marquetry/marquetry/internal/store/storetest"
	"pgregory.net/rapid"
)

// statuses are those that the objects of plant have, in turn.
func statuses() []string { return []string{"ACTIVE", "PAUSED", "DELETED", "ARCHIVED", "IN_PROCESS"} }

// plant inserts n ads under each parent, interleaved, so that ad i of parent p has Seq i*len(parents)+p+1. Each also
// refers to its parent by another field and has a sibling of another type, which no list of ads may show.
func plant(ctx context.Context, tx store.Tx, n int, parents ...string) error {
	for i := range n {
		for p, parent := range parents {
			seq := int64(i*len(parents) + p + 1)
			for _, typ := range []string{"ad", "adcreative"} {
				o := &store.Object{ID: fmt.Sprint(typ, seq), Type: typ, Seq: seq, Status: statuses()[i%5], Data: map[string]any{"n": int64(i)},
					Refs: []store.Ref{{Field: "adset_id", To: parent}, {Field: "other", To: parent}}}
				if typ == "adcreative" {
					o.Seq += 1_000_000
				}
				if err := tx.Insert(ctx, o); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// seqs are the places of listed objects.
func seqs(list []*store.Object) []int64 {
	var all []int64
	for _, o := range list {
		all = append(all, o.Seq)
	}
	return all
}

// expected is what a list of planted ads must show: the definition of Page and Listing, spelled out.
func expected(n, parents, parent int, wanted []string, p store.Page) []int64 {
	var all []int64
	for i := n - 1; i >= 0; i-- {
		status, seq := statuses()[i%5], int64(i*parents+parent+1)
		shown := slices.Contains(wanted, status) || len(wanted) == 0 && status != "DELETED" && status != "ARCHIVED"
		if shown && (p.After == 0 || seq < p.After) && (p.Before == 0 || seq > p.Before) {
			all = append(all, seq)
		}
	}
	if p.Limit > 0 && len(all) > p.Limit {
		if p.Before > 0 && p.After == 0 {
			return all[len(all)-p.Limit:]
		}
		return all[:p.Limit]
	}
	return all
}

// Every page with every choice of statuses shows what the definition says, for one parent and for many.
func TestList(t *testing.T) {
	t.Parallel()
	const n = 23
	parents := []string{"x", "y", "z"}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		write(t, db, func(ctx context.Context, tx store.Tx) error { return plant(ctx, tx, n, parents...) })
		rapid.Check(t, func(r *rapid.T) {
			wanted := rapid.SliceOf(rapid.SampledFrom(append(statuses(), "absent", "nul\x00"))).Draw(r, "statuses")
			bound := rapid.Int64Range(0, 3*n+2)
			page := store.Page{After: bound.Draw(r, "after"), Before: bound.Draw(r, "before"), Limit: rapid.IntRange(0, 9).Draw(r, "limit")}
			parent := rapid.IntRange(0, 2).Draw(r, "parent")
			l := store.Listing{Type: "ad", Field: "adset_id", To: parents[parent], Statuses: wanted}
			err := db.Read(t.Context(), func(tx store.Tx) error {
				list, err := tx.List(t.Context(), l, page)
				if diff := cmp.Diff(expected(n, 3, parent, wanted, page), seqs(list), cmpopts.EquateEmpty()); diff != "" || err != nil {
					r.Errorf("List: %v (-want +got):\n%s", err, diff)
				}
				count, err := tx.Count(t.Context(), l)
				if want := len(expected(n, 3, parent, wanted, store.Page{})); count != want || err != nil {
					r.Errorf("Count = %d, %v; want %d", count, err, want)
				}
				lists, err := tx.ListMany(t.Context(), l, append(parents, "x", "absent", "nul\x00"), page.Limit)
				for i, parent := range parents {
					want := expected(n, 3, i, wanted, store.Page{Limit: page.Limit})
					if diff := cmp.Diff(want, seqs(lists[parent]), cmpopts.EquateEmpty()); diff != "" {
						r.Errorf("ListMany %s (-want +got):\n%s", parent, diff)
					}
				}
				return err
			})
			if err != nil {
				r.Error(err)
			}
		})
	})
}

// A list under many more parents than one query takes is whole, and parents without children are left out.
func TestListManyParents(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		var parents []string
		for i := range 150 {
			parents = append(parents, fmt.Sprint("p", i))
		}
		write(t, db, func(ctx context.Context, tx store.Tx) error { return plant(ctx, tx, 1, parents[:75]...) })
		read(t, db, func(ctx context.Context, tx store.Tx) error {
			lists, err := tx.ListMany(ctx, store.Listing{Type: "ad", Field: "adset_id", Statuses: append(statuses(), "6", "7", "8", "9")}, parents, 3)
			if len(lists) != 75 {
				t.Errorf("%d parents with children, want 75", len(lists))
			}
			for i, parent := range parents[:75] {
				if diff := cmp.Diff([]int64{int64(i + 1)}, seqs(lists[parent])); diff != "" {
					t.Errorf("%s (-want +got):\n%s", parent, diff)
				}
			}
			return err
		})
	})
}

// BenchmarkList reads a page from the middle of 100,000 ads of one account, of which few have the status asked for.
func BenchmarkList(b *testing.B) {
	db := storetest.SQLite(b)
	ctx := b.Context()
	err := db.Write(ctx, func(tx store.Tx) error {
		for i := range 100_000 {
			o := &store.Object{ID: fmt.Sprint(i), Type: "ad", Status: "PAUSED", Refs: []store.Ref{{Field: "account_id", To: "act_1"}}}
			if i%5000 == 0 {
				o.Status = "ACTIVE"
			}
			if err := tx.Insert(ctx, o); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	for name, wanted := range map[string][]string{"live": nil, "rare": {"ACTIVE"}, "both": {"ACTIVE", "PAUSED"}} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				err := db.Read(ctx, func(tx store.Tx) error {
					list, err := tx.List(ctx, store.Listing{Type: "ad", Field: "account_id", To: "act_1", Statuses: wanted}, store.Page{After: 50_000, Limit: 25})
					if len(list) == 0 {
						b.Error("empty page")
					}
					return err
				})
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
