package storetest

import (
	"context"
	"database/sql"
	"sync/atomic"

	"github.com/marquetry/marquetry/internal/store"
)

// Counted is a database that counts the calls of its read transactions.
type Counted struct {
	*store.DB
	Calls *atomic.Int64
}

// Read hands out a transaction that counts.
func (c Counted) Read(ctx context.Context, fn func(store.Tx) error) error {
	return c.DB.Read(ctx, func(tx store.Tx) error { return fn(countedTx{tx, c.Calls}) })
}

// countedTx counts the calls that reads make.
type countedTx struct {
	store.Tx
	calls *atomic.Int64
}

// Query counts.
func (c countedTx) Query(ctx context.Context, sql string, args ...any) (*sql.Rows, error) {
	c.calls.Add(1)
	return c.Tx.Query(ctx, sql, args...)
}

// QueryRow counts.
func (c countedTx) QueryRow(ctx context.Context, sql string, args ...any) *sql.Row {
	c.calls.Add(1)
	return c.Tx.QueryRow(ctx, sql, args...)
}

// Object counts.
func (c countedTx) Object(ctx context.Context, id string) (*store.Object, error) {
	c.calls.Add(1)
	return c.Tx.Object(ctx, id)
}

// Objects counts.
func (c countedTx) Objects(ctx context.Context, ids []string) (map[string]*store.Object, error) {
	c.calls.Add(1)
	return c.Tx.Objects(ctx, ids)
}

// ObjectByHash counts.
func (c countedTx) ObjectByHash(ctx context.Context, typ, accountID, hash string) (*store.Object, error) {
	c.calls.Add(1)
	return c.Tx.ObjectByHash(ctx, typ, accountID, hash)
}

// ObjectsByHash counts.
func (c countedTx) ObjectsByHash(ctx context.Context, typ, accountID string, hashes []string) (map[string]*store.Object, error) {
	c.calls.Add(1)
	return c.Tx.ObjectsByHash(ctx, typ, accountID, hashes)
}

// List counts.
func (c countedTx) List(ctx context.Context, l store.Listing, p store.Page) ([]*store.Object, error) {
	c.calls.Add(1)
	return c.Tx.List(ctx, l, p)
}

// ListMany counts.
func (c countedTx) ListMany(ctx context.Context, l store.Listing, to []string, limit int) (map[string][]*store.Object, error) {
	c.calls.Add(1)
	return c.Tx.ListMany(ctx, l, to, limit)
}

// Count counts.
func (c countedTx) Count(ctx context.Context, l store.Listing) (int, error) {
	c.calls.Add(1)
	return c.Tx.Count(ctx, l)
}

// CountMany counts.
func (c countedTx) CountMany(ctx context.Context, l store.Listing, to []string) (map[string]int, error) {
	c.calls.Add(1)
	return c.Tx.CountMany(ctx, l, to)
}

// Setting counts.
func (c countedTx) Setting(ctx context.Context, key string) (string, error) {
	c.calls.Add(1)
	return c.Tx.Setting(ctx, key)
}

// TokenByHash counts.
func (c countedTx) TokenByHash(ctx context.Context, hash string) (*store.Token, error) {
	c.calls.Add(1)
	return c.Tx.TokenByHash(ctx, hash)
}

// Audits counts.
func (c countedTx) Audits(ctx context.Context, q store.AuditQuery, p store.Page) ([]*store.Audit, error) {
	c.calls.Add(1)
	return c.Tx.Audits(ctx, q, p)
}

// Blob counts.
func (c countedTx) Blob(ctx context.Context, hash string) (contentType string, data []byte, err error) {
	c.calls.Add(1)
	return c.Tx.Blob(ctx, hash)
}
