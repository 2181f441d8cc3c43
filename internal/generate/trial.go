package generate

import (
	"context"
	"encoding/json"
	"slices"
	"sync"
	"time"

	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/generate/image"
	"github.com/marquetry/marquetry/internal/store"
)

// Limits of trials.
const (
	mostTrials   = 256 // that are remembered, with those that wait
	trialItems   = 4   // of a product set
	trialWaiting = 32
	trialShare   = 8 // that one account has waiting: the others are to have their turn
)

// trial is a creative that is stored nowhere, and what one feature makes of its pictures, or of the first items of its product set.
type trial struct {
	id      string
	account string // in digits
	content map[string]any
	feature image.Feature
	made    []edition.Transformation
	places  [][]string // of each of made, none for every place
	done    time.Time  // zero until it is
}

// trials are those of one process, the oldest first. What they made is in the tables as well, so that nothing is lost with them but time.
type trials struct {
	mu    sync.Mutex
	all   []*trial
	queue chan *trial
}

// IsShown reports whether a feature that is performed changes pictures in a placement, a value of ad_format.
func IsShown(feature, placement string) bool {
	if !image.IsPerformed(feature) {
		return false
	}
	for _, t := range append(image.Targets(image.Feature(feature), 1, mostSide), image.Targets(image.Feature(feature), mostSide, 1)...) {
		if len(t.Placements) == 0 || slices.Contains(t.Placements, placement) {
			return true
		}
	}
	return false
}

// mostSide makes pictures that fit nowhere.
const mostSide = 1000

// Try answers what a feature makes of a creative that is stored nowhere, for a placement: Pending while Run is at it, and when asked again what came of it.
// Nothing is what has no pictures, or some that fit as they are. The account, in digits, must be allowed to use what the content names.
func (s *Service) Try(account string, content map[string]any, feature, placement string) []edition.Transformation {
	if s.cfg.Paint == nil || !IsShown(feature, placement) {
		return nil
	}
	wish, err := json.Marshal([]any{account, feature, content}) // members come out sorted
	if err != nil {
		return nil
	}
	t := s.trials.find(&trial{id: edition.Sum(string(wish)), account: account, content: content, feature: image.Feature(feature)}, s.cfg.Now().Add(-s.cfg.Refresh))
	if t == nil {
		return []edition.Transformation{{Feature: feature, Status: edition.Pending}}
	}
	var fitting []edition.Transformation
	for i, one := range t.made {
		if len(t.places[i]) == 0 || slices.Contains(t.places[i], placement) {
			fitting = append(fitting, one)
		}
	}
	return fitting
}

// find answers a trial that is done and not older than that, or puts it into the queue. Where that is full, or full of the account's, whoever asks again does.
func (ts *trials) find(t *trial, since time.Time) *trial {
	ts.mu.Lock()
	defer ts.mu.Unlock()
	at := slices.IndexFunc(ts.all, func(one *trial) bool { return one.id == t.id })
	if at >= 0 {
		known := ts.all[at]
		if known.done.IsZero() {
			return nil
		}
		if known.done.After(since) {
			return known
		}
		ts.all = slices.Delete(ts.all, at, at+1)
	}
	waiting := 0
	for _, one := range ts.all {
		if one.account == t.account && one.done.IsZero() {
			waiting++
		}
	}
	if waiting >= trialShare {
		return nil
	}
	select {
	case ts.queue <- t:
		ts.all = append(ts.all[max(0, len(ts.all)+1-mostTrials):], t)
	default:
	}
	return nil
}

// try does trials until ctx ends. One that fails is forgotten, so that it is tried again when somebody asks again.
func (s *Service) try(ctx context.Context) {
	for {
		var t *trial
		select {
		case <-ctx.Done():
			return
		case t = <-s.trials.queue:
		}
		made, places, err := s.carryOutTrial(ctx, t)
		if err != nil && ctx.Err() == nil {
			s.cfg.Logger.WarnContext(ctx, "nothing is made for a preview", "feature", t.feature, "error", err)
		}
		s.trials.mu.Lock()
		if err == nil {
			t.made, t.places, t.done = made, places, s.cfg.Now()
		} else {
			s.trials.all = slices.DeleteFunc(s.trials.all, func(one *trial) bool { return one == t })
		}
		s.trials.mu.Unlock()
	}
}

// carryOutTrial makes the pictures as the job of a stored creative would.
func (s *Service) carryOutTrial(ctx context.Context, t *trial) ([]edition.Transformation, [][]string, error) {
	ctx, stop := context.WithTimeout(ctx, s.cfg.Painting)
	defer stop()
	j := &job{account: t.account, request: request{Features: []image.Feature{t.feature}}, failures: patience}
	if image.OfItems(t.feature) {
		return s.tryItems(ctx, t, j)
	}
	p := painting{Service: s, job: j, content: t.content}
	p.originals = edition.Originals(t.content)
	p.originals = p.originals[:min(len(p.originals), mostOriginals)]
	err := s.cfg.DB.Read(ctx, func(tx store.Tx) error {
		found, err := tx.Objects(ctx, []string{"act_" + t.account})
		p.brand = brand(found["act_"+t.account])
		return err
	})
	if err == nil {
		err = p.perform(ctx)
	}
	var made []edition.Transformation
	var places [][]string
	for _, m := range p.made {
		made, places = append(made, transformation(t.feature, m.original.Ref(), "", m.Picture)), append(places, m.Placements)
	}
	return made, places, err
}

// tryItems makes pictures of the first items of the product set; what came of each is kept where that of all items is.
func (s *Service) tryItems(ctx context.Context, t *trial, j *job) ([]edition.Transformation, [][]string, error) {
	work := slice{Service: s, job: j, content: t.content, known: map[image.Feature]map[string][]edition.Backdrop{}}
	err := s.cfg.DB.Read(ctx, func(tx store.Tx) error {
		found, err := tx.Objects(ctx, []string{"act_" + t.account})
		if err != nil {
			return err
		}
		work.brand = brand(found["act_"+t.account])
		work.recipes = map[image.Feature]string{t.feature: s.recipe(work.request(t.feature))}
		if work.items, err = tx.List(ctx, itemsOf(t.content), store.Page{Limit: trialItems}); err != nil {
			return err
		}
		work.known[t.feature], err = edition.Backdrops(ctx, tx, work.items, string(t.feature), work.recipes[t.feature], s.now()/1000)
		return err
	})
	if err == nil {
		err = work.perform(ctx)
	}
	if err == nil {
		err = s.cfg.DB.Write(ctx, func(tx store.Tx) error { return work.keep(ctx, tx) })
	}
	var made []edition.Transformation
	for _, item := range work.made {
		for _, one := range item.parts[0].made {
			one.Hash = "" // each item has its own
			if !slices.ContainsFunc(made, func(t edition.Transformation) bool { return t.Style == one.Style || one.Code != "" }) {
				made = append(made, transformation(t.feature, "", work.recipes[t.feature], one))
			}
		}
	}
	if slices.ContainsFunc(made, func(t edition.Transformation) bool { return t.Status == edition.Eligible }) {
		made = slices.DeleteFunc(made, func(t edition.Transformation) bool { return t.Status != edition.Eligible })
	}
	return made, make([][]string, len(made)), err
}

// transformation is what a picture tells that no asset stands for.
func transformation(feature image.Feature, source, recipe string, p edition.Picture) edition.Transformation {
	t := edition.Transformation{Feature: string(feature), Status: edition.Eligible, Source: source, Recipe: recipe, Style: p.Style, Hash: p.Hash, Width: int64(p.Width), Height: int64(p.Height), Ratio: p.Ratio, Origin: p.Type,
		Code: p.Code, Reason: p.Reason}
	if p.Code != "" {
		t.Status = edition.Ineligible
	}
	return t
}
