package marquetry

import (
	"context"
	"maps"
	"sync"

	"github.com/marquetry/marquetry/internal/generate/text"
	"github.com/marquetry/marquetry/internal/insights"
	"github.com/marquetry/marquetry/internal/store"
)

// How much of an account's past the writer is shown, and for how many seconds it is not looked up again: that takes the longer the more
// the account has shown, and counts of ninety days do not change in minutes.
const (
	pastDays  = 90
	pastTexts = 200
	pastLife  = 600
)

// pasts are what accounts' primary texts of the last ninety days brought, as far as somebody asked lately.
type pasts struct {
	mu    sync.Mutex
	known map[string]past // by the account's digits
}

// past is that of one account.
type past struct {
	until int64 // unix seconds
	texts []text.Past
}

// of is a generate.History.
func (p *pasts) of(ctx context.Context, tx store.Tx, accountID string, now int64) ([]text.Past, error) {
	p.mu.Lock()
	known := p.known[accountID]
	p.mu.Unlock()
	if now < known.until {
		return known.texts, nil
	}
	texts, err := history(ctx, tx, accountID, now)
	if err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	maps.DeleteFunc(p.known, func(_ string, old past) bool { return old.until <= now })
	p.known[accountID] = past{now + pastLife, texts}
	return texts, nil
}

// history reads them.
func history(ctx context.Context, tx store.Tx, accountID string, now int64) ([]text.Past, error) {
	account, err := tx.Object(ctx, "act_"+accountID)
	if err != nil {
		return nil, err
	}
	shown, err := insights.Texts(ctx, tx, accountID, insights.Today(account, now)-pastDays, pastTexts)
	texts := make([]text.Past, len(shown))
	for i, t := range shown {
		texts[i] = text.Past{ID: t.Creative, Text: t.Text, Impressions: t.Impressions, Clicks: t.Clicks}
	}
	return texts, err
}
