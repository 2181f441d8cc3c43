package store

import (
	"context"
	"database/sql"
)

// Tx is one transaction. A read transaction sees one state of the database; a write transaction is alone in SQLite
// and serialisable in effect in PostgreSQL for the rows that it touches. Lookups of what does not exist return ErrNotFound.
//
// SQL is written once with ? placeholders for both databases.
type Tx interface {
	Exec(ctx context.Context, sql string, args ...any) (sql.Result, error)
	Query(ctx context.Context, sql string, args ...any) (*sql.Rows, error)
	QueryRow(ctx context.Context, sql string, args ...any) *sql.Row

	Object(ctx context.Context, id string) (*Object, error)
	Objects(ctx context.Context, ids []string) (map[string]*Object, error) // one query, absent ids are left out
	ObjectByHash(ctx context.Context, typ, accountID, hash string) (*Object, error)
	List(ctx context.Context, l Listing, p Page) ([]*Object, error)
	ListMany(ctx context.Context, l Listing, to []string, limit int) (map[string][]*Object, error) // the first page under each of many parents, one query
	Count(ctx context.Context, l Listing) (int, error)
	All(ctx context.Context, typ string, each func(*Object) error) error // every object of a type, oldest first

	NextID(ctx context.Context) (string, int64, error) // a new 18-digit id with its Seq
	Insert(ctx context.Context, o *Object) error
	Update(ctx context.Context, o *Object) error // Data, Status, Hash, Refs and Updated

	PutBlob(ctx context.Context, hash, contentType string, data []byte) error // same hash twice is one blob
	Blob(ctx context.Context, hash string) (contentType string, data []byte, err error)

	Setting(ctx context.Context, key string) (string, error)
	SetSetting(ctx context.Context, key, value string) error

	PutToken(ctx context.Context, t *Token) error
	TokenByHash(ctx context.Context, hash string) (*Token, error)

	Audit(ctx context.Context, a *Audit) error
}

// Token is an access token as it is kept: never the secret itself.
type Token struct {
	Hash     string // lower-case hex SHA-256 of the token
	Label    string
	UserID   string
	Scopes   []string
	Accounts []string // digits; empty means all
	Created  int64    // unix seconds
	Expires  int64    // unix seconds, 0 for never
}

// Audit is one line of the record of who changed what.
type Audit struct {
	At        int64 // unix seconds
	AccountID string
	Actor     string // the token's label
	Object    string // id
	Type      string
	Action    string // create, update, delete
	Changes   string // JSON object of the sent values
}
