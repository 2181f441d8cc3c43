package generate

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"time"

	"golang.org/x/sync/singleflight"

	"github.com/marquetry/marquetry/internal/generate/image"
	"github.com/marquetry/marquetry/internal/generate/text"
	"github.com/marquetry/marquetry/internal/store"
)

// Config is what a service is made of. What has no default is required, but for History and Step, and what makes pictures where none are ordered.
type Config struct {
	DB       *store.DB
	Write    Write
	Slow     bool // the writer asks a remote model: requests do not wait for it
	Paint    image.Maker
	Painter  string // what Paint asks, by its name and settings: what another one made is made again
	SlowPics bool   // the painter asks a remote model: requests do not wait for it
	Fetch    Fetch
	History  History
	Refs     func(*store.Object) []store.Ref // the references that a creative makes, by its declaration: they are written again with it
	Patience time.Duration                   // how long a request waits for its own results; default 2 s
	Lease    time.Duration                   // how long a worker may be silent before its job is another's; default 60 s
	Painting time.Duration                   // how long the painter may take for one request, with what it waits for; default Lease
	Life     time.Duration                   // how long after it was ordered a job is still worth doing; default 24 h
	Poll     time.Duration                   // how often Run looks for jobs that another process left; default 1 s
	Refresh  time.Duration                   // how long after the last one the items of a product set are looked through again; default 1 h
	Attempts int                             // after so many failures a job has failed; default 5
	Workers  int                             // how many jobs Run does at once; default 2
	Now      func() time.Time
	Random   func() uint64 // spreads retries
	Logger   *slog.Logger
	Step     func(name string) // called before each step of a job; tests end the process in it
}

// Write makes variations of a text; it is [text.Writer]'s method.
type Write func(ctx context.Context, r text.Request) (text.Result, error)

// Fetch reads the picture that lies at an address that an advertiser gave.
type Fetch func(ctx context.Context, address string) ([]byte, error)

// History reads what an account's earlier texts brought, within the job's own read transaction. The account is in digits, now in unix seconds.
type History func(ctx context.Context, tx store.Tx, accountID string, now int64) ([]text.Past, error)

// Actor is who asks for something.
type Actor struct {
	ID       string // of the user; "" for none
	Name     string // label of the token
	Person   bool   // a user or a system user: whoever holds the token of a Page or an application may hold another one as well
	Reviewer bool   // has the scope creative_review
}

// who tells actors apart where one may not approve what the other ordered.
func (a Actor) who() string { return cmp.Or(a.ID, a.Name) }

// Service orders texts and pictures, makes them and keeps what people thought of them. Make it with New, and start Run to have jobs done that
// nobody waits for, as pictures always are.
type Service struct {
	cfg      Config
	workers  atomic.Int64       // of Run that are at work
	painting singleflight.Group // by the id of what is painted
	trials   trials
}

// New completes the configuration. It starts nothing.
func New(c Config) (*Service, error) {
	if c.DB == nil || c.Write == nil || c.Refs == nil || c.Now == nil || c.Random == nil || c.Logger == nil {
		return nil, errors.New("generate: a service needs a database, a writer, references, a clock, randomness and a logger")
	}
	c.Patience, c.Lease, c.Life = cmp.Or(c.Patience, 2*time.Second), cmp.Or(c.Lease, time.Minute), cmp.Or(c.Life, 24*time.Hour)
	c.Refresh, c.Painting = cmp.Or(c.Refresh, time.Hour), cmp.Or(c.Painting, c.Lease)
	c.Poll, c.Attempts, c.Workers = cmp.Or(c.Poll, time.Second), cmp.Or(c.Attempts, 5), cmp.Or(c.Workers, 2)
	if c.Step == nil {
		c.Step = func(string) {}
	}
	if c.History == nil {
		c.History = func(context.Context, store.Tx, string, int64) ([]text.Past, error) { return nil, nil }
	}
	return &Service{cfg: c, trials: trials{queue: make(chan *trial, trialWaiting)}}, nil
}
