package insights

import (
	"context"
	"fmt"

	"github.com/marquetry/marquetry/internal/store"
)

// Spent is what the impressions of accounts (by their digits), campaigns, ad sets or ads have cost so far, in millionths of the
// account's currency, from a day on (0 for ever): one query for all of them. Ids without delivery are absent.
func Spent(ctx context.Context, tx store.Tx, level Level, ids []string, from Day) (map[string]int64, error) {
	if level.depth() < 0 {
		return nil, fmt.Errorf("insights: no level %q", level)
	}
	out := map[string]int64{}
	if len(ids) == 0 {
		return out, nil
	}
	args := make([]any, len(ids), len(ids)+1)
	for i, id := range ids {
		args[i] = id
	}
	column := "c." + level.idColumn()
	rows, err := tx.Query(ctx, "SELECT "+column+", "+sum("f.spend")+" FROM rollup_combinations c JOIN rollup_cells x ON x.combination = c.id"+
		" JOIN rollup_days f ON f.cell = x.id WHERE "+column+" IN ("+marks(len(ids))+") AND f.day >= ? GROUP BY "+column, append(args, int64(from))...)
	if err != nil {
		return nil, fmt.Errorf("insights: spent: %w", err)
	}
	err = each(rows, func() error {
		var id string
		var spend int64
		err := rows.Scan(&id, &spend)
		out[id] = spend
		return err
	})
	return out, err
}

// Today is the day that it is in an ad account.
func Today(account *store.Object, now int64) Day { return dayOf(1000*now, accountOf(account).location) }
