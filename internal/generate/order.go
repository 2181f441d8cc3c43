package generate

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"

	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/generate/image"
	"github.com/marquetry/marquetry/internal/generate/text"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// Kind is what a job makes. What a creative opted in to is one job of each kind that it takes.
type Kind string

// The kinds.
const (
	Texts       Kind = "texts"
	Images      Kind = "images"      // of the creative's own pictures
	Backgrounds Kind = "backgrounds" // pictures of the items of its product set
)

// Order is a wish for assets.
type Order struct {
	Kind     Kind // Texts by default
	Actor    Actor
	Creative *store.Object   // as just written; Enqueue changes and saves it
	Features []image.Feature // of pictures
	Previous *store.Object   // the rejected asset that one new one is to stand in for; nil to ask for all that the creative opted in to
	Base     string          // scheme and host that the client used: pictures at /media/ below it are this server's own
	Now      int64           // unix seconds
}

// request is an order as a job keeps it.
type request struct {
	By       string            `json:"by"`                 // who ordered, see Actor.who
	Unknown  bool              `json:"unknown,omitempty"`  // that is no person
	Previous string            `json:"previous,omitempty"` // id of the asset that another is to stand in for
	Base     string            `json:"base,omitempty"`     // see Order.Base
	Most     map[text.Kind]int `json:"most,omitempty"`     // texts by kind, if there is room
	Features []image.Feature   `json:"features,omitempty"` // of pictures
	Source   string            `json:"source,omitempty"`   // the one picture of the creative that is meant, see edition.Original.Ref; "" for all
	Ratio    string            `json:"ratio,omitempty"`    // the one shape that is meant
	Seed     string            `json:"seed,omitempty"`     // of chance, where it is not to fall as it did
}

// mostGenerated is how many texts of a kind one job makes at most.
const mostGenerated = 4

// request is what the creative opted in to, or the one asset that was asked for.
func (o Order) request() request {
	r := request{By: o.Actor.who(), Unknown: !o.Actor.Person, Base: o.Base}
	if o.Kind != Texts {
		r.Features = o.Features
		if p := o.Previous; p != nil {
			r.Previous, r.Source, r.Ratio, r.Seed = p.ID, edition.Source(p), p.Text("ratio"), p.ID
		}
		return r
	}
	r.Most = map[text.Kind]int{}
	if o.Previous != nil {
		r.Previous, r.Most[text.Kind(o.Previous.Text("kind"))] = o.Previous.ID, 1
		return r
	}
	r.Most[text.Body] = mostGenerated
	if edition.Enrolled(o.Creative.Data, "text_optimizations") {
		r.Most[text.Headline] = mostGenerated
	}
	if edition.Enrolled(o.Creative.Data, "description_automation") {
		r.Most[text.Description] = mostGenerated
	}
	return r
}

// Enqueue leaves a job in the creative's own transaction, and makes the creative IN_PROCESS. Once that is committed, Await does the job,
// or Run. It returns the job's id.
func (s *Service) Enqueue(ctx context.Context, tx store.Tx, o Order) (string, error) {
	s.cfg.Step("enqueue")
	o.Kind = cmp.Or(o.Kind, Texts)
	wish, err := json.Marshal(o.request())
	if err != nil {
		return "", err
	}
	id, _, err := tx.NextID(ctx)
	if err != nil {
		return "", err
	}
	c := o.Creative
	if !edition.Generates(c.Data) {
		sent := map[string]any{}
		if feed := object.Members(c.Data, "asset_feed_spec"); feed != nil {
			sent["own_feed"] = feed
		}
		c.Data[edition.Mark] = sent
	}
	result, err := beginning(ctx, tx, o)
	if err != nil {
		return "", err
	}
	now := o.Now * 1000
	_, err = tx.Exec(ctx, `INSERT INTO jobs (id, kind, creative_id, account_id, state, attempt, failures, due, deadline, request, result, error, created, updated)
		VALUES (?, ?, ?, ?, ?, 0, 0, ?, ?, ?, ?, '', ?, ?)`, id, string(o.Kind), c.ID, c.AccountID, queued, now, now+s.cfg.Life.Milliseconds(), string(wish), result, now, now)
	if err != nil {
		return "", fmt.Errorf("generate: job for %s: %w", c.ID, err)
	}
	setStatus(c, edition.InProcess)
	return id, s.save(ctx, tx, c, o.Now)
}

// beginning is what a job's row tells before anything came of it: of one that goes through a product set how many items there are.
func beginning(ctx context.Context, tx store.Tx, o Order) (string, error) {
	if o.Kind != Backgrounds {
		return "", nil
	}
	total, err := tx.Count(ctx, itemsOf(o.Creative.Data))
	if err != nil {
		return "", err
	}
	result, err := json.Marshal(outcome{Assets: []string{}, Progress: &Progress{Total: int64(total)}})
	return string(result), err
}

// setStatus changes the status in both places that keep it.
func setStatus(c *store.Object, status string) { c.Status, c.Data["status"] = status, status }

// save writes a creative with its references.
func (s *Service) save(ctx context.Context, tx store.Tx, c *store.Object, now int64) error {
	c.Refs, c.Updated = s.cfg.Refs(c), now
	if err := tx.Update(ctx, c); err != nil {
		return fmt.Errorf("generate: creative %s: %w", c.ID, err)
	}
	return nil
}
