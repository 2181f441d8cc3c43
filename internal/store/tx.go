package store

import (
	"context"
	"database/sql"
	"errors"
)

// ErrNotFound is what a lookup of an absent object, blob, setting or token returns.
var ErrNotFound = errors.New("store: not found")

// Tx is one transaction. A read transaction sees one state of the database; a write transaction is alone, in SQLite by its
// lock, in PostgreSQL by an advisory lock of the database. Lookups of what does not exist return ErrNotFound.
//
// SQL is written once with ? placeholders for both databases. Close the rows of one query before the next statement:
// PostgreSQL runs one at a time on a connection.
type Tx interface {
	Exec(ctx context.Context, sql string, args ...any) (sql.Result, error)
	Query(ctx context.Context, sql string, args ...any) (*sql.Rows, error)
	QueryRow(ctx context.Context, sql string, args ...any) *sql.Row

	Object(ctx context.Context, id string) (*Object, error)
	Objects(ctx context.Context, ids []string) (map[string]*Object, error)                                 // absent ids are left out
	ObjectByHash(ctx context.Context, typ, accountID, hash string) (*Object, error)                        // the newest, one that is not DELETED if there is one
	ObjectsByHash(ctx context.Context, typ, accountID string, hashes []string) (map[string]*Object, error) // the same for many, by hash; absent ones are left out
	List(ctx context.Context, l Listing, p Page) ([]*Object, error)                                        // newest first
	ListMany(ctx context.Context, l Listing, to []string, limit int) (map[string][]*Object, error)         // the first page under each of many parents; l.To is not used
	Count(ctx context.Context, l Listing) (int, error)
	CountMany(ctx context.Context, l Listing, to []string) (map[string]int, error)                       // under each of many parents; those without rows are left out
	All(ctx context.Context, typ string, each func(*Object) error) error                                 // every object of a type, oldest first; each may use the transaction
	AllSound(ctx context.Context, typ string, each func(*Object) error, damaged func(error) error) error // All; rows whose data cannot be read are told of, and ended by an error only

	NextID(ctx context.Context) (string, int64, error) // a new 18-digit id with its Seq
	Insert(ctx context.Context, o *Object) error
	Update(ctx context.Context, o *Object) error // Data, Status, Hash, Refs and Updated of the object with o.ID
	Delete(ctx context.Context, id string) error // with the references that it makes; those to it stay and lead nowhere

	PutBlob(ctx context.Context, hash, contentType string, data []byte) error // same hash twice is one blob
	Blob(ctx context.Context, hash string) (contentType string, data []byte, err error)
	DropBlob(ctx context.Context, hash string) error
	DropBlobs(ctx context.Context, typ string, before int64, prefix string) error // of the objects of a type made before a time, kept under prefix and id

	Setting(ctx context.Context, key string) (string, error)
	SetSetting(ctx context.Context, key, value string) error

	PutToken(ctx context.Context, t *Token) error // an existing token with the same hash is replaced
	TokenByHash(ctx context.Context, hash string) (*Token, error)
	Tokens(ctx context.Context) ([]*Token, error)      // all, oldest first
	AdoptTokens(ctx context.Context, app string) error // gives tokens of no application to this one

	Audit(ctx context.Context, a *Audit) error
	Audits(ctx context.Context, q AuditQuery, p Page) ([]*Audit, error) // newest first

	Checkpoint(ctx context.Context, fold string) (int64, error) // position of the last event folded, 0 before the first
	SetCheckpoint(ctx context.Context, fold string, position int64) error
}

// Token is an access token as it is kept: never the secret itself.
type Token struct {
	Hash     string // lower-case hex SHA-256 of the token
	Label    string
	Kind     string // one of TokenKinds; empty means a user's
	UserID   string // the object that it speaks for, which /me is: a user, or a Page
	AppID    string // the application that issued it
	Scopes   []string
	Accounts []string // digits; empty means all
	Created  int64    // unix seconds
	Expires  int64    // unix seconds, 0 for never
	Revoked  int64    // unix seconds, 0 while it was not taken back
	Reason   string   // why it was taken back, one of RevokeReasons
}

// Audit is one line of the record of who changed what.
type Audit struct {
	Seq       int64 // order of writing, set by Audit
	At        int64 // unix seconds
	AccountID string
	Actor     string // the token's label
	ActorID   string // id of its user
	Object    string // id
	Type      string
	Action    string // create, update, delete
	Changes   string // JSON object of the sent values
	Before    string // JSON object of what they replaced; "" is none
}

// AuditQuery selects lines of an account's record; what is zero selects nothing away.
type AuditQuery struct {
	AccountID string
	Objects   []string // ids
	Types     []string
	ActorID   string
	Since     int64 // unix seconds, the first that counts
	Until     int64 // the last
}
