package generate

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// ReviewPath is the console's page on which the assets of a creative are reviewed, before its id.
const ReviewPath = "/console/review/"

// Ad is an ad that shows a creative from now on.
type Ad struct {
	ID     string
	Before bool // it did so before
}

// Activate is called when an ad is set ACTIVE, whatever it was: after the ad's row is written, in its transaction. By default the advertiser
// approves so what is PENDING. Where the account has review_gate=required, or four_eyes and the actor ordered the assets, it returns an object.Fault
// that names what is pending and the page to review it on. Of a creative that never opted in it does nothing. creative is read again and saved.
func (s *Service) Activate(ctx context.Context, tx store.Tx, actor Actor, account, c *store.Object, ad Ad, now int64) error {
	if !edition.Generates(c.Data) {
		return nil
	}
	r, err := s.reviewing(ctx, tx, actor, account, c, now)
	if err != nil {
		return err
	}
	pending := edition.In(object.AssetPending, r.assets)
	if fault := r.heldUp(slices.Clone(pending)); fault != nil {
		return fault
	}
	for _, a := range pending {
		if !edition.Unaltered(a) {
			continue // not what was checked: it stays out of the edition
		}
		if err := r.decide(ctx, a, object.AssetApproved, map[string]any{"by": byActivation, "ad": ad.ID}); err != nil {
			return err
		}
	}
	if ad.Before {
		return r.settled(ctx)
	}
	return r.settled(ctx, ad.ID)
}

// Exchanged is called when an ACTIVE ad gets a creative and was not set ACTIVE: that approves nothing, and what is approved already is shown in
// one ad more.
func (s *Service) Exchanged(ctx context.Context, tx store.Tx, c *store.Object, adID string, now int64) error {
	found, err := tx.Objects(ctx, []string{c.Text("edition_id")})
	if e := found[c.Text("edition_id")]; err == nil && e != nil {
		err = delivered(ctx, tx, c, e, []string{adID}, now)
	}
	return err
}

// heldUp is the fault of activating an ad whose assets somebody has to look at first; nil when activation may approve them.
func (r *reviewing) heldUp(pending []*store.Object) *object.Fault {
	if !r.gated() {
		pending = slices.DeleteFunc(pending, func(a *store.Object) bool { return !r.own(a) })
	}
	if len(pending) == 0 {
		return nil
	}
	ids := make([]string, len(pending))
	for i, a := range pending {
		ids[i] = a.ID
	}
	page := ReviewPath + r.creative.ID
	what := noun(pending...)
	why := "the account wants every generated " + what + " approved by a reviewer before an ad is ACTIVE"
	if !r.gated() {
		why = "the account lets nobody approve what they ordered themselves, so another user has to approve the " + what + "s or set the ad ACTIVE, or regenerate what a Page's token ordered"
	}
	f := object.Broken("generation.pending", 0, fmt.Sprintf("%s; pending are %s; review them at %s", why, strings.Join(ids, ", "), page), "status")
	f.Title = "Generated " + what + "s wait for review"
	f.Detail = fmt.Sprintf("%d generated %ss of this ad are not approved yet. Open %s to approve or reject them.", len(ids), what, page)
	f.Data = map[string]any{"pending_assets": ids, "review_page": page}
	return f.Put(object.Paused)
}
