package deliver

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/auction"
	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/store"
)

// Ids of the objects of a second advertiser of the same business.
const (
	theBusiness = "120200000000000090"
	rivalSet    = "120200000000000091"
	rivalAd     = "120200000000000092"
)

// set changes members of an object.
func set(o *store.Object, data map[string]any) *store.Object {
	for name, value := range data {
		o.Data[name] = value
	}
	return o
}

// rivals puts a second account into the business of the first, with one ad. Each ad set takes the bids.
func (f *fixture) rivals(t testing.TB, mine, theirs map[string]any) {
	t.Helper()
	made := noon.Unix() - 3600
	campaign := campaignObject(made)
	campaign.ID, campaign.AccountID = theCampaign+"9", otherOwner
	other := adSetObject(rivalSet, made)
	other.AccountID, other.Data["campaign_id"] = otherOwner, campaign.ID
	one := adObject(rivalAd, rivalSet, made)
	one.AccountID = otherOwner
	f.put(t,
		set(accountObject(theAccount, "America/Los_Angeles", made), map[string]any{"owner": theBusiness}),
		set(accountObject(otherOwner, "UTC", made), map[string]any{"owner": theBusiness, "currency": "USD"}),
		campaign, set(adSetObject(theAdSet, made), mine), set(other, theirs), one)
}

// perThousand bids an amount in cents for a thousand impressions.
func perThousand(strategy string, cents int64) map[string]any {
	return map[string]any{"optimization_goal": "REACH", "bid_strategy": strategy, "bid_amount": cents}
}

// shows asks for ads of the business so often, each time as another viewer, and returns how often each won and what it paid last.
func (f *fixture) shows(t testing.TB, req client.DecisionRequest, times int) (won map[string]int, paid map[string]int64) {
	t.Helper()
	won, paid = map[string]int{}, map[string]int64{}
	for i := range times {
		req.Time, req.Viewer.ID = noon.Format("2006-01-02T15:04:05Z"), fmt.Sprint(i)
		answer, err := f.Decide(t.Context(), req, sandboxCaller(), noon)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range answer.Decisions {
			e, err := f.signer.Load().open(d.Token)
			if err != nil {
				t.Fatal(err)
			}
			won[d.AdID]++
			paid[d.AdID] = e.Price
		}
	}
	return won, paid
}

func TestTheHigherBidPaysTheLower(t *testing.T) {
	f := newFixture(t, nil)
	f.rivals(t, perThousand("LOWEST_COST_WITH_BID_CAP", 1200), perThousand("LOWEST_COST_WITH_BID_CAP", 800))
	won, paid := f.shows(t, client.DecisionRequest{BusinessID: theBusiness}, 20)
	if won[theAd] != 20 || math.Abs(float64(paid[theAd]-8000)) > 20 {
		t.Errorf("it won %d of 20 and paid %d for an impression, the next bid was 8000", won[theAd], paid[theAd])
	}
	won, paid = f.shows(t, client.DecisionRequest{AccountID: theAccount}, 3)
	if won[theAd] != 3 || paid[theAd] != 5000 {
		t.Errorf("alone it won %d of 3 and paid %d, its account's price is 5000", won[theAd], paid[theAd])
	}
	won, paid = f.shows(t, client.DecisionRequest{BusinessID: theBusiness, Count: 2}, 3)
	if won[theAd] != 3 || won[rivalAd] != 3 || paid[theAd] != 5000 || paid[rivalAd] != 5000 {
		t.Errorf("where there is room for both they won %v and paid %v", won, paid)
	}
}

func TestNobodyPaysMoreThanThereIs(t *testing.T) {
	f := newFixture(t, nil)
	f.rivals(t, perThousand("LOWEST_COST_WITH_BID_CAP", 9e15), perThousand("LOWEST_COST_WITH_BID_CAP", 9e15))
	_, paid := f.shows(t, client.DecisionRequest{BusinessID: theBusiness}, 5)
	for id, price := range paid {
		if price != maxBid {
			t.Errorf("ad %s pays %d for an impression", id, price)
		}
	}
}

func TestOwnAdsDoNotRaiseThePrice(t *testing.T) {
	f := newFixture(t, nil)
	made := noon.Unix() - 3600
	f.put(t, set(adSetObject(theAdSet, made), perThousand("LOWEST_COST_WITH_BID_CAP", 1200)), adObject(rivalAd, theAdSet, made))
	won, paid := f.shows(t, client.DecisionRequest{AccountID: theAccount}, 200)
	if won[theAd] < 60 || won[rivalAd] < 60 || paid[theAd] != 5000 || paid[rivalAd] != 5000 {
		t.Errorf("two equal ads won %v and paid %v", won, paid)
	}
}

func TestACapUnderTheFloorDoesNotShow(t *testing.T) {
	for strategy, limits := range map[string]map[string]any{
		"LOWEST_COST_WITH_BID_CAP": perThousand("LOWEST_COST_WITH_BID_CAP", 400),
		"COST_CAP":                 perThousand("COST_CAP", 400),
		"cents for a purchase":     {"bid_strategy": "LOWEST_COST_WITH_BID_CAP", "bid_amount": int64(10)},
	} {
		f := newFixture(t, nil)
		f.put(t, set(adSetObject(theAdSet, noon.Unix()-3600), limits))
		ask := client1()
		ask.Explain = true
		answer, err := f.Decide(t.Context(), ask, sandboxCaller(), noon)
		if err != nil || len(answer.Decisions) > 0 || answer.Reason != "bid" || len(answer.Excluded) != 1 {
			t.Fatalf("%s: %d ads, reason %q, %d excluded, error %v", strategy, len(answer.Decisions), answer.Reason, len(answer.Excluded), err)
		}
		told := answer.Excluded[0]
		if told.Rule != "adset.bid_amount" || !strings.Contains(told.Message, " USD to the ad, and costs at least 0.005") {
			t.Errorf("%s: %s: %s", strategy, told.Rule, told.Message)
		}
		if rule, message := f.Closed(theAd); rule != told.Rule || message == "" {
			t.Errorf("%s: closed by %q: %s", strategy, rule, message)
		}
	}
}

func TestAnAdBidsForItself(t *testing.T) {
	f := newFixture(t, nil)
	made := noon.Unix() - 3600
	dear := set(adObject(rivalAd, theAdSet, made), map[string]any{"bid_amount": int64(1300)})
	f.put(t, set(adSetObject(theAdSet, made), perThousand("LOWEST_COST_WITH_BID_CAP", 1200)), dear)
	if won, _ := f.shows(t, client.DecisionRequest{AccountID: theAccount}, 20); won[rivalAd] != 20 {
		t.Errorf("they win %v", won)
	}
}

func TestABusinessHasOneCurrency(t *testing.T) {
	f := newFixture(t, nil)
	f.rivals(t, nil, perThousand("LOWEST_COST_WITH_BID_CAP", 100_000))
	made := noon.Unix() - 3600
	f.put(t, set(accountObject(otherOwner, "UTC", made), map[string]any{"owner": theBusiness, "currency": "EUR"}))
	if won, _ := f.shows(t, client.DecisionRequest{BusinessID: theBusiness}, 5); won[theAd] != 5 {
		t.Errorf("another currency takes part: %v", won)
	}
	f.put(t, func() *store.Object { o := adObject(theAd, theAdSet, made); o.Status = "DELETED"; return o }())
	for id, want := range map[string]string{theBusiness: "paused", "1": "unknown_business"} {
		answer, err := f.Decide(t.Context(), client.DecisionRequest{BusinessID: id}, sandboxCaller(), noon)
		if err != nil || answer.Reason != want {
			t.Errorf("business %s: reason %q, want %q, error %v", id, answer.Reason, want, err)
		}
	}
}

func TestABusinessNeedsRightsToAllItsAccounts(t *testing.T) {
	f := newFixture(t, nil)
	f.rivals(t, nil, nil)
	caller := sandboxCaller()
	caller.Accounts = []string{theAccount}
	req := client.DecisionRequest{BusinessID: theBusiness, Time: "2026-11-22T12:00:00Z"}
	if _, err := f.Decide(t.Context(), req, caller, noon); err == nil || err.Error() != "time is accepted only with a token for the ad's account" {
		t.Errorf("a token for one account dates the other's reports: %v", err)
	}
	req.AccountID, req.BusinessID = theAccount, ""
	if _, err := f.Decide(t.Context(), req, caller, noon); err != nil {
		t.Error(err)
	}
}

func TestMoreIsShownOfWhatBringsMore(t *testing.T) {
	f := newFixture(t, nil)
	f.openBudget(t)
	f.put(t, adObject(rivalAd, theAdSet, noon.Unix()-3600))
	before, _ := f.shows(t, client.DecisionRequest{AdSetID: theAdSet}, 200)
	if before[theAd] < 70 || before[rivalAd] < 70 {
		t.Errorf("before anything is known they win %v", before)
	}
	var events []eventlog.Event
	for i := range 600 {
		req := client.DecisionRequest{AdSetID: theAdSet, Time: noon.Format(time.RFC3339), Viewer: client.Viewer{ID: fmt.Sprint(i)}}
		x, err := f.exposure(f.decide(t, req).Token, noon)
		if err != nil {
			t.Fatal(err)
		}
		events = append(events, exposureEvent(eventlog.Impression, x, x.At))
		if every := map[string]int{theAd: 10, rivalAd: 40}[x.AdID]; i%every == 0 {
			outcome := &eventlog.Outcome{PixelID: thePixel, AccountID: theAccount, Name: "Purchase", Value: 1_000_000, Currency: "USD"}
			events = append(events, exposureEvent(eventlog.Click, x, x.At), f.conversionEvent(x, outcome, x.At))
		}
	}
	if _, err := f.record(t.Context(), events); err != nil {
		t.Fatal(err)
	}
	f.learn(t)
	if after, _ := f.shows(t, client.DecisionRequest{AdSetID: theAdSet}, 200); after[theAd] < 180 {
		t.Errorf("four times the purchases win %v", after)
	}
}

func TestEveryAdHasItsTurn(t *testing.T) {
	f := newFixture(t, nil)
	made := noon.Unix() - 3600
	all := []*store.Object{adSetObject(theAdSet, made)}
	const ads = 3*auction.Finalists + 5
	for i := range ads - 1 {
		all = append(all, adObject(fmt.Sprint("12040000000", 1000000+i), theAdSet, made))
	}
	f.put(t, all...)
	snapshot := f.snapshot.Load()
	var numbers []int32
	for _, a := range snapshot.objects.adsets[theAdSet].ads {
		numbers = append(numbers, int32(a.number))
	}
	first := map[string]int{}
	for seed := range uint64(2000) {
		r := f.rank(snapshot, numbers, &query{now: noon}, seed)
		handed := map[string]bool{}
		for a, lot := r.pop(); lot != nil; a, lot = r.pop() {
			if len(handed) == 0 {
				first[a.id]++
			}
			handed[a.id] = true
			if seed > 20 { // the first of the others will do
				break
			}
		}
		if seed <= 20 && len(handed) != ads {
			t.Fatalf("seed %d hands out %d of %d ads", seed, len(handed), ads)
		}
		r.release()
	}
	for id, n := range first {
		if n > 50 { // 20 were expected, with a deviation of 4.5
			t.Errorf("ad %s is first %d times", id, n)
		}
	}
	if len(first) != ads {
		t.Errorf("%d of %d ads are ever first", len(first), ads)
	}
}

func TestLedger(t *testing.T) {
	owner := &account{price: 5000}
	returns := &adset{id: "1", account: owner, strategy: auction.MinReturn, limit: 2, objective: bandit.Value, event: "Purchase"}
	clicks := &adset{id: "2", number: 1, account: owner}
	good, bad, sold := &ad{id: "a", adset: clicks}, &ad{id: "b", number: 1, adset: clicks}, &ad{id: "c", number: 2, adset: returns}
	owner.ads = []*ad{good, bad, sold}
	s := &Snapshot{
		objects: &index{
			accounts: map[string]*account{"": owner}, ads: map[string]*ad{"a": good, "b": bad, "c": sold}, adsets: map[string]*adset{"1": returns, "2": clicks},
		},
		history: map[string][]dayCount{
			"a": {{impressions: 10_000, clicks: 150, spend: 60_000_000}}, "b": {{impressions: 10_000, clicks: 5, spend: 50_000_000}},
			"c": {{impressions: 10_000, clicks: 150, spend: 50_000_000, conversions: map[string]int64{"Purchase": 10}}},
		},
	}
	s.sums = sumsOf(s)
	m := marketOf(s)
	if m.ads[0].poor || !m.ads[1].poor || m.ads[2].poor {
		t.Errorf("poor are %v %v %v", m.ads[0].poor, m.ads[1].poor, m.ads[2].poor)
	}
	if usual := m.sets[1].terms.Usual; usual < 700_000 || usual > 730_000 { // 110 for 155 clicks, and the start as one more
		t.Errorf("a click is taken to cost %.0f", usual)
	}
	if m.sets[0].terms.Strategy != auction.Automatic {
		t.Error("a least return holds before any value is known")
	}
	s.learned = map[string]*bandit.Learned{"c": {Totals: bandit.Totals{Conversions: 10, Value: 300_000_000}}}
	got := marketOf(s).sets[0].terms
	want := auction.Terms{Strategy: auction.MinReturn, Limit: 15_000_000, Usual: got.Usual, Spent: 50_000_000, Events: 10}
	if got != want {
		t.Errorf("30 for a purchase, twice the spend: got %+v, want %+v", got, want)
	}
}
