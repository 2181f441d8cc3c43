package deliver

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/marquetry/marquetry/internal/store"
)

// How long a looked-up token is believed without asking the database again, and how many are remembered.
const (
	callerTTL   = 5 * time.Second
	callerGrace = time.Hour // while the database does not answer
	maxCallers  = 1024
)

// errToken is the answer to an access token that is not known or has expired. It is optional, but a wrong one is not ignored.
func errToken() error {
	return &refusal{http.StatusUnauthorized, "the access token is not known or has expired", "access_token", "access_token.invalid"}
}

// callerCache looks access tokens up and remembers them for a moment, so that decisions with a token do not each ask the database.
type callerCache struct {
	db    *store.DB
	known sync.Map     // hash of the token → remembered
	count atomic.Int64 // entries of known, those that were written again included
}

// remembered is one answer of the database.
type remembered struct {
	token *store.Token // nil when there is none
	until time.Time
}

// newCallerCache starts empty.
func newCallerCache(db *store.DB) *callerCache { return &callerCache{db: db} }

// of returns the token of a request, nil when it has none, or errToken.
func (c *callerCache) of(r *http.Request, now time.Time) (*store.Token, error) {
	secret := bearer(r)
	if secret == "" {
		return nil, nil
	}
	token, err := c.lookUp(r.Context(), store.HashToken(secret), now)
	if err != nil {
		return nil, err
	}
	if token == nil || !token.Good(now.Unix()) {
		return nil, errToken()
	}
	return token, nil
}

// bearer is the access token of a request, from the header or from the query.
func bearer(r *http.Request) string {
	if scheme, secret, ok := strings.Cut(r.Header.Get("Authorization"), " "); ok && strings.EqualFold(scheme, "Bearer") {
		return strings.TrimSpace(secret)
	}
	if !strings.Contains(r.URL.RawQuery, "access_token=") {
		return ""
	}
	return r.URL.Query().Get("access_token")
}

// lookUp returns the token with that hash, nil when there is none.
func (c *callerCache) lookUp(ctx context.Context, hash string, now time.Time) (*store.Token, error) {
	found, known := c.known.Load(hash)
	if known && now.Before(found.(remembered).until) {
		return found.(remembered).token, nil
	}
	var token *store.Token
	err := c.db.Read(ctx, func(tx store.Tx) (err error) {
		token, err = tx.TokenByHash(ctx, hash)
		return err
	})
	switch {
	case errors.Is(err, store.ErrNotFound):
	case err != nil && known && ctx.Err() == nil && now.Sub(found.(remembered).until) < callerGrace:
		return found.(remembered).token, nil
	case err != nil:
		return nil, err
	}
	c.remember(hash, remembered{token, now.Add(callerTTL)})
	return token, nil
}

// remember keeps an answer; when there are too many, all are forgotten, which costs each one look-up.
func (c *callerCache) remember(hash string, r remembered) {
	if c.count.Add(1) > maxCallers {
		c.known.Clear()
		c.count.Store(1)
	}
	c.known.Store(hash, r)
}

// allows reports whether a token carries a scope; admin implies every other, ads_management implies ads_read.
func allows(token *store.Token, scope string) bool {
	if token == nil {
		return false
	}
	return slices.Contains(token.Scopes, scope) || slices.Contains(token.Scopes, "admin") ||
		(scope == "ads_read" && slices.Contains(token.Scopes, "ads_management"))
}

// reads returns the test whether a token may read an account, given by its digits.
func reads(token *store.Token) func(account string) bool {
	return func(account string) bool {
		return allows(token, "ads_read") && (len(token.Accounts) == 0 || slices.Contains(token.Accounts, account))
	}
}
