package deliver

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/store"
)

func TestExcluded(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	campaign := func(o *store.Object, members map[string]any) *store.Object {
		for name, v := range members {
			o.Data[name] = v
		}
		return o
	}
	paused := campaignObject(0)
	paused.ID, paused.Status = "120200000000000071", "PAUSED"
	sets := []*store.Object{
		campaign(adSetObject("120200000000000080", 0), map[string]any{"campaign_id": paused.ID}),
		campaign(adSetObject("120200000000000081", 0), map[string]any{"end_time": noon.Unix()}),
		campaign(adSetObject("120200000000000082", 0), map[string]any{"start_time": noon.Unix() + 1}),
		campaign(adSetObject("120200000000000083", 0), map[string]any{"targeting": map[string]any{"genders": []any{int64(1)}}}),
		campaign(adSetObject("120200000000000084", 0), map[string]any{"targeting": map[string]any{"custom_audiences": []any{"1"}}}),
		campaign(adSetObject("120200000000000085", 0), map[string]any{"frequency_control_specs": []any{
			map[string]any{"event": "IMPRESSIONS", "interval_days": int64(1), "max_frequency": int64(1)},
		}}),
		campaign(adSetObject("120200000000000086", 0), map[string]any{"adset_schedule": []any{
			map[string]any{"start_minute": int64(0), "end_minute": int64(60), "days": []any{int64(0), int64(1), int64(2), int64(3), int64(4), int64(5), int64(6)}},
		}}),
	}
	f.put(t, paused)
	f.put(t, sets...)
	for i, set := range sets {
		f.put(t, adObject(fmt.Sprintf("12020000000000009%d", i), set.ID, 0))
	}
	seen := f.decide(t, client.DecisionRequest{AdSetID: sets[5].ID, Viewer: client.Viewer{ID: "ada"}})
	f.get(t, seen.ImpressionURL[len("https://ads.example"):])

	ask := client.DecisionRequest{AccountID: theAccount, Count: 9, Explain: true, Viewer: client.Viewer{ID: "ada", Gender: "female"}}
	answer, err := f.Decide(t.Context(), ask, sandboxCaller(), noon)
	if err != nil || len(answer.Decisions) != 1 || answer.Decisions[0].AdID != theAd {
		t.Fatalf("%d decisions, %v", len(answer.Decisions), err)
	}
	got := map[string]string{}
	for _, e := range answer.Excluded {
		got[e.AdID] = e.AdSetID + " " + e.Reason + " " + e.Rule + ": " + e.Message
	}
	for id, want := range map[string]string{theAd: "", "1": "", "120200000000000090": "campaign.status", "120200000000000091": "adset.end_time", "120200000000000093": "", "120200000000000096": "adset_schedule"} {
		if rule, message := f.Closed(id); rule != want || (message != "") != (want != "") {
			t.Errorf("%s is closed by %q: %s, want %q", id, rule, message, want)
		}
	}
	want := map[string]string{
		"120200000000000090": sets[0].ID + " paused campaign.status: the campaign is PAUSED",
		"120200000000000091": sets[1].ID + " ended adset.end_time: the ad set has ended",
		"120200000000000092": sets[2].ID + " not_started adset.start_time: the ad set has not started",
		"120200000000000093": sets[3].ID + " targeting targeting.genders: the viewer has another gender",
		"120200000000000094": sets[4].ID + " targeting targeting.custom_audiences: the viewer is in none of the custom audiences",
		"120200000000000095": sets[5].ID + " frequency_cap adset.frequency_cap: the viewer has seen ads of the ad set as often as its frequency caps allow",
		"120200000000000096": sets[6].ID + " targeting adset_schedule: the ad set does not run at this hour of the week",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestExplainStaysInside asks with a token that may read one account of a business for ads of the other: from wherever it asks, nothing is explained.
func TestExplainStaysInside(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	f.rivals(t, nil, nil)
	caller := Caller{Base: "https://ads.example", Reads: func(account string) bool { return account == otherOwner }}
	for _, req := range []client.DecisionRequest{{BusinessID: theBusiness}, {AccountID: theAccount}, {AdSetID: theAdSet}, {AdID: theAd}} {
		req.Explain = true
		for _, country := range []string{"US", "DE"} { // whether or not there is an ad to show
			req.Viewer.Country = country
			var r *refusal
			if answer, err := f.Decide(t.Context(), req, caller, noon); !errors.As(err, &r) || r.rule != "explain.scope" || len(answer.Excluded) != 0 {
				t.Errorf("%+v: %+v %v", req, answer, err)
			}
			page := client.PageRequest{Slots: []client.Slot{{ID: "a", BusinessID: req.BusinessID, AccountID: req.AccountID, AdSetID: req.AdSetID, AdID: req.AdID}}, Viewer: req.Viewer, Explain: true}
			if answer, err := f.Page(t.Context(), page, caller, noon); !errors.As(err, &r) || len(answer.Slots) != 0 {
				t.Errorf("%+v: %+v %v", page, answer, err)
			}
		}
	}
	own := client.DecisionRequest{AccountID: otherOwner, Explain: true, Viewer: client.Viewer{Country: "US"}}
	if answer, err := f.Decide(t.Context(), own, caller, noon); err != nil || len(answer.Decisions) != 1 || answer.Decisions[0].Explain == nil {
		t.Errorf("%+v %v", answer, err)
	}
}

func TestExcludedWithoutAnyAd(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	for i := range maxExcluded + 5 {
		f.put(t, adObject(fmt.Sprintf("1202000000000010%02d", i), theAdSet, 0))
	}
	body := `{"adset_id":"` + theAdSet + `","viewer":{"country":"DE"},"explain":true}`
	if w, _ := f.send(t, http.MethodPost, "/v1/decisions", body, ""); w.StatusCode != http.StatusForbidden {
		t.Errorf("without a token: %d", w.StatusCode)
	}
	_, text := f.send(t, http.MethodPost, "/v1/decisions", body, f.token(t, "ads_read"))
	var answer client.DecisionResponse
	if err := json.Unmarshal([]byte(text), &answer); err != nil {
		t.Fatal(err)
	}
	if answer.Reason != "targeting" || len(answer.Excluded) != maxExcluded || answer.More != 6 || answer.Excluded[0].Rule != "targeting.countries" {
		t.Errorf("%s, %d excluded and %d more", answer.Reason, len(answer.Excluded), answer.More)
	}
}
