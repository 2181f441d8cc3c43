package deliver

import (
	"context"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/store"
)

// An ad is fitted first after firstEvents and again whenever its events have doubled, or so many are new, but at least this share of
// those that it was fitted to: early models move fast, later ones need not.
const (
	firstEvents  = 50
	minNewEvents = 500
	minNewShare  = 0.05
)

// reportedContexts bounds the contexts, those with most impressions, over which reports average what the policy does.
const reportedContexts = 16

// refitMode says which ads a refresh refits.
type refitMode uint8

const (
	objectsOnly refitMode = iota // none; objects that changed are read again
	whatIsDue                    // those with enough new events
	whatRuns                     // those that are active, with any new event
	everything                   // all with any new event
)

// fitted is what the learner made of one ad, and of how much.
type fitted struct {
	creative  string // id
	event     string // that counts as conversion
	objective bandit.Objective
	share     float64
	events    int64 // folded when it was fitted
	learned   *bandit.Learned
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

// refresh publishes a new snapshot if anything changed since the last: the objects, or what was folded.
func (s *Service) refresh(ctx context.Context, mode refitMode) error {
	s.learning.Lock()
	defer s.learning.Unlock()
	seen := s.db.Version()
	version, err := s.db.ObjectsVersion(ctx)
	if err != nil {
		return err
	}
	err = s.db.Read(ctx, func(tx store.Tx) error { return s.rebuild(ctx, tx, seen, version, mode) })
	if err != nil {
		return fmt.Errorf("deliver: new snapshot: %w", err)
	}
	return nil
}

// rebuild is refresh inside its transaction. The versions (seen of this process, version of the database) were read before it, so a
// change in between is read twice rather than never.
func (s *Service) rebuild(ctx context.Context, tx store.Tx, seen, version int64, mode refitMode) error {
	old := s.snapshot.Load()
	next := Snapshot{objects: &index{version: -1}, history: map[string][]dayCount{}}
	if old != nil {
		next = *old
	}
	next.seen = seen
	stale := next.objects.version != version
	if stale {
		objects, err := buildIndex(ctx, tx, &s.cfg, version, s.sources.Now().Unix(), next.objects, s.log)
		if err != nil {
			return err
		}
		next.objects = objects
		s.queueChanged(objects)
	}
	if mode != objectsOnly {
		refitted, err := s.learn(ctx, tx, &next, mode)
		if err != nil {
			return err
		}
		stale = stale || refitted || next.position != old.position
	}
	if stale {
		next.learned, next.spent = s.current(next.objects), spentBy(&next)
	}
	s.snapshot.Store(&next)
	return nil
}

// learn takes in what was folded since the last time: the days of every ad with new events, and the models of those that are due. It
// reports whether a model was made.
func (s *Service) learn(ctx context.Context, tx store.Tx, next *Snapshot, mode refitMode) (refitted bool, err error) {
	position, err := tx.Checkpoint(ctx, foldName)
	if err != nil {
		return false, err
	}
	after := next.position
	if position < after { // the fold is being rebuilt
		after = 0
	}
	next.position = position
	changed, err := changedAds(ctx, tx, after)
	if err != nil {
		return false, err
	}
	if len(changed) > 0 {
		next.history = maps.Clone(next.history)
	}
	for id, events := range changed {
		if next.history[id], err = readDays(ctx, tx, id); err != nil {
			return false, err
		}
		s.pending[id] = events
	}
	for _, id := range slices.Sorted(maps.Keys(s.pending)) {
		a := next.objects.ads[id]
		if a != nil && a.creative != nil && !s.wants(a, mode) {
			continue
		}
		if a != nil && a.creative != nil {
			if err := s.refit(ctx, tx, a, s.pending[id]); err != nil {
				return false, err
			}
			refitted = true
		}
		delete(s.pending, id)
	}
	return refitted, nil
}

// wants reports whether an ad with new events is refitted.
func (s *Service) wants(a *ad, mode refitMode) bool {
	switch mode {
	case everything:
		return true
	case whatRuns:
		return a.active()
	case objectsOnly, whatIsDue:
	}
	return s.models[a.id].due(a, s.pending[a.id])
}

// suits reports whether a model is of what the ad shows and is optimised for now.
func (f fitted) suits(a *ad) bool {
	return f.creative == a.creative.id && f.event == a.adset.event && f.objective == a.adset.objective && f.share == a.share
}

// queueChanged has models refitted whose ad shows something else now or is optimised for something else.
func (s *Service) queueChanged(objects *index) {
	for id, f := range s.models {
		if a := objects.ads[id]; a != nil && a.creative != nil && !f.suits(a) {
			s.pending[id] = max(s.pending[id], f.events)
		}
	}
}

// due reports whether an ad of which so many events are folded should be fitted again.
func (f fitted) due(a *ad, events int64) bool {
	fresh := events - f.events
	enough := max(firstEvents, min(f.events, minNewEvents), int64(minNewShare*float64(f.events)))
	return f.learned != nil && !f.suits(a) || fresh < 0 || fresh >= enough
}

// refit makes the model of one ad from its cells. A model that cannot be fitted is logged and the one before stays.
func (s *Service) refit(ctx context.Context, tx store.Tx, a *ad, events int64) error {
	cells, err := readCells(ctx, tx, a.id, a.creative.id, a.adset.event)
	if err != nil {
		return err
	}
	if len(cells) == 0 { // all its events are of another creative
		delete(s.models, a.id)
		return nil
	}
	opt := bandit.DefaultOptions()
	opt.Seed, opt.Objective = seedOf(s.cfg.Seed, a.id), a.adset.objective
	rule := bandit.DefaultRule()
	rule.MinDays, rule.MinEvents, rule.Objective, rule.Enforce = int32(s.cfg.MinDays), s.cfg.MinEvents, opt.Objective, s.cfg.EnforceVerdicts
	learned, err := bandit.Learn(a.creative.space, s.cfg.Attributes, cells, opt, totalsOf(cells), rule)
	if err != nil {
		s.log.ErrorContext(ctx, "an ad could not be fitted", "ad", a.id, "error", err)
		return nil
	}
	learned.Policy, learned.Contexts = bandit.NewControl(learned.Policy, a.even, a.share), bandit.MostSeen(cells, reportedContexts)
	s.models[a.id] = fitted{a.creative.id, a.adset.event, a.adset.objective, a.share, events, learned}
	return nil
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
		if a := objects.ads[id]; a != nil && a.creative != nil && a.creative.id == f.creative {
			learned[id] = f.learned
		}
	}
	return learned
}
