package insights

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/marquetry/marquetry/internal/store"
)

// Dump writes every row of the rollups, one a line, in the order of keys: two databases hold the same rollups exactly when their
// dumps are equal.
func Dump(ctx context.Context, tx store.Tx, w io.Writer) error {
	for _, t := range tables() {
		if err := t.dump(ctx, tx, w); err != nil {
			return fmt.Errorf("insights: dump %s: %w", t.name, err)
		}
	}
	return nil
}

// dump writes one table.
func (t table) dump(ctx context.Context, tx store.Tx, w io.Writer) error {
	rows, err := tx.Query(ctx, "SELECT "+strings.Join(t.columns, ", ")+" FROM "+t.name+" ORDER BY "+t.order)
	if err != nil {
		return err
	}
	values := make([]any, len(t.columns))
	targets := make([]any, len(t.columns))
	for i := range values {
		targets[i] = &values[i]
	}
	return each(rows, func() error {
		if err := rows.Scan(targets...); err != nil {
			return err
		}
		line, err := json.Marshal(values)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(w, "%s %s\n", t.name, line)
		return err
	})
}
