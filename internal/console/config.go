package console

import (
	"errors"
	"io"
	"log/slog"
	"time"

	"github.com/marquetry/marquetry/internal/generate"
	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/inspect"
)

// Config is what an operator decides, with the sources that the console takes time and randomness from.
type Config struct {
	Open    bool          // nobody has to log in; for loopback only
	Session time.Duration // how long a login lasts; 0 means twelve hours

	Requests *inspect.Ring // the last requests of the Graph API
	Reviews  Reviews
	Actor    func(graph.Caller) generate.Actor // who a visitor is in a review: the same as through the Graph API

	Now    func() time.Time
	Random io.Reader // of session ids
	Logger *slog.Logger
}

// sessionLife is how long a login lasts when the configuration does not say.
const sessionLife = 12 * time.Hour

// Validate reports what is missing or makes no sense.
func (c Config) Validate() error {
	switch {
	case c.Now == nil || c.Random == nil || c.Logger == nil:
		return errors.New("console: a clock, a source of randomness and a logger are needed")
	case c.Requests == nil:
		return errors.New("console: the requests to show are missing")
	case c.Reviews == nil || c.Actor == nil:
		return errors.New("console: who carries out reviews is missing")
	case c.Session < 0:
		return errors.New("console: a login cannot last less than no time")
	}
	return nil
}
