package graph

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/marquetry/marquetry/internal/store"
)

// BenchmarkWrite makes an ad with a creative that exists, and BenchmarkBatch sends fifty operations at once: reads, and the same writes.
func BenchmarkWrite(b *testing.B) {
	f := newFixture(b)
	measure(b, f, "write", "/v25.0/act_1/ads?name=ad&campaign_id="+f.ids["1/campaign/0"]+"&creative={\"creative_id\":\""+f.ids["1/creative"]+"\"}&access_token="+tokenA, "")
}

func BenchmarkBatch(b *testing.B) {
	f := newFixture(b)
	for name, op := range map[string]string{
		"reads":  `{"method":"GET","relative_url":"` + f.ids["1/ad/0.0"] + `?fields=name,creative{name,spec}"}`,
		"writes": `{"method":"POST","relative_url":"act_1/ads","body":"name=ad&campaign_id=` + f.ids["1/campaign/0"] + `&creative={\"creative_id\":\"` + f.ids["1/creative"] + `\"}"}`,
	} {
		measure(b, f, name, "/v25.0?access_token="+tokenA, `{"batch":[`+strings.Repeat(op+",", 49)+op+`]}`)
	}
}

// measure sends one POST again and again.
func measure(b *testing.B, f *fixture, name, target, body string) {
	b.Run(name, func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			w := httptest.NewRecorder()
			f.ServeHTTP(w, httptest.NewRequest(http.MethodPost, target, strings.NewReader(body)))
			if w.Code != http.StatusOK || strings.Contains(w.Body.String(), `"code":400`) {
				b.Fatal(w.Body)
			}
		}
	})
}

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
