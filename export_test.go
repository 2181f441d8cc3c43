package marquetry

import (
	"context"
	"fmt"
	"io"

	"github.com/marquetry/marquetry/internal/insights"
	"github.com/marquetry/marquetry/internal/store"
)

// Dump writes every rollup and learning cell, and of every ad's model the exact numbers that it decides and reports by, so that tests
// can compare two states byte by byte.
func (s *Server) Dump(ctx context.Context, out io.Writer) error {
	return s.db.Read(ctx, func(tx store.Tx) error {
		if err := insights.Dump(ctx, tx, out); err != nil {
			return err
		}
		for _, table := range []string{"learn_cells", "learn_days"} {
			if err := dumpTable(ctx, tx, out, table); err != nil {
				return err
			}
		}
		return tx.All(ctx, "ad", func(ad *store.Object) error {
			learned, ok := s.deliver.Learned(ad.ID)
			if !ok {
				return fmt.Errorf("nothing was learnt of ad %s", ad.ID)
			}
			fmt.Fprintln(out, "model", ad.ID, learned.State, learned.Totals, learned.Model.ProbabilityBest())
			for k := range learned.Space.Size() {
				fmt.Fprintf(out, "model %s %d %x %x\n", ad.ID, k, learned.Model.Rate("", k), learned.Policy.Propensity("", k))
			}
			return nil
		})
	})
}

// dumpTable writes a table's rows, sorted by all their columns.
func dumpTable(ctx context.Context, tx store.Tx, out io.Writer, table string) (err error) {
	rows, err := tx.Query(ctx, "SELECT * FROM "+table+" ORDER BY 1, 2, 3, 4, 5, 6")
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	values, targets := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		targets[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(targets...); err != nil {
			return err
		}
		fmt.Fprintln(out, table, values)
	}
	return rows.Err()
}
