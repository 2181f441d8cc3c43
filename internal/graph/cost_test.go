package graph

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/marquetry/marquetry/internal/store"
)

// counting counts the store calls of read transactions.
type counting struct {
	database
	calls *atomic.Int64
}

// Read hands out transactions that count.
func (c counting) Read(ctx context.Context, fn func(store.Tx) error) error {
	return c.database.Read(ctx, func(tx store.Tx) error { return fn(countingTx{tx, c.calls}) })
}

// countingTx counts the calls that reads make.
type countingTx struct {
	store.Tx
	calls *atomic.Int64
}

// Object counts.
func (c countingTx) Object(ctx context.Context, id string) (*store.Object, error) {
	c.calls.Add(1)
	return c.Tx.Object(ctx, id)
}

// Objects counts.
func (c countingTx) Objects(ctx context.Context, ids []string) (map[string]*store.Object, error) {
	c.calls.Add(1)
	return c.Tx.Objects(ctx, ids)
}

// List counts.
func (c countingTx) List(ctx context.Context, l store.Listing, p store.Page) ([]*store.Object, error) {
	c.calls.Add(1)
	return c.Tx.List(ctx, l, p)
}

// ListMany counts.
func (c countingTx) ListMany(ctx context.Context, l store.Listing, to []string, limit int) (map[string][]*store.Object, error) {
	c.calls.Add(1)
	return c.Tx.ListMany(ctx, l, to, limit)
}

// CountMany counts.
func (c countingTx) CountMany(ctx context.Context, l store.Listing, to []string) (map[string]int, error) {
	c.calls.Add(1)
	return c.Tx.CountMany(ctx, l, to)
}

// Count counts.
func (c countingTx) Count(ctx context.Context, l store.Listing) (int, error) {
	c.calls.Add(1)
	return c.Tx.Count(ctx, l)
}

// A read makes as many store calls for 200 campaigns with an ad each as for two.
func TestStoreCallsDoNotGrow(t *testing.T) {
	t.Parallel()
	calls := new(atomic.Int64)
	f := newFixture(t, func(db database) database { return counting{db, calls} })
	targets := []string{
		"/v25.0/act_1/campaigns?limit=500&summary=true&fields=name,start_time,effective_status,ads.limit(2){name,effective_status,creative{name},campaign{name,ads.limit(1){id}},owner{name,created_time},adcreatives{name,ads.limit(1){name}}}",
		`/v25.0/act_1/ads?limit=400&fields=name&effective_status=["ACTIVE"]&filtering=[{"field":"name","operator":"CONTAIN","value":"ad"}]`,
		"/v25.0/me/adaccounts?fields=name,created_time,campaigns{ads{id}}",
		`/v25.0/act_1/campaigns?limit=500&fields=ads.limit(1).order(chronological).after(Ng).summary(true).filtering([{"field":"campaign.name","operator":"CONTAIN","value":"c"}]){name}`,
		"/v25.0/act_1/campaigns?limit=500&fields=ads.limit(1).summary(true){name}",
	}
	measure := func() (counts []int64) {
		for _, target := range targets {
			calls.Store(0)
			f.get(t, target)
			counts = append(counts, calls.Load())
		}
		return counts
	}
	few := measure()
	call := &Call{handler: f.Handler, Now: began().Unix()}
	err := f.db.Write(t.Context(), func(tx store.Tx) error {
		for i := range 200 {
			id, _, err := tx.NextID(t.Context())
			if err != nil {
				return err
			}
			campaign := &store.Object{ID: id, Type: "campaign", AccountID: "1", Status: "ACTIVE", Data: map[string]any{"name": "c", "status": "ACTIVE"}}
			ad := &store.Object{ID: fmt.Sprintf("3%017d", i), Type: "ad", AccountID: "1", Status: "ACTIVE", Data: map[string]any{"name": "ad", "status": "ACTIVE", "campaign_id": id, "creative_id": f.ids["1/creative"]}}
			if err := call.Save(t.Context(), tx, campaign); err != nil {
				return err
			}
			if err := call.Save(t.Context(), tx, ad); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(few, measure()); diff != "" {
		t.Errorf("store calls grew with the rows (-few +many):\n%s", diff)
	}
}
