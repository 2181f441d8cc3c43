package generate

import (
	"context"
	"errors"

	"github.com/marquetry/marquetry/internal/store"
)

// Order is a wish for texts.
type Order struct {
	Actor    Actor
	Creative *store.Object // as just written; Enqueue changes and saves it
	Previous *store.Object // the rejected asset that one new text is to stand in for; nil to ask for all that the creative opted in to
	Now      int64         // unix seconds
}

// OptedIn reports whether a creative's data enrols in text generation and has a primary text to vary.
func OptedIn(_ map[string]any) bool { return false }

// Enqueue leaves a job in the creative's own transaction, and makes the creative IN_PROCESS. Once that is committed, Await does the job,
// or Run. It returns the job's id.
func (s *Service) Enqueue(_ context.Context, _ store.Tx, _ Order) (string, error) {
	return "", errors.ErrUnsupported
}
