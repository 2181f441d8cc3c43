package client_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/marquetry/marquetry/client"
)

func TestDecide(t *testing.T) {
	t.Parallel()
	want := client.DecisionRequest{AdSetID: "3", Placement: "INSTAGRAM_STORY", Viewer: client.Viewer{ID: "v1", Age: "25-34"}}
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		var got client.DecisionRequest
		if err := json.NewDecoder(r.Body).Decode(&got); err != nil || r.URL.Path != "/v1/decisions" {
			t.Errorf("%s: %v", r.URL.Path, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		fmt.Fprint(w, `{"decisions":[{"id":"d","propensity":0.25,"assets":{"title":{"index":2,"text":"Hi"}}}]}`)
	})
	got, err := c.Decide(t.Context(), want)
	if err != nil || len(got.Decisions) != 1 || got.Decisions[0].Propensity != 0.25 || got.Decisions[0].Assets["title"].Index != 2 {
		t.Errorf("decided %+v, error %v", got, err)
	}
}

func TestDecidePage(t *testing.T) {
	t.Parallel()
	want := client.PageRequest{Slots: []client.Slot{{ID: "top", AccountID: "1"}, {ID: "side", AdSetID: "3", Width: 300, Height: 250}}, Shown: []string{"9"}}
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		var got client.PageRequest
		if err := json.NewDecoder(r.Body).Decode(&got); err != nil || r.URL.Path != "/v1/decisions" {
			t.Errorf("%s: %v", r.URL.Path, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		fmt.Fprint(w, `{"slots":[{"id":"top","decisions":[{"id":"d"}]},{"id":"side","decisions":[],"reason":"on_page"}],"counter":"c"}`)
	})
	got, err := c.DecidePage(t.Context(), want)
	if err != nil || len(got.Slots) != 2 || got.Slots[0].Decisions[0].ID != "d" || got.Slots[1].Reason != "on_page" || got.Counter != "c" {
		t.Errorf("decided %+v, error %v", got, err)
	}
}

func TestDeliveryIsBelowTheRootWhateverTheVersion(t *testing.T) {
	t.Parallel()
	base := start(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/v1/learn" {
			t.Errorf("learning was asked for at %s", r.URL.Path)
		}
		fmt.Fprint(w, `{"events":7,"snapshot":"s"}`)
	})
	got, err := connect(t, base+"/v25.0").Learn(t.Context())
	if err != nil || got != (client.Learned{Events: 7, Snapshot: "s"}) {
		t.Errorf("learned %+v, error %v", got, err)
	}
}

func TestTrackingGoesWithoutTheToken(t *testing.T) {
	t.Parallel()
	var paths []string
	base := start(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "" {
			t.Errorf("%s carries the token", r.URL.Path)
		}
		paths = append(paths, r.URL.String())
		if r.URL.Path == "/t/c" {
			http.Redirect(w, r, "https://shop.example/mug?fbclid=abc", http.StatusFound)
		}
	})
	c := connect(t, base)
	if err := c.Impression(t.Context(), base+"/t/i?k=1"); err != nil {
		t.Fatal(err)
	}
	to, err := c.Click(t.Context(), base+"/t/c?k=1")
	if err != nil || to.Query().Get("fbclid") != "abc" {
		t.Errorf("the click led to %v, error %v", to, err)
	}
	if err := c.Pixel(t.Context(), "9", "Purchase", url.Values{"cd[value]": {"24.00"}}); err != nil {
		t.Fatal(err)
	}
	want := []string{"/t/i?k=1", "/t/c?k=1", "/tr?cd%5Bvalue%5D=24.00&ev=Purchase&id=9"}
	if diff := cmp.Diff(want, paths); diff != "" {
		t.Error(diff)
	}
}

func TestEvents(t *testing.T) {
	t.Parallel()
	sent := []client.Event{{Type: "impression", Token: "a"}, {Type: "conversion", Token: "b", Name: "Purchase", Value: 24, Currency: "USD"}}
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		var got client.EventBatch
		if err := json.NewDecoder(r.Body).Decode(&got); err != nil || r.URL.Path != "/v1/events" {
			t.Errorf("%s: %v", r.URL.Path, err)
		}
		if diff := cmp.Diff(sent, got.Events); diff != "" {
			t.Error(diff)
		}
		fmt.Fprint(w, `{"results":[{"status":"accepted"},{"status":"refused","error":{"message":"old","rule":"token.stale"}}],"accepted":1,"refused":1}`)
	})
	got, err := c.Events(t.Context(), sent)
	want := client.EventResults{
		Results:  []client.EventResult{{Status: "accepted"}, {Status: "refused", Error: &client.EventFault{Message: "old", Rule: "token.stale"}}},
		Accepted: 1, Refused: 1,
	}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

func TestClickThatLeadsNowhere(t *testing.T) {
	t.Parallel()
	for _, location := range []string{"", "http://a b/"} {
		base := start(t, func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Location", location) })
		if to, err := connect(t, base).Click(t.Context(), base+"/t/c"); err == nil {
			t.Errorf("Location %q led to %v", location, to)
		}
	}
}
