package deliver

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/marquetry/marquetry/client"
)

// TestPage fills three places from an ad set of two ads: each ad comes once, in the order of the places, and both ways of asking say the same.
func TestPage(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	f.put(t, adObject("120200000000000024", theAdSet, noon.Unix()))
	token := f.token(t, "sandbox")
	asked := fmt.Sprintf(`{"slots":[{"id":"top \"a\"","adset_id":%q},{"id":"side","ad_id":%q,"width":300,"height":250},{"id":"end","account_id":%q,"count":3}],`+
		`"viewer":{"id":"v","country":"US"},"time":"2026-11-22T12:00:00Z","shown":["7"]}`, theAdSet, theAd, theAccount)
	w, text := f.send(t, http.MethodPost, "/v1/decisions", asked, token)
	var got client.PageResponse
	if err := json.Unmarshal([]byte(text), &got); err != nil || w.StatusCode != http.StatusOK || len(got.Slots) != 3 {
		t.Fatalf("%d %s %v", w.StatusCode, text, err)
	}
	seen := map[string]int{}
	for i, slot := range got.Slots {
		if slot.ID != []string{`top "a"`, "side", "end"}[i] || (slot.Reason == "") != (len(slot.Decisions) > 0) {
			t.Errorf("slot %d is %q, reason %q", i, slot.ID, slot.Reason)
		}
		for _, d := range slot.Decisions {
			seen[d.AdID]++
			seen[d.ID]++
			if banner := strings.Contains(d.HTML, "width:300px;height:250px"); banner != (slot.ID == "side") {
				t.Errorf("%s: a banner is %v: %s", slot.ID, banner, d.HTML)
			}
		}
	}
	for id, times := range seen {
		if times != 1 {
			t.Errorf("ad or decision %s comes %d times", id, times)
		}
	}
	if len(seen) != 4 || !strings.Contains(text, `"reason":"on_page"`) {
		t.Errorf("two ads for three places: %v in %s", seen, text)
	}

	var req client.PageRequest
	if err := json.Unmarshal([]byte(asked), &req); err != nil {
		t.Fatal(err)
	}
	caller := sandboxCaller()
	caller.Base = f.server.URL
	direct, err := f.Page(t.Context(), req, caller, noon)
	if diff := cmp.Diff(got, direct); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

func TestShownOnThePage(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	req := client1()
	req.Shown = []string{"1", theAd}
	answer, err := f.Decide(t.Context(), req, sandboxCaller(), noon)
	if err != nil || len(answer.Decisions) != 0 || answer.Reason != "on_page" {
		t.Errorf("%+v %v", answer, err)
	}
	_, text := f.get(t, "/v1/decisions?adset_id="+theAdSet+"&shown=1,"+theAd)
	if !strings.Contains(text, "on_page") {
		t.Error(text)
	}
}

// TestPageHasManyAds names as many ads as are accepted, and fills two places besides.
func TestPageHasManyAds(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	req := client.PageRequest{Slots: []client.Slot{{ID: "a", AdSetID: theAdSet}, {ID: "b", AdSetID: theAdSet}}, Shown: make([]string, maxShown)}
	answer, err := f.Page(t.Context(), req, sandboxCaller(), noon)
	if err != nil || len(answer.Slots[0].Decisions) != 1 || answer.Slots[1].Reason != "on_page" {
		t.Errorf("%+v %v", answer, err)
	}
}

func TestPageRefuses(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	slot := func(members string) string {
		return `{"slots":[{"id":"a","adset_id":"1"},{` + members + `}],"viewer":{}}`
	}
	many := strings.TrimSuffix(strings.Repeat(`{"id":"x","ad_id":"1"},`, 21), ",")
	for _, c := range []struct{ body, field, rule string }{
		{`{"slots":[]}`, "slots", "slots.count"},
		{`{"slots":[` + many + `]}`, "slots", "slots.count"},
		{`{"slots":[{"id":"a","ad_id":"1"}],"adset_id":"1"}`, "slots", "slots.members"},
		{slot(`"ad_id":"1"`), "slots.1.id", "slots.id"},
		{slot(`"id":"` + strings.Repeat("é", 33) + `"`), "slots.1.id", "slots.id"},
		{slot(`"id":"a"`), "slots.1.id", "slots.unique"},
		{slot(`"id":"b"`), "slots.1.adset_id", "scope.one"},
		{slot(`"id":"b","ad_id":"` + strings.Repeat("1", 65) + `"`), "slots.1", "id.max_length"},
		{slot(`"id":"b","ad_id":"1","count":21`), "slots.1.count", "count.range"},
		{slot(`"id":"b","ad_id":"1","width":300`), "slots.1.width", "size.both"},
		{slot(`"id":"b","ad_id":"1","width":300,"height":5000`), "slots.1.width", "size.range"},
		{slot(`"id":"b","ad_id":"1","count":20},{"id":"c","ad_id":"1","count":20},{"id":"d","ad_id":"1","count":20`), "slots", "slots.ads"},
		{`{"slots":[{"id":"a","ad_id":"1"}],"viewer":{"region":"` + strings.Repeat("x", 65) + `"}}`, "viewer.region", "max_length"},
		{`{"slots":[{"id":"a","ad_id":"1"}],"shown":["` + strings.Repeat(`1","`, 200) + `1"]}`, "shown", "max_count"},
		{`{"slots":[{"id":"a","ad_id":"1"}],"time":"2026-11-22T12:00:00Z"}`, "time", "time.scope"},
		{`{"slots":[{"id":"a","ad_id":"1"},{"id":"b","ad_id":"1","placement":"STORY"}]}`, "slots.1.placement", "placement.enum"},
		{`{"slots":[{"id":"a","where":"1"}]}`, "where", "body.unknown_field"},
	} {
		_, text := f.send(t, http.MethodPost, "/v1/decisions", c.body, "")
		var got struct{ Error struct{ Field, Rule string } }
		if err := json.Unmarshal([]byte(text), &got); err != nil || got.Error.Field != c.field || got.Error.Rule != c.rule {
			t.Errorf("%s: want %s %s, got %s", c.body, c.field, c.rule, text)
		}
	}
}
