package insights

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

// update rewrites the golden files: go test ./internal/insights -update.
var update = flag.Bool("update", false, "rewrite the golden files")

// known is a learner that has learnt the first ad: combination 3 is best, and a rate is its number below 30 in thousandths.
type known struct {
	bandit.Model // nil: what reports do not ask for
	state        bandit.State
}

// Learned answers for the first ad only.
func (k known) Learned(ad string) (*bandit.Learned, bool) {
	if ad != adA {
		return nil, false
	}
	space := bandit.Space{Sizes: []int{3, 2, 2, 2, 1}}
	title := func(mean float64, say bandit.Say) bandit.Finding {
		return bandit.Finding{Effect: bandit.Estimate{Mean: mean, Low: mean - 0.1, High: mean + 0.1}, Sure: bandit.Estimate{Mean: mean, Low: mean - 0.15, High: mean + 0.15},
			Best: mean / 2, E: 23.5, Say: say}
	}
	return &bandit.Learned{Space: space, Policy: bandit.Uniform{Space: space}, Model: k, State: k.state, Winner: 3, Rule: bandit.DefaultRule(),
		Remaining: 0.031,
		Assets:    [][]bandit.Finding{make([]bandit.Finding, 3), {title(1.2, bandit.SayBetter), title(0.8, bandit.SayLearning)}},
		Pairs:     []bandit.PairFinding{{Pair: bandit.Pair{SlotA: 0, AssetA: 1, SlotB: 2, AssetB: 0}, Finding: title(0.8, bandit.SayWorse)}},
		Segments: []bandit.SegmentFinding{{Attribute: "age", Value: "18-24", Slot: 1, Asset: 0, Finding: title(1.3, bandit.SayBetter)},
			{Attribute: "age", Value: "65+", Slot: 1, Asset: 1, Finding: title(0.9, bandit.SayLearning)}}}, true
}

// Lift has one value.
func (known) Lift(float64) float64 { return 0.125 }

func (known) Rate(_ bandit.Signature, k int) bandit.Estimate {
	rate := float64(30-k) / 1000
	return bandit.Estimate{Mean: rate, Low: rate / 2, High: rate * 2}
}

func (known) ProbabilityBest() []float64 {
	best := make([]float64, 24)
	best[3] = 1
	return best
}

// TestQueryGolden compares whole answers, on every kind of database.
func TestQueryGolden(t *testing.T) {
	t.Parallel()
	june := map[string]any{"since": "2026-06-01", "until": "2026-06-30"}
	cases := map[string]struct {
		object string
		params map[string]any
	}{
		"default":           {"act_" + accountID, map[string]any{"time_range": june}},
		"ad_level":          {campaignID, map[string]any{"time_range": june, "level": "ad", "fields": "ad_name,campaign_name,objective,attribution_setting,impressions,reach,frequency,clicks,unique_clicks,ctr,cpc,cpm,cpp,spend"}},
		"actions":           {adA, map[string]any{"time_range": june, "fields": "actions,action_values,conversions,cost_per_action_type,purchase_roas", "action_attribution_windows": `["1d_click","7d_click","1d_view"]`}},
		"daily":             {adA, map[string]any{"time_range": `{"since":"2026-06-03","until":"2026-06-09"}`, "time_increment": "1", "fields": "impressions"}},
		"monthly":           {adA, map[string]any{"time_range": `{"since":"2026-05-15","until":"2026-07-15"}`, "time_increment": "monthly", "fields": "impressions,reach"}},
		"ranges":            {adA, map[string]any{"time_ranges": `[{"since":"2026-06-03","until":"2026-06-09"},{"since":"2026-06-01","until":"2026-06-30"}]`, "fields": "impressions,reach"}},
		"image":             {adsetID, map[string]any{"time_range": june, "breakdowns": "image_asset", "fields": "impressions,clicks,reach,unique_clicks"}},
		"title_by_age":      {adA, map[string]any{"time_range": june, "breakdowns": `["title_asset","age"]`, "fields": "impressions"}},
		"button":            {adA, map[string]any{"time_range": june, "breakdowns": []any{"call_to_action_asset"}}},
		"link":              {adsetID, map[string]any{"time_range": june, "breakdowns": "link_url_asset"}},
		"format":            {adA, map[string]any{"time_range": june, "breakdowns": "ad_format_asset"}},
		"places":            {adA, map[string]any{"time_range": june, "breakdowns": "publisher_platform,platform_position,impression_device", "fields": "impressions"}},
		"frequency":         {adA, map[string]any{"time_range": june, "breakdowns": "frequency_value", "fields": "impressions,clicks,reach"}},
		"body_by_frequency": {adA, map[string]any{"time_range": june, "breakdowns": "body_asset,frequency_value", "fields": "impressions,clicks"}},
		"region":            {adA, map[string]any{"time_range": june, "breakdowns": "region", "fields": "impressions,reach"}},
		"filtered":          {"act_" + accountID, map[string]any{"time_range": june, "level": "ad", "filtering": `[{"field":"ad.name","operator":"CONTAIN","value":"` + creativeB + `"},{"field":"ad.effective_status","operator":"IN","value":["ACTIVE"]}]`}},
		"by_metric":         {adA, map[string]any{"time_range": june, "breakdowns": "age", "filtering": `[{"field":"ad.impressions","operator":"GREATER_THAN","value":50}]`, "sort": "impressions_descending"}},
		"action_type":       {adA, map[string]any{"time_range": june, "fields": "actions", "filtering": `[{"field":"action_type","operator":"IN","value":["link_click","purchase"]}]`}},
		"summary":           {"act_" + accountID, map[string]any{"time_range": june, "level": "ad", "summary": "impressions,reach", "limit": "1"}},
		"combination":       {adA, map[string]any{"time_range": june, "breakdowns": "combination", "limit": 2}},
		"pair":              {adsetID, map[string]any{"time_range": june, "breakdowns": "pair", "fields": "impressions,clicks,reach,actions", "limit": 3, "summary": "impressions"}},
		"lift":              {campaignID, map[string]any{"time_range": june, "level": "ad", "fields": "marquetry_lift", "summary": "marquetry_lift"}},
		"lift_by_gender":    {adA, map[string]any{"time_range": june, "breakdowns": "gender", "fields": "impressions,marquetry_lift"}},
		"title":             {campaignID, map[string]any{"time_range": june, "breakdowns": "title_asset", "level": "ad", "fields": "impressions,clicks"}},
		"other_combination": {adB, map[string]any{"time_range": june, "breakdowns": "combination"}},
		"nothing":           {adA, map[string]any{"date_preset": "today", "time_range": `{"since":"2026-01-01","until":"2026-01-02"}`}},
		"last_7d":           {adA, map[string]any{"date_preset": "LAST_7D", "fields": "impressions"}},
	}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		seed(t, db)
		fold(t, db, NewFold(), traffic(400, 7), 100)
		re := &Reporter{Learner: known{state: bandit.StableWinner}}
		for name, c := range cases {
			got, err := ask(t.Context(), t, db, re, c.object, c.params)
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			golden(t, name, got)
		}
	})
}

// golden compares a result with its file.
func golden(t *testing.T, name string, got *Result) {
	t.Helper()
	var lines []string
	for _, r := range append(slices.Clone(got.Rows), got.Summary) {
		line, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, string(line))
	}
	text := strings.Join(lines, "\n") + fmt.Sprintf("\ntotal %d next %q prev %q\n", got.Total, got.Next, got.Prev)
	file := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), text); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

// TestBreakdownsAddUp checks that the rows of every breakdown sum to the totals, whatever the traffic.
func TestBreakdownsAddUp(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		seed(t, db)
		events := traffic(600, 9)
		fold(t, db, NewFold(), events, 200)
		re := &Reporter{}
		all := map[string]any{"date_preset": "maximum", "fields": "impressions,clicks,spend,actions"}
		for _, ad := range []string{adA, adB} {
			whole := sums(t, db, re, ad, all)
			if whole["impressions"] == 0 || whole["clicks"] == 0 {
				t.Fatalf("%s has no traffic: %v", ad, whole)
			}
			for _, b := range []string{"age", "gender", "age,gender", "country", "region", "impression_device", "publisher_platform,platform_position",
				"image_asset", "title_asset", "link_url_asset,age", "ad_format_asset,age,gender", "frequency_value",
				"title_asset,frequency_value", "combination"} {
				params := maps.Clone(all)
				params["breakdowns"] = b
				params["limit"] = maxRows
				if diff := cmp.Diff(whole, sums(t, db, re, ad, params)); diff != "" {
					t.Errorf("%s by %s (-total +sum of rows):\n%s", ad, b, diff)
				}
			}
			for _, increment := range []any{1, "7", "monthly"} {
				params := maps.Clone(all)
				params["time_increment"] = increment
				params["limit"] = maxRows
				if diff := cmp.Diff(whole, sums(t, db, re, ad, params)); diff != "" {
					t.Errorf("%s by %v days (-total +sum of rows):\n%s", ad, increment, diff)
				}
			}
		}
	})
}

// sums adds up the numbers of all rows; amounts of money in cents.
func sums(t *testing.T, db *store.DB, re *Reporter, id string, params map[string]any) map[string]int64 {
	t.Helper()
	out := map[string]int64{}
	got, err := ask(t.Context(), t, db, re, id, params)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range got.Rows {
		for _, m := range r {
			switch v := m.Value.(type) {
			case string:
				if n, err := strconv.ParseFloat(v, 64); err == nil && !slices.Contains([]string{"conversions", "probability_best", "frequency_value"}, m.Name) {
					out[m.Name] += int64(n*100 + 0.5)
				}
			case []object.Ordered:
				for _, action := range v {
					n, err := strconv.ParseInt(action[1].Value.(string), 10, 64)
					if err != nil {
						t.Fatal(err)
					}
					out[action[0].Value.(string)] += n
				}
			}
		}
	}
	return out
}

// TestReachIsExact counts viewers by hand.
func TestReachIsExact(t *testing.T) {
	t.Parallel()
	db := storetest.SQLite(t)
	seed(t, db)
	events := traffic(500, 10)
	fold(t, db, NewFold(), events, 100)
	seen, strangers := map[uint64]bool{}, 0
	for _, e := range events {
		switch {
		case string(e.Kind) != "impression":
		case e.Exposure.Viewer == 0:
			strangers++
		default:
			seen[e.Exposure.Viewer] = true
		}
	}
	got, err := ask(t.Context(), t, db, &Reporter{}, campaignID,
		map[string]any{"time_range": `{"since":"2026-05-01","until":"2026-07-31"}`, "fields": "reach"})
	if err != nil {
		t.Fatal(err)
	}
	if want := strconv.Itoa(len(seen) + strangers); got.Rows[0][0].Value != want {
		t.Errorf("reach %v, want %s", got.Rows[0], want)
	}
}

// TestPaging walks through pages forwards and backwards and meets every row once.
func TestPaging(t *testing.T) {
	t.Parallel()
	db := storetest.SQLite(t)
	seed(t, db)
	fold(t, db, NewFold(), traffic(300, 11), 100)
	page := func(extra map[string]any) *Result {
		params := map[string]any{"date_preset": "maximum", "breakdowns": "combination", "fields": "impressions", "limit": 5}
		maps.Copy(params, extra)
		got, err := ask(t.Context(), t, db, &Reporter{}, adA, params)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	first := page(nil)
	all := page(map[string]any{"limit": 100})
	if first.Total != len(all.Rows) || first.Prev != "" || len(all.Rows) <= 10 || len(all.Rows) > combinationsOf(t, feedA()) {
		t.Fatalf("%d of %d rows, previous %q", len(all.Rows), first.Total, first.Prev)
	}
	var rows []object.Ordered
	for got := first; ; got = page(map[string]any{"after": got.Next}) {
		rows = append(rows, got.Rows...)
		if got.Next == "" {
			break
		}
	}
	if diff := cmp.Diff(all.Rows, rows); diff != "" {
		t.Errorf("forwards (-all +paged):\n%s", diff)
	}
	if all.First != cursor(0) || all.Last != cursor(all.Total-1) || all.Next != "" {
		t.Errorf("one page of all has the cursors %q and %q, next %q", all.First, all.Last, all.Next)
	}
	second := page(map[string]any{"after": first.Next})
	if diff := cmp.Diff(first.Rows, page(map[string]any{"before": second.Prev}).Rows); diff != "" {
		t.Errorf("backwards (-first +before second):\n%s", diff)
	}
	if past := page(map[string]any{"after": cursor(first.Total)}); len(past.Rows) != 0 || past.Next != "" {
		t.Errorf("after the last row there is %v", past)
	}
}

// TestVerdictOf checks what is said of a combination in each state of learning.
func TestVerdictOf(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		state bandit.State
		k     int
		want  Verdict
	}{
		{bandit.StableWinner, 3, VerdictWinner}, {bandit.StableWinner, 4, VerdictBehind}, {bandit.StableEven, 3, VerdictEven},
		{bandit.LearningLimited, 3, VerdictLimited}, {bandit.Learning, 3, VerdictLearning},
	} {
		if got := VerdictOf(&bandit.Learned{State: c.state, Winner: 3}, c.k); got != c.want {
			t.Errorf("%s, combination %d: %s, want %s", c.state, c.k, got, c.want)
		}
	}
}

// TestQueryRefuses checks what only the object or the clock can tell.
func TestQueryRefuses(t *testing.T) {
	t.Parallel()
	db := storetest.SQLite(t)
	seed(t, db)
	for _, c := range []struct {
		object string
		params map[string]any
		rule   string
	}{
		{adA, map[string]any{"level": "campaign"}, "insights.level"},
		{adsetID, map[string]any{"level": "account"}, "insights.level"},
		{creativeA, nil, "insights.object"},
		{adA, map[string]any{"time_range": `{"since":"2020-01-01","until":"2026-01-01"}`}, "insights.time_range.oldest"},
	} {
		_, err := ask(t.Context(), t, db, &Reporter{}, c.object, c.params)
		var fault *object.Fault
		if !errors.As(err, &fault) || fault.Rule != c.rule {
			t.Errorf("%v of %s: %v, want %s", c.params, c.object, err, c.rule)
		}
	}
}

// TestSpent checks the sums per object, on every level.
func TestSpent(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		seed(t, db)
		x := show(1, noon(), 0, 0, 1, 1, 0) // combination 3
		fold(t, db, NewFold(), []eventlog.Event{{Kind: "impression", At: noon(), Exposure: x}, bought(noon()+1, 1, nil)}, 1)
		err := db.Read(t.Context(), func(tx store.Tx) error {
			for level, id := range map[Level]string{AccountLevel: accountID, CampaignLevel: campaignID, AdSetLevel: adsetID, AdLevel: adA} {
				today := dayOf(noon(), time.UTC)
				for from, want := range map[Day]map[string]int64{0: {id: 10_000}, today: {id: 10_000}, today + 1: {}} {
					got, err := Spent(t.Context(), tx, level, []string{id, "0"}, from)
					if err != nil {
						return err
					}
					if diff := cmp.Diff(want, got); diff != "" {
						t.Errorf("%s from %v:\n%s", level, from, diff)
					}
				}
				got, err := Delivered(t.Context(), tx, level, []string{id, "0"})
				if err != nil {
					return err
				}
				want := map[string]*Delivery{id: {Impressions: 1, Spend: 10_000, Events: map[string]int64{"Purchase": 1}}}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s:\n%s", level, diff)
				}
			}
			feed, err := creative.FeedOf(feedA())
			if err != nil {
				return err
			}
			got, err := DeliveredByCombination(t.Context(), tx, adA, feed)
			want := map[int]*Delivery{3: {Impressions: 1, Spend: 10_000, Events: map[string]int64{"Purchase": 1}}}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("by combination:\n%s", diff)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

// BenchmarkQuery measures a report with reach over 20,000 events on SQLite.
func BenchmarkQuery(b *testing.B) {
	db := storetest.SQLite(b)
	seed(b, db)
	fold(b, db, NewFold(), traffic(20_000, 1), 1000)
	for _, breakdown := range []string{"", "image_asset", "combination", "pair", "age,gender", "frequency_value"} {
		b.Run("by "+or(breakdown, "nothing"), func(b *testing.B) {
			for b.Loop() {
				if _, err := ask(b.Context(), b, db, &Reporter{}, adA, map[string]any{"date_preset": "maximum", "breakdowns": breakdown,
					"fields": "impressions,reach,actions"}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
