package insights

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/store"
)

// hour is an hour in milliseconds.
const hour = 3_600_000

// PixelFold counts what pixels receive, whether or not an ad had a part in it.
type PixelFold struct{}

// pixelHour names a row of pixel_hours.
type pixelHour struct {
	pixel         string
	hour          int64 // since 1970-01-01
	event, source string
}

// received is what a row counts.
type received struct {
	events int64
	newest int64 // unix milliseconds
}

// Name names the fold's checkpoint.
func (PixelFold) Name() string { return "pixels" }

// Reset forgets every count.
func (PixelFold) Reset(ctx context.Context, tx store.Tx) error {
	_, err := tx.Exec(ctx, "DELETE FROM pixel_hours")
	return err
}

// Apply adds consecutive events.
func (PixelFold) Apply(ctx context.Context, tx store.Tx, events []eventlog.Event) error {
	counts := map[pixelHour]received{}
	for i := range events {
		if o := events[i].Outcome; o != nil && events[i].Invalid == "" {
			key := pixelHour{o.PixelID, events[i].At / hour, o.Name, o.Source}
			counts[key] = received{counts[key].events + 1, max(counts[key].newest, events[i].At)}
		}
	}
	for _, key := range slices.SortedFunc(maps.Keys(counts), comparePixelHours) {
		_, err := tx.Exec(ctx, `INSERT INTO pixel_hours (pixel_id, hour, event, source, events, newest) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT (pixel_id, hour, event, source) DO UPDATE SET events = pixel_hours.events + excluded.events,
			newest = CASE WHEN excluded.newest > pixel_hours.newest THEN excluded.newest ELSE pixel_hours.newest END`,
			key.pixel, key.hour, key.event, key.source, counts[key].events, counts[key].newest)
		if err != nil {
			return fmt.Errorf("insights: count pixel events: %w", err)
		}
	}
	return nil
}

// comparePixelHours orders rows, so that two writers never wait for each other in a circle.
func comparePixelHours(a, b pixelHour) int {
	return cmp.Or(cmp.Compare(a.pixel, b.pixel), cmp.Compare(a.hour, b.hour), cmp.Compare(a.event, b.event), cmp.Compare(a.source, b.source))
}

// PixelCount is how many events of one value a pixel received in one hour.
type PixelCount struct {
	Start int64 // unix seconds of the hour's beginning
	Value string
	Count int64
}

// PixelQuery asks what a pixel received.
type PixelQuery struct {
	PixelID  string
	From, To int64  // unix seconds; hours that begin from From on and before To
	By       string // "event", "source", or "" for all together
	Event    string // only this event; "" for every
	Source   string // only from there; "" for everywhere
}

// PixelCounts answers a query, oldest hour first. An event that is still on its way through the log is not counted yet.
func PixelCounts(ctx context.Context, tx store.Tx, q PixelQuery) ([]PixelCount, error) {
	by := map[string]string{"event": "event", "source": "source"}[q.By]
	if by == "" {
		by = "CAST('' AS TEXT)"
	}
	rows, err := tx.Query(ctx, "SELECT hour, "+by+", CAST(SUM(events) AS BIGINT) FROM pixel_hours WHERE pixel_id = ? AND hour >= ? AND hour < ? AND (? = '' OR event = ?) AND (? = '' OR source = ?) "+
		"GROUP BY 1, 2 ORDER BY 1, 2", q.PixelID, (q.From+3599)/3600, (q.To+3599)/3600, q.Event, q.Event, q.Source, q.Source)
	if err != nil {
		return nil, err
	}
	var counts []PixelCount
	var c PixelCount
	err = each(rows, func() error {
		if err := rows.Scan(&c.Start, &c.Value, &c.Count); err != nil {
			return err
		}
		c.Start *= 3600
		counts = append(counts, c)
		return nil
	})
	return counts, err
}

// LastFired is when pixels last received an event, in unix seconds; those without any are absent.
func LastFired(ctx context.Context, tx store.Tx, pixels []string) (map[string]int64, error) {
	last := map[string]int64{}
	if len(pixels) == 0 {
		return last, nil
	}
	args := make([]any, len(pixels))
	for i, id := range pixels {
		args[i] = id
	}
	rows, err := tx.Query(ctx, "SELECT pixel_id, MAX(newest) FROM pixel_hours WHERE pixel_id IN ("+marks(len(pixels))+") GROUP BY pixel_id", args...)
	if err != nil {
		return nil, err
	}
	var id string
	var newest int64
	err = each(rows, func() error {
		err := rows.Scan(&id, &newest)
		last[id] = newest / 1000
		return err
	})
	return last, err
}
