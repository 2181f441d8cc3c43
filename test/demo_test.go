package test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// shown is what `marquetry demo --json` prints, as far as the tests look at it.
type shown struct {
	Impressions, Clicks, Purchases, Combinations int
	LastTenth                                    float64 `json:"percent_of_optimal_last_tenth"`
	Uniform                                      float64 `json:"uniform_percent_of_optimal"`
	BestBySegment                                []struct {
		Percent float64 `json:"percent_of_best"`
	} `json:"best_by_segment"`
	PerAsset map[string][]struct {
		Impressions, Clicks, Purchases int
	} `json:"per_asset"`
	LearningState string `json:"learning_state"`
}

// demo plays the demonstration and returns what it printed on standard output.
func demo(t *testing.T, seed int, args ...string) []byte {
	t.Helper()
	cmd := command(t.Context(), t, append([]string{"demo", "--exit", "--json", "--seed", fmt.Sprint(seed)}, args...)...)
	var out, log bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &log
	if err := cmd.Run(); err != nil {
		t.Fatalf("demo: %v\n%s", err, log.String())
	}
	return out.Bytes()
}

// TestDemoLearns: on five seeds the last tenth of the traffic reaches 85 % of what was possible and beats uniform rotation by 1.3, and
// the reports account for every impression, click and purchase.
func TestDemoLearns(t *testing.T) {
	t.Parallel()
	for seed := 1; seed <= 5; seed++ {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			var got shown
			if err := json.Unmarshal(demo(t, seed), &got); err != nil {
				t.Fatal(err)
			}
			t.Logf("%.1f %% of optimal in the last tenth, uniform rotation %.1f %%, %s", got.LastTenth, got.Uniform, got.LearningState)
			if got.LastTenth < 85 || got.LastTenth < 1.3*got.Uniform || got.LastTenth > 100 {
				t.Errorf("the last tenth reached %.1f %% of optimal, uniform rotation %.1f %%", got.LastTenth, got.Uniform)
			}
			if got.Combinations != 108 || got.LearningState == "" || len(got.BestBySegment) != 4 {
				t.Errorf("%d combinations, learning state %q, %d segments", got.Combinations, got.LearningState, len(got.BestBySegment))
			}
			checkReports(t, got)
		})
	}
}

// checkReports adds up each asset breakdown: every impression shows one asset of each kind, and every purchase names its click.
func checkReports(t *testing.T, got shown) {
	t.Helper()
	if len(got.PerAsset) != 5 {
		t.Errorf("%d asset breakdowns", len(got.PerAsset))
	}
	for kind, rows := range got.PerAsset {
		impressions, clicks, purchases := 0, 0, 0
		for _, row := range rows {
			impressions, clicks, purchases = impressions+row.Impressions, clicks+row.Clicks, purchases+row.Purchases
		}
		if impressions != got.Impressions || clicks != got.Clicks || purchases != got.Purchases {
			t.Errorf("%s adds up to %d impressions, %d clicks and %d purchases; there were %d, %d and %d",
				kind, impressions, clicks, purchases, got.Impressions, got.Clicks, got.Purchases)
		}
	}
}

// TestDemoRepeats: the same seed gives the same run, but for how long it took.
func TestDemoRepeats(t *testing.T) {
	t.Parallel()
	var runs [2]map[string]any
	for i := range runs {
		if err := json.Unmarshal(demo(t, 1, "--impressions", "6000"), &runs[i]); err != nil {
			t.Fatal(err)
		}
		if _, ok := runs[i]["seconds"]; !ok {
			t.Error("the result has no seconds")
		}
		delete(runs[i], "seconds")
	}
	if diff := cmp.Diff(runs[0], runs[1]); diff != "" {
		t.Error(diff)
	}
}
