package deliver

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/openrtb"
	"github.com/marquetry/marquetry/internal/store"
)

// bidBanner asks for a banner of the size that most pages have.
const bidBanner = `{"id":"r1","at":1,"cur":["USD"],"imp":[{"id":"1","bidfloor":0.03,"banner":{"w":300,"h":250,"pos":0}}],
	"site":{"domain":"news.example"},"device":{"devicetype":2,"geo":{"country":"USA","region":"CA"}},"user":{"buyeruid":"v7"}}`

// offer sends a bid request for the fixture's ad set and returns the answer, nil for no bid.
func (f *fixture) offer(t testing.TB, body string) *openrtb.BidResponse {
	t.Helper()
	w, text := f.send(t, http.MethodPost, "/v1/openrtb?adset_id="+theAdSet, body, "")
	if w.Header.Get("X-Openrtb-Version") != "2.6" {
		t.Error("no version")
	}
	if w.StatusCode == http.StatusNoContent && text == "" {
		return nil
	}
	var answer openrtb.BidResponse
	if err := json.Unmarshal([]byte(text), &answer); err != nil || w.StatusCode != http.StatusOK {
		t.Fatalf("%d %s", w.StatusCode, text)
	}
	return &answer
}

// one is the only bid of an answer.
func one(t testing.TB, answer *openrtb.BidResponse) openrtb.Bid {
	t.Helper()
	if answer == nil || len(answer.SeatBid) != 1 || len(answer.SeatBid[0].Bid) != 1 {
		t.Fatalf("not one bid: %+v", answer)
	}
	return answer.SeatBid[0].Bid[0]
}

// TestLostBid frees the place under a cap and the money of a bid that was lost, once, and neither of one that was not.
func TestLostBid(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	f.put(t, set(cheap(400), map[string]any{"frequency_control_specs": capsObject(1, 1)}))
	outstanding := func() int64 {
		f.learn(t)
		return f.gates.of[theAdSet].Outstanding()
	}
	tell := func(bid openrtb.Bid, why string) {
		t.Helper()
		if w, body := f.get(t, strings.Replace(bid.LURL, openrtb.AuctionLoss, why, 1)); w.StatusCode != http.StatusNoContent {
			t.Errorf("%d %s", w.StatusCode, body)
		}
	}
	lose := func(bid openrtb.Bid) { tell(bid, "1") }
	show := func(bid openrtb.Bid) {
		t.Helper()
		if w, _ := f.get(t, bid.BURL); w.StatusCode != http.StatusOK {
			t.Errorf("burl: %d", w.StatusCode)
		}
	}
	bid := one(t, f.offer(t, bidBanner))
	if tell(bid, openrtb.LossWon); f.offer(t, bidBanner) != nil || outstanding() != 5000 {
		t.Errorf("a bid that won is free: %d outstanding", outstanding())
	}
	if tell(bid, "102"); outstanding() != 0 {
		t.Errorf("%d outstanding after a loss", outstanding())
	}
	next := one(t, f.offer(t, bidBanner))
	if tell(bid, "102"); f.offer(t, bidBanner) != nil || outstanding() != 5000 {
		t.Errorf("a loss that is told twice frees the next bid: %d outstanding", outstanding())
	}
	show(next)
	if lose(next); f.offer(t, bidBanner) != nil || f.counts.losses.Load() != 3 {
		t.Error("what was shown is free under its cap")
	}
	f.put(t, cheap(400))
	for _, reports := range [][]func(openrtb.Bid){{show, lose}, {lose, show}} {
		settled, other := one(t, f.offer(t, bidBanner)), one(t, f.offer(t, bidBanner))
		for _, report := range reports {
			report(settled)
			if got := outstanding(); got != 5000 {
				t.Errorf("%d outstanding of a bid that was settled and one that was not", got)
			}
		}
		lose(other)
	}
	if w, body := f.get(t, pathLoss+"?d=AQE"); w.StatusCode != http.StatusBadRequest {
		t.Errorf("a torn token: %d %s", w.StatusCode, body)
	}
}

// TestNobodyHears of a decision, so that it holds nothing: of a bid that is a test, and of the first place of a page whose second is wrong.
func TestNobodyHears(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	f.put(t, set(cheap(400), map[string]any{"frequency_control_specs": capsObject(1, 1)}))
	one(t, f.offer(t, strings.Replace(bidBanner, `"at":1`, `"at":1,"test":1`, 1)))
	page := client.PageRequest{Viewer: client.Viewer{ID: "v7"}, Slots: []client.Slot{{ID: "a", AdSetID: theAdSet}, {ID: "b", AdSetID: theAdSet, Placement: "nowhere"}}}
	if _, err := f.Page(t.Context(), page, Caller{}, noon); err == nil {
		t.Error("a wrong place is taken")
	}
	if f.learn(t); f.gates.of[theAdSet].Outstanding() != 0 {
		t.Errorf("%d outstanding", f.gates.of[theAdSet].Outstanding())
	}
	one(t, f.offer(t, bidBanner))
}

// TestBannerBid follows a banner from the request over the notices to the log.
func TestBannerBid(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	answer := f.offer(t, bidBanner)
	bid := one(t, answer)
	if answer.ID != "r1" || answer.Cur != "USD" || answer.SeatBid[0].Seat != theAccount || bid.ImpID != "1" || bid.Price != 5 || bid.MType != 1 ||
		bid.W != 300 || bid.H != 250 || bid.AdID != theAd || bid.CID != theCampaign || strings.Join(bid.ADomain, " ") != "shop.example" {
		t.Errorf("%+v", bid)
	}
	if w, _ := f.get(t, bid.NURL); w.StatusCode != http.StatusNoContent || len(f.logged(t)) != 0 {
		t.Errorf("nurl: %d, a win is no impression", w.StatusCode)
	}
	for _, price := range []string{"3.2", "9"} { // the second one is a replay
		if w, _ := f.get(t, strings.Replace(bid.BURL, openrtb.AuctionPrice, price, 1)); w.StatusCode != http.StatusOK {
			t.Errorf("burl: %d", w.StatusCode)
		}
	}
	events := f.logged(t)
	if len(events) != 1 || events[0].Exposure.Price != 3200 || events[0].Exposure.Context.Placement != "RIGHT_COLUMN_STANDARD" || events[0].Exposure.Viewer == 0 {
		t.Errorf("logged %+v", events)
	}
	if !strings.Contains(bid.AdM, "/t/c?d=") || !strings.Contains(bid.AdM, "p="+openrtb.AuctionPrice) || strings.Contains(bid.AdM, "<script") {
		t.Error(bid.AdM)
	}
}

// TestZippedBid sends the same request packed.
// TestSecondImpOfAFullPage names as many ads as are accepted: what the first imp gets is no fault of the request's. One ad more is.
func TestSecondImpOfAFullPage(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	two := strings.Replace(bidBanner, `"banner":{"w":300,"h":250,"pos":0}}]`, `"banner":{"w":300,"h":250}},{"id":"2","banner":{"w":300,"h":250}}]`, 1)
	for shown, want := range map[int]int{maxShown: http.StatusOK, maxShown + 1: http.StatusBadRequest} {
		w, text := f.send(t, http.MethodPost, "/v1/openrtb?adset_id="+theAdSet+"&shown="+strings.Repeat("1,", shown-1)+"1", two, "")
		if w.StatusCode != want {
			t.Errorf("%d ads shown: %d %s", shown, w.StatusCode, text)
		}
	}
}

func TestZippedBid(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	send := func(body []byte, coding string) int {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, f.server.URL+"/v1/openrtb?account_id="+theAccount, bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Encoding", coding)
		w, err := f.server.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = w.Body.Close()
		return w.StatusCode
	}
	zip := func(text string) []byte {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		_, _ = z.Write([]byte(text))
		_ = z.Close()
		return b.Bytes()
	}
	whole := zip(bidBanner)
	for _, c := range []struct {
		body   []byte
		coding string
		want   int
	}{
		{whole, "gzip", 200},
		{[]byte(bidBanner), "", 200},
		{whole, "br", 415},
		{whole[:len(whole)-9], "gzip", 400},
		{[]byte("{}"), "gzip", 400},
		{zip(strings.Repeat(" ", maxBidBody) + "{}"), "gzip", 413},
		{bytes.Repeat([]byte(" "), maxBidBody+1), "", 413},
	} {
		if got := send(c.body, c.coding); got != c.want {
			t.Errorf("%s of %d bytes: %d, want %d", c.coding, len(c.body), got, c.want)
		}
	}
}

// TestCleared bounds what an exchange can say of the price.
func TestCleared(t *testing.T) {
	t.Parallel()
	for named, want := range map[string]int64{
		"": 5000, openrtb.AuctionPrice: 5000, "3.2": 3200, "5": 5000, "5.0001": 5000, "0": 5000, "-1": 5000, "NaN": 5000, "+Inf": 5000, "0.001": 1, "AbC=": 5000,
	} {
		if got := cleared(named, 5000); got != want {
			t.Errorf("%q: %d, want %d", named, got, want)
		}
	}
}

// TestNativePicturesAreLargeEnough asks for pictures of a size: the library's sizes count, and the smallest picture that may be shown.
func TestNativePicturesAreLargeEnough(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	creative := creativeObject("120200000000000031", noon.Unix())
	ad := adObject("120200000000000032", theAdSet, noon.Unix())
	ad.Data["creative_id"] = creative.ID
	var library []*store.Object
	for i, hash := range []string{strings.Repeat("a1", 16), strings.Repeat("b2", 16), strings.Repeat("c3", 16)} {
		library = append(library, &store.Object{ID: theAccount + ":" + hash, Type: "adimage", AccountID: theAccount, Created: noon.Unix(),
			Data: map[string]any{"hash": hash, "width": int64(1200 + 100*i), "height": int64(600)}})
	}
	f.put(t, append(library, creative, ad)...)
	for wish, want := range map[string]bool{
		`"type":3,"wmin":1200,"hmin":600`: true,
		`"type":3,"wmin":1201`:            false,
		`"type":3,"hmin":601`:             false,
		`"type":1,"wmin":256,"hmin":100`:  true,
		`"type":1,"wmin":257`:             false,
	} {
		native, _ := json.Marshal(`{"assets":[{"id":1,"required":1,"img":{` + wish + `}}]}`)
		body := `{"id":"n","imp":[{"id":"1","native":{"request":` + string(native) + `}}]}`
		_, text := f.send(t, http.MethodPost, "/v1/openrtb?explain=true&ad_id="+ad.ID, body, "")
		if strings.Contains(text, `"seatbid"`) != want {
			t.Errorf("%s: %s", wish, text)
		}
		if want {
			f.judged(t, "/v1/openrtb?ad_id="+ad.ID, body)
		}
	}
}

// TestWhoCountsTheImpression has a program load the pixel, which no person does, and a program call burl, which is what exchanges are.
func TestWhoCountsTheImpression(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	f.openBudget(t)
	for _, path := range []string{pathBilling, pathSold} {
		bid := one(t, f.offer(t, bidBanner))
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, strings.Replace(bid.BURL, pathBilling, path, 1), nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("User-Agent", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)")
		w, err := f.server.Client().Do(r)
		if err != nil || w.Body.Close() != nil || w.StatusCode != http.StatusOK {
			t.Fatalf("%s: %v", path, err)
		}
	}
	events := f.logged(t)
	if len(events) != 2 || events[0].Invalid != "" || events[1].Invalid == "" {
		t.Errorf("logged %+v", events)
	}
}

// TestSecureBid asks for https alone, of a server that clients reach by it, for an ad with a picture from elsewhere and one without.
func TestSecureBid(t *testing.T) {
	t.Parallel()
	f := newFixture(t, func(c *Config) { c.Public = &url.URL{Scheme: "https", Host: "ads.example"} })
	const body = `{"id":"r","imp":[{"id":"1","secure":1,"banner":{"w":300,"h":250}}]}`
	f.judged(t, "/v1/openrtb?ad_id="+theAd, body)
	mixed, ad := creativeObject("120200000000000031", noon.Unix()), adObject("120200000000000032", theAdSet, noon.Unix())
	ad.Data["creative_id"] = mixed.ID
	mixed.Data["asset_feed_spec"].(map[string]any)["images"] = []any{map[string]any{"url": "http://pictures.example/1.png"}}
	f.put(t, mixed, ad)
	if w, text := f.send(t, http.MethodPost, "/v1/openrtb?explain=1&ad_id="+ad.ID, body, ""); w.StatusCode != http.StatusOK || !strings.Contains(text, `"reason":"secure"`) {
		t.Errorf("%d %s", w.StatusCode, text)
	}
}

// TestNoBidAfterTmax has the database asked once more, as objects have just changed, when the time of the exchange is over.
func TestNoBidAfterTmax(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	err := f.db.Write(t.Context(), func(tx store.Tx) error { return tx.Insert(t.Context(), adObject("120200000000000077", theAdSet, 0)) })
	if err != nil {
		t.Fatal(err)
	}
	request, err := openrtb.Parse([]byte(`{"id":"r","tmax":100,"imp":[{"id":"1","banner":{"w":300,"h":250}}],"device":{"geo":{"country":"DEU"}}}`))
	if err != nil {
		t.Fatal(err)
	}
	late, cancel := context.WithDeadline(t.Context(), time.Unix(0, 0))
	defer cancel()
	b := &bidding{asked: request, want: client.DecisionRequest{AdID: theAd, Viewer: viewerOf(request, noon)}, now: noon}
	if err := f.bid(late, b); err != nil || b.answered(true).NBR != openrtb.TooLate.Code() {
		t.Errorf("%v, %+v", err, b.answer)
	}
}
