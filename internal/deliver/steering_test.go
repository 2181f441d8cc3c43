package deliver

import (
	"fmt"
	"maps"
	"testing"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/eventlog"
)

// steered puts the fixture's ad with fields of its own.
func (f *fixture) steered(t testing.TB, fields map[string]any) {
	t.Helper()
	ad := adObject(theAd, theAdSet, 0)
	maps.Copy(ad.Data, fields)
	f.put(t, ad)
}

// decisions asks so many times.
func (f *fixture) decisions(t testing.TB, n int, see func(client.Decision, *eventlog.Exposure)) {
	t.Helper()
	for i := range n {
		req := client1()
		req.Viewer.ID = fmt.Sprint("w", i)
		d := f.decide(t, req)
		e, err := f.exposure(d.Token, noon)
		if err != nil {
			t.Fatal(err)
		}
		see(d, e)
	}
}

// assetID is the id of an asset of the fixture's creative.
func (f *fixture) assetID(pool string, index int) string {
	for _, p := range f.Snapshot().objects.creatives[theCreative].feed.Pools {
		if p.Name == pool {
			return p.Assets[index].ID
		}
	}
	return ""
}

// TestStoppedAtOnce stops the title that everybody clicks, then pins it, then forbids it with a picture: each shows in the next decision, in
// all of them, and without another model what is learnt of the others stays.
func TestStoppedAtOnce(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	f.openBudget(t)
	title, image := f.assetID("title", 1), f.assetID("image", 0)
	for _, learned := range []bool{false, true} {
		if learned {
			f.steered(t, nil)
			f.play(t, 0, 1000)
			f.learn(t)
		}
		for field, value := range map[string]any{
			"marquetry_stopped_assets": []any{title}, "marquetry_pinned_assets": []any{title}, "marquetry_forbidden_pairs": []any{[]any{title, image}},
		} {
			f.steered(t, map[string]any{field: value, "marquetry_control_share": 0.2})
			f.decisions(t, 150, func(d client.Decision, e *eventlog.Exposure) {
				second, first := d.Assets["title"].Index == 1, d.Assets["image"].Index == 0
				if field == "marquetry_stopped_assets" && second || field == "marquetry_pinned_assets" && !second || field == "marquetry_forbidden_pairs" && second && first {
					t.Errorf("learnt %v, %s: shows title %d with picture %d", learned, field, d.Assets["title"].Index, d.Assets["image"].Index)
				}
				if (e.Policy == "uniform") == learned {
					t.Errorf("learnt %v, decided by %s", learned, e.Policy)
				}
			})
			if l, ok := f.Learned(theAd); ok != learned || ok && l.Totals.Impressions != 1000 {
				t.Errorf("learnt %v: the counters of what is stopped do not stay", learned)
			}
		}
	}
}

// TestNothingLeft stops everything that the creative has, past the checks of a write.
func TestNothingLeft(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	f.steered(t, map[string]any{"marquetry_stopped_assets": []any{f.assetID("link", 0)}})
	answer, err := f.Decide(t.Context(), client1(), sandboxCaller(), noon)
	if err != nil || answer.Reason != "no_creative" {
		t.Errorf("%d decisions, %q, %v", len(answer.Decisions), answer.Reason, err)
	}
}

// TestPolicyOfAnAd lets another policy choose, of the server's choice and of the ad's; the model is there for reports.
func TestPolicyOfAnAd(t *testing.T) {
	t.Parallel()
	f := newFixture(t, func(c *Config) { c.Policy, c.ControlShare = "asset-beta", 0 })
	f.openBudget(t)
	f.play(t, 0, 600)
	f.learn(t)
	for _, c := range []struct {
		fields map[string]any
		want   string
	}{
		{nil, "asset-beta"},
		{map[string]any{"marquetry_policy": "uniform"}, "uniform"},
		{map[string]any{"marquetry_policy": "default", "marquetry_control_share": 0.5}, "thompson-logistic"},
	} {
		f.steered(t, c.fields)
		control := 0
		f.decisions(t, 40, func(d client.Decision, e *eventlog.Exposure) {
			if d.Policy != c.want || e.Policy != c.want {
				t.Errorf("decided by %s, want %s", d.Policy, c.want)
			}
			if e.Control {
				control++
			}
		})
		if (control > 0) != (c.fields["marquetry_control_share"] != nil) {
			t.Errorf("%v: %d of 40 are of the slice", c.fields, control)
		}
		if l, ok := f.Learned(theAd); !ok || l.Model == nil || l.Policy.Name() != c.want {
			t.Errorf("%v: no model", c.fields)
		}
	}
}
