package deliver

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// client1 is a request from a known viewer.
func client1() client.DecisionRequest {
	return client.DecisionRequest{AdSetID: theAdSet, Viewer: client.Viewer{ID: "v1", Age: "25-34", Gender: "female", Country: "US", Device: "mobile"}}
}

func TestDecisionGolden(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	req := client1()
	req.Time = "2026-11-22T12:00:00Z"
	answer, err := f.Decide(t.Context(), req, sandboxCaller(), noon)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.MarshalIndent(answer, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "decision.json", string(text)+"\n")
}

func TestTokenCarriesDecision(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	d := f.decide(t, client1())
	e, err := f.exposure(d.Token, noon)
	if err != nil {
		t.Fatal(err)
	}
	feed := f.Snapshot().objects.creatives[theCreative].feed
	want := &eventlog.Exposure{
		Decision: e.Decision, At: noon.UnixMilli(), AdID: theAd, CreativeID: theCreative, Slots: e.Slots, Viewer: f.viewers.hash("v1"),
		Context:    eventlog.Context{Age: "25-34", Gender: "female", Country: "US", Placement: "MOBILE_FEED_STANDARD", Device: "mobile", Exposure: "1"},
		Propensity: 1.0 / 108, Price: 5000, Policy: "uniform",
	}
	if diff := cmp.Diff(want, e); diff != "" {
		t.Error(diff)
	}
	if fmt.Sprint(e.Decision) != d.ID || feed.CombinationID(e.Slots) != d.CombinationID {
		t.Error("the token is of another decision")
	}
	for i, pool := range feed.Pools {
		if d.Assets[pool.Name].Index != int(e.Slots[i]) {
			t.Errorf("%s: index %d, slot %d", pool.Name, d.Assets[pool.Name].Index, e.Slots[i])
		}
	}
}

// TestSandboxRepeats asks the same questions twice, in another order and of another instance with the same seed.
func TestSandboxRepeats(t *testing.T) {
	t.Parallel()
	f, g := newFixture(t, nil), newFixture(t, nil)
	ask := func(f *fixture, i int) client.Decision {
		req := client1()
		req.Viewer.ID, req.Time = fmt.Sprint("v", i), "2026-11-22T12:00:00Z"
		return f.decide(t, req)
	}
	combinations := map[string]bool{}
	for i := range 50 {
		a, b := ask(f, i), ask(g, 49-i)
		if diff := cmp.Diff(ask(g, i), a); diff != "" {
			t.Fatal(diff)
		}
		combinations[a.CombinationID], combinations[b.CombinationID] = true, true
	}
	if len(combinations) < 25 {
		t.Errorf("50 viewers saw %d combinations of 108: the seed is not spread", len(combinations))
	}
	if a, b := f.decide(t, client1()), f.decide(t, client1()); a.ID == b.ID {
		t.Error("two decisions without a named time have one id")
	}
}

func TestReasons(t *testing.T) {
	t.Parallel()
	adset := func(change func(*store.Object)) *store.Object {
		o := adSetObject(theAdSet, 0)
		change(o)
		return o
	}
	ad := func(change map[string]any) *store.Object {
		o := adObject(theAd, theAdSet, 0)
		maps.Copy(o.Data, change)
		return o
	}
	for name, c := range map[string]struct {
		put  *store.Object
		req  client.DecisionRequest
		want string
	}{
		"in review":         {ad(map[string]any{"review": object.Review{Since: noon.Unix() - 59}.Data()}), client1(), "pending_review"},
		"reviewed":          {ad(map[string]any{"review": object.Review{Since: noon.Unix() - 60}.Data()}), client1(), ""},
		"approved early":    {ad(map[string]any{"review": object.Review{Since: noon.Unix(), Verdict: object.Approve}.Data()}), client1(), ""},
		"disapproved":       {ad(map[string]any{"review": object.Review{Verdict: object.Disapprove}.Data()}), client1(), "disapproved"},
		"ad not yet":        {ad(map[string]any{"ad_schedule_start_time": noon.Unix() + 1}), client1(), "not_started"},
		"ad no longer":      {ad(map[string]any{"ad_schedule_end_time": noon.Unix()}), client1(), "ended"},
		"account is unpaid": {&store.Object{ID: "act_" + theAccount, Type: "adaccount", AccountID: theAccount, Data: map[string]any{"account_status": int64(3)}}, client1(), "account_inactive"},

		"live":                {nil, client1(), ""},
		"by account":          {nil, client.DecisionRequest{AccountID: theAccount}, ""},
		"by act_ id":          {nil, client.DecisionRequest{AccountID: "act_" + theAccount}, ""},
		"by ad":               {nil, client.DecisionRequest{AdID: theAd}, ""},
		"unknown account":     {nil, client.DecisionRequest{AccountID: "1"}, "unknown_account"},
		"unknown ad set":      {nil, client.DecisionRequest{AdSetID: "1"}, "unknown_adset"},
		"unknown ad":          {nil, client.DecisionRequest{AdID: "1"}, "unknown_ad"},
		"account without ads": {nil, client.DecisionRequest{AccountID: otherOwner}, "no_ads"},
		"paused set":          {adset(func(o *store.Object) { o.Status = "PAUSED" }), client1(), "paused"},
		"not started":         {adset(func(o *store.Object) { o.Data["start_time"] = noon.Unix() + 1 }), client1(), "not_started"},
		"ended":               {adset(func(o *store.Object) { o.Data["end_time"] = noon.Unix() }), client1(), "ended"},
		"no creative": {&store.Object{ID: theAd, Status: "ACTIVE", Type: "ad", AccountID: theAccount, Data: map[string]any{
			"adset_id": theAdSet, "creative_id": "9",
		}}, client1(), "no_creative"},
		"other country":    {nil, client.DecisionRequest{AdSetID: theAdSet, Viewer: client.Viewer{Country: "de"}}, "targeting"},
		"three letters":    {nil, client.DecisionRequest{AdSetID: theAdSet, Viewer: client.Viewer{Country: "deu"}}, "targeting"},
		"unknown country":  {nil, client.DecisionRequest{AdSetID: theAdSet, Viewer: client.Viewer{Country: "Germany"}}, ""},
		"too young":        {nil, client.DecisionRequest{AdSetID: theAdSet, Viewer: client.Viewer{Age: "13-17"}}, "targeting"},
		"paused campaign":  {&store.Object{ID: theCampaign, Type: "campaign", AccountID: theAccount, Status: "PAUSED"}, client1(), "paused"},
		"archived account": {adset(func(o *store.Object) { o.Status = "ARCHIVED" }), client1(), "paused"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t, func(c *Config) { c.Latency = time.Minute })
			if c.put != nil {
				f.put(t, c.put)
			}
			answer, err := f.Decide(t.Context(), c.req, sandboxCaller(), noon)
			if err != nil {
				t.Fatal(err)
			}
			if answer.Reason != c.want || (len(answer.Decisions) == 0) != (c.want != "") {
				t.Errorf("%d decisions, reason %q, want %q", len(answer.Decisions), answer.Reason, c.want)
			}
		})
	}
}

func TestSeveralAds(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	for i := range 4 {
		f.put(t, adObject(fmt.Sprintf("12020000000000003%d", i), theAdSet, 0))
	}
	shows := map[string]int{}
	const asked, each = 500, 3
	for range asked {
		req := client1()
		req.Count = each
		answer, err := f.Decide(t.Context(), req, sandboxCaller(), noon)
		if err != nil {
			t.Fatal(err)
		}
		once := map[string]bool{}
		for _, d := range answer.Decisions {
			once[d.AdID] = true
			shows[d.AdID]++
		}
		if len(once) != each {
			t.Fatalf("%d different ads, want %d", len(once), each)
		}
	}
	for id, n := range shows {
		if mean := float64(asked*each) / 5; math.Abs(float64(n)-mean) > 0.25*mean { // over 6 standard deviations
			t.Errorf("ad %s was shown %d times, want about %.0f", id, n, mean)
		}
	}
	req := client1()
	req.Count = 20
	if answer, _ := f.Decide(t.Context(), req, sandboxCaller(), noon); len(answer.Decisions) != 5 {
		t.Errorf("%d of 5 ads for a count of 20", len(answer.Decisions))
	}
}

// TestBudget spends two cents, four impressions at 5.00 a thousand, under each kind of limit.
func TestBudget(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		set, campaign, account map[string]any

		nextDay string // reason after the account's midnight
	}{
		"of a day, on the ad set":       {set: map[string]any{"daily_budget": int64(2)}},
		"of a day, on the campaign":     {campaign: map[string]any{"daily_budget": int64(2)}},
		"of the whole, on the ad set":   {set: map[string]any{"lifetime_budget": int64(2)}, nextDay: "budget_spent"},
		"of the whole, on the campaign": {campaign: map[string]any{"lifetime_budget": int64(2)}, nextDay: "budget_spent"},
		"of a day, by a cap":            {set: map[string]any{"daily_spend_cap": int64(2)}, campaign: map[string]any{"daily_budget": int64(9)}},
		"of the whole, by a cap":        {set: map[string]any{"lifetime_spend_cap": int64(2)}, nextDay: "budget_spent"},
		"an account's spend cap":        {account: map[string]any{"spend_cap": int64(1), "spend_cap_since": int64(1)}, nextDay: "budget_spent"},
		"a campaign's spend cap":        {set: map[string]any{"daily_budget": int64(9)}, campaign: map[string]any{"spend_cap": int64(2)}, nextDay: "budget_spent"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t, nil)
			set, campaign := adSetObject(theAdSet, 0), campaignObject(0)
			delete(set.Data, "daily_budget")
			maps.Copy(set.Data, c.set)
			maps.Copy(campaign.Data, c.campaign)
			owner := accountObject(theAccount, "America/Los_Angeles", 0)
			maps.Copy(owner.Data, c.account)
			f.put(t, owner)
			f.put(t, campaign)
			f.put(t, set)
			spendBudget(t, f, c.nextDay)
		})
	}
}

// spendBudget shows four impressions and asks again on the same day of the account, and after its midnight.
func spendBudget(t *testing.T, f *fixture, nextDay string) {
	t.Helper()
	at := func(time string) string {
		req := client1()
		req.Time = time
		answer, err := f.Decide(t.Context(), req, sandboxCaller(), noon)
		if err != nil {
			t.Fatal(err)
		}
		if len(answer.Decisions) > 0 {
			if w, body := f.get(t, strings.Replace(answer.Decisions[0].ImpressionURL, "https://ads.example", f.server.URL, 1)); w.StatusCode != http.StatusOK {
				t.Fatal(body)
			}
		}
		return answer.Reason
	}
	for i := range 4 {
		if got := at(fmt.Sprintf("2026-11-22T12:00:0%dZ", i)); got != "" {
			t.Fatalf("impression %d: %s", i, got)
		}
	}
	f.learn(t)
	for time, want := range map[string]string{
		"2026-11-22T12:00:10Z":      "budget_spent",
		"2026-11-22T23:59:59-08:00": "budget_spent", // the account's day ends at midnight in Los Angeles
		"2026-11-23T00:00:00-08:00": nextDay,
	} {
		if got := at(time); got != want {
			t.Errorf("%s: %q, want %q", time, got, want)
		}
	}
}

func TestDecideRefusals(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	plain := Caller{Base: "https://ads.example"}
	for rule, req := range map[string]client.DecisionRequest{
		"scope.one":     {},
		"id.max_length": {AdSetID: strings.Repeat("1", 65)},
		"count.range":   {AdSetID: theAdSet, Count: 21},
		"time.scope":    {AdSetID: theAdSet, Time: "2026-11-22T12:00:00Z"},
		"explain.scope": {AdSetID: theAdSet, Explain: true},
		"max_length":    {AdSetID: theAdSet, Viewer: client.Viewer{ID: strings.Repeat("x", 257)}},
		"max_count":     {AdSetID: theAdSet, Viewer: client.Viewer{Interests: make([]string, 51)}},
		"text":          {AdSetID: theAdSet, Viewer: client.Viewer{Region: "a\x00b"}},

		"placement.enum": {AdSetID: theAdSet, Placement: "INSTAGRAM_STORIES"},
	} {
		_, err := f.Decide(t.Context(), req, plain, noon)
		if told := refusalOf(err); told == nil || told.rule != rule {
			t.Errorf("%s: %v", rule, err)
		}
	}
	if _, err := f.Decide(t.Context(), client.DecisionRequest{AdSetID: theAdSet, Time: "yesterday"}, sandboxCaller(), noon); refusalOf(err) == nil {
		t.Error("a time that is none was accepted")
	}
	elsewhere := sandboxCaller()
	elsewhere.Accounts = []string{"17"}
	for _, time := range []string{"2026-11-22T12:00:00Z", "2020-01-01T00:00:00Z"} { // when the ad may be shown, and when not
		_, err := f.Decide(t.Context(), client.DecisionRequest{AdSetID: theAdSet, Time: time}, elsewhere, noon)
		if told := refusalOf(err); told == nil || told.rule != "time.scope" {
			t.Errorf("the clock of another account's ads: %v", err)
		}
	}
}

func TestExplain(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	req := client1()
	req.Explain = true
	e := f.decide(t, req).Explain
	if e == nil || e.Context != "MOBILE_FEED_STANDARD|25-34|female|mobile|1" || len(e.Candidates) != maxExplained || e.Snapshot == "" {
		t.Fatalf("explanation %+v", e)
	}
}

func TestDayOf(t *testing.T) {
	t.Parallel()
	zone, err := time.LoadLocation("America/Los_Angeles")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]int32{
		"1970-01-01T07:59:59Z": -1, "1970-01-01T08:00:00Z": 0, "1970-01-02T07:59:59Z": 0, "1969-12-31T08:00:00Z": -1, "1969-12-31T07:59:59Z": -2,
	} {
		at, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		if got := dayOf(at, zone); got != want {
			t.Errorf("%s is day %d, want %d", text, got, want)
		}
	}
}

// TestControlSlice decides many times with and without a model: about as many decisions as wanted are of the slice, their tokens say so, and the
// combinations of those differ.
func TestControlSlice(t *testing.T) {
	t.Parallel()
	f := newFixture(t, func(c *Config) { c.ControlShare = 0.1 })
	f.openBudget(t)
	for _, policy := range []string{"uniform", "thompson-logistic"} {
		control, others := map[string]int{}, 0
		for i := range 1000 {
			req := client1()
			req.Viewer.ID, req.Time = fmt.Sprint(policy, i), "2026-11-22T12:00:00Z"
			d := f.decide(t, req)
			e, err := f.exposure(d.Token, noon)
			if err != nil || e.Policy != policy {
				t.Fatalf("%v, decided by %s, want %s", err, e.Policy, policy)
			}
			if e.Control {
				control[d.CombinationID]++
			} else {
				others++
			}
		}
		if n := 1000 - others; n < 60 || n > 140 || len(control) < 40 {
			t.Errorf("%s: %d of 1000 are of the slice, %d combinations", policy, n, len(control))
		}
		f.play(t, 0, 600)
		f.learn(t)
	}
}
