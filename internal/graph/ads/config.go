package ads

import (
	"context"
	"errors"
	"fmt"

	"github.com/marquetry/marquetry/internal/fetch"
	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/media"
	"github.com/marquetry/marquetry/internal/store"
)

// Guard is how strictly a piece of advice is taken.
type Guard string

// How strictly advice can be taken.
const (
	Enforce Guard = "enforce" // a request against it is refused
	Warn    Guard = "warn"    // it is accepted with a warning
	Off     Guard = "off"
)

// Spent tells what each object has cost so far, in minor units: today in its account's time zone, or ever.
type Spent func(ctx context.Context, call *graph.Call, tx store.Tx, objs []*store.Object, today bool) ([]int64, error)

// Config is what an operator decides about the rules.
type Config struct {
	DailyBudget      Guard // dynamic creative with a daily budget below LeastDailyBudget
	LeastDailyBudget int64 // minor units of the account's currency
	FewAssets        Guard // an asset feed with fewer than five of a kind
	StrictFeeds      bool  // refuse the informal shape in an ordinary ad set instead of making an empty one dynamic
	RateLimits       bool  // refuse more than four changes of a budget an hour and ten of an account's spend cap a day
	Limits           Limits
	Spent            Spent          // behind budget_remaining and the rules on spent budgets; nil leaves them out
	Fetch            *fetch.Fetcher // gets pictures from addresses that callers gave
	Memory           *media.Budget  // of the pictures of uploads; nil for no limit
}

// DefaultConfig warns and refuses nothing that the platform accepts.
func DefaultConfig() Config {
	return Config{DailyBudget: Warn, LeastDailyBudget: 2000, FewAssets: Warn, Limits: DefaultLimits(), Fetch: fetch.New(fetch.Config{})}
}

// Validate names every member that is out of range.
func (c Config) Validate() error {
	var errs []error
	for name, g := range map[string]Guard{"daily budget": c.DailyBudget, "few assets": c.FewAssets} {
		if g != Enforce && g != Warn && g != Off {
			errs = append(errs, fmt.Errorf("ads: guard of %s is %q, not enforce, warn or off", name, g))
		}
	}
	if min(c.Limits.Campaigns, c.Limits.AdSets, c.Limits.Ads, c.Limits.Archived) < 0 {
		errs = append(errs, fmt.Errorf("ads: a limit is negative: %+v", c.Limits))
	}
	if c.LeastDailyBudget < 0 {
		errs = append(errs, fmt.Errorf("ads: least daily budget is negative: %d", c.LeastDailyBudget))
	}
	return errors.Join(errs...)
}
