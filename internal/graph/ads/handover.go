package ads

import (
	"context"
	"maps"
	"slices"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
)

// handOver changes the budgets and bids of a campaign's ad sets that were sent with the campaign, once the campaign itself is written: they
// take over the budget that it gives up.
func handOver(ctx context.Context, w *graph.Write) {
	bids, _ := w.Sent["adset_bid_amounts"].(map[string]any)
	budgets := object.Listed(w.Sent, "adset_budgets")
	if len(bids)+len(budgets) == 0 {
		return
	}
	w.After = append(w.After, func(campaign string) error {
		for i, item := range budgets {
			spec, _ := item.(map[string]any)
			sent := graph.Params(maps.Clone(spec))
			delete(sent, "adset_id")
			if err := changeBelow(ctx, w, campaign, object.Text(spec, "adset_id"), sent); err != nil {
				return beneath(err, "adset_budgets", digits(i))
			}
		}
		for _, id := range slices.Sorted(maps.Keys(bids)) {
			if err := changeBelow(ctx, w, campaign, id, graph.Params{"bid_amount": bids[id]}); err != nil {
				return beneath(err, "adset_bid_amounts", id)
			}
		}
		return nil
	})
}

// changeBelow changes an ad set of a campaign.
func changeBelow(ctx context.Context, w *graph.Write, campaign, id string, sent graph.Params) error {
	found, err := w.Tx.Objects(ctx, []string{id})
	if err != nil {
		return err
	}
	set := found[id]
	if set == nil || set.Type != "adset" || set.Text("campaign_id") != campaign {
		return object.Broken("reference", 0, "there is no ad set "+id+" in this campaign", "adset_id")
	}
	_, err = w.Change(ctx, w.Tx, set, sent)
	return err
}
