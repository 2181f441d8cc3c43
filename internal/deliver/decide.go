package deliver

import (
	"context"
	"slices"
	"time"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/eventlog"
)

// Decide chooses ads and, of each, one combination. No ad to show is an empty answer with the reason. The error is the client's.
func (s *Service) Decide(ctx context.Context, req client.DecisionRequest, caller Caller, now time.Time) (client.DecisionResponse, error) {
	r, err := s.chooseFresh(ctx, &req, caller, now)
	if err != nil {
		return client.DecisionResponse{}, err
	}
	return r.wire(), nil
}

// chooseFresh is choose, and when there is nothing to show and objects have just changed, it looks again at what is stored now, so that an
// ad delivers as soon as its activation has been answered.
func (s *Service) chooseFresh(ctx context.Context, req *client.DecisionRequest, caller Caller, now time.Time) (reply, error) {
	before := s.snapshot.Load().seen // not that of after the choice, which another request may have refreshed meanwhile
	r, err := s.choose(req, caller, now)
	if err != nil || len(r.made) > 0 || before == s.db.Version() {
		return r, err
	}
	fresh, cancel := context.WithTimeout(ctx, freshWait)
	defer cancel()
	if err := s.catchUp(fresh); err != nil {
		s.counts.fallbacks.Add(1)
		return r, nil //nolint:nilerr // what is known holds until the database answers
	}
	return s.choose(req, caller, now)
}

// choose is Decide before its answer is put into words. It reads one snapshot and takes no lock: the same snapshot, decision ids and impressions
// before give the same choice.
func (s *Service) choose(req *client.DecisionRequest, caller Caller, now time.Time) (reply, error) {
	q := s.queries.Get().(*query)
	defer s.queries.Put(q)
	var err error
	if *q, err = s.query(req, caller, now); err != nil {
		return reply{}, err
	}
	snapshot := s.snapshot.Load()
	q.stale = snapshot.stale(now, s.cfg.StaleAfter)
	if q.sandbox && len(caller.Accounts) > 0 && slices.ContainsFunc(snapshot.everyAd(q.asked), func(a *ad) bool { return !caller.mayDate(a.adset.account) }) {
		return reply{}, forbidden("time", "time.scope", "time is accepted only with a token for the ad's account")
	}
	if q.explain {
		if slices.ContainsFunc(snapshot.everyAd(q.asked), func(a *ad) bool { return !caller.mayRead(a.adset.account) }) {
			return reply{}, forbidden("explain", "explain.scope", "explain needs a token with ads_read for the ad's account")
		}
		q.excluded = &exclusions{seen: map[*ad]bool{}, capped: s.seen.capped}
	}
	found := snapshot.eligible(q)
	defer found.release()
	if len(found.ads) == 0 {
		return reply{why: found.why, excluded: snapshot.excluded(q)}, nil
	}
	won, why := s.award(snapshot, found, q, s.drawsOf(req, q, found.first().start))
	r := reply{made: make([]decided, len(won)), why: why, excluded: snapshot.excluded(q)}
	for i, w := range won {
		r.made[i] = s.decide(snapshot, w, q, caller.Base)
	}
	if len(won) > 0 {
		r.counter = s.counter(snapshot.objects, q, won[0].id)
	}
	return r, nil
}

// decide chooses a combination of one ad and signs what was chosen.
func (s *Service) decide(snapshot *Snapshot, w award, q *query, base string) decided {
	a, id := w.ad, w.id
	learned := s.modelOf(snapshot, a, q)
	seen := q.context
	seen.Exposure = s.seen.of(q, a.key)
	signature := signatureOf(s.cfg.Attributes, &seen)
	it := s.pick(snapshot, a, q, id)
	choice, policy := s.choice(a, q, learned, signature, it, id)
	d := decided{id: id, ad: a, price: w.price, card: s.cardOf(a, it, choice.Combination, q, base), choice: choice, policy: policy.Name()}
	d.token = s.signer.Load().Sign(make([]byte, 0, 256), &eventlog.Exposure{
		Decision: id, At: q.now.UnixMilli(), AdID: a.id, CreativeID: a.creative.id, Slots: d.card.slots, Viewer: q.viewer,
		Context: seen, Propensity: choice.Propensity, Price: w.price, Policy: d.policy, Sandbox: q.sandbox, Item: d.card.product,
		Process: uint8(s.process.Load()), //nolint:gosec // the number of a process
		Control: choice.Control, Windows: a.adset.credited, Bid: q.terms != nil,
	})
	if q.explain {
		d.explain = explain(snapshot, a, learned.Model, policy, signature)
	}
	return d
}

// cardOf is the card of a combination in the place that was asked for. Those with items are not kept: there are too many, and their prices change.
func (s *Service) cardOf(a *ad, it *item, combination int, q *query, base string) *card {
	c := a.creative
	key := cardKey{creative: c, base: base, combination: combination, width: q.width, height: q.height}
	if rule := c.rule(q); c.carousels[rule] != nil {
		key.legal, key.rule = a.legal, rule
	}
	if c.formed[q.context.Placement] {
		key.form = q.context.Placement
	}
	if it != nil {
		return newCard(key, it, q.now.Unix())
	}
	return s.cards.of(key)
}
