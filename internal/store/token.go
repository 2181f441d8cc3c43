package store

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
)

// NewToken makes a secret of 256 random bits, recognisable by its prefix. It panics when the source of randomness fails,
// since no weaker token may be handed out; crypto/rand.Reader never does.
func NewToken(random io.Reader) string {
	var secret [32]byte
	if _, err := io.ReadFull(random, secret[:]); err != nil {
		panic(fmt.Errorf("store: new token: %w", err))
	}
	return "mq_" + base64.RawURLEncoding.EncodeToString(secret[:])
}

// HashToken is what a token is kept and found by. A plain hash is enough: the secret has 256 random bits.
func HashToken(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// The kinds of tokens.
const (
	UserToken   = "user"
	SystemToken = "system_user"
	AppToken    = "app"
	PageToken   = "page"
)

// TokenKinds are all of them.
func TokenKinds() []string { return []string{UserToken, SystemToken, AppToken, PageToken} }

// Why a token was taken back. Each has an error subcode of its own on the platform.
const (
	AppRemoved      = "app_removed"      // the user removed the app
	Checkpoint      = "checkpoint"       // the user has to log in and answer something first
	PasswordChanged = "password_changed" // the user chose a new password
	Unconfirmed     = "unconfirmed"      // the user's account is not confirmed
	Invalidated     = "invalidated"      // somebody took this one token back
	RoleLost        = "role_lost"        // the user may no longer act for the Page
)

// RevokeReasons are all of them.
func RevokeReasons() []string {
	return []string{Invalidated, AppRemoved, Checkpoint, PasswordChanged, Unconfirmed, RoleLost}
}

// Good reports whether a token can be used at a time, in unix seconds: it was not taken back and has not expired.
func (k *Token) Good(now int64) bool { return k.Revoked == 0 && (k.Expires == 0 || now < k.Expires) }

// ID names a token to people: a part of the hash, which is no secret.
func (k *Token) ID() string { return k.Hash[:min(len(k.Hash), 16)] }

// tokenColumns are read by scanToken in this order.
const tokenColumns = "hash, label, kind, user_id, app_id, scopes, accounts, created, expires, revoked, reason" //nolint:gosec // names of columns, not a token

// PutToken keeps a token; one without a kind is a user's.
func (t *tx) PutToken(ctx context.Context, k *Token) error {
	_, err := t.Exec(ctx, "INSERT INTO tokens ("+tokenColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (hash) DO UPDATE SET label = excluded.label, kind = excluded.kind, user_id = excluded.user_id, app_id = excluded.app_id,
			scopes = excluded.scopes, accounts = excluded.accounts, created = excluded.created, expires = excluded.expires,
			revoked = excluded.revoked, reason = excluded.reason`,
		k.Hash, k.Label, cmp.Or(k.Kind, UserToken), k.UserID, k.AppID, strings.Join(k.Scopes, " "), strings.Join(k.Accounts, " "),
		k.Created, k.Expires, k.Revoked, k.Reason)
	return err
}

// TokenByHash finds a token, whether or not it can still be used.
func (t *tx) TokenByHash(ctx context.Context, hash string) (*Token, error) {
	if !isText(hash) {
		return nil, ErrNotFound
	}
	k, err := scanToken(t.QueryRow(ctx, "SELECT "+tokenColumns+" FROM tokens WHERE hash = ?", hash))
	return k, notFound(err)
}

// Tokens lists every token, oldest first: an instance has as many as somebody made by hand.
func (t *tx) Tokens(ctx context.Context) (list []*Token, err error) {
	rows, err := t.Query(ctx, "SELECT "+tokenColumns+" FROM tokens ORDER BY created, hash")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		k, err := scanToken(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, k)
	}
	return list, rows.Err()
}

// AdoptTokens gives the tokens that were made before there were applications to one.
func (t *tx) AdoptTokens(ctx context.Context, app string) error {
	_, err := t.Exec(ctx, "UPDATE tokens SET app_id = ? WHERE app_id = ''", app)
	return err
}

// scanToken reads one row of tokenColumns.
func scanToken(row interface{ Scan(into ...any) error }) (*Token, error) {
	k := &Token{}
	var scopes, accounts string
	err := row.Scan(&k.Hash, &k.Label, &k.Kind, &k.UserID, &k.AppID, &scopes, &accounts, &k.Created, &k.Expires, &k.Revoked, &k.Reason)
	if err != nil {
		return nil, err
	}
	k.Scopes, k.Accounts = strings.Fields(scopes), strings.Fields(accounts)
	return k, nil
}
