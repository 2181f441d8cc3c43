package graph

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// Identify says what an access token is. One that is known and not good any more comes with the fault that says why. An application's
// own token is its id and its secret with a bar between: it is nowhere kept.
func Identify(ctx context.Context, tx store.Tx, text string, now time.Time) (*store.Token, error) {
	if app, secret, ok := strings.Cut(text, "|"); ok {
		return identifyApp(ctx, tx, app, secret)
	}
	token, err := tx.TokenByHash(ctx, store.HashToken(text))
	switch {
	case errors.Is(err, store.ErrNotFound) && !tokenPattern.MatchString(text):
		return nil, unreadable()
	case errors.Is(err, store.ErrNotFound):
		return nil, fault(codeToken, "Invalid OAuth access token")
	case err == nil && !token.Good(now.Unix()):
		return token, dead(token, now)
	}
	return token, err
}

// identifyApp checks an application's secret.
func identifyApp(ctx context.Context, tx store.Tx, app, secret string) (*store.Token, error) {
	known, err := AppSecret(ctx, tx, app)
	if err != nil {
		return nil, err
	}
	if known == "" || subtle.ConstantTimeCompare([]byte(known), []byte(secret)) == 0 {
		return nil, fault(codeToken, "Invalid OAuth access token signature.")
	}
	return &store.Token{Kind: store.AppToken, AppID: app, Label: "application " + app}, nil
}

// unreadable refuses what never was a token.
func unreadable() *object.Fault {
	return fault(codeToken, "Invalid OAuth access token - Cannot parse access token")
}

// dead says why a token that was good is refused. Clients branch on the subcode.
func dead(k *store.Token, now time.Time) *object.Fault {
	subcode, why := 467, "It was taken back, or its user logged out"
	switch {
	case k.Revoked == 0:
		subcode, why = 463, "Session has expired on "+time.Unix(k.Expires, 0).UTC().Format(time.RFC1123)+". The current time is "+now.UTC().Format(time.RFC1123)
	case k.Reason == store.AppRemoved:
		subcode, why = 458, "The user has not authorized application "+k.AppID
	case k.Reason == store.Checkpoint:
		subcode, why = 459, "The user has to log in and follow the instructions given there"
	case k.Reason == store.PasswordChanged:
		subcode, why = 460, "The user's password has changed since it was issued"
	case k.Reason == store.Unconfirmed:
		subcode, why = 464, "The user's account is not confirmed"
	case k.Reason == store.RoleLost:
		subcode, why = 492, "The user has no role on the Page any more"
	}
	f := fault(codeToken, "Error validating access token: "+why)
	f.Subcode = subcode
	return f
}

// appSecret is the setting that keeps an application's secret. It is kept as it is, and not hashed like tokens, because it is the key of a
// keyed hash: whoever checks a proof has to have it.
func appSecret(app string) string { return "app.secret." + app }

// AppSecret is the secret of an application, empty when it has none.
func AppSecret(ctx context.Context, tx store.Tx, app string) (string, error) {
	secret, err := tx.Setting(ctx, appSecret(app))
	if errors.Is(err, store.ErrNotFound) {
		return "", nil
	}
	return secret, err
}

// SetAppSecret gives an application a secret.
func SetAppSecret(ctx context.Context, tx store.Tx, app, secret string) error {
	return tx.SetSetting(ctx, appSecret(app), secret)
}

// Proof is what shows that whoever sends a token knows its application's secret: hex HMAC-SHA256 of the token.
func Proof(secret, token string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(token))
	return hex.EncodeToString(mac.Sum(nil))
}

// checkProof refuses a proof that is wrong, and its absence where proofs are required. An application without a secret has nothing to
// check it by.
func (h *Handler) checkProof(ctx context.Context, tx store.Tx, token *store.Token, text string, sent any) error {
	if sent == nil && !h.config.RequireProof {
		return nil
	}
	secret, err := AppSecret(ctx, tx, token.AppID)
	if err != nil || secret == "" {
		return err
	}
	if sent == nil {
		return fault(codeParameter, "API calls from the server require an appsecret_proof argument", "appsecret_proof")
	}
	if !hmac.Equal([]byte(strings.ToLower(fmt.Sprint(sent))), []byte(Proof(secret, text))) {
		return fault(codeParameter, "Invalid appsecret_proof provided in the API argument", "appsecret_proof")
	}
	return nil
}
