package store

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
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

// PutToken keeps a token.
func (t *tx) PutToken(ctx context.Context, k *Token) error {
	_, err := t.Exec(ctx, `INSERT INTO tokens (hash, label, user_id, scopes, accounts, created, expires) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (hash) DO UPDATE SET label = excluded.label, user_id = excluded.user_id, scopes = excluded.scopes,
			accounts = excluded.accounts, created = excluded.created, expires = excluded.expires`,
		k.Hash, k.Label, k.UserID, strings.Join(k.Scopes, " "), strings.Join(k.Accounts, " "), k.Created, k.Expires)
	return err
}

// TokenByHash finds a token, whether or not it has expired.
func (t *tx) TokenByHash(ctx context.Context, hash string) (*Token, error) {
	if !isText(hash) {
		return nil, ErrNotFound
	}
	k := &Token{Hash: hash}
	var scopes, accounts string
	err := t.QueryRow(ctx, "SELECT label, user_id, scopes, accounts, created, expires FROM tokens WHERE hash = ?", hash).
		Scan(&k.Label, &k.UserID, &scopes, &accounts, &k.Created, &k.Expires)
	if err != nil {
		return nil, notFound(err)
	}
	k.Scopes, k.Accounts = strings.Fields(scopes), strings.Fields(accounts)
	return k, nil
}
