package ads

import (
	"context"
	"errors"

	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/steer"
	"github.com/marquetry/marquetry/internal/store"
)

// steer checks what the caller wants of the ad's learning: against the creative that is sent, or what the ad shows now.
func (c *adChecks) steer(ctx context.Context) error {
	var feed *creative.Feed
	if steer.Of(c.Data).Limits() {
		shown, err := c.shows(ctx)
		if err != nil {
			return err
		}
		feed = shown
	}
	for _, f := range steer.Check(c.Sent, c.Data, feed) {
		c.Fault(f)
	}
	return nil
}

// shows is the feed of what the ad will show, with what was generated and approved; nil while that is not known, or has no assets.
func (c *adChecks) shows(ctx context.Context) (*creative.Feed, error) {
	o := c.creative
	if o == nil && c.Old != nil {
		var err error
		o, err = c.Tx.Object(ctx, object.Text(c.Old.Data, "creative_id"))
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return nil, err
		}
	}
	if o == nil {
		return nil, nil
	}
	o, err := edition.Shown(ctx, c.Tx, o)
	if err != nil {
		return nil, err
	}
	feed, err := creative.FeedOf(edition.Content(o))
	if err != nil {
		return nil, nil //nolint:nilerr // what is wrong with a creative is said elsewhere
	}
	return &feed, nil
}
