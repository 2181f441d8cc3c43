package insights

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// Text is a primary text with what its impressions and clicks were.
type Text struct {
	Creative            string // a creative that shows it
	Text                string
	Impressions, Clicks int64
}

// Texts are the primary texts that an account, by its digits, showed most from a day on, at most so many: three store calls. A creative's
// editions count as the creative.
func Texts(ctx context.Context, tx store.Tx, account string, from Day, most int) ([]Text, error) {
	p, err := since(AccountLevel, []string{account}, from)
	if err != nil {
		return nil, err
	}
	p.keys[1] = "c.body_asset"
	p.restrict("c.body_asset", true, []string{""})
	shown := map[string]Text{}
	err = p.aggregate(ctx, tx, "rollup_days", nil, []string{sum("f.impressions"), sum("f.clicks")}, 0, func(_ int, keys []string, sums []int64) error {
		shown[keys[0]] = Text{Impressions: sums[0], Clicks: sums[1]}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("insights: texts of %s: %w", account, err)
	}
	ids := slices.SortedFunc(maps.Keys(shown), func(a, b string) int {
		return cmp.Or(cmp.Compare(shown[b].Impressions, shown[a].Impressions), cmp.Compare(a, b))
	})
	ids = ids[:min(most, len(ids))]
	homes, creatives, err := assetHomes(ctx, tx, account, "body_asset", ids)
	var texts []Text
	for _, id := range ids {
		in := creatives[homes[id]]
		t := shown[id]
		if t.Text = assetIn(in, id).Text; t.Text == "" {
			continue // its creative is gone
		}
		t.Creative = in.ID
		if in.Type != "adcreative" {
			t.Creative = object.Text(in.Data, "creative_id")
		}
		texts = append(texts, t)
	}
	return texts, err
}
