package eventlog

import (
	"context"
	"database/sql"
	"errors"
)

// writer owns the one connection that appends to a file.
type writer struct {
	conn                    *sql.Conn
	begin, commit, rollback *sql.Stmt
	last, insert            *sql.Stmt
}

// newWriter creates the tables if needed and prepares the statements of the loop.
func newWriter(ctx context.Context, db *sql.DB) (*writer, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	w := &writer{conn: conn}
	_, err = conn.ExecContext(ctx, sqliteSchema)
	prepare := func(query string) (s *sql.Stmt) {
		if err == nil {
			s, err = conn.PrepareContext(ctx, query)
		}
		return s
	}
	w.begin, w.commit, w.rollback = prepare("BEGIN IMMEDIATE"), prepare("COMMIT"), prepare("ROLLBACK")
	w.last = prepare(lastSeq)
	w.insert = prepare("INSERT INTO events (seq, key, data) VALUES (?, ?, ?) ON CONFLICT (key) WHERE key IS NOT NULL DO NOTHING")
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return w, nil
}

// append writes a batch in one transaction. On an error nothing of it is in the log.
func (w *writer) append(ctx context.Context, batch []request) ([][]Receipt, error) {
	if _, err := w.begin.ExecContext(ctx); err != nil {
		return nil, err
	}
	receipts, err := w.insertAll(ctx, batch)
	if err == nil {
		_, err = w.commit.ExecContext(ctx)
	}
	if err != nil {
		_, _ = w.rollback.ExecContext(ctx) // on a full disk the database has done so by itself; if neither did, the next begin says so
		return nil, err
	}
	return receipts, nil
}

// insertAll gives each event the next position, unless its key is taken.
func (w *writer) insertAll(ctx context.Context, batch []request) ([][]Receipt, error) {
	var seq int64
	if err := w.last.QueryRowContext(ctx).Scan(&seq); err != nil {
		return nil, err
	}
	all := make([][]Receipt, len(batch))
	for i, r := range batch {
		all[i] = make([]Receipt, len(r.rows))
		for j, row := range r.rows {
			done, err := w.insert.ExecContext(ctx, seq+1, row.key, row.data)
			if err != nil {
				return nil, err
			}
			n, err := done.RowsAffected()
			if err != nil {
				return nil, err
			}
			if n == 0 {
				all[i][j] = Receipt{Duplicate: true}
				continue
			}
			seq++
			all[i][j] = Receipt{Seq: seq}
		}
	}
	return all, nil
}

// close gives the connection back.
func (w *writer) close() error { return w.conn.Close() }
