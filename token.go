package marquetry

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/graph/ads"
	"github.com/marquetry/marquetry/internal/store"
)

// Fresh is what the first start made. The token is shown once: only its hash is kept.
type Fresh struct {
	Token     string // admin
	AccountID string // act_…
	PageID    string
	PixelID   string
}

// greeted names the setting that says that the first admin token was handed out.
const greeted = "instance.greeted"

// seed makes a new instance's user, ad account, Page, pixel and admin token, once.
func seed(ctx context.Context, db *store.DB, s settings) (fresh Fresh, err error) {
	err = db.Write(ctx, func(tx store.Tx) error {
		if _, err := tx.Setting(ctx, greeted); !errors.Is(err, store.ErrNotFound) {
			return err
		}
		made, err := ads.Seed(ctx, tx, s.Now().Unix())
		if err != nil {
			return err
		}
		fresh = Fresh{AccountID: "act_" + made.AccountID, PageID: made.PageID, PixelID: made.PixelID}
		if fresh.Token, err = putToken(ctx, tx, s, TokenRequest{Label: "admin", Scopes: []string{"admin"}}); err != nil {
			return err
		}
		return tx.SetSetting(ctx, greeted, "yes")
	})
	return fresh, err
}

// TokenRequest describes a new access token.
type TokenRequest struct {
	Label    string   // for the audit
	Scopes   []string // ads_read, ads_management, business_management, pages_read_engagement, sandbox, admin
	Accounts []string // account ids, with or without act_; empty means all
	Expires  int64    // unix seconds, 0 for never
}

// Scopes are what a token can be allowed to do.
func Scopes() []string {
	return []string{"ads_read", "ads_management", "business_management", "pages_read_engagement", "sandbox", "admin"}
}

// CreateToken makes a token and returns it; only its hash is kept.
func (s *Server) CreateToken(ctx context.Context, want TokenRequest) (token string, err error) {
	err = s.db.Write(ctx, func(tx store.Tx) error {
		token, err = putToken(ctx, tx, s.settings, want)
		return err
	})
	return token, err
}

// putToken checks a request and stores the token's hash.
func putToken(ctx context.Context, tx store.Tx, s settings, want TokenRequest) (string, error) {
	for _, scope := range want.Scopes {
		if !slices.Contains(Scopes(), scope) {
			return "", fmt.Errorf("scope %q is not one of %s", scope, strings.Join(Scopes(), ", "))
		}
	}
	accounts := make([]string, len(want.Accounts))
	for i, id := range want.Accounts {
		accounts[i] = strings.TrimPrefix(id, "act_")
		if _, err := tx.Object(ctx, "act_"+accounts[i]); errors.Is(err, store.ErrNotFound) {
			return "", fmt.Errorf("there is no ad account %s", id)
		} else if err != nil {
			return "", err
		}
	}
	instance, err := ads.Seed(ctx, tx, s.Now().Unix())
	if err != nil {
		return "", err
	}
	token := store.NewToken(s.Random)
	return token, tx.PutToken(ctx, &store.Token{
		Hash: store.HashToken(token), Label: want.Label, UserID: instance.UserID, Scopes: want.Scopes, Accounts: accounts,
		Created: s.Now().Unix(), Expires: want.Expires,
	})
}

// traceID is a new fbtrace_id: 22 URL-safe characters.
func traceID(random io.Reader) string {
	var b [16]byte
	if _, err := io.ReadFull(random, b[:]); err != nil {
		return "unavailable" // it names a request in a log; no request fails for want of a name
	}
	return base64.RawURLEncoding.EncodeToString(b[:])
}
