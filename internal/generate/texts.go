package generate

import (
	"context"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/generate/text"
	"github.com/marquetry/marquetry/internal/store"
)

// assets are the variations that are still wanted.
func (w *writing) assets(ctx context.Context, f *finishing) ([]*store.Object, outcome, error) {
	r := w.result
	o := outcome{Button: r.Button, Rejected: map[string]int64{}, Flags: r.Flags, Language: r.Language, Fallback: r.Fallback, Gate: r.Gate}
	for code, n := range r.Rejected {
		o.Rejected[code] = int64(n)
	}
	fit, err := w.fitting(ctx, f, o.Rejected)
	rejected := map[string]any{}
	for code, n := range o.Rejected {
		rejected[code] = n
	}
	assets := make([]*store.Object, len(fit))
	for i, v := range fit {
		assets[i] = &store.Object{Hash: likeness(v.Text), Data: map[string]any{
			"kind": string(v.Kind), "text": v.Text, "sha256": edition.Sum(v.Text), "parent": w.parent, "generator": v.Generator, "model": v.Model, "prompt_hash": v.PromptHash,
			"moves": anys(v.Moves), "evidence": anys(v.Evidence), "gate_version": r.Gate, "language": r.Language,
			"seed": strconv.FormatUint(w.request.Seed, 10), "digital_source_type": sourceType(v.Generator), "rejected": rejected,
		}}
	}
	return assets, o, err
}

// fitting leaves variations out that are not wanted any more, and counts them: while they were written, texts may have been rejected, and places taken.
func (w *writing) fitting(ctx context.Context, f *finishing, rejected map[string]int64) ([]text.Variation, error) {
	own := edition.Texts(edition.Own(f.creative.Data))
	room := roomFor(own, f.before, w.job.request.Most)
	alike := map[string]bool{}
	for _, kind := range kinds() {
		for _, t := range own[string(kind)] {
			alike[string(kind)+t] = true
		}
	}
	for _, a := range f.before {
		alike[a.Text("kind")+a.Text("text")] = true
	}
	hashes := make([]string, len(w.result.Variations))
	for i, v := range w.result.Variations {
		hashes[i] = likeness(v.Text)
	}
	never, err := rejectedLikenesses(ctx, f.tx, w.job.account, hashes)
	var fit []text.Variation
	for i, v := range w.result.Variations {
		switch {
		case !utf8.ValidString(v.Text) || strings.ContainsRune(v.Text, 0):
			rejected["encoding"]++
		case never[hashes[i]] || alike[string(v.Kind)+v.Text]:
			rejected["taken"]++
		case room[v.Kind] > 0:
			room[v.Kind]--
			alike[string(v.Kind)+v.Text] = true
			fit = append(fit, v)
		}
	}
	return fit, err
}
