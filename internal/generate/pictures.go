package generate

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/generate/image"
	"github.com/marquetry/marquetry/internal/media"
	"github.com/marquetry/marquetry/internal/store"
)

// recipe is the hash of all that is asked of a painter, but for the source and what is written over it: the same recipe makes the same picture of the
// same source.
func (s *Service) recipe(r image.Request) string {
	r.Source, r.Targets, r.Text = nil, nil, ""
	asked, err := json.Marshal(struct {
		image.Request
		Painter string
		Version int
	}{r, s.cfg.Painter, image.Version}) // members of maps come out sorted
	if err != nil {
		return "" // of no request that there is
	}
	return edition.Sum(string(asked))
}

// pictureID is the id of what a request makes, in the table pictures.
func (s *Service) pictureID(r image.Request) (string, error) {
	targets, err := json.Marshal(r.Targets)
	return edition.Sum(edition.Sum(string(r.Source)) + s.recipe(r) + string(targets) + r.Text), err
}

// errLost means that the job is another worker's by now.
var errLost = errors.New("the job was taken over by another worker")

// pictures makes what a request asks for, or knows it from before. Whoever asks for the same at the same time waits for the one who makes it. The job's lease
// does not run out meanwhile: where a model paints one picture at a time, the others wait.
func (s *Service) pictures(ctx context.Context, j *job, r image.Request) (id string, made []edition.Picture, err error) {
	if id, err = s.pictureID(r); err != nil {
		return "", nil, err
	}
	if err := s.renew(ctx, j); err != nil {
		return "", nil, err
	}
	done := s.painting.DoChan(id, func() (any, error) { return s.picturesAs(ctx, id, r) })
	beat := time.NewTicker(s.cfg.Lease / 3)
	defer beat.Stop()
	for {
		select {
		case got := <-done:
			made, _ = got.Val.([]edition.Picture)
			return id, made, cmp.Or(err, got.Err)
		case <-beat.C:
			if err == nil {
				err = s.renew(ctx, j)
			}
		}
	}
}

// errPainter wraps what a painter ran into, or that it took too long.
var errPainter = errors.New("the painter failed")

// picturesAs keeps the files that a request makes, and what is known of each, under an id. What an embedded painter made in the place of a model is made again.
func (s *Service) picturesAs(ctx context.Context, id string, r image.Request) (made []edition.Picture, err error) {
	err = s.cfg.DB.Read(ctx, func(tx store.Tx) (err error) {
		made, err = known(ctx, tx, id)
		return err
	})
	if err != nil || made != nil && !slices.ContainsFunc(made, func(p edition.Picture) bool { return p.Fallback != "" }) {
		return made, err
	}
	results, err := within(ctx, s.cfg.Painting, func(ctx context.Context) ([]image.Made, error) { return s.cfg.Paint(ctx, r) })
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", errPainter, r.Feature, err)
	}
	s.cfg.Step("painted")
	made = make([]edition.Picture, len(results))
	for i, m := range results {
		made[i] = picture(r.Feature, m)
	}
	err = s.cfg.DB.Write(ctx, func(tx store.Tx) error { return keepPictures(ctx, tx, id, results, made, s.now()/1000) })
	s.cfg.Step("kept")
	return made, err
}

// picture is a result without its file. A feature of items that has no styles has one all the same, which can be chosen.
func picture(feature image.Feature, m image.Made) edition.Picture {
	if image.OfItems(feature) && m.Style == "" && m.Code == "" {
		m.Style = edition.PlainStyle
	}
	p := edition.Picture{Style: m.Style, Ratio: m.Ratio, Placements: m.Placements, Confidence: m.Confidence, Generator: m.Generator, Model: m.Model,
		PromptHash: m.PromptHash, Fallback: shorten(m.Fallback), Code: m.Code, Reason: m.Reason}
	switch {
	case m.Code == "" && len(m.Data) > 0:
		p.Hash, p.Sum, p.Width, p.Height = media.Hash(m.Data), edition.Sum(string(m.Data)), m.Width, m.Height
		p.Kept, p.Type = m.Kept, pictureType(m)
		if m.Light != nil {
			p.LightSum = edition.Sum(string(m.Light))
		}
	case m.Code == "":
		p.Code, p.Reason = "nothing", "The painter answered without a picture."
	}
	return p
}

// pictureType is the digital source type of a picture: what its file says, or else what follows from its generator.
func pictureType(m image.Made) string {
	if said := media.ProvenanceOf(m.Data).Origin; said != "" {
		return vocabulary + string(said)
	}
	return sourceType(m.Generator)
}

// known reads what a request made before; nil for nothing.
func known(ctx context.Context, tx store.Tx, id string) (made []edition.Picture, err error) {
	var results string
	err = tx.QueryRow(ctx, "SELECT results FROM pictures WHERE id = ?", id).Scan(&results)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err == nil && json.Unmarshal([]byte(results), &made) != nil {
		made = nil // a damaged row is written anew
	}
	return made, err
}

// keepPictures writes files and what is known of each.
func keepPictures(ctx context.Context, tx store.Tx, id string, results []image.Made, made []edition.Picture, now int64) error {
	for i, p := range made {
		if p.Hash == "" {
			continue
		}
		if err := tx.PutBlob(ctx, p.Hash, results[i].Type, results[i].Data); err != nil {
			return fmt.Errorf("generate: picture %s: %w", p.Hash, err)
		}
		if light := results[i].Light; light != nil {
			if err := tx.PutBlob(ctx, edition.Light(p.Hash), "image/jpeg", light); err != nil {
				return fmt.Errorf("generate: copy of picture %s: %w", p.Hash, err)
			}
		}
	}
	text, err := json.Marshal(made)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, "INSERT INTO pictures (id, results, created) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET results = excluded.results, created = excluded.created", id, string(text), now)
	return err
}

// renew begins a job's lease anew. A trial is no job that could be another's.
func (s *Service) renew(ctx context.Context, j *job) error {
	if j.id == "" {
		return nil
	}
	return s.cfg.DB.Write(ctx, func(tx store.Tx) error {
		own, err := j.holds(ctx, tx)
		if err != nil {
			return err
		}
		if !own {
			return errLost
		}
		_, err = tx.Exec(ctx, "UPDATE jobs SET due = ? WHERE id = ?", s.now()+s.cfg.Lease.Milliseconds(), j.id)
		return err
	})
}
