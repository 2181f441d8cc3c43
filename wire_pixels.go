package marquetry

import (
	"context"
	"time"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/insights"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// longestStats is the longest time that one request for a pixel's counts may cover, in seconds.
const longestStats = 90 * 24 * 3600

// pixelStats answers what a pixel received by the hour: one row an hour, each with the counts by event or source.
func pixelStats(ctx context.Context, call *graph.Call, tx store.Tx, _ *graph.Selection) (*graph.Rows, error) {
	q, aggregation, err := pixelQuery(call)
	if err != nil {
		return nil, err
	}
	counts, err := insights.PixelCounts(ctx, tx, q)
	if err != nil {
		return nil, err
	}
	zone := call.Account.Zone()
	rows := &graph.Rows{Total: -1}
	for i := 0; i < len(counts); {
		start, data := counts[i].Start, []any{}
		for ; i < len(counts) && counts[i].Start == start; i++ {
			data = append(data, object.Ordered{{Name: "value", Value: counts[i].Value}, {Name: "count", Value: counts[i].Count}})
		}
		rows.Data = append(rows.Data, object.Ordered{
			{Name: "start_time", Value: time.Unix(start, 0).In(zone).Format("2006-01-02T15:04:05-0700")}, {Name: "aggregation", Value: aggregation}, {Name: "data", Value: data},
		})
	}
	return rows, nil
}

// pixelQuery reads the parameters.
func pixelQuery(call *graph.Call) (q insights.PixelQuery, aggregation string, err error) {
	q = insights.PixelQuery{
		PixelID: call.Node.ID, From: object.Whole(call.Args, "start_time"), To: object.Whole(call.Args, "end_time"),
		Event: object.Text(call.Args, "event"), Source: object.Text(call.Args, "event_source"),
	}
	if aggregation = object.Text(call.Args, "aggregation"); aggregation == "" {
		aggregation = "event"
	}
	if q.To == 0 {
		q.To = call.Now
	}
	if q.From == 0 {
		q.From = q.To - 24*3600
	}
	by, counted := map[string]string{"event": "event", "event_source": "source", "event_total_counts": ""}[aggregation]
	switch q.By = by; {
	case !counted:
		f := object.Broken("not_emulated", 0, "aggregation "+aggregation+" exists on the platform and is not counted by Marquetry; use event, event_source or event_total_counts", "aggregation")
		f.Code = 3
		return q, "", f.Put("event")
	case q.To <= q.From || q.To-q.From > longestStats:
		return q, "", object.Broken("stats.range", 0, "end_time must be after start_time, by at most 90 days", "end_time")
	}
	return q, aggregation, nil
}

// lastFired is when pixels last received an event.
func lastFired(ctx context.Context, _ *graph.Call, tx store.Tx, pixels []*store.Object, _ *graph.Selection) ([]any, error) {
	ids := make([]string, len(pixels))
	for i, o := range pixels {
		ids[i] = o.ID
	}
	last, err := insights.LastFired(ctx, tx, ids)
	values := make([]any, len(pixels))
	for i, id := range ids {
		if at := last[id]; at > 0 {
			values[i] = at
		}
	}
	return values, err
}
