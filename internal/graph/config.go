package graph

import (
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"time"

	"github.com/marquetry/marquetry/internal/inspect"
	"github.com/marquetry/marquetry/internal/object"
)

// Config is what an operator, or the composition root, decides about the protocol. Now, NewTraceID and Logger have no default:
// time, randomness and output belong to the process.
type Config struct {
	PublicURL      *url.URL         // address that clients use, for servers behind a proxy; nil believes the Host header
	DefaultVersion object.Version   // what a path without a version means
	MaxBody        int64            // bytes of a request's body, uploads included
	PageLimit      int              // rows of a page when the caller does not say
	MaxPageLimit   int              // most rows of a page
	MaxRows        int              // most rows of one answer, expanded edges included
	LegacyProtocol bool             // keep what the platform retired in October 2026: ids at the root, date_format, pretty, debug, If-None-Match
	StrictVersions bool             // refuse versions that have ended, as the platform does
	Usage          UsageConfig      // allowances behind the usage headers
	Latency        time.Duration    // how long reviews, reports and the processing of videos seem to take; whole seconds
	RequireProof   bool             // refuse requests without an appsecret_proof
	Now            func() time.Time // the clock
	Observe        Observer         // gets what became of every request; nil for nobody
	NewTraceID     func() string    // 11 to 23 URL-safe characters, new for each request
	Logger         *slog.Logger     // internal errors, one record each
}

// Observer takes the record of a request when it has been answered. It must not keep the request waiting.
type Observer func(inspect.Record)

// DefaultConfig is the platform's limits where they are known.
func DefaultConfig() Config {
	return Config{
		DefaultVersion: object.Newest,
		MaxBody:        64 << 20,
		PageLimit:      25,
		MaxPageLimit:   5000,
		MaxRows:        50_000,
		LegacyProtocol: true,
		Usage:          UsageOf("standard_access"),
	}
}

// Validate names every member that is missing or out of range.
func (c Config) Validate() error {
	var errs []error
	check := func(ok bool, format string, args ...any) {
		if !ok {
			errs = append(errs, fmt.Errorf("graph: "+format, args...))
		}
	}
	check(c.DefaultVersion >= object.Oldest && c.DefaultVersion <= object.Newest, "default version %d is not one of %d to %d", c.DefaultVersion, object.Oldest, object.Newest)
	check(c.MaxBody > 0, "max body must be positive, is %d", c.MaxBody)
	check(c.PageLimit > 0 && c.PageLimit <= c.MaxPageLimit, "page limit must be 1 to %d, is %d", c.MaxPageLimit, c.PageLimit)
	check(c.MaxRows >= c.MaxPageLimit, "max rows must be at least %d, is %d", c.MaxPageLimit, c.MaxRows)
	check(c.Usage.CallsPerHour > 0 && c.Usage.TimePerHour > 0 && c.Usage.PointsPerSpan > 0, "usage allowances must be positive")
	for name := range UsageOf("").UseCases {
		check(c.Usage.UseCases[name].PerHour > 0, "usage of %s must be positive", name)
	}
	check(c.Latency >= 0, "latency is negative: %v", c.Latency)
	check(c.Usage.Tier != "", "usage tier is missing")
	check(c.Now != nil, "clock is missing")
	check(c.NewTraceID != nil, "trace id source is missing")
	check(c.Logger != nil, "logger is missing")
	return errors.Join(errs...)
}
