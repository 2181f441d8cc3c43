package deliver

import (
	"context"
	"fmt"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/store"
)

// Contexts lists the contexts in which an ad showed a creative, those with most impressions first.
func (s *Service) Contexts(ctx context.Context, tx store.Tx, adID, creativeID string, limit int) ([]bandit.Seen, error) {
	rows, err := tx.Query(ctx, `SELECT signature, CAST(SUM(impressions) AS BIGINT) FROM learn_cells
		WHERE ad_id = ? AND creative_id = ? GROUP BY signature ORDER BY 2 DESC, 1 LIMIT ?`, adID, creativeID, limit)
	if err != nil {
		return nil, fmt.Errorf("deliver: list contexts: %w", err)
	}
	defer func() { _ = rows.Close() }() // rows.Err below has the cause
	var all []bandit.Seen
	for rows.Next() {
		var seen bandit.Seen
		if err := rows.Scan(&seen.Signature, &seen.Impressions); err != nil {
			return nil, fmt.Errorf("deliver: list contexts: %w", err)
		}
		all = append(all, seen)
	}
	return all, rows.Err()
}
