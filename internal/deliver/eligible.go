package deliver

import (
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/target"
)

// reason is why an ad is not shown, in the order in which the rules are asked: the further an ad got, the more there is to say.
type reason uint8

const (
	eligible reason = iota
	unknownAccount
	unknownAdSet
	unknownAd
	unknownBusiness
	noAds
	otherCurrency
	notActive
	inactiveAccount
	inReview
	disapproved
	noCreative
	noProducts
	notStarted
	ended
	notTargeted
	notCustomised
	outbid
	onPage
	frequencyCapped
	paced
	budgetSpent
)

// String is the `reason` of an empty answer.
func (r reason) String() string {
	return [...]string{
		"", "unknown_account", "unknown_adset", "unknown_ad", "unknown_business", "no_ads", "currency",
		"paused", "account_inactive", "pending_review",
		"disapproved", "no_creative", "no_products", "not_started", "ended", "targeting", "customization", "bid", "on_page", "frequency_cap", "pacing", "budget_spent",
	}[r]
}

// asked says from where ads are wanted; exactly one member is set.
type asked struct{ account, adset, ad, business string }

// candidates are the ads that were asked for, whether or not they may show.
func (s *Snapshot) candidates(a asked) ([]*ad, reason) {
	switch {
	case a.ad != "":
		if found := s.objects.ads[a.ad]; found != nil {
			return []*ad{found}, noAds
		}
		return nil, unknownAd
	case a.adset != "":
		if found := s.objects.adsets[a.adset]; found != nil {
			return found.ads, noAds
		}
		return nil, unknownAdSet
	}
	if found := s.objects.accounts[a.account]; found != nil {
		return found.ads, noAds
	}
	return nil, unknownAccount
}

// found is the ads that were asked for and may show by what is known of them and of the viewer; without any, why the one that came furthest may
// not. Whether their budgets and caps let them is asked by [Service.award], of the best ones alone.
type found struct {
	ads    []int32 // their numbers, good until the release
	of     *index
	why    reason
	search *search // whose memory the ads are in; nil for none
}

// first is the set of the first of them.
func (f *found) first() *adset { return f.of.numbered[f.ads[0]].adset }

// every reports whether something holds for the account of each ad.
func (f *found) every(holds func(*account) bool) bool {
	var last *account
	for _, number := range f.ads {
		if owner := f.of.numbered[number].adset.account; owner != last {
			if last = owner; !holds(last) {
				return false
			}
		}
	}
	return true
}

// release gives the memory of a search back.
func (f *found) release() {
	if f.search != nil {
		f.search.owner.searches.Put(f.search)
	}
}

// eligible finds the asked ads that may show now in this context: those of an account by its index, those of an ad set one by one.
func (s *Snapshot) eligible(q *query) found {
	if q.asked.business != "" {
		return s.eligibleOf(s.objects.businesses[q.asked.business], q)
	}
	all, why := s.candidates(q.asked)
	if len(all) == 0 {
		return found{why: why}
	}
	owner := all[0].adset.account
	if q.asked.account != "" {
		return s.eligibleIn(owner, q)
	}
	q.enter(owner, all[0].adset.audiences)
	memory := owner.roster.memory()
	out := found{of: s.objects, why: why, search: memory}
	for _, candidate := range all {
		if r := s.objects.refuse(candidate, q); r == eligible {
			memory.ads = append(memory.ads, int32(candidate.number))
		} else {
			out.why = max(out.why, r)
		}
	}
	if out.ads = memory.ads; len(out.ads) > 0 {
		out.why = eligible
	}
	return out
}

// eligibleIn finds those of one account, by its index.
func (s *Snapshot) eligibleIn(owner *account, q *query) found {
	q.enter(owner, owner.audiences)
	return owner.roster.eligible(s.objects, q)
}

// eligibleOf finds those of all accounts of a business, nil for none, that have the currency of its first.
func (s *Snapshot) eligibleOf(of *business, q *query) found {
	if of == nil {
		return found{why: unknownBusiness}
	}
	all := found{of: s.objects, why: of.why}
	for _, owner := range of.accounts {
		one := s.eligibleIn(owner, q)
		all.ads, all.why = append(all.ads, one.ads...), max(all.why, one.why)
		one.release()
	}
	if len(all.ads) > 0 {
		all.why = eligible
	}
	return all
}

// active reports whether neither the ad nor anything above it is paused, archived or deleted.
func (a *ad) active() bool {
	return object.EffectiveStatus(a.adset.campaignStatus, a.adset.status, a.status) == object.Active
}

// refuse names the first rule that keeps an ad from being shown; eligible when there is none.
func (x *index) refuse(a *ad, q *query) reason {
	if r := x.closed(a, q.now.Unix()); r != eligible {
		return r
	}
	switch {
	case a.adset.targeting.Admits(&q.known) != target.Admitted:
		return notTargeted
	case !a.shows(q):
		return notCustomised
	}
	return eligible
}

// closed names the first rule that keeps an ad from everybody at a time, in unix seconds.
func (x *index) closed(a *ad, now int64) reason {
	set := a.adset
	switch {
	case !a.active():
		return notActive
	case set.account.inactive:
		return inactiveAccount
	case a.waiting || a.review.Status(now, x.latency) == object.PendingReview:
		return inReview
	case a.review.Verdict == object.Disapprove:
		return disapproved
	case a.creative == nil:
		return noCreative
	case a.creative.set != "" && len(x.shelves[a.creative.set].items) == 0:
		return noProducts
	case now < max(set.start, a.start):
		return notStarted
	case set.end != 0 && now >= set.end, a.end != 0 && now >= a.end:
		return ended
	}
	return eligible
}
