package deliver

import (
	"math"

	"github.com/marquetry/marquetry/internal/auction"
	"github.com/marquetry/marquetry/internal/bandit"
)

// ranking hands out the ads of one decision, best first. All ads are compared by what they bring on average; the best [auction.Finalists] of them are then
// put in order by what they bring in the viewer's context. When all of those are refused, the next best follow.
type ranking struct {
	service  *Service
	snapshot *Snapshot
	ads      []int32 // their numbers
	stakes   []stake // by number
	query    *query
	seed     uint64
	curious  bool // the quality floor does not hold

	best   auction.Best
	next   int         // of the best: those before have won, or may not show
	more   bool        // there are ads that were not yet among the finalists
	bar    auction.Lot // the worst of the finalists before they were weighed: later ones come behind it
	barred bool        // whether there is one
	outbid bool        // the floor kept an ad away

	signatures [4]struct { // of the context, by how often the viewer has seen an ad
		exposure  string
		signature bandit.Signature
	}
}

// rank starts the auction between ads. The ranking has to be released.
func (s *Service) rank(snapshot *Snapshot, ads []int32, q *query, seed uint64) *ranking {
	r := s.rankings.Get().(*ranking)
	*r = ranking{service: s, snapshot: snapshot, ads: ads, stakes: snapshot.market.of(q), query: q, seed: seed, curious: auction.Curious(seed)}
	r.shortlist()
	return r
}

// release gives the ranking's memory back.
func (r *ranking) release() { r.service.rankings.Put(r) }

// shortlist finds the best of the ads that were not yet among the best.
func (r *ranking) shortlist() {
	r.best.Reset()
	bar, boldness, seed, explained := math.Inf(-1), auction.Boldness(len(r.ads)), r.seed, r.query.excluded != nil
	for _, number := range r.ads {
		st := &r.stakes[number]
		if auction.Score(st.worth, st.spread, boldness, auction.Luckiest) < bar && !explained {
			continue
		}
		score := auction.Score(st.worth, st.spread, boldness, auction.Draw(seed, st.salt))
		if st.capped && r.under(st, number, score) {
			continue
		}
		if score -= r.demotion(st); score < bar {
			continue
		}
		lot := auction.Lot{At: number, Value: st.worth, Score: score, Order: st.salt}
		if !r.barred || r.bar.Compare(&lot) < 0 {
			r.best.Offer(&lot)
			bar = r.best.Bar()
		}
	}
	r.weigh()
}

// under reports whether an impression costs more than it is worth, the logarithm of millionths, to an ad that has a cap.
func (r *ranking) under(st *stake, number int32, worth float64) bool {
	if worth >= r.snapshot.market.offers[st.set].floor {
		return false
	}
	r.outbid = true
	r.query.excluded.addOutbid(r.ad(number), worth)
	return true
}

// ad is that of a number.
func (r *ranking) ad(number int32) *ad { return r.snapshot.objects.numbered[number] }

// demotion is what the quality floor takes off an ad's score.
func (r *ranking) demotion(st *stake) float64 {
	if st.poor && !r.curious {
		return auction.Demotion
	}
	return 0
}

// weigh puts the finalists in order by what they bring in the viewer's context.
func (r *ranking) weigh() {
	finalists := r.best // a copy, out of which it is filled anew
	lots := finalists.Lots()
	r.next, r.more = 0, len(lots) == auction.Finalists
	if r.more {
		r.bar, r.barred = lots[len(lots)-1], true
	}
	r.best.Reset()
	for i := range lots {
		lot, a, st := &lots[i], r.ad(lots[i].At), &r.stakes[lots[i].At]
		if len(lots) > 1 || st.capped {
			brought := r.brought(a)
			lot.Value, lot.Score = lot.Value+brought, lot.Score+brought
		}
		if st.capped && r.under(st, lot.At, lot.Score+r.demotion(st)) {
			lot.Score = math.Inf(-1)
		}
		owner := a.adset.account
		lot.Owner, lot.Value, lot.Floor = int32(owner.number), math.Exp(lot.Value), float64(owner.price)
		r.best.Offer(lot)
	}
}

// brought is the logarithm of the factor by which an ad brings more in the viewer's context than on average; 0 while nothing is known of it.
func (r *ranking) brought(a *ad) float64 {
	outlook := r.snapshot.market.outlooks[a.number]
	if outlook == nil {
		return 0
	}
	if factor := outlook.Contexts[r.signature(a)]; factor > 0 {
		return math.Log(float64(factor))
	}
	return 0
}

// signature is the viewer's context as the learner of an ad sees it. It differs between ads by how often the viewer has seen them alone.
func (r *ranking) signature(a *ad) bandit.Signature {
	seen := r.query.context
	seen.Exposure = r.service.seen.of(r.query, a.key)
	i := 0
	for ; i < len(r.signatures) && r.signatures[i].signature != ""; i++ {
		if r.signatures[i].exposure == seen.Exposure {
			return r.signatures[i].signature
		}
	}
	signature := signatureOf(r.service.cfg.Attributes, &seen)
	if i < len(r.signatures) {
		r.signatures[i].exposure, r.signatures[i].signature = seen.Exposure, signature
	}
	return signature
}

// pop is the ad that comes next and its lot, nil when there are no more.
func (r *ranking) pop() (*ad, *auction.Lot) {
	for {
		for lots := r.best.Lots(); r.next < len(lots); {
			lot := &lots[r.next]
			r.next++
			if !math.IsInf(lot.Score, -1) {
				return r.ad(lot.At), lot
			}
		}
		if !r.more {
			return nil, nil
		}
		r.shortlist()
	}
}

// rivals bounds how many ads are asked whether they might have been shown instead of a winner.
const rivals = 8

// price is what a winner pays for the impression, in millionths: the rivals are the lots behind all winners. May says whether an ad might have been shown.
func (r *ranking) price(won *auction.Lot, may func(*ad) bool) int64 {
	asked, lots := 0, r.best.Lots()
	for i := r.next; i < len(lots) && asked < rivals; i++ {
		lot := &lots[i]
		if lot.Owner == won.Owner || math.IsInf(lot.Score, -1) {
			continue
		}
		if asked++; may(r.ad(lot.At)) {
			return int64(math.Round(min(won.Price(lot), max(won.Floor, maxBid))))
		}
	}
	return int64(won.Floor)
}
