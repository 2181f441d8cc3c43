package graph

import (
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/marquetry/marquetry/internal/store"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

// A read makes as many store calls for 200 campaigns with an ad each as for two.
func TestStoreCallsDoNotGrow(t *testing.T) {
	t.Parallel()
	calls := new(atomic.Int64)
	f := newFixture(t, func(db Database) Database { return storetest.Counted{DB: db.(*store.DB), Calls: calls} })
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
