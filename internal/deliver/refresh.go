package deliver

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/marquetry/marquetry/internal/store"
)

// refresh publishes a new snapshot if anything changed since the last: the objects, or what was folded.
func (s *Service) refresh(ctx context.Context, mode refitMode) error {
	if err := s.learning.LockWithin(ctx); err != nil {
		return err
	}
	defer s.learning.Unlock()
	return s.renew(ctx, mode)
}

// catchUp publishes a snapshot of the objects as they are now. Of many that ask at once the first makes it, and the others find it made.
func (s *Service) catchUp(ctx context.Context) error {
	now := s.db.Version()
	if err := s.learning.LockWithin(ctx); err != nil {
		return err
	}
	defer s.learning.Unlock()
	if s.snapshot.Load().seen >= now {
		return nil
	}
	return s.renew(ctx, objectsOnly)
}

// renew is refresh by whoever has the turn.
func (s *Service) renew(ctx context.Context, mode refitMode) error {
	seen := s.db.Version()
	version, err := s.db.ObjectsVersion(ctx)
	if err != nil {
		return err
	}
	err = s.db.Read(ctx, func(tx store.Tx) error { return s.rebuild(ctx, tx, seen, version, mode) })
	if err != nil {
		return fmt.Errorf("deliver: new snapshot: %w", err)
	}
	if err := s.settle(ctx, s.snapshot.Load(), mode != objectsOnly); err != nil {
		return fmt.Errorf("deliver: settle budgets: %w", err)
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
	next.seen, next.renewed = seen, s.sources.Now()
	stale := next.objects.version != version
	if stale {
		objects, err := buildIndex(ctx, tx, &s.cfg, version, s.sources.Now().Unix(), next.objects, s.targets, s.log)
		if err != nil {
			return err
		}
		next.objects = objects
		s.queueChanged(objects)
	}
	changed, err := s.takeIn(ctx, tx, &next, mode)
	if err != nil {
		return err
	}
	refitted, err := s.refitDue(ctx, tx, &next, mode)
	if err != nil {
		return err
	}
	if stale || refitted || len(changed) > 0 || next.position != old.position {
		next.learned = s.current(next.objects)
		if stale {
			next.spent, next.sums = spentBy(&next), sumsOf(&next)
		} else {
			next.spent, next.sums = respent(old, &next, changed), resummed(old, &next, changed)
		}
		next.market = marketOf(&next)
	}
	if stale {
		s.gates.open(next.objects, next.spent, s.sources.Now())
	}
	next.market = next.market.at(s.sources.Now())
	s.snapshot.Store(&next)
	return nil
}

// takeIn reads what was folded since the last time: which ads have new events, and their days. It returns their ids.
func (s *Service) takeIn(ctx context.Context, tx store.Tx, next *Snapshot, mode refitMode) (ids []string, err error) {
	if mode == objectsOnly {
		return nil, nil
	}
	position, err := tx.Checkpoint(ctx, foldName)
	if err != nil {
		return nil, err
	}
	after := next.position
	switch {
	case position < after: // it is folded anew: what was spent stays known until that is done
		next.refolded = true
		return nil, nil
	case next.refolded:
		after, next.refolded = 0, false
	}
	next.position = position
	changed, err := changedAds(ctx, tx, after)
	if err != nil {
		return nil, err
	}
	if len(changed) > 0 {
		next.history = maps.Clone(next.history)
	}
	for id, events := range changed {
		if next.history[id], err = readDays(ctx, tx, id); err != nil {
			return nil, err
		}
		s.pending[id] = events
	}
	return slices.Collect(maps.Keys(changed)), nil
}
