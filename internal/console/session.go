package console

import (
	"context"
	"encoding/base64"
	"errors"
	"io"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/marquetry/marquetry/internal/store"
)

// cookie is the name of the session's cookie.
const cookie = "marquetry_session"

// maxSessions bounds the memory that logins take; the one that ends first makes room.
const maxSessions = 1000

// visitor is who looks at a page, and what of it they may see.
type visitor struct {
	tokenHash string   // of the token they logged in with
	accounts  []string // digits; empty means all
	admin     bool     // may see what belongs to no account
}

// sees reports whether a visitor may look at an account.
func (v visitor) sees(account string) bool {
	return len(v.accounts) == 0 || slices.Contains(v.accounts, account)
}

// session is one login.
type session struct {
	tokenHash string
	until     time.Time
}

// sessions is the logins by their hashed ids. They live in memory: after a restart people log in again.
type sessions struct {
	mu sync.Mutex
	by map[string]session
}

// newSessions returns none.
func newSessions() *sessions { return &sessions{by: map[string]session{}} }

// start begins a session and returns the secret that the browser keeps.
func (s *sessions) start(random io.Reader, tokenHash string, now, until time.Time) (string, error) {
	var secret [32]byte
	if _, err := io.ReadFull(random, secret[:]); err != nil {
		return "", err
	}
	id := base64.RawURLEncoding.EncodeToString(secret[:])
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.by) >= maxSessions {
		s.drop(now)
	}
	s.by[store.HashToken(id)] = session{tokenHash, until}
	return id, nil
}

// drop removes the sessions that have ended, or the one that ends first if none has. The caller holds the lock.
func (s *sessions) drop(now time.Time) {
	var first string
	for id, one := range s.by {
		if one.until.Before(now) {
			delete(s.by, id)
		} else if first == "" || one.until.Before(s.by[first].until) {
			first = id
		}
	}
	if len(s.by) >= maxSessions {
		delete(s.by, first)
	}
}

// find is the session that a request's cookie names.
func (s *sessions) find(r *http.Request, now time.Time) (session, bool) {
	sent, err := r.Cookie(cookie)
	if err != nil {
		return session{}, false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	one, ok := s.by[store.HashToken(sent.Value)]
	return one, ok && now.Before(one.until)
}

// end forgets the session of a request.
func (s *sessions) end(r *http.Request) {
	if sent, err := r.Cookie(cookie); err == nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.by, store.HashToken(sent.Value))
	}
}

// errRefused means that a token opens no console: unknown, expired, or without the scope to read ads.
var errRefused = errors.New("this token does not open the console")

// visitorOf is who a token stands for. It is looked up again for every page, so that a token that was taken back, or has expired,
// ends its sessions.
func (c *console) visitorOf(ctx context.Context, tokenHash string) (visitor, error) {
	var token *store.Token
	err := c.db.Read(ctx, func(tx store.Tx) (err error) {
		token, err = tx.TokenByHash(ctx, tokenHash)
		return err
	})
	switch {
	case errors.Is(err, store.ErrNotFound):
		return visitor{}, errRefused
	case err != nil:
		return visitor{}, err
	case !token.Good(c.Now().Unix()):
		return visitor{}, errRefused
	}
	for _, scope := range []string{"ads_read", "ads_management", "admin"} {
		if slices.Contains(token.Scopes, scope) {
			return visitor{tokenHash, token.Accounts, slices.Contains(token.Scopes, "admin")}, nil
		}
	}
	return visitor{}, errRefused
}
