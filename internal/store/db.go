package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// DB is an open database. It is safe for concurrent use.
type DB struct {
	write   *sql.DB
	read    *sql.DB // the same pool as write in PostgreSQL
	dialect dialect
	changes *changes
}

// attempts is how often a write transaction is tried when it fails for reasons of concurrency alone.
const attempts = 8

// Read runs fn in a transaction that sees one state of the database and cannot change it.
func (db *DB) Read(ctx context.Context, fn func(Tx) error) error {
	t, err := db.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true, Isolation: db.dialect.snapshot})
	if err != nil {
		return fmt.Errorf("store: begin: %w", err)
	}
	defer func() { _ = t.Rollback() }() // nothing was written: a failed rollback loses nothing
	return fn(newTx(t, db.dialect))
}

// Write runs fn alone and commits if it returns nil; an error or a panic leaves no trace. fn runs again when the database
// asks for it, so it must have no effect but on the transaction, and it must not call Write.
func (db *DB) Write(ctx context.Context, fn func(Tx) error) error {
	for n := 1; ; n++ {
		err := db.writeOnce(ctx, fn)
		if err != nil && ctx.Err() != nil {
			return fmt.Errorf("store: %w: %w", ctx.Err(), err) // a transaction that ends with its context says less
		}
		if err == nil || n == attempts || !db.dialect.retry(err) {
			return err
		}
		select {
		case <-ctx.Done():
		case <-time.After(time.Millisecond << n):
		}
	}
}

// writeOnce is one attempt of Write.
func (db *DB) writeOnce(ctx context.Context, fn func(Tx) error) error {
	t, err := db.write.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("store: begin: %w", err)
	}
	defer func() { _ = t.Rollback() }() // does nothing after a commit
	if db.dialect.alone != "" {
		if _, err := t.ExecContext(ctx, db.dialect.alone); err != nil {
			return fmt.Errorf("store: wait for writers: %w", err)
		}
	}
	w := newTx(t, db.dialect)
	if err := fn(w); err != nil {
		return err
	}
	if w.touched {
		if _, err := w.next(ctx, "objects_version"); err != nil {
			return err
		}
	}
	if err := t.Commit(); err != nil {
		return fmt.Errorf("store: commit: %w", err)
	}
	if w.touched {
		db.changes.bump()
	}
	return nil
}

// ObjectsVersion counts the commits that touched objects, by any process.
func (db *DB) ObjectsVersion(ctx context.Context) (version int64, err error) {
	err = db.read.QueryRowContext(ctx, "SELECT value FROM sequences WHERE name = 'objects_version'").Scan(&version)
	return version, err
}

// Close waits for running transactions and closes the files or connections.
func (db *DB) Close() error {
	if db.read == db.write {
		return db.write.Close()
	}
	return errors.Join(db.read.Close(), db.write.Close())
}
