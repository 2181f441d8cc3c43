package marquetry_test

import (
	"testing"
	"time"

	"github.com/marquetry/marquetry/client"
)

// reach makes an ad in an account that bids at most an amount for a thousand impressions, in cents, or with 0 automatically, and returns it with its
// ad set.
func (s shop) reach(account string, bid int) (set, ad string) {
	s.Helper()
	campaign := s.post(account+"/campaigns", client.Params{
		"name": "Seen", "objective": "OUTCOME_AWARENESS", "special_ad_categories": []string{}, "is_adset_budget_sharing_enabled": false,
	}).ID()
	params := s.setParams(campaign, client.Params{
		"optimization_goal": "REACH", "daily_budget": 2_000_000, "promoted_object": map[string]string{"page_id": s.fresh.PageID},
	})
	if bid > 0 {
		params = with(params, client.Params{"bid_strategy": "LOWEST_COST_WITH_BID_CAP", "bid_amount": bid})
	}
	set = s.post(account+"/adsets", params).ID()
	creative := s.post(account+"/adcreatives", s.link(nil)).ID()
	return set, s.post(account+"/ads", client.Params{
		"name": "Ad", "adset_id": set, "status": "ACTIVE", "creative": map[string]string{"creative_id": creative},
	}).ID()
}

// pair makes a second account in the business of the first; an impression costs at least 2.00 in both.
func (s shop) pair() (business, second string) {
	s.Helper()
	business = s.get("me/businesses", nil).List("data")[0].ID()
	second = s.post(business+"/adaccount", client.Params{
		"name": "Second", "currency": "USD", "timezone_id": 1, "end_advertiser": "NONE", "media_agency": "NONE", "partner": "NONE",
	}).ID()
	for _, account := range []string{s.fresh.AccountID, second} {
		s.post(account, client.Params{"marquetry_cpm_micros": 2_000_000_000})
	}
	return business, second
}

func TestDiff203AuctionOfABusiness(t *testing.T) {
	s := newShop(t)
	business, second := s.pair()
	_, high := s.reach(s.fresh.AccountID, 400_000)
	_, low := s.reach(second, 300_000)
	s.learn() // or the rival is seen a moment later
	want(s, "the winner", s.show(client.DecisionRequest{BusinessID: business}).AdID, high)
	s.learn()
	want(s, "its price", s.insights(high, client.Params{"fields": "spend"}).String("spend"), "3.00")
	s.show(client.DecisionRequest{AccountID: second})
	s.learn()
	want(s, "the price without rivals", s.insights(low, client.Params{"fields": "spend"}).String("spend"), "2.00")
}

func TestDiff204AutomaticBids(t *testing.T) {
	s := newShop(t)
	business, second := s.pair()
	_, automatic := s.reach(s.fresh.AccountID, 0)
	set, capped := s.reach(second, 300_000)
	s.learn()
	now := client.DecisionRequest{BusinessID: business, Time: time.Now().Format(time.RFC3339)} // whatever the time of day wants
	want(s, "it starts at 4.00", s.show(now).AdID, automatic)
	s.learn()
	want(s, "its price", s.insights(automatic, client.Params{"fields": "spend"}).String("spend"), "3.00")
	s.post(set, client.Params{"bid_amount": 450_000})
	s.learn()
	want(s, "more than it bids", s.show(now).AdID, capped)
}

func TestDiff205BidsOfAds(t *testing.T) {
	s := newShop(t)
	set, low := s.reach(s.fresh.AccountID, 1000)
	high := s.ad(set, s.link(nil), client.Params{"bid_amount": 1500}).ID()
	s.learn()
	for range 5 {
		want(s, "the winner", s.ask(client.DecisionRequest{AdSetID: set}).Decisions[0].AdID, high)
	}
	s.post(high, client.Params{"bid_amount": 500})
	s.learn()
	want(s, "the winner", s.ask(client.DecisionRequest{AdSetID: set}).Decisions[0].AdID, low)
}
