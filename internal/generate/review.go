package generate

import (
	"context"
	"fmt"
	"slices"

	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/generate/image"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// Action is what a reviewer does to an asset.
type Action string

// The actions.
const (
	Approve    Action = "approve"
	Reject     Action = "reject"     // the asset leaves the creative and never comes back for the account
	Regenerate Action = "regenerate" // reject, and order one other in its place
)

// Verdict is one decision about one asset of a creative.
type Verdict struct {
	AssetID string
	Action  Action
}

// Reviewed is what came of a verdict.
type Reviewed struct {
	Asset *store.Object // as it is now
	JobID string        // of the order for another, "" for none: Await the creative once it is committed
}

// denied is the platform's code of a lack of permission.
const denied = 200

// reviewing is one review under way.
type reviewing struct {
	*Service
	tx       store.Tx
	actor    Actor
	account  *store.Object
	creative *store.Object
	assets   []*store.Object // all of the creative, oldest first
	now      int64           // unix seconds
}

// reviewing begins a review. The creative is read again: a job may have finished since the caller read it.
func (s *Service) reviewing(ctx context.Context, tx store.Tx, actor Actor, account, c *store.Object, now int64) (*reviewing, error) {
	fresh, err := tx.Object(ctx, c.ID)
	if err != nil {
		return nil, fmt.Errorf("generate: creative %s: %w", c.ID, err)
	}
	*c = *fresh
	assets, err := edition.Assets(ctx, tx, c.ID)
	return &reviewing{s, tx, actor, account, c, assets, now}, err
}

// Review carries out a verdict on an asset of a creative, which it reads again and saves with its edition. Asking for what is so already changes
// nothing. Its faults are object.Fault: generation.action for an unknown action, generation.asset for an asset that is not of the creative,
// generation.state for one that cannot be approved any more, generation.changed for one whose bytes are no longer those that were
// generated, generation.same for a picture that would come out the same, generation.reviewer and generation.four_eyes for an actor who may not, generation.max for one asset too many.
func (s *Service) Review(ctx context.Context, tx store.Tx, actor Actor, account, c *store.Object, v Verdict, now int64) (Reviewed, error) {
	r, err := s.reviewing(ctx, tx, actor, account, c, now)
	if err != nil {
		return Reviewed{}, err
	}
	i := slices.IndexFunc(r.assets, func(a *store.Object) bool { return a.ID == v.AssetID })
	if i < 0 || c.Status == object.Deleted {
		return Reviewed{}, object.Broken("generation.asset", 0, fmt.Sprintf("%q is no generated asset of the creative %s", v.AssetID, c.ID), "asset_id")
	}
	a := r.assets[i]
	switch v.Action {
	case Approve:
		return Reviewed{Asset: a}, r.approve(ctx, a)
	case Reject:
		return Reviewed{Asset: a}, r.reject(ctx, a)
	case Regenerate:
		job, err := r.regenerate(ctx, a)
		return Reviewed{a, job}, err
	}
	return Reviewed{}, object.Broken("generation.action", 0, fmt.Sprintf("action is %q, and has to be approve, reject or regenerate", v.Action), "action")
}

// approve makes an asset APPROVED, if the actor may.
func (r *reviewing) approve(ctx context.Context, a *store.Object) error {
	if edition.State(a) == object.AssetApproved {
		return nil
	}
	if fault := r.mayApprove(a); fault != nil {
		return fault
	}
	if err := r.decide(ctx, a, object.AssetApproved, map[string]any{"by": byReview}); err != nil {
		return err
	}
	return r.settled(ctx)
}

// undecidable is the fault of a decision about what was never made.
func undecidable(a *store.Object) *object.Fault {
	if a.Status != object.AssetIneligible {
		return nil
	}
	return object.Broken("generation.state", 0, "there is nothing to decide about: the asset "+a.ID+" says why none was made", "asset_id")
}

// mayApprove says why an asset cannot be approved, or not by this actor; nil when it can.
func (r *reviewing) mayApprove(a *store.Object) *object.Fault {
	fault := func(rule, message string) *object.Fault { return object.Broken(rule, 0, message, "asset_id") }
	refused := func(rule, message string) *object.Fault {
		f := fault(rule, message)
		f.Code = denied
		return f
	}
	if fault := undecidable(a); fault != nil {
		return fault
	}
	switch {
	case a.Status == object.AssetRejected:
		return fault("generation.state", "the asset "+a.ID+" was rejected, and a rejected "+noun(a)+" never comes back; regenerate it to have another one")
	case !edition.Unaltered(a):
		return fault("generation.changed", "the "+noun(a)+" of the asset "+a.ID+" is no longer the one that was generated and checked; reject or regenerate it")
	case r.gated() && !r.actor.Reviewer:
		return refused("generation.reviewer", "the account lets nobody approve without the scope creative_review")
	case r.own(a):
		return refused("generation.four_eyes", "the account lets nobody approve what they ordered themselves; another user has to approve the asset "+a.ID+", or regenerate it where a Page's token ordered it")
	}
	return nil
}

// gated reports whether the account wants each asset approved by a reviewer.
func (r *reviewing) gated() bool { return r.account.Text("review_gate") == "required" }

// own reports whether four eyes forbid the actor to approve an asset: they ordered it, or nobody knows who they are, or who ordered it.
func (r *reviewing) own(a *store.Object) bool {
	return r.account.Data["four_eyes"] == true && (!r.actor.Person || a.Data[unknownAuthor] == true || a.Text("requested_by") == r.actor.who())
}

// reject takes an asset out of the creative.
func (r *reviewing) reject(ctx context.Context, a *store.Object) error {
	if a.Status == object.AssetRejected {
		return nil
	}
	if fault := undecidable(a); fault != nil {
		return fault
	}
	if err := r.decide(ctx, a, object.AssetRejected, map[string]any{"by": byReview}); err != nil {
		return err
	}
	return r.settled(ctx)
}

// regenerate rejects an asset and orders one other, once.
func (r *reviewing) regenerate(ctx context.Context, a *store.Object) (jobID string, err error) {
	if ordered := a.Text("replaced_by_job"); ordered != "" {
		return ordered, nil
	}
	if fault := r.mayRegenerate(a); fault != nil {
		return "", fault
	}
	o := Order{Actor: r.actor, Creative: r.creative, Previous: a, Now: r.now}
	if edition.IsPicture(a) {
		o.Kind, o.Features = Images, []image.Feature{image.Feature(a.Text("feature"))}
	}
	if jobID, err = r.Enqueue(ctx, r.tx, o); err != nil {
		return "", err
	}
	a.Data["replaced_by_job"] = jobID
	if a.Status == object.AssetRejected {
		return jobID, r.write(ctx, a)
	}
	if err := r.decide(ctx, a, object.AssetRejected, map[string]any{"by": byReview, "job": jobID}); err != nil {
		return "", err
	}
	return jobID, r.settled(ctx)
}

// mayRegenerate says why another asset cannot be made in the place of one; nil when it can. Of pictures only those that chance has a part in come out otherwise.
func (r *reviewing) mayRegenerate(a *store.Object) *object.Fault {
	if fault := undecidable(a); fault != nil {
		return fault
	}
	if edition.IsPicture(a) && !image.Varies(image.Feature(a.Text("feature"))) {
		return object.Broken("generation.same", 0, a.Text("feature")+" would make the very same picture again; reject the asset "+a.ID+" instead", "asset_id")
	}
	had := 0
	for _, b := range r.assets {
		if edition.IsPicture(b) == edition.IsPicture(a) {
			had++
		}
	}
	if had < mostAssets {
		return nil
	}
	f := object.Broken("generation.max", 0, fmt.Sprintf("the creative has had %d generated %ss, at most %d are made for one", had, noun(a), mostAssets), "asset_id")
	f.Sent, f.Limit = had+1, mostAssets
	return f
}

// Ways in which an asset was decided on, its reviewed_by.
const (
	byReview     = "review"
	byActivation = "activation"
)

// decide writes a decision to the asset and to the ledger; body says more of it there.
func (r *reviewing) decide(ctx context.Context, a *store.Object, state string, body map[string]any) error {
	kind := recordApproved
	if state == object.AssetRejected {
		kind = recordRejected
	}
	setState(a, state)
	a.Data["reviewer"], a.Data["reviewer_id"], a.Data["reviewed_time"], a.Data["reviewed_by"] = r.actor.Name, r.actor.ID, r.now, body["by"]
	if err := r.write(ctx, a); err != nil {
		return err
	}
	for name, value := range map[string]any{"asset": a.ID, "sha256": edition.Digest(a), "reviewer": r.actor.Name, "reviewer_id": r.actor.ID} {
		body[name] = value
	}
	return record(ctx, r.tx, r.creative, kind, r.now, body)
}

// write saves an asset.
func (r *reviewing) write(ctx context.Context, a *store.Object) error {
	a.Refs, a.Updated = belongs(a), r.now
	if err := r.tx.Update(ctx, a); err != nil {
		return fmt.Errorf("generate: asset %s: %w", a.ID, err)
	}
	return nil
}

// settled brings feed, edition and creative up to date with what was decided, and records which ads show the edition from now on: the ones
// named, and all that are ACTIVE if it is new.
func (r *reviewing) settled(ctx context.Context, ads ...string) error {
	refeed(r.creative, r.assets, false)
	current, isNew, err := publish(ctx, r.tx, r.creative, r.assets, r.now)
	if err != nil {
		return err
	}
	if err := r.save(ctx, r.tx, r.creative, r.now); err != nil {
		return err
	}
	if isNew {
		running, err := r.tx.List(ctx, store.Listing{Type: "ad", Field: "creative_id", To: r.creative.ID, Statuses: []string{object.Active}}, store.Page{})
		if err != nil {
			return err
		}
		for _, ad := range running {
			ads = append(ads, ad.ID)
		}
	}
	return delivered(ctx, r.tx, r.creative, current, ads, r.now)
}

// mostAds is how many ads one record of the ledger names.
const mostAds = 500

// delivered records that ads, of which each counts once, show an edition from now on.
func delivered(ctx context.Context, tx store.Tx, c, e *store.Object, ads []string, now int64) error {
	for some := range slices.Chunk(slices.Compact(slices.Sorted(slices.Values(ads))), mostAds) {
		body := map[string]any{"ads": some, "edition": e.ID, "edition_sha256": e.Hash, "generated": e.Data["generated"]}
		if err := record(ctx, tx, c, recordDelivered, now, body); err != nil {
			return err
		}
	}
	return nil
}
