package insights

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/store"
)

// settleOpen credits the open outcomes of the batch, and those from before to which a touch of the batch may be the better one, so that
// the order in which touches and outcomes were told of makes no difference. The touches of the batch have been written.
func (b *batch) settleOpen(ctx context.Context, tx store.Tx) error {
	before, err := b.readOpen(ctx, tx)
	if err != nil {
		return err
	}
	for id, old := range before {
		if s := b.open[id]; s != nil {
			old.added = s.added
		}
		b.open[id] = old
	}
	ids := slices.Sorted(maps.Keys(b.open))
	for part := range slices.Chunk(ids, chunk) {
		touches, err := b.readTouches(ctx, tx, part)
		if err != nil {
			return err
		}
		for i, id := range part {
			b.settle(b.open[id], touches[i])
		}
	}
	return nil
}

// readOpen reads the outcomes from before that equal one of the batch, or that a touch of the batch reaches.
func (b *batch) readOpen(ctx context.Context, tx store.Tx) (map[int64]*standing, error) {
	out := map[int64]*standing{}
	ids := make([]any, 0, len(b.open))
	for _, id := range slices.Sorted(maps.Keys(b.open)) {
		ids = append(ids, id)
	}
	if err := b.readStandings(ctx, tx, out, "id IN (", ids); err != nil {
		return nil, err
	}
	viewers, first, last := map[int64]bool{}, int64(math.MaxInt64), int64(math.MinInt64)
	for k := range b.touches {
		viewers[k.viewer] = true
		first, last = min(first, k.at), max(last, k.at)
	}
	touched := make([]any, 0, len(viewers))
	for _, v := range slices.Sorted(maps.Keys(viewers)) {
		touched = append(touched, v)
	}
	return out, b.readStandings(ctx, tx, out, fmt.Sprintf("at BETWEEN %d AND %d AND viewer IN (", first-grain, last+contact{clicked: true}.widest()*day), touched)
}

// readStandings reads rows of rollup_outcomes of which a column has one of these values.
func (b *batch) readStandings(ctx context.Context, tx store.Tx, out map[int64]*standing, where string, values []any) error {
	for part := range slices.Chunk(values, chunk) {
		rows, err := tx.Query(ctx, "SELECT "+strings.Join(outcomesTable().columns, ", ")+" FROM rollup_outcomes WHERE "+where+marks(len(part))+")", part...)
		if err != nil {
			return fmt.Errorf("insights: read outcomes: %w", err)
		}
		if err := each(rows, func() error { return b.scanStanding(rows, out) }); err != nil {
			return err
		}
	}
	return nil
}

// scanStanding takes a row of rollup_outcomes. One of an account that the batch does not name is not touched by it: viewers are known by the same
// hash in all accounts.
func (b *batch) scanStanding(rows *sql.Rows, out map[int64]*standing) error {
	var id int64
	var account, kind string
	var token touch
	var dated int64
	s := &standing{}
	if err := rows.Scan(&id, &account, &s.viewer, &s.at, &s.event, &s.value, &s.known, &kind, &token.cell, &token.at, &s.count, &s.cell, &s.window, &dated); err != nil {
		return err
	}
	if s.account = b.directory.accounts[account]; s.account == nil {
		return nil
	}
	s.dated = dated == 1
	if kind != "" {
		token.contact = contactNamed(kind)
		s.token = &token
	}
	out[id] = s
	return nil
}

// contactNamed is the contact with a name.
func contactNamed(name string) contact {
	for _, c := range contacts() {
		if c.name() == name {
			return c
		}
	}
	return contact{}
}

// readTouches reads, for each of some open outcomes, its viewer's last touch of each kind before it: one query.
func (b *batch) readTouches(ctx context.Context, tx store.Tx, ids []int64) ([][]touch, error) {
	var wanted, kinds []string
	var args []any
	for i, id := range ids {
		s := b.open[id]
		wanted = append(wanted, fmt.Sprintf("(%d, ?, %d, %d)", i, s.viewer, s.at+grain))
		args = append(args, s.account.id)
	}
	for _, c := range contacts() {
		kinds = append(kinds, "('"+c.name()+"')")
	}
	rows, err := tx.Query(ctx, "WITH o(n, account, viewer, at) AS (VALUES "+strings.Join(wanted, ", ")+"), k(kind) AS (VALUES "+strings.Join(kinds, ", ")+`)
		SELECT o.n, t.kind, t.cell, t.at, t.decision FROM o CROSS JOIN k JOIN rollup_contacts t
		ON t.account_id = o.account AND t.viewer = o.viewer AND t.kind = k.kind AND t.at = (SELECT MAX(u.at) FROM rollup_contacts u
		WHERE u.account_id = o.account AND u.viewer = o.viewer AND u.kind = k.kind AND u.at <= o.at)`, args...)
	if err != nil {
		return nil, fmt.Errorf("insights: read touches: %w", err)
	}
	out := make([][]touch, len(ids))
	return out, each(rows, func() error {
		var n int
		var kind string
		var t touch
		if err := rows.Scan(&n, &kind, &t.cell, &t.at, &t.decision); err != nil {
			return err
		}
		t.contact = contactNamed(kind)
		out[n] = append(out[n], t)
		return nil
	})
}

// sweep removes what conversions that were credited elsewhere leave empty, as if they had never been there.
func (b *batch) sweep(ctx context.Context, tx store.Tx) error {
	var cells []any
	for _, cell := range slices.Sorted(maps.Keys(b.moved)) {
		cells = append(cells, cell)
	}
	for part := range slices.Chunk(cells, chunk) {
		in := "cell IN (" + marks(len(part)) + ")"
		for _, statement := range []string{
			"DELETE FROM rollup_actions WHERE count = 0 AND " + in,
			"DELETE FROM rollup_restated WHERE count = 0 AND " + in,
			"DELETE FROM rollup_days WHERE impressions = 0 AND views = 0 AND clicks = 0 AND " + in +
				" AND NOT EXISTS (SELECT 1 FROM rollup_actions a WHERE a.cell = rollup_days.cell AND a.day = rollup_days.day)",
		} {
			if _, err := tx.Exec(ctx, statement, part...); err != nil {
				return fmt.Errorf("insights: sweep: %w", err)
			}
		}
	}
	return nil
}

// row is the row of rollup_contacts.
func (k touchKey) row(h held) []any {
	return []any{k.account, k.viewer, k.contact.name(), k.at, k.decision, h.cell, bit(h.dated)}
}

// compare orders rows of rollup_contacts by their key.
func (k touchKey) compare(o touchKey) int {
	return cmp.Or(cmp.Compare(k.account, o.account), cmp.Compare(k.viewer, o.viewer), cmp.Compare(k.contact.name(), o.contact.name()),
		cmp.Compare(k.at, o.at), cmp.Compare(k.decision, o.decision))
}
