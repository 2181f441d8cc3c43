package store

import (
	"context"
	"database/sql"
	"slices"
)

// Audit adds a line to the record and sets its Seq.
func (t *tx) Audit(ctx context.Context, a *Audit) (err error) {
	if a.Seq, err = t.next(ctx, "audit"); err != nil {
		return err
	}
	_, err = t.Exec(ctx, `INSERT INTO audit (seq, at, account_id, actor, object_id, type, action, changes) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		a.Seq, a.At, a.AccountID, a.Actor, a.Object, a.Type, a.Action, a.Changes)
	return err
}

// Audits returns a page of an account's record.
func (t *tx) Audits(ctx context.Context, accountID string, p Page) ([]*Audit, error) {
	bound, args := p.bounds([]any{accountID})
	rows, err := t.Query(ctx, "SELECT seq, at, account_id, actor, object_id, type, action, changes FROM audit WHERE account_id = ?"+
		bound+" ORDER BY seq "+p.direction()+" LIMIT ?", append(args, p.limit())...)
	lines, err := collect(rows, err, func(r *sql.Rows) (*Audit, error) {
		a := new(Audit)
		return a, r.Scan(&a.Seq, &a.At, &a.AccountID, &a.Actor, &a.Object, &a.Type, &a.Action, &a.Changes)
	})
	if p.direction() == "ASC" {
		slices.Reverse(lines)
	}
	return lines, err
}
