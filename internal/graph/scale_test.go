package graph_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"testing"
	"time"

	"github.com/marquetry/marquetry/internal/graph/graphtest"
	"github.com/marquetry/marquetry/internal/store"
)

// manyAds fills an account with ads under a hundred ad sets; one in ten is active, one in a thousand has a rare name.
func manyAds(b *testing.B, n int) *graphtest.Site {
	s := graphtest.New(b)
	account := s.AccountID
	add := func(tx store.Tx, typ, status string, data map[string]any, refs ...store.Ref) string {
		id, seq, err := tx.NextID(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		data["status"] = status
		o := &store.Object{ID: id, Seq: seq, Type: typ, AccountID: account, Status: status, Data: data, Refs: append(refs, store.Ref{Field: "account_id", To: "act_" + account}), Created: graphtest.Now().Unix(), Updated: graphtest.Now().Unix()}
		if err := tx.Insert(b.Context(), o); err != nil {
			b.Fatal(err)
		}
		return id
	}
	err := s.DB.Write(b.Context(), func(tx store.Tx) error {
		campaign := add(tx, "campaign", "ACTIVE", map[string]any{"name": "Campaign", "objective": "OUTCOME_SALES"})
		creative := add(tx, "adcreative", "ACTIVE", map[string]any{"name": "Creative", "object_story_spec": map[string]any{"page_id": s.PageID, "link_data": map[string]any{"link": "https://example.com/", "message": "Hello"}}})
		var adsets []string
		for i := range 100 {
			adsets = append(adsets, add(tx, "adset", "ACTIVE", map[string]any{"name": fmt.Sprint("Ad set ", i), "campaign_id": campaign, "daily_budget": int64(5000), "targeting": map[string]any{"geo_locations": map[string]any{"countries": []any{"US"}}}}, store.Ref{Field: "campaign_id", To: campaign}))
		}
		for i := range n {
			status, name := "PAUSED", fmt.Sprint("Ad ", i)
			if i%10 == 0 {
				status = "ACTIVE"
			}
			if i%1000 == 0 {
				name = fmt.Sprint("Rare ", i)
			}
			in := adsets[i%100]
			add(tx, "ad", status, map[string]any{"name": name, "adset_id": in, "campaign_id": campaign, "creative_id": creative, "creative": map[string]any{"creative_id": creative}},
				store.Ref{Field: "adset_id", To: in}, store.Ref{Field: "campaign_id", To: campaign}, store.Ref{Field: "creative_id", To: creative})
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return s
}

// BenchmarkLargeAccount lists an account of 100,000 ads. The goal is 20 ms for 99 of 100 requests.
func BenchmarkLargeAccount(b *testing.B) {
	s := manyAds(b, 100_000)
	filtering := func(field, operator, value string) string {
		return "&filtering=" + url.QueryEscape(`[{"field":"`+field+`","operator":"`+operator+`","value":`+value+`}]`)
	}
	for _, c := range []struct{ name, query string }{
		{"page", ""},
		{"status", "&effective_status=" + url.QueryEscape(`["ACTIVE"]`)},
		{"statuses", filtering("effective_status", "IN", `["ACTIVE","CAMPAIGN_PAUSED","ADSET_PAUSED"]`)},
		{"name", filtering("name", "CONTAIN", `"rare"`)},
		{"no name", filtering("name", "CONTAIN", `"nobody"`)},
		{"equal name", filtering("name", "EQUAL", `"Ad 51"`)},
		{"status and name", filtering("name", "CONTAIN", `"7"`) + "&effective_status=" + url.QueryEscape(`["ACTIVE"]`)},
		{"total", "&summary=true"},
		{"updated", filtering("updated_time", "GREATER_THAN", "1893456000")},
	} {
		b.Run(c.name, func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				began := time.Now()
				r := httptest.NewRequestWithContext(b.Context(), http.MethodGet, "/v25.0/"+s.Account("ads")+"?limit=50&fields=name,effective_status,adset{name},creative{name}"+c.query, nil)
				r.Header.Set("Authorization", "Bearer mq_test-token-of-the-advertiser")
				w := httptest.NewRecorder()
				s.Handler.ServeHTTP(w, r)
				if w.Code != http.StatusOK {
					b.Fatal(w.Body)
				}
				took = append(took, time.Since(began))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
		})
	}
}
