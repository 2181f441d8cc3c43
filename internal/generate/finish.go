package generate

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/marquetry/marquetry/internal/edition"
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
	Progress *Progress        `json:"progress,omitempty"` // of a job that goes through a product set

	unfinished bool           // there is more to do
	show       bool           // of what is unfinished: the creative is saved, by which delivery sees what there is
	keep       func() error   // writes what else was made; may be nil
	record     map[string]any // what the ledger is to hold beside the assets; nil for nothing
}

// finishing is a job on its way into the store.
type finishing struct {
	*Service
	tx       store.Tx
	job      *job
	making   making
	creative *store.Object
	before   []*store.Object // its assets, oldest first
	now      int64           // unix seconds
}

// finish keeps what was made: assets, creative, ledger and job in one transaction, if the job is still this worker's.
func (s *Service) finish(ctx context.Context, tx store.Tx, j *job, m making) error {
	s.cfg.Step("finish")
	if own, err := j.holds(ctx, tx); err != nil || !own {
		return err
	}
	found, err := tx.Objects(ctx, []string{j.creative})
	if err != nil {
		return err
	}
	c := found[j.creative]
	switch gone := c == nil || c.Status == object.Deleted; {
	case gone && j.again: // it was DONE while the creative was there
		_, err := tx.Exec(ctx, "UPDATE jobs SET state = ?, updated = ? WHERE id = ?", done, s.now(), j.id)
		return err
	case gone:
		return s.end(ctx, tx, j, "the creative was deleted")
	}
	before, err := edition.Assets(ctx, tx, c.ID)
	if err != nil {
		return err
	}
	return (&finishing{s, tx, j, m, c, before, s.now() / 1000}).keep(ctx)
}

// keep writes everything.
func (f *finishing) keep(ctx context.Context) error {
	assets, o, err := f.making.assets(ctx, f)
	if err != nil {
		return err
	}
	for _, a := range assets {
		if err := f.insert(ctx, a); err != nil {
			return err
		}
		o.Assets = append(o.Assets, a.ID)
	}
	if o.keep != nil {
		if err := o.keep(); err != nil {
			return err
		}
	}
	f.cfg.Step("assets")
	if err := f.close(ctx, o); err != nil {
		return err
	}
	f.cfg.Step("job")
	if len(assets) > 0 || !o.unfinished || o.show {
		refeed(f.creative, append(f.before, assets...), f.job.kind == Texts)
		if err := f.settle(ctx, f.tx, f.creative, f.now); err != nil {
			return err
		}
	}
	f.cfg.Step("creative")
	if err := f.account(ctx, assets, o.record); err != nil {
		return err
	}
	f.cfg.Step("ledger")
	return nil
}

// refeed brings a creative's asset feed up to date with its assets. A creative that has never had any that stand there keeps what it has, unless
// it is to have a feed in any case.
func refeed(c *store.Object, assets []*store.Object, always bool) {
	if !always && !slices.ContainsFunc(assets, edition.InFeed) {
		return
	}
	live := slices.DeleteFunc(slices.Clone(assets), func(a *store.Object) bool {
		return a.Status == object.AssetRejected || a.Status == object.AssetIneligible
	})
	c.Data["asset_feed_spec"] = edition.With(edition.Own(c.Data), live)
}

// insert writes an asset, PENDING unless its data says otherwise.
func (f *finishing) insert(ctx context.Context, a *store.Object) (err error) {
	if a.ID, a.Seq, err = f.tx.NextID(ctx); err != nil {
		return err
	}
	state := object.AssetPending
	if a.Text("code") != "" {
		state = object.AssetIneligible
	}
	a.Type, a.AccountID, a.Created, a.Updated = edition.AssetType, f.job.account, f.now, f.now
	setState(a, state)
	for name, value := range map[string]string{"creative_id": f.creative.ID, "job_id": f.job.id, "requested_by": f.job.request.By, "previous": f.job.request.Previous} {
		a.Data[name] = value
	}
	if f.job.request.Unknown {
		a.Data[unknownAuthor] = true
	}
	for name, value := range a.Data {
		if value == "" {
			delete(a.Data, name)
		}
	}
	a.Refs = belongs(a)
	if err := f.tx.Insert(ctx, a); err != nil {
		return fmt.Errorf("generate: asset of %s: %w", f.creative.ID, err)
	}
	return nil
}

// anys is a list of strings as the store has lists.
func anys(list []string) []any {
	out := make([]any, len(list))
	for i, s := range list {
		out[i] = s
	}
	return out
}

// close makes the job DONE, or has it go on where there is more to do, behind the jobs that wait. One that goes through a product set rests until it
// looks again.
func (f *finishing) close(ctx context.Context, o outcome) error {
	if o.Assets == nil {
		o.Assets = []string{}
	}
	result, err := json.Marshal(o)
	if err != nil {
		return err
	}
	now := f.Service.now()
	state, due, failures := done, now, f.job.failures
	switch {
	case o.unfinished:
		state, failures = queued, 0
	case f.job.kind == Backgrounds:
		state, due = resting, now+f.cfg.Refresh.Milliseconds()
	}
	_, err = f.tx.Exec(ctx, "UPDATE jobs SET state = ?, failures = ?, due = ?, deadline = ?, result = ?, error = '', updated = ? WHERE id = ?",
		state, failures, due, now+f.cfg.Life.Milliseconds(), string(result), now, f.job.id)
	return err
}

// account tells the ledger how the new assets came about, and what else was made.
func (f *finishing) account(ctx context.Context, assets []*store.Object, more map[string]any) error {
	for _, a := range assets {
		if a.Status == object.AssetIneligible {
			continue // nothing came about
		}
		body := map[string]any{"asset": a.ID, "job": f.job.id}
		for _, name := range []string{"kind", "feature", "style", "source_hash", "parent", "sha256", "light_sha256", "generator", "model", "prompt_hash", "seed",
			"gate_version", "painter_version", "digital_source_type", "requested_by", "previous"} {
			body[name] = a.Text(name)
		}
		if err := record(ctx, f.tx, f.creative, recordGenerated, f.now, body); err != nil {
			return err
		}
	}
	if more == nil {
		return nil
	}
	more["job"] = f.job.id
	return record(ctx, f.tx, f.creative, recordGenerated, f.now, more)
}
