package generate

import (
	"context"
	"log/slog"
	"time"

	"github.com/marquetry/marquetry/internal/generate/text"
	"github.com/marquetry/marquetry/internal/store"
)

// Config is what a service is made of. Everything without a default is required.
type Config struct {
	DB       *store.DB
	Writer   *text.Writer
	Slow     bool // the writer asks a remote model: requests do not wait for it
	History  History
	Patience time.Duration // how long a request waits for its own results; default 2 s
	Lease    time.Duration // how long a worker may be silent before its job is another's; default 60 s
	Attempts int           // after so many failures a job has failed; default 5
	Now      func() time.Time
	Random   func() uint64
	Logger   *slog.Logger
	Step     func(name string) // called before each step of a job; tests end the process in it
}

// History reads what an account's earlier texts brought, within the job's own read transaction.
type History func(ctx context.Context, tx store.Tx, accountID string, now int64) ([]text.Past, error)

// Actor is who asks for something.
type Actor struct {
	ID       string // of the user; "" for none
	Name     string // label of the token
	Reviewer bool   // has the scope creative_review
}
