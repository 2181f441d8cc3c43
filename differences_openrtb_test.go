package marquetry_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/marquetry/marquetry/client"
)

// bidOn asks for a bid on one place of an app for an ad, and returns the members of that one bid; nil when there is none.
func (s shop) bidOn(ad, imp string) map[string]any {
	s.Helper()
	w := httptest.NewRecorder()
	body := `{"id":"r","at":1,"app":{},"imp":[{"id":"1",` + imp + `}]}`
	s.server.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodPost, "http://ads.example/v1/openrtb?ad_id="+ad, strings.NewReader(body)))
	if w.Code == http.StatusNoContent {
		return nil
	}
	var answer struct {
		SeatBid []struct{ Bid []map[string]any }
	}
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil || len(answer.SeatBid) != 1 || len(answer.SeatBid[0].Bid) != 1 {
		s.Fatalf("%d %s", w.Code, w.Body)
	}
	return answer.SeatBid[0].Bid[0]
}

func TestDiff230Exchanges(t *testing.T) {
	s := newShop(t)
	const banner = `"banner":{"w":320,"h":50}`
	_, ad := s.dynamic(nil, feed(nil))
	bid := s.bidOn(ad, banner)
	want(s, "ad", bid["adid"], any(ad))
	_, elsewhere := s.dynamic(client.Params{"targeting": map[string]any{
		"geo_locations": map[string]any{"countries": []string{"US"}}, "publisher_platforms": []string{"facebook"}, "targeting_automation": map[string]int{"advantage_audience": 0},
	}}, feed(nil))
	if got := s.bidOn(elsewhere, banner); got != nil {
		t.Errorf("a bid of an ad that is not for apps: %v", got)
	}
}

func TestDiff231PriceOfTheExchange(t *testing.T) {
	s := newShop(t)
	s.post(s.fresh.AccountID, client.Params{"marquetry_cpm_micros": 2_000_000_000})
	_, ad := s.dynamic(nil, feed(nil))
	for _, price := range []string{"1500", "2500"} { // the second one is more than was bid
		bid := s.bidOn(ad, `"banner":{"w":320,"h":50}`)
		want(s, "bid", bid["price"], any(2000.0))
		w := httptest.NewRecorder()
		s.server.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, strings.Replace(bid["burl"].(string), "${AUCTION_PRICE}", price, 1), nil))
		want(s, "status", w.Code, http.StatusOK)
	}
	s.learn()
	want(s, "spend", s.insights(ad, client.Params{"fields": "spend"}).String("spend"), "3.50")
}
