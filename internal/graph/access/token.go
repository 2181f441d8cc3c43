package access

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"time"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// exchanged is how long a token lives that was given for another: the platform's sixty days.
const exchanged = 60 * 24 * time.Hour

// debug answers what a token is. Whoever asks holds it, so nothing of it is hidden from them; one that is not good comes with the reason.
func debug(ctx context.Context, call *graph.Call, tx store.Tx) (any, error) {
	text := object.Text(call.Args, "input_token")
	token, err := graph.Identify(ctx, tx, text, time.Unix(call.Now, 0))
	var why *object.Fault
	if err != nil && !errors.As(err, &why) {
		return nil, err
	}
	if token == nil {
		return answered(object.Ordered{{Name: "error", Value: reason(why)}, {Name: "is_valid", Value: false}, {Name: "scopes", Value: []string{}}}), nil
	}
	data, err := described(ctx, tx, token)
	if why != nil {
		data = append(data, object.Member{Name: "error", Value: reason(why)})
	}
	return answered(append(data, object.Member{Name: "is_valid", Value: why == nil})), err
}

// answered puts an answer under data.
func answered(data object.Ordered) object.Ordered { return object.Ordered{{Name: "data", Value: data}} }

// reason is a fault as it stands inside an answer.
func reason(f *object.Fault) object.Ordered {
	out := object.Ordered{{Name: "code", Value: f.Code}, {Name: "message", Value: f.Message}}
	if f.Subcode != 0 {
		out = append(out, object.Member{Name: "subcode", Value: f.Subcode})
	}
	return out
}

// described is everything that is known of a token.
func described(ctx context.Context, tx store.Tx, k *store.Token) (object.Ordered, error) {
	app, err := tx.Object(ctx, k.AppID)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return nil, err
	}
	kind := map[string]string{store.UserToken: "USER", store.SystemToken: "SYSTEM_USER", store.AppToken: "APP", store.PageToken: "PAGE"}[k.Kind]
	out := object.Ordered{{Name: "app_id", Value: k.AppID}, {Name: "type", Value: kind}}
	if app != nil {
		out = append(out, object.Member{Name: "application", Value: app.Text("name")})
	}
	if k.Kind == store.AppToken {
		return append(out, object.Member{Name: "scopes", Value: []string{}}), nil
	}
	whose := "user_id"
	if k.Kind == store.PageToken {
		whose = "profile_id"
	}
	return append(out, object.Ordered{
		{Name: "data_access_expires_at", Value: k.Expires}, {Name: "expires_at", Value: k.Expires}, {Name: "issued_at", Value: k.Created},
		{Name: "scopes", Value: k.Scopes}, {Name: "granular_scopes", Value: granular(k)}, {Name: whose, Value: k.UserID},
	}...), nil
}

// granular lists the permissions with the accounts that they are for; none means all.
func granular(k *store.Token) []object.Ordered {
	out := []object.Ordered{}
	for _, scope := range k.Scopes {
		one := object.Ordered{{Name: "scope", Value: scope}}
		if len(k.Accounts) > 0 && (scope == object.AdsRead || scope == object.AdsManagement) {
			one = append(one, object.Member{Name: "target_ids", Value: k.Accounts})
		}
		out = append(out, one)
	}
	return out
}

// issue hands out tokens to whoever knows an application's secret: the application's own, or a longer-lived one in place of another.
func (s *service) issue(ctx context.Context, call *graph.Call, tx store.Tx) (any, error) {
	app := object.Text(call.Args, "client_id")
	secret, err := graph.AppSecret(ctx, tx, app)
	switch {
	case err != nil:
		return nil, err
	case secret == "":
		return nil, &object.Fault{Code: 900, Rule: "app.unknown", Path: []string{"client_id"}, Message: "(#900) There is no application " + app}
	case subtle.ConstantTimeCompare([]byte(secret), []byte(object.Text(call.Args, "client_secret"))) == 0:
		return nil, &object.Fault{Rule: "app.secret", Path: []string{"client_secret"}, Message: "(#100) This is not the secret of application " + app}
	}
	switch grant := object.Text(call.Args, "grant_type"); {
	case call.Args["code"] != nil:
		return nil, &object.Fault{Code: 3, Rule: "not_emulated", Path: []string{"code"}, Message: "(#3) There is no login dialog here whose code could be redeemed; make a token with `marquetry token create`"}
	case grant == "client_credentials":
		return object.Ordered{{Name: "access_token", Value: app + "|" + secret}, {Name: "token_type", Value: "bearer"}}, nil
	case grant == "fb_exchange_token":
		return s.exchange(ctx, call, tx, app)
	}
	return nil, &object.Fault{Rule: "enum", Path: []string{"grant_type"}, Message: "(#100) Param grant_type must be one of {client_credentials, fb_exchange_token}"}
}

// exchange makes a token with the rights of another of the same application. The old one stays as good as it was.
func (s *service) exchange(ctx context.Context, call *graph.Call, tx store.Tx, app string) (any, error) {
	old, err := graph.Identify(ctx, tx, object.Text(call.Args, "fb_exchange_token"), time.Unix(call.Now, 0))
	if err != nil {
		return nil, err
	}
	if old.Kind == store.AppToken || old.AppID != app {
		return nil, &object.Fault{Rule: "token.app", Path: []string{"fb_exchange_token"}, Message: "(#100) The token to exchange was not issued to a user of application " + app}
	}
	fresh, text := *old, store.NewToken(s.config.Random)
	fresh.Hash, fresh.Created, fresh.Expires = store.HashToken(text), call.Now, call.Now+int64(exchanged.Seconds())
	if old.Expires == 0 { // a token that never ends is not exchanged for one that does
		fresh.Expires = 0
	}
	call.Later(func(ctx context.Context, d graph.Deferred) error {
		return d.Write(ctx, func(tx store.Tx) error { return tx.PutToken(ctx, &fresh) })
	})
	answer := object.Ordered{{Name: "access_token", Value: text}, {Name: "token_type", Value: "bearer"}}
	if fresh.Expires != 0 {
		answer = append(answer, object.Member{Name: "expires_in", Value: int64(exchanged.Seconds())})
	}
	return answer, nil
}

// revoke takes back the token that asks for it, or one permission of it. Other tokens of the same user stay: here they all have one.
func revoke(ctx context.Context, call *graph.Call, tx store.Tx) (any, error) {
	if call.Node.ID != call.Caller.UserID {
		return nil, &object.Fault{Code: 10, Rule: "token.other", Message: "(#10) A token can only take itself back"}
	}
	token, err := tx.TokenByHash(ctx, store.HashToken(call.AccessToken()))
	if err != nil {
		return nil, err
	}
	if gone := object.Text(call.Args, "permission"); gone != "" {
		token.Scopes = without(token.Scopes, gone)
	} else {
		token.Revoked, token.Reason = call.Now, store.AppRemoved
	}
	audit := &store.Audit{At: call.Now, Actor: call.Caller.Name, Object: token.ID(), Type: "token", Action: "delete", Changes: fmt.Sprintf(`{"permission":%q}`, object.Text(call.Args, "permission"))}
	return object.Ordered{{Name: "success", Value: true}}, errors.Join(tx.PutToken(ctx, token), tx.Audit(ctx, audit))
}

// without is a list less one element.
func without(list []string, gone string) []string {
	var kept []string
	for _, one := range list {
		if one != gone {
			kept = append(kept, one)
		}
	}
	return kept
}
