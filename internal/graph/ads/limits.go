package ads

import (
	"context"
	"fmt"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// Limits are how many objects of a type an account may have; zero is any number.
type Limits struct {
	Campaigns, AdSets, Ads int // that are neither deleted nor archived
	Archived               int // archived objects of each of the three types
}

// DefaultLimits are the platform's.
func DefaultLimits() Limits {
	return Limits{Campaigns: 5000, AdSets: 5000, Ads: 5000, Archived: 100_000}
}

// live is the limit of a type.
func (l Limits) live(typ string) int {
	return map[string]int{"campaign": l.Campaigns, "adset": l.AdSets, "ad": l.Ads}[typ]
}

// capacity refuses a new object when its account has as many as it may.
func (s *service) capacity(ctx context.Context, w *graph.Write) error {
	limit := s.config.Limits.live(w.Type.Name)
	if !w.Creating() || limit == 0 || w.Account == nil {
		return nil
	}
	n, err := w.Tx.Count(ctx, store.Listing{Type: w.Type.Name, Field: "account_id", To: w.Account.ID})
	if err != nil || n < limit {
		return err
	}
	f := object.Broken("limit.account", 0, fmt.Sprintf("the ad account has %d live %ss, at most %d are allowed; delete or archive some", n, w.Type.Name, limit))
	f.Code, f.Sent, f.Limit = 2695, n+1, limit
	w.Fault(f)
	return nil
}

// archive refuses to archive an object when its account has as many archived ones as it may.
func (s *service) archive(ctx context.Context, w *graph.Write) error {
	if s.config.Limits.Archived == 0 || w.Account == nil {
		return nil
	}
	n, err := w.Tx.Count(ctx, store.Listing{Type: w.Type.Name, Field: "account_id", To: w.Account.ID, Statuses: []string{object.Archived}})
	if err != nil || n < s.config.Limits.Archived {
		return err
	}
	f := object.Broken("limit.archived", 1487990, fmt.Sprintf("the ad account has %d archived %ss, at most %d are allowed; delete some", n, w.Type.Name, s.config.Limits.Archived), "status")
	f.Sent, f.Limit = n+1, s.config.Limits.Archived
	w.Fault(set(f, object.Deleted))
	return nil
}
