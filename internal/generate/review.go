package generate

import (
	"context"
	"errors"

	"github.com/marquetry/marquetry/internal/store"
)

// Action is what a reviewer does to an asset.
type Action string

// The actions.
const (
	Approve    Action = "approve"
	Reject     Action = "reject"     // the text leaves the creative and never comes back for the account
	Regenerate Action = "regenerate" // reject, and order one other text in its place
)

// Verdict is one decision about one asset of a creative.
type Verdict struct {
	AssetID string
	Action  Action
}

// Reviewed is what came of a verdict.
type Reviewed struct {
	Asset *store.Object // as it is now
	JobID string        // of the order for another text, "" for none: Await the creative once it is committed
}

// Review carries out a verdict on an asset of a creative, and saves the creative with its edition. Asking for what is so already changes
// nothing. Its faults are object.Fault: generation.asset for one that is not of the creative, generation.state for one that cannot be
// approved any more, generation.reviewer and generation.four_eyes for an actor who may not.
func (s *Service) Review(_ context.Context, _ store.Tx, _ Actor, _, _ *store.Object, _ Verdict, _ int64) (Reviewed, error) {
	return Reviewed{}, errors.ErrUnsupported
}

// Activate is called when an ad turns ACTIVE, or gets another creative while it is: after the ad's row is written, in its transaction. By
// default the advertiser approves so what is PENDING. Where the account has review_gate=required, or four_eyes and the actor ordered the
// texts, it returns an object.Fault that names what is pending and the page to review it on. Of a creative that never opted in it does
// nothing. creative is changed and saved.
func (s *Service) Activate(_ context.Context, _ store.Tx, _ Actor, _, _ *store.Object, _ string, _ int64) error {
	return errors.ErrUnsupported
}
