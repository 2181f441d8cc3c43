package deliver

import (
	"context"
	"hash/fnv"
	"maps"
	"slices"
	"time"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/bandit/baseline"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/steer"
	"github.com/marquetry/marquetry/internal/store"
)

// reportedContexts bounds the contexts, those with most impressions, over which reports average what the policy does.
const reportedContexts = 16

// refitMode says which ads a refresh refits.
type refitMode uint8

const (
	objectsOnly refitMode = iota // those that are to be chosen for otherwise than before; objects that changed are read again
	whatIsDue                    // those with enough new events
	whatRuns                     // those that are active, with any new event
	theRest                      // those without a model, and what is due, as time allows
	everything                   // all with any new event
)

// patience is how long a refresh may fit ads before it publishes, so that changes of objects wait for no more than that; those that are left
// are fitted by the next. 0 is for ever.
func (m refitMode) patience() time.Duration {
	switch m {
	case whatRuns:
		return 5 * time.Second
	case objectsOnly, whatIsDue, theRest:
		return time.Second
	case everything:
	}
	return 0
}

// fitted is what the learner made of one ad, and of how much.
type fitted struct {
	recipe  recipe
	events  int64 // folded when it was fitted
	learned *bandit.Learned
}

// Learn folds everything logged so far, refits every ad with new events and publishes the result.
func (s *Service) Learn(ctx context.Context) (client.Learned, error) {
	if _, err := s.folder.CatchUp(ctx); err != nil {
		return client.Learned{}, err
	}
	if err := s.refresh(ctx, everything); err != nil {
		return client.Learned{}, err
	}
	now := s.snapshot.Load()
	return client.Learned{Events: now.position, Snapshot: now.Version()}, nil
}

// Learned is what has been learnt of an ad; not ok while nothing has.
func (s *Service) Learned(adID string) (*bandit.Learned, bool) {
	learned, ok := s.snapshot.Load().learned[adID]
	return learned, ok
}

// learnedOf is what decides for an ad: its model, or even rotation as long as it has none.
func (s *Snapshot) learnedOf(a *ad) *bandit.Learned {
	if learned := s.learned[a.id]; learned != nil {
		return learned
	}
	return a.unlearned
}

// refitDue makes the models of those ads that are due, and reports whether there was one. It goes on behind the ad that it came to the last
// time, so that none waits for ever.
func (s *Service) refitDue(ctx context.Context, tx store.Tx, next *Snapshot, mode refitMode) (refitted bool, err error) {
	start, ids := s.sources.Now(), slices.Sorted(maps.Keys(s.pending))
	from, _ := slices.BinarySearch(ids, s.refitted+"\x00")
	for _, id := range slices.Concat(ids[from:], ids[:from]) {
		if mode.patience() > 0 && s.sources.Now().Sub(start) >= mode.patience() {
			return refitted, nil
		}
		if a := next.objects.ads[id]; a != nil && a.creative != nil {
			if !s.wants(a, mode) {
				continue
			}
			if err := s.refit(ctx, tx, next, a, s.pending[id]); err != nil {
				return false, err
			}
			refitted, s.refitted = true, id
		}
		delete(s.pending, id)
	}
	if mode == theRest {
		s.behind.Store(false)
	}
	return refitted, nil
}

// wants reports whether an ad with new events is refitted.
func (s *Service) wants(a *ad, mode refitMode) bool {
	switch mode {
	case everything:
		return true
	case theRest: // not all with any new event: those come faster than they can be fitted, and the start would never be over
		return s.models[a.id].learned == nil || s.models[a.id].due(a, s.pending[a.id])
	case whatRuns:
		return a.active()
	case objectsOnly:
		return s.models[a.id].outdated(a)
	case whatIsDue:
	}
	return s.models[a.id].due(a, s.pending[a.id])
}

// outdated reports whether there is a model, and the ad wants it otherwise now.
func (f fitted) outdated(a *ad) bool { return f.learned != nil && f.recipe != a.recipe }

// serves reports whether a model may choose for the ad: it is of what the ad shows, and of no more.
func (f fitted) serves(a *ad) bool {
	return f.recipe.creative == a.recipe.creative && f.recipe.legal == a.recipe.legal
}

// queueChanged has models refitted whose ad shows something else now or wants them otherwise, and lets go of those whose ad is deleted.
func (s *Service) queueChanged(objects *index) {
	for id, f := range s.models {
		a := objects.ads[id]
		switch {
		case a == nil || a.status == object.Deleted:
			delete(s.models, id)
		case a.creative != nil && f.outdated(a):
			s.pending[id] = max(s.pending[id], f.events)
		}
	}
}

// due reports whether an ad of which so many events are folded should be fitted again.
func (f fitted) due(a *ad, events int64) bool {
	return f.outdated(a) || bandit.Due(f.events, events)
}

// refit makes the model of one ad from its cells. A model that cannot be fitted is logged and the one before stays.
func (s *Service) refit(ctx context.Context, tx store.Tx, next *Snapshot, a *ad, events int64) error {
	cells, err := readCells(ctx, tx, a.id, a.adset.event)
	if err != nil {
		return err
	}
	line := descend(a.creative.feed, a.legal, a.legals(), next.objects.formers(cells))
	if len(line.cells) == 0 { // all its events are of creatives with nothing in common
		delete(s.models, a.id)
		return nil
	}
	late, err := readLateness(ctx, tx, a)
	if err != nil {
		return err
	}
	believed, err := s.inherit(ctx, tx, next, a, line)
	if err != nil {
		return err
	}
	learned, err := s.fit(next, a, line, late, believed)
	if err != nil {
		s.log.ErrorContext(ctx, "an ad could not be fitted", "ad", a.id, "policy", a.recipe.policy, "error", err)
		return nil
	}
	s.models[a.id] = fitted{a.recipe, events, learned}
	return nil
}

// formers are the creatives with cells, oldest first; those that are gone are left out.
func (x *index) formers(cells map[string][]bandit.Cell) []former {
	var all []former
	for _, id := range slices.Sorted(maps.Keys(cells)) {
		if c := x.creatives[id]; c != nil {
			all = append(all, former{c.feed, cells[id]})
		}
	}
	return all
}

// fit finds out all that the counters of an ad say, and makes the policy that chooses for it.
func (s *Service) fit(next *Snapshot, a *ad, line lineage, late lateness, believed bandit.Options) (*bandit.Learned, error) {
	opt := s.optionsOf(next, a, believed)
	opt.Legal, opt.Parts, opt.Delay, opt.Now = line.legal, line.parts, late.delay, late.now
	rule := bandit.DefaultRule()
	rule.MinDays, rule.MinEvents, rule.Objective, rule.Enforce = int32(s.cfg.MinDays), s.cfg.MinEvents, opt.Objective, s.cfg.EnforceVerdicts
	totals := bandit.TotalsOf(line.cells)
	totals.Since = a.recipe.since
	learned, err := bandit.Learn(line.space, s.cfg.Attributes, line.cells, opt, totals, rule)
	if err != nil {
		return nil, err
	}
	learned.Contexts = bandit.MostSeen(line.cells, reportedContexts)
	if a.recipe.policy != steer.DefaultPolicy {
		if err := s.baselines(learned, a.recipe.policy, line, opt); err != nil {
			return nil, err
		}
	}
	learned = learned.Within(a.creative.space)
	a.slice(learned)
	return learned, nil
}

// baselines puts simpler policies in the place of those of the model.
func (s *Service) baselines(learned *bandit.Learned, name string, line lineage, opt bandit.Options) (err error) {
	if learned.Policy, err = baseline.New(name, line.space, s.cfg.Attributes, line.cells, opt); err != nil {
		return err
	}
	for i, legal := range opt.Parts {
		opt.Legal = legal
		if learned.Parts[i], err = baseline.New(name, line.space, s.cfg.Attributes, line.cells, opt); err != nil {
			return err
		}
	}
	return nil
}

// optionsOf is how an ad is fitted, besides its cells, given what is believed of it before.
func (s *Service) optionsOf(now *Snapshot, a *ad, opt bandit.Options) bandit.Options {
	opt.Seed, opt.Objective, opt.Legal = seedOf(s.cfg.Seed, a.id), a.adset.objective, a.legal
	prior := opt.ClickRate
	if opt.Objective != bandit.Clicks {
		prior *= opt.ConversionRate
	}
	opt.Horizon = now.planOf(a, prior).horizon()
	return opt
}

// seedOf gives each ad draws of its own.
func seedOf(seed uint64, ad string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(ad))
	return seed ^ h.Sum64()
}

// current are the models that fit the ads' present creatives.
func (s *Service) current(objects *index) map[string]*bandit.Learned {
	learned := make(map[string]*bandit.Learned, len(s.models))
	for id, f := range s.models {
		if a := objects.ads[id]; a != nil && a.creative != nil && f.serves(a) {
			learned[id] = f.learned
		}
	}
	return learned
}
