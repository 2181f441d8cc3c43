package deliver

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/marquetry/marquetry/internal/openrtb"
	"github.com/marquetry/marquetry/internal/openrtb/openrtbtest"
)

// judged sends a request and has the answer judged; it returns the answer as text, indented, without what is new each time.
func (f *fixture) judged(t testing.TB, path, body string) string {
	t.Helper()
	w, text := f.send(t, http.MethodPost, path, body, "")
	if w.StatusCode != http.StatusOK {
		t.Fatalf("%d %s", w.StatusCode, text)
	}
	var answer openrtb.BidResponse
	request, err := openrtb.Parse([]byte(body))
	if err == nil {
		err = json.Unmarshal([]byte(text), &answer)
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, wrong := range openrtbtest.Check(request, &answer) {
		t.Errorf("%s\nof %s\nto %s", wrong, text, body)
	}
	for i := range answer.SeatBid {
		for j := range answer.SeatBid[i].Bid {
			answer.SeatBid[i].Bid[j].ID = "ID"
		}
	}
	text = strings.ReplaceAll(string(quoted(answer)), f.server.URL, "http://ads.example")
	text = regexp.MustCompile(`([?&]d=)[\w-]+`).ReplaceAllString(text, "${1}TOKEN")
	var indented strings.Builder
	e := json.NewEncoder(&indented)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(json.RawMessage(text)); err != nil {
		t.Fatal(err)
	}
	return indented.String()
}

// TestOpenRTBExamples answers the examples of package openrtb; the answers are golden.
func TestOpenRTBExamples(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("../openrtb/testdata/*.json")
	if err != nil || len(names) < 5 {
		t.Fatal(err, "no examples")
	}
	for _, name := range names {
		body, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		f := newFixture(t, nil) // of its own, so that one example does not change the next
		f.openBudget(t)
		golden(t, "openrtb-"+filepath.Base(name), f.judged(t, "/v1/openrtb?explain=true&account_id="+theAccount, string(body)))
	}
}

// TestNativeBid follows a native ad from the request to the log, by its own tracker and by burl.
func TestNativeBid(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	ask := func(assets string) *openrtb.BidResponse {
		native, _ := json.Marshal(`{"ver":"1.2","eventtrackers":[{"event":1,"methods":[1]}],"assets":[` + assets + `]}`)
		return f.offer(t, `{"id":"n","imp":[{"id":"1","native":{"request":`+string(native)+`}}]}`)
	}
	bid := one(t, ask(`{"id":5,"required":1,"title":{"len":20}},{"id":6,"required":1,"img":{"type":3}},{"id":7,"data":{"type":2,"len":5}}`))
	var ad openrtb.NativeResponse
	if err := json.Unmarshal([]byte(bid.AdM), &ad); err != nil || len(ad.Assets) != 2 || ad.Assets[0].Title == nil || ad.Assets[1].Img == nil || bid.MType != 4 || bid.W != 0 {
		t.Fatalf("%v %s", err, bid.AdM)
	}
	for _, address := range []string{strings.Replace(ad.EventTrackers[0].URL, openrtb.AuctionPrice, "1.5", 1), bid.BURL} {
		if w, _ := f.get(t, address); w.StatusCode != http.StatusOK {
			t.Errorf("%s: %d", address, w.StatusCode)
		}
	}
	if events := f.logged(t); len(events) != 1 || events[0].Exposure.Price != 1500 {
		t.Errorf("logged %+v", events)
	}
	if w, _ := f.get(t, ad.Link.URL); w.StatusCode != http.StatusFound {
		t.Errorf("click: %d", w.StatusCode)
	}
	for name, assets := range map[string]string{
		"a title of 20 characters in one of 19": `{"id":5,"required":1,"title":{"len":19}}`,
		"a rating":                              `{"id":5,"required":1,"data":{"type":3}}`,
		"a video":                               `{"id":5,"required":1,"video":{}}`,
	} {
		if answer := ask(assets); answer != nil {
			t.Errorf("%s: %+v", name, answer)
		}
	}
}

// TestBidsAreOfDifferentAds offers three places to two ads.
func TestBidsAreOfDifferentAds(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	f.put(t, adObject("120200000000000024", theAdSet, noon.Unix()))
	const three = `{"id":"r","imp":[{"id":"1","banner":{"w":300,"h":250}},{"id":"2","banner":{"w":728,"h":90}},{"id":"3","banner":{"w":300,"h":600}}]}`
	answer := f.offer(t, three)
	if len(answer.SeatBid) != 1 || len(answer.SeatBid[0].Bid) != 2 || answer.SeatBid[0].Bid[0].AdID == answer.SeatBid[0].Bid[1].AdID {
		t.Errorf("%+v", answer)
	}
}

// TestNoBidSaysWhy asks for explanations, and without them gets nothing.
func TestNoBidSaysWhy(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	for body, want := range map[string]string{
		`{"id":"r","imp":[{"id":"1","bidfloor":4000,"banner":{"w":300,"h":250}}]}`:                    `"nbr":513,"ext":{"reasons":[{"impid":"1","reason":"bidfloor"}]}`,
		`{"id":"r","cur":["EUR"],"imp":[{"id":"1","banner":{"w":300,"h":250}}]}`:                      `"nbr":508,"ext":{"reasons":[{"impid":"1","reason":"currency"}]}`,
		`{"id":"r","badv":["shop.example"],"imp":[{"id":"1","banner":{"w":300,"h":250}}]}`:            `"reason":"badv"`,
		`{"id":"r","imp":[{"id":"1","secure":1,"banner":{"w":300,"h":250}}]}`:                         `"reason":"secure"`,
		`{"id":"r","imp":[{"id":"1","banner":{"w":300,"h":250}}],"device":{"geo":{"country":"DEU"}}}`: `"reason":"no_ad","detail":"targeting"`,
		`{"id":"r","imp":[{"id":"1","video":{}},{"id":"2","banner":{"w":1,"h":1}}]}`:                  `"nbr":505,"ext":{"reasons":[{"impid":"1","reason":"form"},{"impid":"2","reason":"size"}]}`,
		`{"id":"r","imp":[{"id":"1","pmp":{"private_auction":1},"banner":{"w":300,"h":250}}]}`:        `"reason":"private_auction"`,
		`{"id":"r","wseat":["7"],"imp":[{"id":"1","banner":{"w":300,"h":250}}]}`:                      `"reason":"seat"`,
	} {
		if w, text := f.send(t, http.MethodPost, "/v1/openrtb?explain=1&ad_id="+theAd, body, ""); w.StatusCode != http.StatusOK || !strings.Contains(text, want) {
			t.Errorf("%s: %d %s", body, w.StatusCode, text)
		}
		if answer := f.offer(t, body); answer != nil {
			t.Errorf("%s: %+v", body, answer)
		}
	}
}

// TestBidRequestIsRefused sends what no exchange should.
func TestBidRequestIsRefused(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	for _, c := range []struct {
		path, body, token, rule string
		status                  int
	}{
		{"?ad_id=" + theAd, `{"id":"r","imp":[]}`, "", "openrtb.imp.count", 400},
		{"", bidBanner, "", "scope.one", 400},
		{"?ad_id=" + theAd, bidBanner, "mq_none", "access_token.invalid", 401},
		{"?explain=perhaps&ad_id=" + theAd, bidBanner, "", "explain.bool", 400},
	} {
		if w, text := f.send(t, http.MethodPost, "/v1/openrtb"+c.path, c.body, c.token); w.StatusCode != c.status || !strings.Contains(text, c.rule) {
			t.Errorf("%s: %d %s", c.path, w.StatusCode, text)
		}
	}
	for _, path := range []string{pathBilling, pathWin} {
		if w, _ := f.get(t, path+"?d=nonsense"); w.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: %d", path, w.StatusCode)
		}
	}
}

// TestAnyRequestIsAnsweredRight is the property that every request that is read gets an answer that the specification allows.
func TestAnyRequestIsAnsweredRight(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	f.openBudget(t)
	f.put(t, adObject("120200000000000024", theAdSet, noon.Unix()))
	rapid.Check(t, func(rt *rapid.T) {
		var imps []map[string]any
		for i := range rapid.IntRange(1, 4).Draw(rt, "imps") {
			imps = append(imps, someImp(rt, fmt.Sprint("imp", i)))
		}
		request := map[string]any{
			"id": "r", "imp": imps, "at": rapid.IntRange(0, 3).Draw(rt, "at"), "test": rapid.SampledFrom([]int{0, 0, 1}).Draw(rt, "test"),
			"cur":    rapid.SampledFrom([][]string{nil, {"USD"}, {"EUR", "USD"}, {"EUR"}}).Draw(rt, "cur"),
			"badv":   rapid.SampledFrom([][]string{nil, {"other.example"}, {"shop.example"}}).Draw(rt, "badv"),
			"wseat":  rapid.SampledFrom([][]string{nil, nil, {theAccount}, {"7"}}).Draw(rt, "wseat"),
			"regs":   map[string]any{"coppa": rapid.SampledFrom([]int{0, 0, 0, 1}).Draw(rt, "coppa")},
			"device": map[string]any{"devicetype": rapid.IntRange(0, 8).Draw(rt, "device"), "os": rapid.SampledFrom([]string{"", "iOS", "Android", "Linux"}).Draw(rt, "os")},
		}
		if rapid.Bool().Draw(rt, "app") {
			request["app"] = map[string]any{"bundle": "1"}
		}
		f.judged(t, "/v1/openrtb?explain=true&account_id="+theAccount, string(quoted(request)))
	})
}

// someImp draws a place of any form.
func someImp(t *rapid.T, id string) map[string]any {
	side := rapid.SampledFrom([]int{0, 1, 50, 90, 250, 300, 320, 600, 728, 1080, 1920})
	length := rapid.SampledFrom([]int{0, 5, 12, 25, 140})
	imp := map[string]any{
		"id": id, "bidfloor": rapid.SampledFrom([]float64{0, 0.03, 4.99, 5, 5.01, 900}).Draw(t, "floor"), "secure": rapid.SampledFrom([]int{0, 0, 0, 1}).Draw(t, "secure"),
		"instl": rapid.IntRange(0, 1).Draw(t, "instl"), "pmp": map[string]any{"private_auction": rapid.SampledFrom([]int{0, 0, 0, 1}).Draw(t, "private")},
	}
	switch rapid.IntRange(0, 3).Draw(t, "form") {
	case 0:
		imp["banner"] = map[string]any{"w": side.Draw(t, "w"), "h": side.Draw(t, "h")}
	case 1:
		imp["banner"] = map[string]any{"format": []openrtb.Format{{W: side.Draw(t, "w1"), H: side.Draw(t, "h1")}, {W: side.Draw(t, "w2"), H: side.Draw(t, "h2")}}}
	case 2:
		imp["video"] = map[string]any{"w": 640}
	default:
		var wishes []map[string]any
		for i := range rapid.IntRange(1, 5).Draw(t, "assets") {
			wish := map[string]any{"id": i + 1, "required": rapid.IntRange(0, 1).Draw(t, "required")}
			switch rapid.IntRange(0, 2).Draw(t, "kind") {
			case 0:
				wish["title"] = map[string]any{"len": length.Draw(t, "len")}
			case 1:
				wish["img"] = map[string]any{"type": rapid.IntRange(0, 3).Draw(t, "img"), "wmin": rapid.SampledFrom([]int{0, 0, 0, 200}).Draw(t, "wmin")}
			default:
				wish["data"] = map[string]any{"type": rapid.IntRange(1, 12).Draw(t, "data"), "len": length.Draw(t, "len")}
			}
			wishes = append(wishes, wish)
		}
		native := map[string]any{"assets": wishes}
		if rapid.Bool().Draw(t, "trackers") {
			native["eventtrackers"] = []openrtb.NativeEvents{{Event: 1, Methods: []int{1, 2}}}
		}
		if rapid.Bool().Draw(t, "wrapped") {
			native = map[string]any{"native": native}
		}
		imp["native"] = map[string]any{"request": string(quoted(native))}
	}
	return imp
}

// BenchmarkOpenRTB measures the handler, from the bytes of a request for a banner to those of the answer.
func BenchmarkOpenRTB(b *testing.B) {
	f := newFixture(b, nil)
	f.openBudget(b)
	handler := f.Handler()
	b.ReportAllocs()
	for b.Loop() {
		r, err := http.NewRequestWithContext(b.Context(), http.MethodPost, "/v1/openrtb?account_id="+theAccount, strings.NewReader(bidBanner))
		if err != nil {
			b.Fatal(err)
		}
		w := &sink{header: http.Header{}}
		handler.ServeHTTP(w, r)
		if w.status != 0 || w.size == 0 {
			b.Fatalf("status %d, %d bytes", w.status, w.size)
		}
	}
}

// BenchmarkDecisionHandler is the same for a decision, to compare with.
func BenchmarkDecisionHandler(b *testing.B) {
	f := newFixture(b, nil)
	f.openBudget(b)
	handler := f.Handler()
	b.ReportAllocs()
	for b.Loop() {
		r, err := http.NewRequestWithContext(b.Context(), http.MethodPost, "/v1/decisions", strings.NewReader(decisionBody))
		if err != nil {
			b.Fatal(err)
		}
		handler.ServeHTTP(&sink{header: http.Header{}}, r)
	}
}

// sink takes an answer and counts its bytes.
type sink struct {
	header http.Header
	status int
	size   int
}

// Header implements http.ResponseWriter.
func (s *sink) Header() http.Header { return s.header }

// Write implements http.ResponseWriter.
func (s *sink) Write(p []byte) (int, error) { s.size += len(p); return len(p), nil }

// WriteHeader implements http.ResponseWriter.
func (s *sink) WriteHeader(status int) { s.status = status }
