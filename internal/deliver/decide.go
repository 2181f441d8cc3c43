package deliver

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/audience"
	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/frequency"
	"github.com/marquetry/marquetry/internal/target"
)

// Limits of a request.
const (
	maxCount       = 20 // ads in one answer
	maxExplained   = 10 // combinations in an explanation
	maxObjectIDLen = 64 // bytes
	maxShown       = 200

	minSide, maxSide = 16, 4096 // of a banner, in CSS pixels
)

// Caller is who asks for a decision.
type Caller struct {
	Base     string   // scheme and host under which the caller reached us; the answer's addresses begin with it
	Sandbox  bool     // may name the time of the decision
	Accounts []string // digits of those in which it may; all when there are none
	Reads    func(account string) bool

	terms *terms // of an exchange that sells the place; nil for places of our own
	slot  string // id of the place, where a request is for several
	seed  string // from which the draws follow, instead of random ones; for one ad
}

// query is a checked request.
type query struct {
	asked   asked
	count   int
	context eventlog.Context
	viewer  uint64 // keyed hash
	seen    frequency.Ask
	known   target.Viewer // what targeting asks of the viewer

	viewerID string          // as sent
	member   audience.Member // of whatever audience, once one was looked at
	claimed  []string        // ids of audiences to which the caller knows the viewer to belong

	occasion creative.Occasion // what customization rules ask of the context
	products []string          // ids or shop's numbers of items that the viewer looked at

	now     time.Time
	sandbox bool // the caller named the time
	stale   bool // what is known was not renewed for long
	explain bool

	excluded *exclusions // nil unless explained

	terms *terms // nil for places of our own

	width, height int      // of a banner, in CSS pixels; 0 for a card
	shown         []string // ids of the ads that the page has already
	slot          string   // id of the place, where a request is for several
	seed          string   // from which the draws follow, instead of random ones
}

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
	q, err := s.query(req, caller, now)
	if err != nil {
		return reply{}, err
	}
	snapshot := s.snapshot.Load()
	q.stale = snapshot.stale(now, s.cfg.StaleAfter)
	if q.explain {
		if all := (found{ads: snapshot.everyAd(q.asked)}); !all.every(caller.mayRead) {
			return reply{}, forbidden("explain", "explain.scope", "explain needs a token with ads_read for the ad's account")
		}
		q.excluded = &exclusions{seen: map[*ad]bool{}}
	}
	found := snapshot.eligible(&q)
	defer found.release()
	if len(found.ads) == 0 {
		return reply{why: found.why, excluded: snapshot.excluded(&q)}, nil
	}
	if q.sandbox && !found.every(caller.mayDate) {
		return reply{}, forbidden("time", "time.scope", "time is accepted only with a token for the ad's account")
	}
	won, why := s.award(snapshot, found, &q, s.drawsOf(req, &q, found.ads[0].adset.start))
	r := reply{made: make([]decided, len(won)), why: why, excluded: snapshot.excluded(&q)}
	for i, w := range won {
		r.made[i] = s.decide(snapshot, w, &q, caller.Base)
	}
	if len(won) > 0 {
		r.counter = s.counter(snapshot.objects, &q, won[0].id)
	}
	return r, nil
}

// mayRead reports whether the caller may see the inside of an account's ads.
func (c Caller) mayRead(owner *account) bool { return c.Reads != nil && c.Reads(owner.id) }

// mayDate reports whether the caller may name the time of what happens to an account's ads: it changes reports of the past.
func (c Caller) mayDate(owner *account) bool {
	return len(c.Accounts) == 0 || slices.Contains(c.Accounts, owner.id)
}

// forbidden refuses what the caller's token does not allow.
func forbidden(field, rule, message string) error {
	return &refusal{status: http.StatusForbidden, message: message, field: field, rule: rule}
}

// query checks a request.
func (s *Service) query(req *client.DecisionRequest, caller Caller, now time.Time) (query, error) {
	q := query{count: max(1, req.Count), now: now, explain: req.Explain, terms: caller.terms, width: req.Width, height: req.Height, shown: req.Shown, slot: caller.slot, seed: caller.seed}
	q.asked = asked{account: strings.TrimPrefix(req.AccountID, "act_"), adset: req.AdSetID, ad: req.AdID, business: req.BusinessID}
	if err := q.asked.check(); err != nil {
		return q, err
	}
	if req.Count < 0 || req.Count > maxCount {
		return q, invalid("count", "count.range", fmt.Sprintf("count is %d, 1 to %d are accepted", req.Count, maxCount))
	}
	err := q.checkPlace()
	if err != nil {
		return q, err
	}
	if q.context, err = contextOf(req.Placement, &req.Viewer); err != nil {
		return q, err
	}
	q.occasion, q.products = s.occasion(&q.context), req.Viewer.Products
	q.viewer = s.viewers.hash(req.Viewer.ID)
	if err := q.date(req.Time, caller); err != nil {
		return q, err
	}
	q.seen = frequency.Ask{Viewer: q.viewer, Now: q.now.UnixMilli(), Dated: q.sandbox}
	if c := req.Viewer.Counter; c != "" && q.viewer == 0 {
		kept := s.openCounter(c, q.sandbox, q.seen.Now)
		q.seen.Viewer, q.seen.Past = kept.Viewer, kept.Past
	}
	q.known, q.viewerID, q.claimed = knownOf(&req.Viewer, &q.context), req.Viewer.ID, req.Viewer.Audiences
	q.known.LocalHour = s.zones.localHour(req.Viewer.Timezone, q.now)
	return q, nil
}

// date takes the time that the caller names.
func (q *query) date(text string, caller Caller) (err error) {
	if text == "" {
		return nil
	}
	if !caller.Sandbox {
		return forbidden("time", "time.scope", "time is accepted only with a token that has the sandbox scope")
	}
	q.sandbox = true
	if q.now, err = time.Parse(time.RFC3339Nano, text); err != nil {
		return invalid("time", "time.format", "time is not RFC 3339, such as 2026-11-22T12:00:00Z")
	}
	return nil
}

// check refuses a request that does not say from where ads are wanted, or says it twice.
func (a asked) check() error {
	given := 0
	for _, id := range []string{a.account, a.adset, a.ad, a.business} {
		if id != "" {
			given++
		}
		if len(id) > maxObjectIDLen {
			return invalid("", "id.max_length", fmt.Sprintf("an id has %d bytes, at most %d are accepted", len(id), maxObjectIDLen))
		}
	}
	if given != 1 {
		return invalid("adset_id", "scope.one", "give exactly one of business_id, account_id, adset_id and ad_id")
	}
	return nil
}

// checkPlace refuses a banner of half a size, and too long a list of what the page has already.
func (q *query) checkPlace() error {
	if (q.width == 0) != (q.height == 0) {
		return invalid("width", "size.both", "a banner has both width and height")
	}
	if q.width != 0 && (min(q.width, q.height) < minSide || max(q.width, q.height) > maxSide) {
		return invalid("width", "size.range", fmt.Sprintf("a banner of %d × %d is asked for, sides of %d to %d are accepted", q.width, q.height, minSide, maxSide))
	}
	if q.slot != "" { // what the places before have is among them
		return nil
	}
	return checkShown(q.shown)
}

// checkShown refuses too long a list of what the page has already.
func checkShown(shown []string) error {
	if len(shown) > maxShown {
		return invalid("shown", "max_count", fmt.Sprintf("shown has %d entries, at most %d are accepted", len(shown), maxShown))
	}
	return nil
}

// draws numbers the draws of one request, 0 for the choice of ads and one for each decision: random, or in the sandbox a hash of the instance's
// seed and of the request, so that the same requests get the same ads however many run at once.
type draws struct {
	service *Service
	seed    string // "" for random ones
	single  bool   // there is one decision, number 1, whichever ad it falls to
}

// drawsOf are the draws of a request. Time counts from the start of the ad set (unix seconds), so that a run that is repeated on another day gets
// the same ads as well.
func (s *Service) drawsOf(req *client.DecisionRequest, q *query, start int64) draws {
	if !q.sandbox {
		return draws{s, q.seed, q.seed != ""}
	}
	seed := fmt.Sprintf("%d\n%s\n%s\n%s\n%q\n%d\n", s.cfg.Seed, q.asked.business+q.asked.account, q.asked.adset, q.asked.ad, req.Viewer.ID, q.now.UnixNano()-start*int64(time.Second))
	if q.slot != "" {
		seed += strconv.Quote(q.slot) + "\n"
	}
	return draws{s, seed, false}
}

// at is the i-th number.
func (d draws) at(i int) uint64 {
	if d.seed == "" {
		return d.service.random()
	}
	if d.single {
		i = min(i, 1)
	}
	sum := sha256.Sum256(strconv.AppendInt([]byte(d.seed), int64(i), 10))
	return binary.BigEndian.Uint64(sum[:])
}

// decide chooses a combination of one ad and signs what was chosen.
func (s *Service) decide(snapshot *Snapshot, w award, q *query, base string) decided {
	a, id := w.ad, w.id
	learned := s.modelOf(snapshot, a, q)
	seen := q.context
	seen.Exposure = s.seen.of(q.viewer, a.key, q.now)
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

// explain lists the likeliest combinations, best first, with what is believed of them.
func explain(snapshot *Snapshot, a *ad, model bandit.Model, policy bandit.Policy, signature bandit.Signature) *client.Explanation {
	e := &client.Explanation{Context: string(signature), Snapshot: snapshot.Version()}
	for _, k := range likeliest(policy, signature, a.creative.space.Size()) {
		slots := a.creative.space.Slots(k, make([]uint8, len(a.creative.space.Sizes)))
		c := client.Candidate{CombinationID: a.creative.feed.CombinationID(slots), Propensity: policy.Propensity(signature, k)}
		if model != nil {
			rate := model.Rate(signature, k)
			c.Mean, c.Low, c.High = rate.Mean, rate.Low, rate.High
		}
		e.Candidates = append(e.Candidates, c)
	}
	return e
}

// likeliest numbers the combinations with the highest propensities, best first, the lower number first between equals.
func likeliest(p bandit.Policy, signature bandit.Signature, size int) []int {
	top := make([]int, 0, maxExplained+1)
	chance := make([]float64, 0, maxExplained+1)
	for k := range size {
		c := p.Propensity(signature, k)
		at := len(top)
		if c == 0 {
			continue
		}
		for at > 0 && chance[at-1] < c {
			at--
		}
		if at == maxExplained {
			continue
		}
		top = append(top[:at], append([]int{k}, top[at:]...)...)
		chance = append(chance[:at], append([]float64{c}, chance[at:]...)...)
		top, chance = top[:min(len(top), maxExplained)], chance[:min(len(chance), maxExplained)]
	}
	return top
}
