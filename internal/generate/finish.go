package generate

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/generate/text"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// outcome is what came of a job, as it is kept.
type outcome struct {
	Assets   []string         `json:"assets"`
	Button   string           `json:"button,omitempty"`
	Rejected map[string]int64 `json:"rejected,omitempty"` // candidates by the gate's code; ours are "taken" of those that came again, and "encoding"
	Flags    []string         `json:"flags,omitempty"`
	Language string           `json:"language,omitempty"`
	Fallback string           `json:"fallback,omitempty"`
	Gate     string           `json:"gate,omitempty"`
}

// finishing is a job on its way into the store.
type finishing struct {
	*Service
	tx       store.Tx
	job      *job
	from     source
	result   text.Result
	creative *store.Object
	rejected map[string]int64
	now      int64 // unix seconds
}

// finish keeps what was written: assets, creative, ledger and job in one transaction, if the job is still this worker's.
func (s *Service) finish(ctx context.Context, tx store.Tx, j *job, from source, result text.Result) error {
	s.cfg.Step("finish")
	if own, err := j.holds(ctx, tx); err != nil || !own {
		return err
	}
	found, err := tx.Objects(ctx, []string{j.creative})
	if err != nil {
		return err
	}
	c := found[j.creative]
	if c == nil || c.Status == object.Deleted {
		return s.end(ctx, tx, j, "the creative was deleted")
	}
	f := &finishing{Service: s, tx: tx, job: j, from: from, result: result, creative: c, rejected: map[string]int64{}, now: s.now() / 1000}
	for code, n := range result.Rejected {
		f.rejected[code] = int64(n)
	}
	return f.keep(ctx)
}

// keep writes everything.
func (f *finishing) keep(ctx context.Context) error {
	before, err := assetsOf(ctx, f.tx, f.creative.ID)
	if err != nil {
		return err
	}
	fit, err := f.fitting(ctx, before)
	if err != nil {
		return err
	}
	assets := make([]*store.Object, len(fit))
	for i, v := range fit {
		if assets[i], err = f.insert(ctx, v); err != nil {
			return err
		}
	}
	f.cfg.Step("assets")
	if err := f.close(ctx, assets); err != nil {
		return err
	}
	f.cfg.Step("job")
	live := slices.DeleteFunc(append(before, assets...), func(a *store.Object) bool { return a.Status == object.AssetRejected })
	f.creative.Data["asset_feed_spec"] = edition.With(edition.Own(f.creative.Data), live)
	if err := f.settle(ctx, f.tx, f.creative, f.now); err != nil {
		return err
	}
	f.cfg.Step("creative")
	for _, a := range assets {
		if err := record(ctx, f.tx, f.creative, recordGenerated, f.now, f.origin(a)); err != nil {
			return err
		}
	}
	f.cfg.Step("ledger")
	return nil
}

// fitting are the variations that are still wanted: while they were written, texts may have been rejected, and places taken.
func (f *finishing) fitting(ctx context.Context, before []*store.Object) ([]text.Variation, error) {
	own := edition.Texts(edition.Own(f.creative.Data))
	room := roomFor(own, before, f.job.request.Most)
	alike := map[string]bool{}
	for _, kind := range kinds() {
		for _, t := range own[string(kind)] {
			alike[string(kind)+t] = true
		}
	}
	for _, a := range before {
		alike[a.Text("kind")+a.Text("text")] = true
	}
	hashes := make([]string, len(f.result.Variations))
	for i, v := range f.result.Variations {
		hashes[i] = likeness(v.Text)
	}
	never, err := rejectedLikenesses(ctx, f.tx, f.job.account, hashes)
	var fit []text.Variation
	for i, v := range f.result.Variations {
		switch {
		case !utf8.ValidString(v.Text) || strings.ContainsRune(v.Text, 0):
			f.rejected["encoding"]++
		case never[hashes[i]] || alike[string(v.Kind)+v.Text]:
			f.rejected["taken"]++
		case room[v.Kind] > 0:
			room[v.Kind]--
			alike[string(v.Kind)+v.Text] = true
			fit = append(fit, v)
		}
	}
	return fit, err
}

// insert writes an asset, PENDING.
func (f *finishing) insert(ctx context.Context, v text.Variation) (*store.Object, error) {
	id, seq, err := f.tx.NextID(ctx)
	if err != nil {
		return nil, err
	}
	rejected := map[string]any{}
	for code, n := range f.rejected {
		rejected[code] = n
	}
	a := &store.Object{ID: id, Seq: seq, Type: edition.AssetType, AccountID: f.job.account, Status: object.AssetPending, Hash: likeness(v.Text), Created: f.now, Updated: f.now, Data: map[string]any{
		"creative_id": f.creative.ID, "kind": string(v.Kind), "text": v.Text, "state": object.AssetPending, "sha256": edition.Sum(v.Text),
		"generator": v.Generator, "moves": anys(v.Moves), "evidence": anys(v.Evidence), "gate_version": f.result.Gate,
		"seed": strconv.FormatUint(f.from.request.Seed, 10), "digital_source_type": sourceType(v.Generator), "rejected": rejected,
		"requested_by": f.job.request.By, "job_id": f.job.id,
	}}
	for name, value := range map[string]string{"model": v.Model, "prompt_hash": v.PromptHash, "language": f.result.Language, "previous": f.job.request.Previous} {
		if value != "" {
			a.Data[name] = value
		}
	}
	if f.job.request.Unknown {
		a.Data[unknownAuthor] = true
	}
	a.Refs = belongs(a)
	if err := f.tx.Insert(ctx, a); err != nil {
		return nil, fmt.Errorf("generate: asset of %s: %w", f.creative.ID, err)
	}
	return a, nil
}

// anys is a list of strings as the store has lists.
func anys(list []string) []any {
	out := make([]any, len(list))
	for i, s := range list {
		out[i] = s
	}
	return out
}

// close makes the job DONE.
func (f *finishing) close(ctx context.Context, assets []*store.Object) error {
	o := outcome{Assets: []string{}, Button: f.result.Button, Rejected: f.rejected, Flags: f.result.Flags, Language: f.result.Language,
		Fallback: f.result.Fallback, Gate: f.result.Gate}
	for _, a := range assets {
		o.Assets = append(o.Assets, a.ID)
	}
	result, err := json.Marshal(o)
	if err != nil {
		return err
	}
	_, err = f.tx.Exec(ctx, "UPDATE jobs SET state = ?, result = ?, error = '', updated = ? WHERE id = ?", done, string(result), f.now*1000, f.job.id)
	return err
}

// origin is what the ledger says of a new text.
func (f *finishing) origin(a *store.Object) map[string]any {
	body := map[string]any{"asset": a.ID, "parent": f.from.parent, "job": f.job.id}
	for _, name := range []string{"kind", "sha256", "generator", "model", "prompt_hash", "seed", "gate_version", "digital_source_type", "requested_by", "previous"} {
		body[name] = a.Text(name)
	}
	return body
}
