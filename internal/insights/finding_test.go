package insights

import (
	"context"
	"database/sql"
	"math"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

// TestWhyCombination reads the reason of every verdict.
func TestWhyCombination(t *testing.T) {
	t.Parallel()
	rule, soon := bandit.DefaultRule(), bandit.Forecast{Known: true, Days: 3.2, LowDays: 1.5, HiDays: 8}
	late := bandit.Forecast{Known: true, Days: 1, LowDays: 0.5, HiDays: math.Inf(1)}
	strict := rule
	strict.MaxValueRemaining, strict.Objective = 0.02, bandit.Conversions
	enough, few := bandit.Progress{Events: 60, Days: 9, Recent: 40}, bandit.Progress{Events: 38, Days: 1, Recent: 1}
	for name, c := range map[string]struct {
		learned bandit.Learned
		want    string
	}{
		"winner": {bandit.Learned{State: bandit.StableWinner, Winner: 3, Progress: enough, Rule: rule},
			"With 95 % certainty it brings at least 12 % more clicks than showing all evenly, and looking further would bring at most 3.1 % more."},
		"behind":  {bandit.Learned{State: bandit.StableWinner, Winner: 2, Progress: enough, Rule: rule}, "The winner brings about 3.7 % more clicks: at a rate of 2.8 % against 2.7 %."},
		"even":    {bandit.Learned{State: bandit.StableEven, Progress: enough, Rule: rule}, "With 90 % certainty the best combination brings at most 12 % more clicks than showing all evenly; under 2 % is no difference that matters."},
		"limited": {bandit.Learned{State: bandit.LearningLimited, Progress: few, Rule: rule}, "1 click in the last seven days: at this pace the 50 in seven days, which learning takes, will not come."},
		"early":   {bandit.Learned{State: bandit.Learning, Progress: few, Rule: rule, Exit: soon}, "38 of 50 clicks and 1 of 7 days so far, about 4 days more (2 to 8)."},
		"never":   {bandit.Learned{State: bandit.Learning, Progress: few, Rule: rule, Exit: bandit.Forecast{Known: true, Days: math.Inf(1)}}, "38 of 50 clicks and 1 of 7 days so far, and no end is in sight."},
		"seeking": {bandit.Learned{State: bandit.Learning, Progress: enough, Rule: strict, Exit: late}, "Learning on may still bring 3.1 % more Purchase events; it ends when that is under 2 %, about 1 day more (1 or more)."},
		"unsure":  {bandit.Learned{State: bandit.Learning, Progress: enough, Rule: rule}, "It is not certain yet that choosing brings more than showing all evenly."},
	} {
		c.learned.Model, c.learned.Remaining = known{}, 0.031
		if got := (&adReport{promoted: "Purchase"}).whyCombination(&c.learned, 3); got != c.want {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// TestWhyFinding reads what is said of assets and pairs.
func TestWhyFinding(t *testing.T) {
	t.Parallel()
	l := &bandit.Learned{Rule: bandit.Rule{Objective: bandit.Value}}
	sure := func(low, high float64) bandit.Estimate { return bandit.Estimate{Mean: 1.2, Low: low, High: high} }
	for _, c := range []struct {
		f           bandit.Finding
		asset, pair string
	}{
		{bandit.Finding{Say: bandit.SayBetter, Effect: sure(1.1, 1.3), Sure: sure(1.004, 1.5)},
			"In equal company it brings about 20 % more value than the average call to action of this ad; 0.4 % to 50 % more is sure.",
			"Together they bring about 20 % more value than the two by themselves would; 0.4 % to 50 % more is sure."},
		{bandit.Finding{Say: bandit.SayEven, Sure: sure(0.99, 1.01)},
			"In equal company it brings 1 % less to 1 % more value than the average call to action of this ad, which is no difference that matters.",
			"Together they bring 1 % less to 1 % more value than the two by themselves would, which is no difference that matters."},
		{bandit.Finding{Say: bandit.SayLearning, Effect: sure(0.5, math.Inf(1))},
			"Too early to be sure: so far it looks as if in equal company it brought 20 % more value than the average call to action of this ad (anything from 50 % less to any number more).",
			"Too early to be sure: so far it looks as if together they brought 20 % more value than the two by themselves would (anything from 50 % less to any number more)."},
	} {
		a := &adReport{}
		if got := a.whyAsset(l, c.f, "call_to_action"); got != c.asset {
			t.Errorf("%s: %s", c.f.Say, got)
		}
		if got := a.whyPair(l, c.f); got != c.pair {
			t.Errorf("%s: %s", c.f.Say, got)
		}
	}
}

// TestPairsAddUp checks that the pairs of any two columns sum to the ad's totals.
func TestPairsAddUp(t *testing.T) {
	t.Parallel()
	db := storetest.SQLite(t)
	seed(t, db)
	fold(t, db, NewFold(), traffic(600, 9), 200)
	total := sums(t, db, &Reporter{}, adA, map[string]any{"date_preset": "maximum", "fields": "impressions,clicks"})
	got, err := ask(t.Context(), t, db, &Reporter{}, adA, map[string]any{"date_preset": "maximum", "breakdowns": "pair", "fields": "impressions", "limit": maxRows})
	if err != nil {
		t.Fatal(err)
	}
	by := map[string]int64{}
	for _, r := range got.Rows {
		impressions, _ := r[0].Value.(string)
		n, err := strconv.ParseInt(impressions, 10, 64)
		assets, ok := r[3].Value.(object.Ordered)
		if err != nil || !ok || len(assets) != 2 {
			t.Fatalf("row %v", r)
		}
		by[assets[0].Name+" "+assets[1].Name] += 100 * n
	}
	if len(by) != 6 {
		t.Errorf("pairs of %v", by)
	}
	for slots, n := range by {
		if n != total["impressions"] {
			t.Errorf("%s: %d, want %d", slots, n, total["impressions"])
		}
	}
}

// counted is a transaction that counts how often the store is asked.
type counted struct {
	store.Tx
	calls int
}

func (c *counted) Query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	c.calls++
	return c.Tx.Query(ctx, query, args...)
}

func (c *counted) Object(ctx context.Context, id string) (*store.Object, error) {
	c.calls++
	return c.Tx.Object(ctx, id)
}

func (c *counted) Objects(ctx context.Context, ids []string) (map[string]*store.Object, error) {
	c.calls++
	return c.Tx.Objects(ctx, ids)
}

// TestStoreCallsDoNotGrow asks for every breakdown with everything that is ours, of little and of much traffic of one ad and of two.
func TestStoreCallsDoNotGrow(t *testing.T) {
	t.Parallel()
	calls := func(events int) map[string]int {
		db := storetest.SQLite(t)
		seed(t, db)
		fold(t, db, NewFold(), traffic(events, 9), 1000)
		out := map[string]int{}
		for _, b := range append(emulated(), "", "title_asset,frequency_value") {
			q, faults := Parse(map[string]any{"breakdowns": b, "level": "ad", "fields": "impressions,reach,actions,marquetry_lift,marquetry_fatigue", "date_preset": "maximum", "limit": maxRows}, object.Newest, noon()/1000)
			if b == "platform_position" {
				continue // not alone
			}
			if err := faults.Err(); err != nil {
				t.Fatal(err)
			}
			err := db.Read(t.Context(), func(tx store.Tx) (err error) {
				c := &counted{Tx: tx}
				if q.Object, err = tx.Object(t.Context(), "act_"+accountID); err != nil {
					return err
				}
				_, err = (&Reporter{Learner: known{}}).Query(t.Context(), c, q)
				out[b] = c.calls
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		return out
	}
	few, many := calls(12), calls(800)
	if diff := cmp.Diff(few, many); diff != "" {
		t.Errorf("-few +many rows:\n%s", diff)
	}
	t.Log(many)
}
