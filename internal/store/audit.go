package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
)

// Audit adds a line to the record and sets its Seq.
func (t *tx) Audit(ctx context.Context, a *Audit) (err error) {
	if a.Seq, err = t.next(ctx, "audit"); err != nil {
		return err
	}
	_, err = t.Exec(ctx, `INSERT INTO audit (seq, at, account_id, actor, actor_id, object_id, type, action, changes, before) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		a.Seq, a.At, a.AccountID, a.Actor, a.ActorID, a.Object, a.Type, a.Action, a.Changes, cmp.Or(a.Before, "{}"))
	return err
}

// where is the query's condition with its values.
func (q AuditQuery) where() (string, []any) {
	text, args := "account_id = ?", []any{q.AccountID}
	add := func(wanted bool, condition string, values ...any) {
		if wanted {
			text, args = text+" AND "+condition, append(args, values...)
		}
	}
	objects := slices.DeleteFunc(slices.Clone(q.Objects), func(id string) bool { return !isText(id) })
	add(len(q.Objects) > 0, "object_id IN ("+marks(len(objects))+")", anys(objects)...)
	add(len(q.Types) > 0, "type IN ("+marks(len(q.Types))+")", anys(q.Types)...)
	add(q.ActorID != "", "actor_id = ?", q.ActorID)
	add(q.Since > 0, "at >= ?", q.Since)
	add(q.Until > 0, "at <= ?", q.Until)
	return text, args
}

// Audits returns a page of an account's record.
func (t *tx) Audits(ctx context.Context, q AuditQuery, p Page) ([]*Audit, error) {
	where, args := q.where()
	bound, args := p.bounds(args)
	rows, err := t.Query(ctx, "SELECT seq, at, account_id, actor, actor_id, object_id, type, action, changes, before FROM audit WHERE "+where+
		bound+" ORDER BY seq "+p.direction()+" LIMIT ?", append(args, p.limit())...)
	lines, err := collect(rows, err, func(r *sql.Rows) (*Audit, error) {
		a := new(Audit)
		return a, r.Scan(&a.Seq, &a.At, &a.AccountID, &a.Actor, &a.ActorID, &a.Object, &a.Type, &a.Action, &a.Changes, &a.Before)
	})
	if p.direction() == "ASC" {
		slices.Reverse(lines)
	}
	return lines, err
}
