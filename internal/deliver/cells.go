package deliver

import (
	"context"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/store"
)

// changedAds lists how many events were folded of each ad that has one after a position.
func changedAds(ctx context.Context, tx store.Tx, after int64) (map[string]int64, error) {
	rows, err := tx.Query(ctx, "SELECT ad_id, events FROM learn_ads WHERE position > ?", after)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }() // rows.Err below has the cause
	ads := map[string]int64{}
	for rows.Next() {
		var id string
		var events int64
		if err := rows.Scan(&id, &events); err != nil {
			return nil, err
		}
		ads[id] = events
	}
	return ads, rows.Err()
}

// readCells reads the cells of an ad by creative, in the order of their keys. Of the conversions those count whose name is event.
func readCells(ctx context.Context, tx store.Tx, ad, event string) (map[string][]bandit.Cell, error) {
	rows, err := tx.Query(ctx, `SELECT creative_id, signature, combination, day,
		CAST(SUM(impressions) AS BIGINT), CAST(SUM(clicks) AS BIGINT), CAST(SUM(conversions) AS BIGINT), CAST(SUM(value) AS BIGINT)
		FROM learn_cells WHERE ad_id = ? AND event IN ('', ?)
		GROUP BY creative_id, signature, combination, day ORDER BY creative_id, signature, combination, day`, ad, event)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }() // rows.Err below has the cause
	cells := map[string][]bandit.Cell{}
	for rows.Next() {
		var creative string
		var c bandit.Cell
		if err := rows.Scan(&creative, &c.Signature, &c.Combination, &c.Day, &c.Impressions, &c.Clicks, &c.Conversions, &c.Value); err != nil {
			return nil, err
		}
		cells[creative] = append(cells[creative], c)
	}
	return cells, rows.Err()
}

// readDays reads what happened to an ad, day by day.
func readDays(ctx context.Context, tx store.Tx, ad string) ([]dayCount, error) {
	rows, err := tx.Query(ctx, "SELECT day, event, impressions, clicks, conversions, spend FROM learn_days WHERE ad_id = ? ORDER BY day, event", ad)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }() // rows.Err below has the cause
	var days []dayCount
	for rows.Next() {
		var d dayCount
		var event string
		var conversions int64
		if err := rows.Scan(&d.day, &event, &d.impressions, &d.clicks, &conversions, &d.spend); err != nil {
			return nil, err
		}
		if n := len(days); n == 0 || days[n-1].day != d.day {
			days = append(days, dayCount{day: d.day, conversions: map[string]int64{}})
		}
		last := &days[len(days)-1]
		last.impressions, last.clicks, last.spend = last.impressions+d.impressions, last.clicks+d.clicks, last.spend+d.spend
		if event != "" {
			last.conversions[event] += conversions
		}
	}
	return days, rows.Err()
}
