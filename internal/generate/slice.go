package generate

import (
	"context"
	"errors"
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

// Limits of one slice, after which other jobs have their turn.
const (
	sliceItems  = 32
	sliceTime   = 5 * time.Second
	sliceAtOnce = 2 // items in memory
	styles      = 4 // backgrounds of each item
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

// itemsOf lists the items of a creative's product set.
func itemsOf(content map[string]any) store.Listing {
	return store.Listing{Type: "productitem", Field: "set_ids", To: object.Text(content, "product_set_id")}
}

// gather reads the items that are next, and what is known of them.
func (s *slice) gather(ctx context.Context, tx store.Tx) error {
	found, err := tx.Objects(ctx, []string{s.job.creative, "act_" + s.job.account})
	c := found[s.job.creative]
	if err != nil || c == nil || c.Status == object.Deleted {
		return err
	}
	s.content, s.brand, s.before = edition.Own(c.Data), brand(found["act_"+s.job.account]), s.job.progress()
	listing := itemsOf(s.content)
	if s.before.After == 0 {
		total, err := tx.Count(ctx, listing)
		if err != nil {
			return err
		}
		s.before = Progress{Total: int64(total), Complete: s.before.Complete, Rounds: s.before.Rounds}
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
	until := s.cfg.Now().Add(sliceTime)
	made := make([]itemPictures, len(s.items))
	begun := 0
	all, ctx := errgroup.WithContext(ctx)
	all.SetLimit(sliceAtOnce)
	for i, item := range s.items {
		if i > 0 && s.cfg.Now().After(until) {
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
		if !settled(part.made, s.before.Rounds < modelRounds) {
			var err error
			if part, err = s.part(ctx, feature, item, read); err != nil {
				return out, err
			}
		}
		out.parts = append(out.parts, part)
	}
	return out, nil
}

// modelRounds is in how many rounds a model is asked for the pictures that it failed at: what it fails at each time may be what it refuses, and asking costs money.
const modelRounds = 3

// settled reports whether pictures need not be made again: there are some, the source could be read, and they are by whom they should be, unless nobody asks again.
func settled(made []edition.Picture, again bool) bool {
	return len(made) > 0 && !slices.ContainsFunc(made, func(p edition.Picture) bool { return again && p.Fallback != "" || p.Code == edition.Unread })
}

// file reads the picture of an item.
func (s *slice) file(ctx context.Context, item *store.Object) ([]byte, error) {
	url := item.Text("image_url")
	if url == "" {
		return nil, object.Broken("generation.source", 0, "the item has no image_url", "image_url")
	}
	return s.fetched(ctx, s.job, url)
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
