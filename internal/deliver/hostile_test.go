package deliver

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestUnprintableNames sends names of conversions that one of the databases cannot keep, which would stop whoever folds the log.
func TestUnprintableNames(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	token := f.decide(t, client1()).Token
	for name, escaped := range map[string]string{"a\x00b": `a\u0000b`, "a\nb": `a\nb`, "a\u202eb": `a\u202eb`, "a\xffb": `a\ufffdb`} {
		if w, body := f.get(t, "/tr?id="+thePixel+"&ev="+url.QueryEscape(name)); w.StatusCode != http.StatusBadRequest || !strings.Contains(body, `"rule":"name.text"`) {
			t.Errorf("pixel, %q: %d %s", name, w.StatusCode, body)
		}
		_, body := f.send(t, http.MethodPost, "/v1/events", `{"events":[{"type":"conversion","token":"`+token+`","name":"`+escaped+`"}]}`, "")
		if !strings.Contains(body, `"rule":"name.text"`) {
			t.Errorf("event, %q: %s", name, body)
		}
		_, rules := f.convert(t, `[{"event_name":"`+escaped+`","event_time":NOW,"action_source":"website","user_data":{"em":"x"}}]`, "")
		if diff := cmp.Diff([]string{"data.0.event_name conversions.event_name.text"}, rules); diff != "" {
			t.Errorf("server, %q: %s", name, diff)
		}
	}
	if n := len(f.logged(t)); n != 0 {
		t.Errorf("%d events are logged", n)
	}
}

// TestOnlyBidsAreSold tells the notices of an exchange of a decision that was no bid: its price is not for the viewer to name, nor whether it is
// judged.
func TestOnlyBidsAreSold(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	token := f.decide(t, client1()).Token
	for _, path := range []string{pathBilling, pathSold, pathWin} {
		if w, body := f.get(t, path+"?p=0.001&d="+token); w.StatusCode != http.StatusBadRequest || !strings.Contains(body, `"rule":"token.bid"`) {
			t.Errorf("%s: %d %s", path, w.StatusCode, body)
		}
	}
	if n := len(f.logged(t)); n != 0 {
		t.Errorf("%d events are logged", n)
	}
}

// TestHostsAreBounded asks under a host that no name has: what is kept ready is kept by host.
func TestHostsAreBounded(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	for path, body := range map[string]string{"/v1/decisions": `{"adset_id":"` + theAdSet + `"}`, "/v1/openrtb?adset_id=" + theAdSet: bidBanner} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, f.server.URL+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Host = strings.Repeat("a", 300) + ".example"
		w, err := f.server.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = w.Body.Close()
		if w.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: %d", path, w.StatusCode)
		}
	}
}

// TestLookingTakesNothing asks with HEAD, as programs do that look whether a link works: an ad that is shown once a day is still to be shown.
func TestLookingTakesNothing(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	set := adSetObject(theAdSet, noon.Unix()-9)
	set.Data["frequency_control_specs"] = capsObject(1, 1)
	f.put(t, set)
	asked := "?viewer_id=v1&key=k&adset_id=" + theAdSet
	for _, path := range []string{"/v1/decisions", "/v1/snippet", "/v1/frame", pathPicture, pathGo} {
		if w, body := f.send(t, http.MethodHead, path+asked, "", ""); w.StatusCode != http.StatusOK || body != "" {
			t.Errorf("%s: %d %s", path, w.StatusCode, body)
		}
	}
	if _, body := f.get(t, "/v1/decisions"+asked); !strings.Contains(body, `"decisions":[{`) {
		t.Error(body)
	}
	if _, body := f.get(t, "/v1/decisions"+asked); !strings.Contains(body, `"frequency_cap"`) {
		t.Errorf("once more: %s", body)
	}
}

// TestAnImpressionIsSoldOnce reports the impression of a bid in every way there is: it counts once, at the price that was named first.
func TestAnImpressionIsSoldOnce(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	bid := one(t, f.offer(t, bidBanner))
	_, token, _ := strings.Cut(strings.TrimSuffix(bid.BURL, "&p=${AUCTION_PRICE}"), "?d=")
	for _, path := range []string{pathSold + "?p=3&d=", pathBilling + "?p=2&d=", pathImpression + "?d=", pathSold + "?p=1&d="} {
		if w, body := f.get(t, path+token); w.StatusCode != http.StatusOK {
			t.Errorf("%s: %d %s", path, w.StatusCode, body)
		}
	}
	if events := f.logged(t); len(events) != 1 || events[0].Exposure.Price != 3000 {
		t.Errorf("logged %+v", events)
	}
}

// TestLinkWithoutItsPicture follows the link of a picture that was not loaded, as mail programs that ask first have it: what is decided by the click
// itself was not clicked too fast.
func TestLinkWithoutItsPicture(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	if w := f.ask(t, pathGo+"?key=k&adset_id="+theAdSet, "User-Agent", "Mozilla/5.0 (X11) Firefox/143.0"); w.Code != http.StatusFound {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if got := f.reasons(t); got != "click " {
		t.Errorf("logged %q", got)
	}
}

// FuzzPage reads requests for several places, and what an outcome is about from the same bytes: what is accepted is within its bounds.
func FuzzPage(f *testing.F) {
	for _, body := range []string{
		`{"slots":[{"id":"a","adset_id":"1","count":2},{"id":"b","ad_id":"2"}],"viewer":{"id":"v"},"shown":["3"]}`, `{"slots":[]}`, `{"slots":null,"ad_id":"1"}`,
		`["sku-1",2]`, "sku-1, sku-2", `{"slots":[{"id":"a","count":-9223372036854775808}]}`,
	} {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		for _, item := range contentsOf(body, nil) {
			if item == "" || len(item) > maxContentSize {
				t.Errorf("an item of %d bytes", len(item))
			}
		}
		var req slotted
		if decodeJSON(strings.NewReader(body), &req) != nil || req.Slots == nil || req.check() != nil {
			return
		}
		ads := 0
		for _, slot := range *req.Slots {
			ads += min(max(1, slot.Count), maxCount)
			if slot.ID == "" || len(slot.ID) > maxSlotID {
				t.Errorf("a place with the id %q", slot.ID)
			}
		}
		if n := len(*req.Slots); n == 0 || n > maxSlots || ads > maxPageAds {
			t.Errorf("%d places, %d ads", n, ads)
		}
	})
}
