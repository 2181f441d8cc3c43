package eventlog

import (
	"context"
	"database/sql"
)

// appender appends to a table, three statements a batch however many events it has.
type appender struct{ pool *sql.DB }

// append implements committer.
func (a appender) append(ctx context.Context, batch []request) ([][]Receipt, error) {
	tx, err := a.pool.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	defer func() { _ = tx.Rollback() }() // does nothing after a commit
	if _, err := tx.ExecContext(ctx, aloneAppending); err != nil {
		return nil, err
	}
	taken, err := takenKeys(ctx, tx, batch)
	if err != nil {
		return nil, err
	}
	var last int64
	if err := tx.QueryRowContext(ctx, lastPosition).Scan(&last); err != nil {
		return nil, err
	}
	receipts, fresh := place(batch, taken, last)
	_, err = tx.ExecContext(ctx, `INSERT INTO event_log (seq, key, data)
		SELECT $1::bigint + n, key, data FROM unnest($2::bytea[], $3::bytea[]) WITH ORDINALITY AS fresh (key, data, n)`, last, fresh.keys, fresh.data)
	if err != nil {
		return nil, err
	}
	return receipts, tx.Commit()
}

// close implements committer; the pool is its log's.
func (appender) close() error { return nil }

// takenKeys are the keys of a batch that the log already has.
func takenKeys(ctx context.Context, tx *sql.Tx, batch []request) (map[string]bool, error) {
	var keys [][]byte
	for _, r := range batch {
		for _, row := range r.rows {
			if row.key.Valid {
				keys = append(keys, []byte(row.key.String))
			}
		}
	}
	rows, err := tx.QueryContext(ctx, "SELECT key FROM event_log WHERE key = ANY($1::bytea[])", keys)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }() // rows.Err below has the cause
	taken := map[string]bool{}
	for rows.Next() {
		var key string
		if err := rows.Scan(&key); err != nil {
			return nil, err
		}
		taken[key] = true
	}
	return taken, rows.Err()
}

// columns are rows to insert, in the order of their positions.
type columns struct{ keys, data [][]byte } // a nil key is null

// place gives each event the next position after last, unless its key is taken.
func place(batch []request, taken map[string]bool, last int64) (all [][]Receipt, fresh columns) {
	all = make([][]Receipt, len(batch))
	for i, r := range batch {
		all[i] = make([]Receipt, len(r.rows))
		for j, row := range r.rows {
			if row.key.Valid && taken[row.key.String] {
				all[i][j] = Receipt{Duplicate: true}
				continue
			}
			var key []byte
			if row.key.Valid {
				key, taken[row.key.String] = []byte(row.key.String), true
			}
			fresh.keys, fresh.data = append(fresh.keys, key), append(fresh.data, row.data)
			all[i][j] = Receipt{Seq: last + int64(len(fresh.data))}
		}
	}
	return all, fresh
}
