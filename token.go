package marquetry

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/graph/access"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// Fresh is what the first start made. The token is shown once: only its hash is kept.
type Fresh struct {
	Token     string // admin
	AccountID string // act_…
	PageID    string
	PixelID   string
	AppID     string
	AppSecret string // of that application; AppToken finds it again
}

// greeted names the setting that says that the first admin token was handed out.
const greeted = "instance.greeted"

// seed makes what a new instance starts with, once; an older one gets what it lacks.
func seed(ctx context.Context, db *store.DB, s settings) (fresh Fresh, err error) {
	err = db.Write(ctx, func(tx store.Tx) error {
		made, err := access.Seed(ctx, tx, s.Now().Unix())
		if err != nil {
			return err
		}
		secret, err := ownApp(ctx, tx, s, made.AppID)
		if err != nil {
			return err
		}
		if _, err := tx.Setting(ctx, greeted); !errors.Is(err, store.ErrNotFound) {
			return err
		}
		fresh = Fresh{AccountID: "act_" + made.AccountID, PageID: made.PageID, PixelID: made.PixelID, AppID: made.AppID, AppSecret: secret}
		if fresh.Token, err = putToken(ctx, tx, s, TokenRequest{Label: "admin", Scopes: []string{object.Admin}}); err != nil {
			return err
		}
		return tx.SetSetting(ctx, greeted, "yes")
	})
	return fresh, err
}

// ownApp sees to it that the first application has a secret, the configured one if there is one, and owns the tokens from before there were
// applications.
func ownApp(ctx context.Context, tx store.Tx, s settings, app string) (secret string, err error) {
	if secret, err = graph.AppSecret(ctx, tx, app); err != nil {
		return "", err
	}
	if wanted := s.AppSecret; secret == "" || wanted != "" && wanted != secret {
		if secret = wanted; secret == "" {
			secret = newSecret(s.Random)
		}
		if err := graph.SetAppSecret(ctx, tx, app, secret); err != nil {
			return "", err
		}
	}
	return secret, tx.AdoptTokens(ctx, app)
}

// newSecret is 32 hexadecimal digits, as applications of the platform have. Like a token it is not made of weak randomness.
func newSecret(random io.Reader) string {
	var b [16]byte
	if _, err := io.ReadFull(random, b[:]); err != nil {
		panic(fmt.Errorf("new secret: %w", err))
	}
	return hex.EncodeToString(b[:])
}

// TokenRequest describes a new access token.
type TokenRequest struct {
	Label    string   // for the audit
	Kind     string   // user (the default), system_user or page
	For      string   // id of the user, system user or Page that it speaks for; empty means the first one
	Scopes   []string // some of Scopes()
	Accounts []string // account ids, with or without act_; empty means all
	Expires  int64    // unix seconds, 0 for never
}

// Scopes are what a token can be allowed to do.
func Scopes() []string { return object.Permissions() }

// TokenKinds are the kinds of tokens that can be made. That of an application is made of its secret: see AppToken.
func TokenKinds() []string { return []string{store.UserToken, store.SystemToken, store.PageToken} }

// RevokeReasons are why a token can be taken back; each gives error 190 a subcode of its own.
func RevokeReasons() []string { return store.RevokeReasons() }

// CreateToken makes a token and returns it; only its hash is kept.
func (s *Server) CreateToken(ctx context.Context, want TokenRequest) (token string, err error) {
	err = s.db.Write(ctx, func(tx store.Tx) error {
		token, err = putToken(ctx, tx, s.settings, want)
		return err
	})
	return token, err
}

// AppToken is the token of the instance's application: its id and its secret with a bar between.
func (s *Server) AppToken(ctx context.Context) (token string, err error) {
	err = s.db.Write(ctx, func(tx store.Tx) error {
		made, err := access.Seed(ctx, tx, s.settings.Now().Unix())
		if err != nil {
			return err
		}
		secret, err := graph.AppSecret(ctx, tx, made.AppID)
		token = made.AppID + "|" + secret
		return err
	})
	return token, err
}

// TokenInfo is what is known of a token. The secret itself is not.
type TokenInfo struct {
	ID       string   `json:"id"` // by which RevokeToken finds it
	Label    string   `json:"label"`
	Kind     string   `json:"kind"`
	For      string   `json:"for"` // id of the user or Page
	AppID    string   `json:"app_id"`
	Scopes   []string `json:"scopes"`
	Accounts []string `json:"accounts"` // digits; empty means all
	Created  int64    `json:"created"`  // unix seconds, like the others
	Expires  int64    `json:"expires"`  // 0 for never
	Revoked  int64    `json:"revoked"`  // 0 while it was not taken back
	Reason   string   `json:"reason,omitempty"`
}

// Tokens lists every token that was made, oldest first.
func (s *Server) Tokens(ctx context.Context) (list []TokenInfo, err error) {
	err = s.db.Read(ctx, func(tx store.Tx) error {
		known, err := tx.Tokens(ctx)
		for _, k := range known {
			list = append(list, TokenInfo{k.ID(), k.Label, k.Kind, k.UserID, k.AppID, k.Scopes, k.Accounts, k.Created, k.Expires, k.Revoked, k.Reason})
		}
		return err
	})
	return list, err
}

// RevokeToken takes a token back, named by its id or by itself, for one of RevokeReasons.
func (s *Server) RevokeToken(ctx context.Context, name, reason string) error {
	if !slices.Contains(RevokeReasons(), reason) {
		return fmt.Errorf("reason %q is not one of %s", reason, strings.Join(RevokeReasons(), ", "))
	}
	return s.db.Write(ctx, func(tx store.Tx) error {
		known, err := tx.Tokens(ctx)
		if err != nil {
			return err
		}
		for _, k := range known {
			if k.ID() == name || k.Hash == store.HashToken(name) {
				k.Revoked, k.Reason = s.settings.Now().Unix(), reason
				return tx.PutToken(ctx, k)
			}
		}
		return errors.New("there is no such token; `marquetry token list` shows their ids")
	})
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
	instance, err := access.Seed(ctx, tx, s.Now().Unix())
	if err != nil {
		return "", err
	}
	speaker, err := speaker(ctx, tx, instance, want)
	if err != nil {
		return "", err
	}
	token := store.NewToken(s.Random)
	return token, tx.PutToken(ctx, &store.Token{
		Hash: store.HashToken(token), Label: want.Label, Kind: want.Kind, UserID: speaker, AppID: instance.AppID, Scopes: want.Scopes, Accounts: accounts,
		Created: s.Now().Unix(), Expires: want.Expires,
	})
}

// speaker finds the user or Page that a token is to speak for.
func speaker(ctx context.Context, tx store.Tx, instance access.Seeded, want TokenRequest) (string, error) {
	first := map[string]string{store.UserToken: instance.UserID, store.SystemToken: instance.SystemUserID, store.PageToken: instance.PageID}
	kind := cmp.Or(want.Kind, store.UserToken)
	if first[kind] == "" {
		return "", fmt.Errorf("kind %q is not one of %s", kind, strings.Join(TokenKinds(), ", "))
	}
	if want.For == "" {
		return first[kind], nil
	}
	o, err := tx.Object(ctx, want.For)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return "", err
	}
	if err != nil || (o.Type == "page") != (kind == store.PageToken) || o.Type != "page" && (o.Type != "user" || (o.Data["system"] == true) != (kind == store.SystemToken)) {
		return "", fmt.Errorf("%s is not the id of something that a token of kind %s can speak for", want.For, kind)
	}
	return o.ID, nil
}

// traceID is a new fbtrace_id: 22 URL-safe characters.
func traceID(random io.Reader) string {
	var b [16]byte
	if _, err := io.ReadFull(random, b[:]); err != nil {
		return "unavailable" // it names a request in a log; no request fails for want of a name
	}
	return base64.RawURLEncoding.EncodeToString(b[:])
}
