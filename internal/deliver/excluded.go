package deliver

import (
	"cmp"
	"fmt"
	"math"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/auction"
	"github.com/marquetry/marquetry/internal/frequency"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/pacing"
	"github.com/marquetry/marquetry/internal/target"
)

// maxExcluded is how many ads an explanation lists that are not shown.
const maxExcluded = 100

// exclusions are the ads of one request that are not shown, each with the first rule that keeps it away. Those of a request that asks for no
// explanation are nil, and take nothing in.
type exclusions struct {
	list   []client.Exclusion
	more   int // that are not listed
	seen   map[*ad]bool
	capped *frequency.Memory
}

// add takes in an ad, once.
func (e *exclusions) add(a *ad, r reason, q *query) {
	if e == nil {
		return
	}
	rule, message := a.because(r, q)
	if r == frequencyCapped {
		rule, message = a.fullCap(e.capped, q)
	}
	e.put(a, r, rule, message)
}

// addOutbid takes in an ad to which an impression is worth less than it costs at least; its worth is the logarithm of millionths.
func (e *exclusions) addOutbid(a *ad, worth float64) {
	if e == nil {
		return
	}
	rule, message := a.underbid(worth)
	e.put(a, outbid, rule, message)
}

// put lists an ad with what keeps it away, unless it was before.
func (e *exclusions) put(a *ad, r reason, rule, message string) {
	if e.seen[a] {
		return
	}
	e.seen[a] = true
	if len(e.list) == maxExcluded {
		e.more++
		return
	}
	e.list = append(e.list, client.Exclusion{AdID: a.id, AdSetID: a.adset.id, Reason: r.String(), Rule: rule, Message: message})
}

// excluded are the ads that were asked for and may not show, behind those that caps, budgets and bids have kept away; nil unless that is explained.
func (s *Snapshot) excluded(q *query) *exclusions {
	if !q.explain {
		return nil
	}
	for _, a := range s.everyAd(q.asked) {
		q.enter(a.adset.account, a.adset.audiences)
		if r := s.objects.refuse(a, q); r != eligible {
			q.excluded.add(a, r, q)
		}
	}
	return q.excluded
}

// everyAd is all ads that were asked for, whether or not they may show.
func (s *Snapshot) everyAd(a asked) []*ad {
	if a.business == "" {
		all, _ := s.candidates(a)
		return all
	}
	var all []*ad
	if of := s.objects.businesses[a.business]; of != nil {
		for _, owner := range of.accounts {
			all = append(all, owner.ads...)
		}
	}
	return all
}

// because names the member of an object by which an ad is not shown for a reason, and says it in words.
func (a *ad) because(r reason, q *query) (rule, message string) {
	switch r {
	case notActive:
		return a.inactive()
	case inReview:
		if a.waiting {
			return "creative.review", "what was generated for the creative waits for a decision"
		}
		return "ad.review", "the review of the ad is not over"
	case notStarted:
		if q.now.Unix() < a.adset.start {
			return "adset.start_time", "the ad set has not started"
		}
		return "ad.ad_schedule_start_time", "the ad has not started"
	case ended:
		if end := a.adset.end; end != 0 && q.now.Unix() >= end {
			return "adset.end_time", "the ad set has ended"
		}
		return "ad.ad_schedule_end_time", "the ad has ended"
	case notTargeted:
		broken := a.adset.targeting.Admits(&q.known)
		return broken.String(), broken.Message()
	case paced, budgetSpent:
		if rule, message := a.heldBy(r, q); rule != "" {
			return rule, message
		}
	}
	return r.words()
}

// heldBy names whose budget keeps an ad away at the present moment; nothing at a time that the caller names, which gates do not know.
func (a *ad) heldBy(r reason, q *query) (rule, message string) {
	wanted := map[reason]pacing.Answer{paced: pacing.Wait, budgetSpent: pacing.Spent}[r]
	for i, g := range a.adset.gates {
		if q.sandbox || g.Ask(q.now.UnixMilli(), a.adset.account.price) != wanted {
			continue
		}
		whose := map[string]string{a.adset.id: "adset", a.adset.campaign: "campaign"}[a.adset.budgets[i].owner]
		whose = cmp.Or(whose, "account")
		if r == paced {
			return whose + ".budget", sofar(whose, g.State(q.now.UnixMilli()), a.adset.account.currency)
		}
		return whose + ".budget", "nothing is left of the " + whose + "'s budget"
	}
	return "", ""
}

// sofar says how far a budget has come that gives no more at this moment, in units of the currency.
func sofar(whose string, s pacing.State, currency string) string {
	return fmt.Sprintf("what the %s's budget allows so far is handed out: %g %s shown today, %g %s not yet seen; it goes on with the traffic of the day",
		whose, float64(s.Delivered)/1e6, currency, float64(s.Outstanding)/1e6, currency)
}

// underbid names the member that bounds what the ad bids, and says what an impression is worth to it; worth is the logarithm of millionths.
func (a *ad) underbid(worth float64) (rule, message string) {
	switch {
	case a.adset.strategy == auction.MinReturn:
		rule = "adset.bid_constraints"
	case a.bid > 0:
		rule = "ad.bid_amount"
	default:
		rule = "adset.bid_amount"
	}
	owner := a.adset.account
	return rule, fmt.Sprintf("at its cap an impression is worth %.3g %s to the ad, and costs at least %g",
		math.Exp(worth)/1e6, owner.currency, float64(owner.price)/1e6)
}

// fullCap names the narrowest object over an ad, or the ad, with a frequency cap that leaves no room for the viewer.
func (a *ad) fullCap(m *frequency.Memory, q *query) (rule, message string) {
	for _, c := range a.caps {
		switch full := m.Full(&q.seen, []*frequency.Capped{c}); {
		case !full:
		case c.Owner == a.key:
			return "ad.frequency_cap", "the viewer has seen the ad as often as its frequency caps allow"
		case c.Owner == keyOf(a.adset.id):
			return "adset.frequency_cap", "the viewer has seen ads of the ad set as often as its frequency caps allow"
		default:
			return "campaign.frequency_cap", "the viewer has seen ads of the campaign as often as its frequency caps allow"
		}
	}
	return frequencyCapped.words()
}

// Closed is the first rule that keeps an ad from everybody now, and says it in words; "" when it may be shown to some, or is not known yet.
func (s *Service) Closed(adID string) (rule, message string) {
	snapshot, q := s.snapshot.Load(), &query{now: s.sources.Now()}
	a := snapshot.objects.ads[adID]
	if a == nil {
		return "", ""
	}
	if r := snapshot.objects.closed(a, q.now.Unix()); r != eligible {
		return a.because(r, q)
	}
	if a.adset.targeting.Asleep(hourOf(q.now.In(a.adset.account.zone))) {
		return target.Hours.String(), target.Hours.Message()
	}
	if s.paced(snapshot, a, q) == budgetSpent { // what is only paced goes on in a moment
		return budgetSpent.words()
	}
	if worth, low := snapshot.market.hopeless(a); low {
		return a.underbid(worth)
	}
	return "", ""
}

// inactive names what is not ACTIVE: campaign, ad set or ad.
func (a *ad) inactive() (rule, message string) {
	for _, level := range [...]struct{ name, words, status string }{
		{"campaign", "campaign", a.adset.campaignStatus}, {"adset", "ad set", a.adset.status}, {"ad", "ad", a.status},
	} {
		if level.status != object.Active {
			return level.name + ".status", fmt.Sprintf("the %s is %s", level.words, level.status)
		}
	}
	return "ad.status", "the ad is not active"
}

// words are the rule and the message of a reason that says the same of every ad.
func (r reason) words() (rule, message string) {
	switch r {
	case inactiveAccount:
		return "account.account_status", "the account is disabled, unpaid or closed"
	case disapproved:
		return "ad.review", "the ad was refused"
	case noCreative:
		return "ad.creative", "the creative has nothing that may be shown"
	case noProducts:
		return "creative.product_set_id", "the product set has nothing that can be bought and has a picture"
	case notCustomised:
		return "creative.asset_customization_rules", "what the rules leave for this place and viewer may not be shown"
	case onPage:
		return "shown", "the page has the ad already"
	case frequencyCapped:
		return "frequency_cap", "the viewer has seen the ad, its ad set or its campaign as often as they may"
	case paced:
		return "pacing", "what the budgets let be spent by now is spent"
	case budgetSpent:
		return "budget", "a budget or a spend cap over the ad is used up"
	}
	return r.String(), ""
}
