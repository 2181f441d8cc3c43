package generate

import (
	"context"
	"fmt"
	"slices"

	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/generate/image"
	"github.com/marquetry/marquetry/internal/store"
)

// shownEach is after how many items ads show the pictures that were made so far: delivery reads everything again for them.
const shownEach = 500

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
		p.After, p.Complete, p.Rounds, p.Total = 0, true, p.Rounds+1, p.Done // items came and went meanwhile
	}
	o.keep = func() error { return s.keep(ctx, f.tx) }
	o.record = s.origins()
	o.show = o.record != nil && p.Done/shownEach > s.before.Done/shownEach
	return s.styles(f, p), o, nil
}

// styles are rows for the styles that the creative has none for yet, and at the end of a round in which nothing could be made one that says so.
func (s *slice) styles(f *finishing, p Progress) []*store.Object {
	have := map[string]bool{}
	for _, a := range f.before {
		if a.Text("kind") == edition.Background {
			have[a.Text("feature")+" "+a.Text("style")+" "+a.Text("recipe")] = true
			have[a.Text("feature")] = true
		}
	}
	var rows []*store.Object
	for _, m := range s.made {
		for _, part := range m.parts {
			for _, one := range part.made {
				if key := string(part.feature) + " " + one.Style + " " + s.recipes[part.feature]; one.Hash != "" && !have[key] {
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
		data["style"] = p.Style
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

// origins are what the ledger says of the pictures that a slice made, or found there in its first round, from a trial or from another creative: of each item
// and feature their hashes, and how they came about; nil for none.
func (s *slice) origins() map[string]any {
	var all []any
	for _, m := range s.made {
		for _, part := range m.parts {
			var sums []any
			var last edition.Picture
			for _, one := range part.made {
				if (part.fresh || !s.before.Complete) && one.Hash != "" {
					sums, last = append(sums, one.Sum), one
				}
			}
			if sums != nil {
				told := map[string]any{"item": m.item.ID, "feature": string(part.feature), "sha256": sums,
					"generator": last.Generator, "model": last.Model, "digital_source_type": last.Type}
				if part.source != "" {
					told["source_hash"] = part.source
				}
				all = append(all, told)
			}
		}
	}
	if all == nil {
		return nil
	}
	return map[string]any{"kind": edition.Background, "pictures": all}
}
