package insights

import (
	"context"
	"fmt"
	"strings"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// effects reports whether the rows of an asset breakdown are each about one ad, or some of those who see it, so that something may have been learnt of its assets.
func (re *Reporter) effects(q *Request) bool {
	_, taste := tasteOf(q.Breakdowns)
	return re.Learner != nil && q.Level == AdLevel && (taste || len(q.Breakdowns) == 1)
}

// readPresent prepares the ads of rows with the feeds that they show now: three store calls.
func (re *Reporter) readPresent(ctx context.Context, tx store.Tx, q *Request, rows []*row) (map[string]*adReport, error) {
	ids, present := map[string]bool{}, map[string]bool{}
	for _, r := range rows {
		ids[r.ids[AdLevel.depth()]] = true
	}
	ads, err := re.readAds(ctx, tx, q, ids)
	if err != nil {
		return nil, err
	}
	for _, a := range ads {
		present[a.current] = true
	}
	return ads, readFeeds(ctx, tx, ads, present)
}

// slotOf finds an asset in a feed.
func slotOf(feed creative.Feed, id string) (pool, asset int, ok bool) {
	for p, candidates := range feed.Pools {
		for i, a := range candidates.Assets {
			if a.ID == id {
				return p, i, true
			}
		}
	}
	return 0, 0, false
}

// assetMembers is what has been learnt of an asset: nothing when the ad does not show it now, or before there is a model.
func (a *adReport) assetMembers(id string) object.Ordered {
	l := a.present()
	if l == nil {
		return nil
	}
	feed := a.feeds[a.current]
	p, i, ok := slotOf(feed, id)
	if !ok || p >= len(l.Assets) || i >= len(l.Assets[p]) || len(l.Assets[p]) < 2 {
		return nil // the only one of its slot is the average
	}
	f := l.Assets[p][i]
	if f.Effect.Low == f.Effect.High {
		return nil // the others of its slot are stopped
	}
	effect := append(effectOf(f), object.Member{Name: "probability_best", Value: decimals(f.Best)})
	return append(object.Ordered{{Name: "effect", Value: effect}}, verdict(Verdict(f.Say), a.whyAsset(l, f, feed.Pools[p].Name))...)
}

// effectOf is a finding as a factor on the rate, with the interval of today and the one that holds however often one looks.
func effectOf(f bandit.Finding) object.Ordered {
	return append(interval(f.Effect), object.Member{Name: "sure_low", Value: decimals(f.Sure.Low)}, object.Member{Name: "sure_high", Value: decimals(f.Sure.High)})
}

// whyAsset says in one sentence what is known of an asset of a slot.
func (a *adReport) whyAsset(l *bandit.Learned, f bandit.Finding, slot string) string {
	return a.why(l, f, "in equal company it", "brings", " than the average "+strings.ReplaceAll(slot, "_", " ")+" of this ad")
}

// whyPair says in one sentence what two assets do for each other.
func (a *adReport) whyPair(l *bandit.Learned, f bandit.Finding) string {
	return a.why(l, f, "together they", "bring", " than the two by themselves would")
}

// why says in one sentence what something brings, more or less than something else.
func (a *adReport) why(l *bandit.Learned, f bandit.Finding, what, brings, than string) string {
	sentence := strings.ToUpper(what[:1]) + what[1:] + " " + brings
	switch f.Say {
	case bandit.SayBetter, bandit.SayWorse:
		return fmt.Sprintf("%s about %s%s; %s is sure.", sentence, more(f.Effect.Mean, a.yield(l)), than, between(f.Sure))
	case bandit.SayEven:
		return fmt.Sprintf("%s %s %s%s, which is no difference that matters.", sentence, between(f.Sure), a.yield(l), than)
	case bandit.SayLearning:
	}
	return fmt.Sprintf("Too early to be sure: so far it looks as if %s brought %s%s (%s).", what, more(f.Effect.Mean, a.yield(l)), than, between(f.Effect))
}
