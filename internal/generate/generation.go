package generate

import (
	"context"
	"errors"

	"github.com/marquetry/marquetry/internal/store"
)

// Generation is how far the texts of a creative are and how they came about, for people to read.
type Generation struct {
	State    string           // of the newest job: QUEUED, RUNNING, DONE or FAILED; "" for a creative that never opted in
	Error    string           // why it failed, or what the last attempt ran into
	Source   string           // the primary text that the others vary
	Language string           // ISO 639-1 code, "" when not known
	Button   string           // type of button that the text calls for, a suggestion; "" for none
	Fallback string           // why rewrites stand in for a model, for the operator; "" when they do not
	Rejected map[string]int64 // candidates of the first job and later ones, by the gate's code
	Flags    []string         // what was odd about the source
	Assets   []*store.Object  // all of the creative, oldest first, the rejected ones too
}

// Generation reads it. Its cost does not depend on how many creatives there are.
func (s *Service) Generation(_ context.Context, _ store.Tx, _ *store.Object) (Generation, error) {
	return Generation{}, errors.ErrUnsupported
}
