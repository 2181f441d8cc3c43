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

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// cookie is the name of the session's cookie.
const cookie = "marquetry_session"

// maxSessions bounds the memory that logins take; the one that ends first makes room.
const maxSessions = 1000

// visitor is who looks at a page, and what of it they may see: as a caller of the Graph API with the same token.
type visitor struct {
	graph.Caller
	tokenHash string // of the token they logged in with
	open      bool   // nobody is logged in, where nobody has to: they may look at everything
}

// sees reports whether a visitor may look at an account.
func (v visitor) sees(account string) bool {
	return len(v.Accounts) == 0 || slices.Contains(v.Accounts, account)
}

// reads reports whether a visitor may look at ads, and not only at what waits for review.
func (v visitor) reads() bool { return v.open || v.Can(object.AdsRead) }

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

// errRefused means that a token opens no console: unknown, expired, or without the scope to read ads or to review texts.
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
	v := visitor{tokenHash: tokenHash, Caller: graph.Caller{UserID: token.UserID, Name: token.Label, Kind: token.Kind, AppID: token.AppID, Scopes: token.Scopes,
		Accounts: token.Accounts}}
	if !v.reads() && !v.Can(object.CreativeReview) {
		return visitor{}, errRefused
	}
	return v, nil
}
