package ads

import (
	"context"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// campaignStart is when the first ad set of a campaign starts; what was sent where there is none.
func campaignStart(ctx context.Context, _ *graph.Call, tx store.Tx, objs []*store.Object, _ *graph.Selection) ([]any, error) {
	return runs(ctx, tx, objs, "start_time", func(sets []*store.Object) int64 {
		first := object.Whole(sets[0].Data, "start_time")
		for _, set := range sets {
			first = min(first, object.Whole(set.Data, "start_time"))
		}
		return first
	})
}

// campaignStop is when the last ad set of a campaign ends, never if one of them is endless; what was sent where there is none.
func campaignStop(ctx context.Context, _ *graph.Call, tx store.Tx, objs []*store.Object, _ *graph.Selection) ([]any, error) {
	return runs(ctx, tx, objs, "stop_time", func(sets []*store.Object) int64 {
		last := int64(0)
		for _, set := range sets {
			end := object.Whole(set.Data, "end_time")
			if end == 0 {
				return 0
			}
			last = max(last, end)
		}
		return last
	})
}

// runs asks for a time of each campaign's live ad sets, with one store call; a time of zero is none.
func runs(ctx context.Context, tx store.Tx, objs []*store.Object, own string, of func([]*store.Object) int64) ([]any, error) {
	sets, err := tx.ListMany(ctx, store.Listing{Type: "adset", Field: "campaign_id"}, idsOf(objs), mostAdSets)
	values := make([]any, len(objs))
	for i, o := range objs {
		at := object.Whole(o.Data, own)
		if below := sets[o.ID]; len(below) > 0 {
			at = of(below)
		}
		if at > 0 {
			values[i] = at
		}
	}
	return values, err
}
