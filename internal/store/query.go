package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"
)

// tx is the Tx of both databases.
type tx struct {
	sql     *sql.Tx
	dialect dialect
	touched bool // an object was inserted or updated

	prepared map[string]*sql.Stmt // statements that ran before, for a database whose driver does not keep them itself
}

// repeated returns the prepared form of a statement that this transaction runs for the second time or more. Folds run the same
// few for each event, and SQLite spends half of a short statement on parsing it. It returns nil for the first time and for a
// statement that cannot be prepared: running it directly says why.
func (t *tx) repeated(ctx context.Context, query string) *sql.Stmt {
	if !t.dialect.prepare {
		return nil
	}
	stmt, again := t.prepared[query]
	if again && stmt == nil {
		stmt, _ = t.sql.PrepareContext(ctx, query) // closed with the transaction
	}
	t.prepared[query] = stmt
	return stmt
}

// Exec runs a statement that returns no rows.
func (t *tx) Exec(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if stmt := t.repeated(ctx, query); stmt != nil {
		return stmt.ExecContext(ctx, args...)
	}
	return t.sql.ExecContext(ctx, t.dialect.rebind(query), args...)
}

// Query runs a statement that returns rows, which the caller closes.
func (t *tx) Query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return t.sql.QueryContext(ctx, t.dialect.rebind(query), args...)
}

// QueryRow runs a statement that returns at most one row.
func (t *tx) QueryRow(ctx context.Context, query string, args ...any) *sql.Row {
	if stmt := t.repeated(ctx, query); stmt != nil {
		return stmt.QueryRowContext(ctx, args...)
	}
	return t.sql.QueryRowContext(ctx, t.dialect.rebind(query), args...)
}

// next advances a sequence and returns its new value.
func (t *tx) next(ctx context.Context, name string) (value int64, err error) {
	err = t.QueryRow(ctx, "UPDATE sequences SET value = value + 1 WHERE name = ? RETURNING value", name).Scan(&value)
	return value, err
}

// newTx wraps a transaction of database/sql.
func newTx(t *sql.Tx, d dialect) *tx {
	return &tx{sql: t, dialect: d, prepared: map[string]*sql.Stmt{}}
}

// notFound turns the driver's word for no row into the package's.
func notFound(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNotFound
	}
	return err
}

// isText tells whether both databases can hold the names: PostgreSQL has no text with zero bytes or broken UTF-8. What they
// cannot hold is not there, and asking PostgreSQL anyway would end the transaction.
func isText(names ...string) bool {
	return !slices.ContainsFunc(names, func(name string) bool {
		return !utf8.ValidString(name) || strings.ContainsRune(name, 0)
	})
}

// collect reads all rows with scan and closes them.
func collect[T any](rows *sql.Rows, err error, scan func(*sql.Rows) (T, error)) ([]T, error) {
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }() // rows.Err below has the cause
	var all []T
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}
