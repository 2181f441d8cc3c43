package generate

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/generate/image"
	"github.com/marquetry/marquetry/internal/media"
	"github.com/marquetry/marquetry/internal/media/backdrop"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// Progress is how far a job is with the items of a product set.
type Progress struct {
	Done       int64     `json:"done"` // items, of this round
	Total      int64     `json:"total"`
	Eligible   int64     `json:"eligible"`   // something was made of their picture
	Ineligible int64     `json:"ineligible"` // nothing can be made of it
	Failed     int64     `json:"failed"`     // it could not be read
	Examples   []Example `json:"examples,omitempty"`

	After    int64 `json:"after,omitempty"`    // Seq of the last item that is done; 0 between rounds
	Complete bool  `json:"complete,omitempty"` // some round came to its end
}

// Example is an item without a picture, and why.
type Example struct {
	Item    string `json:"product_item_id"`
	Feature string `json:"feature"`
	Code    string `json:"code"`
	Reason  string `json:"reason"`
}

// Limits of one slice, after which other jobs have their turn.
const (
	sliceItems   = 32
	sliceTime    = 5 * time.Second
	sliceAtOnce  = 2 // items in memory
	mostExamples = 20
	styles       = 4 // backgrounds of each item
)

// slice is one attempt of a job that goes through the items of a product set: some of them. What it made is kept with how far it is, so that the
// next one goes on from there, whichever process that is.
type slice struct {
	*Service
	job     *job
	content map[string]any // of the creative
	brand   []string
	before  Progress
	items   []*store.Object // newest first, behind those before
	last    bool            // there are no more
	recipes map[image.Feature]string
	known   map[image.Feature]map[string][]edition.Backdrop // of earlier rounds, by item
	made    []itemPictures                                  // of the items that were begun
}

// itemPictures are what was made of one item.
type itemPictures struct {
	item  *store.Object
	parts []itemPart
}

// itemPart is what one feature made of an item.
type itemPart struct {
	feature image.Feature
	source  string // hash of the item's picture, "" where it was not read
	picture string // id in the table pictures
	fresh   bool   // it was not made in an earlier round
	made    []edition.Picture
}

// progress is how far a job was when it was leased.
func (j *job) progress() Progress {
	var o outcome
	if json.Unmarshal([]byte(j.result), &o) != nil || o.Progress == nil {
		return Progress{} // of the first slice, or of a damaged row: it begins anew, and finds what was made
	}
	return *o.Progress
}

// gather reads the items that are next, and what is known of them.
func (s *slice) gather(ctx context.Context, tx store.Tx) error {
	found, err := tx.Objects(ctx, []string{s.job.creative, "act_" + s.job.account})
	c := found[s.job.creative]
	if err != nil || c == nil || c.Status == object.Deleted {
		return err
	}
	s.content, s.brand, s.before = edition.Own(c.Data), brand(found["act_"+s.job.account]), s.job.progress()
	listing := store.Listing{Type: "productitem", Field: "set_ids", To: object.Text(s.content, "product_set_id")}
	if s.before.After == 0 {
		total, err := tx.Count(ctx, listing)
		if err != nil {
			return err
		}
		s.before = Progress{Total: int64(total), Complete: s.before.Complete}
	}
	if s.items, err = tx.List(ctx, listing, store.Page{After: s.before.After, Limit: sliceItems}); err != nil {
		return err
	}
	s.last = len(s.items) < sliceItems
	s.recipes, s.known = map[image.Feature]string{}, map[image.Feature]map[string][]edition.Backdrop{}
	for _, feature := range s.job.request.Features {
		s.recipes[feature] = s.recipe(s.request(feature))
		if s.known[feature], err = edition.Backdrops(ctx, tx, s.items, string(feature), s.recipes[feature], s.now()/1000); err != nil {
			return err
		}
	}
	return nil
}

// request is what a feature is asked for, whichever the item.
func (s *slice) request(feature image.Feature) image.Request {
	r := image.Request{Feature: feature, Brand: s.brand, Options: options(s.content, string(feature))}
	if feature == image.Background {
		for _, style := range backdrop.Pick(object.Text(s.content, "product_set_id"), styles) {
			r.Styles = append(r.Styles, string(style))
		}
	}
	return r
}

// perform makes the pictures of as many items as the time of a slice allows, of one at least.
func (s *slice) perform(ctx context.Context) error {
	until := time.Now().Add(sliceTime)
	made := make([]itemPictures, len(s.items))
	begun := 0
	all, ctx := errgroup.WithContext(ctx)
	all.SetLimit(sliceAtOnce)
	for i, item := range s.items {
		if i > 0 && time.Now().After(until) {
			s.last = false
			break
		}
		begun++
		all.Go(func() (err error) {
			made[i], err = s.item(ctx, item)
			return err
		})
	}
	err := all.Wait()
	s.made = made[:begun]
	return err
}

// item makes the pictures of one item, but for those that are there and up to date.
func (s *slice) item(ctx context.Context, item *store.Object) (itemPictures, error) {
	read := sync.OnceValues(func() ([]byte, error) { return s.file(ctx, item) })
	out := itemPictures{item: item}
	for _, feature := range s.job.request.Features {
		part := itemPart{feature: feature}
		for _, b := range s.known[feature][item.ID] {
			part.made = append(part.made, b.Picture)
		}
		if !settled(part.made) {
			var err error
			if part, err = s.part(ctx, feature, item, read); err != nil {
				return out, err
			}
		}
		out.parts = append(out.parts, part)
	}
	return out, nil
}

// settled reports whether pictures need not be made again: there are some, by whom they should be, and the source could be read.
func settled(made []edition.Picture) bool {
	return len(made) > 0 && !slices.ContainsFunc(made, func(p edition.Picture) bool { return p.Fallback != "" || p.Code == edition.Unread })
}

// file reads the picture of an item.
func (s *slice) file(ctx context.Context, item *store.Object) ([]byte, error) {
	url := item.Text("image_url")
	if url == "" {
		return nil, object.Broken("generation.source", 0, "the item has no image_url", "image_url")
	}
	if err := s.renew(ctx, s.job); err != nil {
		return nil, err
	}
	return s.cfg.Fetch(ctx, url)
}

// part makes what one feature makes of an item. One item that the painter fails at again and again holds the others up no longer.
func (s *slice) part(ctx context.Context, feature image.Feature, item *store.Object, read func() ([]byte, error)) (itemPart, error) {
	part := itemPart{feature: feature, fresh: true}
	data, err := read()
	var fault *object.Fault
	if errors.As(err, &fault) {
		part.made = []edition.Picture{{Code: edition.Unread, Reason: fault.Message}}
		return part, nil
	}
	if err != nil {
		return part, err
	}
	r := s.request(feature)
	r.Source, r.Text = data, edition.Overlaid(string(feature), item.Data, s.now()/1000)
	if info, err := media.Inspect(data); err == nil {
		r.Targets = image.Targets(feature, info.Width, info.Height)
	} // what cannot be read is for the painter to refuse
	part.source = media.Hash(data)
	part.picture, part.made, err = s.pictures(ctx, s.job, r)
	if errors.Is(err, errPainter) && ctx.Err() == nil && s.job.failures >= patience {
		s.cfg.Logger.WarnContext(ctx, "the picture of an item is not made", "item", item.ID, "error", err)
		part.picture, part.made, err = "", []edition.Picture{{Code: edition.Unread, Reason: "The picture could not be made; it is tried again later."}}, nil
	}
	return part, err
}

// assets are the styles that came up for the first time. They are for review as soon as one item has a picture in them.
func (s *slice) assets(ctx context.Context, f *finishing) ([]*store.Object, outcome, error) {
	p := s.before
	p.Examples = slices.Clone(p.Examples)
	o := outcome{Progress: &p, unfinished: !s.last}
	for _, m := range s.made {
		p.count(m)
		p.After = m.item.Seq
		for _, part := range m.parts {
			for _, one := range part.made {
				if o.Fallback == "" {
					o.Fallback = one.Fallback
				}
			}
		}
	}
	if s.last {
		p.After, p.Complete = 0, true
	}
	o.keep = func() error { return s.keep(ctx, f.tx) }
	o.record = s.origins()
	return s.styles(f, p), o, nil
}

// count adds an item.
func (p *Progress) count(m itemPictures) {
	p.Done++
	eligible, unread := false, false
	for _, part := range m.parts {
		why := part.made[0]
		switch {
		case slices.ContainsFunc(part.made, func(one edition.Picture) bool { return one.Hash != "" }):
			eligible = true
			continue
		case why.Code == edition.Unread:
			unread = true
		}
		if len(p.Examples) < mostExamples {
			p.Examples = append(p.Examples, Example{m.item.ID, string(part.feature), why.Code, why.Reason})
		}
	}
	switch {
	case eligible:
		p.Eligible++
	case unread:
		p.Failed++
	default:
		p.Ineligible++
	}
}

// styles are rows for the styles that the creative has none for yet, and at the end of a round in which nothing could be made one that says so.
func (s *slice) styles(f *finishing, p Progress) []*store.Object {
	have := map[string]bool{}
	for _, a := range f.before {
		if a.Text("kind") == edition.Background {
			have[a.Text("feature")+" "+a.Text("style")] = true
			have[a.Text("feature")] = true
		}
	}
	var rows []*store.Object
	for _, m := range s.made {
		for _, part := range m.parts {
			for _, one := range part.made {
				if key := string(part.feature) + " " + one.Style; one.Hash != "" && !have[key] {
					have[key], have[string(part.feature)] = true, true
					rows = append(rows, s.style(part.feature, one))
				}
			}
		}
	}
	for _, feature := range s.job.request.Features {
		if !s.last || have[string(feature)] {
			continue
		}
		none := edition.Picture{Code: "empty", Reason: "The product set has no items."}
		for _, e := range p.Examples {
			if e.Feature == string(feature) {
				none.Code, none.Reason = e.Code, fmt.Sprintf("None of the %d items has a picture that can be used; of one of them: %s", p.Total, e.Reason)
			}
		}
		rows = append(rows, s.style(feature, none))
	}
	return rows
}

// style is the row of a style, by the first picture in it.
func (s *slice) style(feature image.Feature, p edition.Picture) *store.Object {
	m := painted{feature: feature, Picture: p}
	data := m.data()
	for _, name := range []string{"image_hash", "sha256", "width", "height", "confidence"} {
		delete(data, name) // of one item
	}
	data["kind"], data["feature"], data["recipe"] = edition.Background, string(feature), s.recipes[feature]
	if p.Code == "" {
		data["style"], data["placements"] = p.Style, []any{"MOBILE_FEED_STANDARD"}
		data["sha256"] = edition.Recipe(string(feature), p.Style, s.recipes[feature])
	}
	return &store.Object{Data: data}
}

// keep writes what was made of each item.
func (s *slice) keep(ctx context.Context, tx store.Tx) error {
	now := s.now() / 1000
	for _, m := range s.made {
		for _, part := range m.parts {
			if !part.fresh {
				continue
			}
			reason := ""
			if part.picture == "" {
				reason = part.made[0].Reason
			}
			_, err := tx.Exec(ctx, `INSERT INTO item_pictures (item_id, recipe, input, picture, reason, updated) VALUES (?, ?, ?, ?, ?, ?)
				ON CONFLICT (item_id, recipe) DO UPDATE SET input = excluded.input, picture = excluded.picture, reason = excluded.reason, updated = excluded.updated`,
				m.item.ID, s.recipes[part.feature], edition.Input(string(part.feature), m.item.Data, now), part.picture, reason, now)
			if err != nil {
				return fmt.Errorf("generate: pictures of item %s: %w", m.item.ID, err)
			}
		}
	}
	return nil
}

// origins are what the ledger says of the pictures that a slice made: of each item and feature their hashes, and how they came about; nil for none.
func (s *slice) origins() map[string]any {
	var all []any
	for _, m := range s.made {
		for _, part := range m.parts {
			var sums []any
			var last edition.Picture
			for _, one := range part.made {
				if part.fresh && one.Hash != "" {
					sums, last = append(sums, one.Sum), one
				}
			}
			if sums != nil {
				all = append(all, map[string]any{"item": m.item.ID, "feature": string(part.feature), "source_hash": part.source, "sha256": sums,
					"generator": last.Generator, "model": last.Model, "digital_source_type": last.Type})
			}
		}
	}
	if all == nil {
		return nil
	}
	return map[string]any{"kind": edition.Background, "pictures": all}
}
