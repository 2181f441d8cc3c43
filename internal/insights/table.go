package insights

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/store"
)

// chunk is how many values one query asks for; that stays under the databases' limits.
const chunk = 250

// maxParameters is about how many one INSERT carries. The SQLite driver binds them in quadratic time, so that few long statements
// cost more than many short ones, whose text is parsed once.
const maxParameters = 128

// table says how rows of a rollup table are written: inserted, or merged with the row that has the same key.
type table struct {
	name    string
	columns []string
	order   string // columns that sort a dump
	merge   string // what follows ON CONFLICT
}

// The rollup tables. Rows that describe never change; counters add; an outcome says where it is credited now.
func combinationsTable() table {
	return table{"rollup_combinations", append([]string{"id", "account_id", "campaign_id", "adset_id", "ad_id", "creative_id", "slots", "combination_id"}, assetColumns()...),
		"id", "DO NOTHING"}
}

func cellsTable() table {
	return table{"rollup_cells", slices.Concat([]string{"id", "combination"}, placeColumns(), []string{"control"}), "id", "DO NOTHING"}
}

func daysTable() table {
	return table{"rollup_days", []string{"cell", "day", "impressions", "views", "clicks", "spend"}, "cell, day",
		adding("cell, day", "rollup_days", "impressions", "views", "clicks", "spend")}
}

func viewersTable() table {
	return table{"rollup_viewers", []string{"cell", "day", "viewer", "impressions", "clicks"}, "cell, day, viewer",
		adding("cell, day, viewer", "rollup_viewers", "impressions", "clicks")}
}

func actionsTable() table {
	return table{"rollup_actions", []string{"cell", "day", "event", "credited", "count", "value"}, "cell, day, event, credited",
		adding("cell, day, event, credited", "rollup_actions", "count", "value")}
}

func restatedTable() table {
	return table{"rollup_restated", []string{"cell", "day", "event", "credited", "known", "count", "value"}, "cell, day, event, credited, known",
		adding("cell, day, event, credited, known", "rollup_restated", "count", "value")}
}

func invalidTable() table {
	return table{"rollup_invalid", []string{"cell", "day", "kind", "reason", "count"}, "cell, day, kind, reason",
		adding("cell, day, kind, reason", "rollup_invalid", "count")}
}

func contactsTable() table {
	return table{"rollup_contacts", []string{"account_id", "viewer", "kind", "at", "decision", "cell", "dated"}, "account_id, viewer, kind, at, decision", "DO NOTHING"}
}

func outcomesTable() table {
	return table{"rollup_outcomes", []string{"id", "account_id", "viewer", "at", "event", "value", "known", "token_kind", "token_cell", "token_at",
		"count", "cell", "credited", "dated"}, "id", "(id) DO UPDATE SET count = excluded.count, cell = excluded.cell, credited = excluded.credited"}
}

// tables is all of them.
func tables() []table {
	return []table{combinationsTable(), cellsTable(), daysTable(), viewersTable(), actionsTable(), restatedTable(), invalidTable(),
		contactsTable(), outcomesTable()}
}

// adding is the merge of counters.
func adding(keys, name string, counters ...string) string {
	var sets []string
	for _, c := range counters {
		total := name + "." + c + " + excluded." + c
		if c == "value" {
			total = boundedSQL("("+total+")", "BIGINT")
		}
		sets = append(sets, c+" = "+total)
	}
	return "(" + keys + ") DO UPDATE SET " + strings.Join(sets, ", ")
}

// put writes rows, each as long as the table has columns, several with each statement.
func (t table) put(ctx context.Context, tx store.Tx, rows [][]any) error {
	for part := range slices.Chunk(rows, max(1, maxParameters/len(t.columns))) {
		one := "(" + marks(len(t.columns)) + ")"
		statement := "INSERT INTO " + t.name + " (" + strings.Join(t.columns, ", ") + ") VALUES " +
			strings.TrimSuffix(strings.Repeat(one+", ", len(part)), ", ") + " ON CONFLICT " + t.merge
		if _, err := tx.Exec(ctx, statement, slices.Concat(part...)...); err != nil {
			return fmt.Errorf("insights: write %s: %w", t.name, err)
		}
	}
	return nil
}

// marks is n placeholders.
func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }

// each calls scan for every row and closes the rows.
func each(rows *sql.Rows, scan func() error) error {
	defer func() { _ = rows.Close() }() // Err has the cause
	for rows.Next() {
		if err := scan(); err != nil {
			return fmt.Errorf("insights: read a row: %w", err)
		}
	}
	return rows.Err()
}

// write puts the whole batch into the tables, in the order of keys.
func (b *batch) write(ctx context.Context, tx store.Tx) error {
	asIs := func(_ int64, row []any) []any { return row }
	for _, w := range []struct {
		table table
		rows  [][]any
	}{
		{combinationsTable(), sorted(b.combinations, cmp.Compare[int64], asIs)},
		{cellsTable(), sorted(b.cells, cmp.Compare[int64], asIs)},
		{daysTable(), sorted(b.days, dayKey.compare, func(k dayKey, c *dayCount) []any {
			return []any{k.cell, k.day, c.impressions, c.views, c.clicks, c.spend}
		})},
		{viewersTable(), sorted(b.viewers, func(a, b viewerKey) int {
			return cmp.Or(cmp.Compare(a.cell, b.cell), cmp.Compare(a.day, b.day), cmp.Compare(a.viewer, b.viewer))
		}, func(k viewerKey, c *viewerCount) []any {
			return []any{k.cell, k.day, k.viewer, c.impressions, c.clicks}
		})},
		{actionsTable(), sorted(b.actions, actionKey.compare, func(k actionKey, c *actionCount) []any {
			return []any{k.cell, k.day, k.event, k.window, c.count, c.value}
		})},
		{restatedTable(), sorted(b.restated, func(a, b restatedKey) int {
			return cmp.Or(a.compare(b.actionKey), cmp.Compare(a.known, b.known))
		}, func(k restatedKey, c *actionCount) []any {
			return []any{k.cell, k.day, k.event, k.window, k.known, c.count, c.value}
		})},
		{invalidTable(), sorted(b.invalid, func(a, b invalidKey) int {
			return cmp.Or(a.compare(b.dayKey), cmp.Compare(a.kind, b.kind), cmp.Compare(a.reason, b.reason))
		}, func(k invalidKey, n *int64) []any { return []any{k.cell, k.day, string(k.kind), k.reason, *n} })},
		{outcomesTable(), sorted(b.open, cmp.Compare[int64], func(id int64, s *standing) []any { return s.row(id) })},
	} {
		if err := w.table.put(ctx, tx, w.rows); err != nil {
			return err
		}
	}
	return nil
}

// writeTouches writes the touches of the batch, which the outcomes are then settled by.
func (b *batch) writeTouches(ctx context.Context, tx store.Tx) error {
	return contactsTable().put(ctx, tx, sorted(b.touches, touchKey.compare, touchKey.row))
}

// sorted makes rows of a map in the order of its keys.
func sorted[K comparable, V any](m map[K]V, compare func(a, b K) int, row func(K, V) []any) [][]any {
	rows := make([][]any, 0, len(m))
	for _, k := range slices.SortedFunc(maps.Keys(m), compare) {
		rows = append(rows, row(k, m[k]))
	}
	return rows
}
