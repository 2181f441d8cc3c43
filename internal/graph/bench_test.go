package graph

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/marquetry/marquetry/internal/store"
)

// BenchmarkRead answers a node with its creative expanded, and a list of 50 with two expansions, on SQLite.
func BenchmarkRead(b *testing.B) {
	f := newFixture(b)
	call := &Call{handler: f.Handler, Now: began().Unix()}
	err := f.db.Write(b.Context(), func(tx store.Tx) error {
		for i := range 100 {
			ad := &store.Object{ID: fmt.Sprintf("3%017d", i), Type: "ad", AccountID: "1", Status: "ACTIVE", Data: map[string]any{"name": "ad", "status": "ACTIVE", "campaign_id": f.ids["1/campaign/0"], "creative_id": f.ids["1/creative"]}}
			if err := call.Save(b.Context(), tx, ad); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	for name, target := range map[string]string{
		"node": "/v25.0/" + f.ids["1/ad/0.0"] + "?fields=name,creative{name,spec}&access_token=" + adminToken,
		"list": "/v25.0/act_1/ads?limit=50&fields=name,created_time,effective_status,creative{name,spec},campaign{name}&access_token=" + adminToken,
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				w := httptest.NewRecorder()
				f.ServeHTTP(w, httptest.NewRequest(http.MethodGet, target, nil))
				if w.Code != http.StatusOK {
					b.Fatal(w.Body)
				}
			}
		})
	}
}
