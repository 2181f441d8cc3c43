package generate

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/generate/image"
	"github.com/marquetry/marquetry/internal/generate/text"
	"github.com/marquetry/marquetry/internal/media"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// mostOriginals is how many pictures of one creative are worked on: as many as a feed holds.
const mostOriginals = 10

// painting is a job that makes pictures of a creative's own.
type painting struct {
	*Service
	job       *job
	content   map[string]any // of the creative
	brand     []string
	originals []edition.Original
	made      []painted
}

// painted is what a feature made of one original for one target.
type painted struct {
	feature  image.Feature
	original edition.Original
	hash     string // of the original
	edition.Picture
}

// gather reads what the pictures are made of.
func (p *painting) gather(ctx context.Context, tx store.Tx) error {
	found, err := tx.Objects(ctx, []string{p.job.creative, "act_" + p.job.account})
	c := found[p.job.creative]
	if err != nil || c == nil || c.Status == object.Deleted {
		return err
	}
	p.content, p.brand = edition.Own(c.Data), brand(found["act_"+p.job.account])
	all := edition.Originals(p.content)
	if only := p.job.request.Source; only != "" {
		all = slices.DeleteFunc(all, func(o edition.Original) bool { return o.Ref() != only })
	}
	p.originals = all[:min(len(all), mostOriginals)]
	return nil
}

// brand are the colours of an account's brand, "#rrggbb".
func brand(account *store.Object) []string {
	if account == nil {
		return nil
	}
	return object.IDs(account.Data["brand_colors"])
}

// perform makes the pictures of each original in turn: one source is in memory at a time.
func (p *painting) perform(ctx context.Context) error {
	for _, o := range p.originals {
		data, err := p.source(ctx, p.job, o)
		var fault *object.Fault
		switch {
		case errors.As(err, &fault):
			for _, feature := range p.job.request.Features {
				p.made = append(p.made, painted{feature, o, o.Hash, edition.Picture{Code: edition.Unread, Reason: "The picture could not be read: " + fault.Message + "."}})
			}
			continue
		case err != nil:
			return err
		}
		for _, feature := range p.job.request.Features {
			if err := p.paint(ctx, o, feature, data); err != nil {
				return err
			}
		}
	}
	return nil
}

// patience is how many attempts a job makes to read what lies at an address before it goes on without.
const patience = 2

// source reads the file of one of a creative's pictures. An object.Fault says that there is none to be had.
func (s *Service) source(ctx context.Context, j *job, o edition.Original) ([]byte, error) {
	if o.Hash != "" {
		return s.kept(ctx, o.Hash)
	}
	data, err := s.fetched(ctx, j, o.URL)
	var fault *object.Fault
	if errors.As(err, &fault) && j.failures < patience {
		return nil, fmt.Errorf("generate: %s: %s", o.URL, fault.Message) // not yet a fault: it may be there at the next attempt
	}
	return data, err
}

// kept reads a file by its hash.
func (s *Service) kept(ctx context.Context, hash string) (data []byte, err error) {
	err = s.cfg.DB.Read(ctx, func(tx store.Tx) (err error) {
		_, data, err = tx.Blob(ctx, hash)
		return err
	})
	if errors.Is(err, store.ErrNotFound) {
		return nil, object.Broken("generation.source", 0, "there is no file of the picture "+hash)
	}
	return data, err
}

// fetched reads what lies at an address, which may be this server's own.
func (s *Service) fetched(ctx context.Context, j *job, address string) ([]byte, error) {
	if hash, ours := strings.CutPrefix(address, j.request.Base+"/media/"); ours && j.request.Base != "" {
		return s.kept(ctx, hash)
	}
	if err := s.renew(ctx, j); err != nil {
		return nil, err
	}
	return s.cfg.Fetch(ctx, address)
}

// paint has one feature made of one original.
func (p *painting) paint(ctx context.Context, o edition.Original, feature image.Feature, data []byte) error {
	hash := cmp.Or(o.Hash, media.Hash(data)) // a file that was stripped keeps the hash that it was sent with
	refuse := func(code, reason string) {
		p.made = append(p.made, painted{feature, o, hash, edition.Picture{Code: code, Reason: reason}})
	}
	info, err := media.Inspect(data)
	if err != nil {
		refuse("picture", "The picture cannot be read: "+err.Error()+".")
		return nil //nolint:nilerr // it will never be otherwise
	}
	r := p.request(feature, data)
	r.Targets = image.Targets(feature, info.Width, info.Height)
	if only := p.job.request.Ratio; only != "" {
		r.Targets = slices.DeleteFunc(r.Targets, func(t image.Target) bool { return t.Ratio != only })
	}
	if len(r.Targets) == 0 {
		return nil // it fits everywhere
	}
	_, made, err := p.pictures(ctx, p.job, r)
	for _, one := range made {
		p.made = append(p.made, painted{feature, o, hash, one})
	}
	return err
}

// request is what a feature is asked for.
func (p *painting) request(feature image.Feature, data []byte) image.Request {
	texts := edition.Texts(p.content)
	r := image.Request{Feature: feature, Source: data, Brand: p.brand, Options: options(p.content, string(feature)), Text: first(texts[string(text.Description)])}
	if r.Headline = first(texts[string(text.Headline)]); r.Headline == "" {
		r.Headline = first(texts[string(text.Body)])
	}
	if seed := p.job.request.Seed; seed != "" {
		r.Options["seed"] = seed
	}
	return r
}

// options are the customizations of a feature, as texts.
func options(content map[string]any, feature string) map[string]string {
	sent := object.Members(content, "degrees_of_freedom_spec", "creative_features_spec", feature, "customizations")
	all := make(map[string]string, len(sent))
	for name, value := range sent {
		if said, ok := value.(string); ok {
			all[name] = said
		} else if said, err := json.Marshal(value); err == nil {
			all[name] = string(said)
		}
	}
	return all
}

// assets are the pictures, and why there are none.
func (p *painting) assets(ctx context.Context, f *finishing) ([]*store.Object, outcome, error) {
	sums := make([]string, len(p.made))
	for i, m := range p.made {
		sums[i] = m.Sum
	}
	never, err := rejectedLikenesses(ctx, f.tx, p.job.account, sums)
	var o outcome
	assets := make([]*store.Object, len(p.made))
	for i, m := range p.made {
		if o.Fallback == "" {
			o.Fallback = m.Fallback
		}
		if never[m.Sum] && m.Sum != "" {
			m.Picture = edition.Picture{Ratio: m.Ratio, Placements: m.Placements, Style: m.Style, Code: "rejected", Reason: "The account has rejected this very picture."}
		}
		assets[i] = m.asset(p.job)
	}
	return assets, o, err
}

// asset is the row of a picture.
func (m painted) asset(j *job) *store.Object {
	data := m.data()
	data["kind"], data["feature"], data["source_hash"], data["source_url"], data["seed"] = edition.Image, string(m.feature), m.hash, m.original.URL, j.request.Seed
	return &store.Object{Hash: m.Sum, Data: data}
}

// data is what a row says of a picture, whichever it is.
func (m painted) data() map[string]any {
	data := map[string]any{
		"style": m.Style, "ratio": m.Ratio, "image_hash": m.Hash, "sha256": m.Sum, "light_sha256": m.LightSum, "generator": m.Generator, "model": m.Model, "prompt_hash": m.PromptHash,
		"digital_source_type": m.Type, "code": m.Code, "reason": m.Reason, "painter_version": strconv.Itoa(image.Version),
	}
	if len(m.Placements) > 0 {
		data["placements"] = anys(m.Placements)
	}
	if m.Width > 0 {
		data["width"], data["height"], data["confidence"] = int64(m.Width), int64(m.Height), m.Confidence
	}
	if k := m.Kept; k != [4]int{} {
		data["kept"] = []any{int64(k[0]), int64(k[1]), int64(k[2]), int64(k[3])}
	}
	return data
}
