package graph

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// A token that was good is refused with the subcode of the reason, and with the header that goes with it.
func TestDeadTokens(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for reason, want := range map[string]int{
		store.AppRemoved: 458, store.Checkpoint: 459, store.PasswordChanged: 460, store.Unconfirmed: 464, store.Invalidated: 467, store.RoleLost: 492, "": 467,
	} {
		secret := "mq_taken_back_" + reason
		f.put(t, secret, store.Token{UserID: "100000000000000001", AppID: "7", Scopes: []string{"admin"}, Revoked: 1, Reason: reason})
		w := f.do("GET", "/v25.0/me", secret, "")
		if w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), fmt.Sprintf(`"error_subcode":%d`, want)) {
			t.Errorf("%s: %d %s", reason, w.Code, w.Body)
		}
		if got := w.Header().Get("WWW-Authenticate"); !regexp.MustCompile(`^OAuth "Facebook Platform" "invalid_token" "Error validating [^"]+"$`).MatchString(got) {
			t.Errorf("%s: WWW-Authenticate: %s", reason, got)
		}
	}
	if w := f.do("GET", "/v25.0/me", "", ""); !strings.Contains(w.Header().Get("WWW-Authenticate"), `"invalid_request"`) {
		t.Errorf("without a token: %v", w.Header())
	}
	if w := f.do("GET", "/v25.0/17", adminToken, ""); w.Header().Get("WWW-Authenticate") != "" {
		t.Errorf("an error that is not the token's: %v", w.Header())
	}
}

// An application's own token is its id and secret. It knows of Pages and of nothing that belongs to an account.
func TestAppToken(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.secret(t, "7", "s3cret")
	for _, c := range []struct{ path, token, want string }{
		{"/v25.0/me", "7|s3cret", `"code":2500`},
		{"/v25.0/act_1", "7|s3cret", `"code":272`},
		{"/v25.0/100000000000000002", "7|s3cret", `"code":10,`},
		{"/v25.0/act_1", "7|s3crets", `signature`},
		{"/v25.0/act_1", "8|s3cret", `signature`},
		{"/v25.0/act_1", "8|1234567", `signature`},
	} {
		if w := f.do("GET", c.path, c.token, ""); !strings.Contains(w.Body.String(), c.want) {
			t.Errorf("%s with %s: %s, want %s", c.path, c.token, w.Body, c.want)
		}
	}
}

// A proof is checked when it is sent and the token's application has a secret, and asked for where it is required.
func TestProof(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	const token, plain = "mq_of_application_7", "mq_of_application_8"
	f.secret(t, "7", "s3cret")
	f.put(t, token, store.Token{UserID: "100000000000000001", AppID: "7"})
	f.put(t, plain, store.Token{UserID: "100000000000000001", AppID: "8"})
	right := Proof("s3cret", token)
	if right != "03baa7d51a25c1019fa19d366641ea85776e17300311620e62f99d65d71bc12b" { // openssl dgst -sha256 -hmac s3cret
		t.Errorf("proof %s", right)
	}
	for _, c := range []struct {
		token, proof string
		required     bool
		want         string
	}{
		{token, right, true, ""}, {token, strings.ToUpper(right), false, ""}, {token, "", false, ""},
		{token, Proof("s3cret", plain), false, "Invalid appsecret_proof"}, {token, "x", true, "Invalid appsecret_proof"},
		{token, "", true, "require an appsecret_proof"}, {plain, "x", true, ""},
	} {
		f.config.RequireProof = c.required
		path := "/v25.0/me"
		if c.proof != "" {
			path += "?appsecret_proof=" + c.proof
		}
		w := f.do("GET", path, c.token, "")
		if ok := w.Code == http.StatusOK; ok != (c.want == "") || !strings.Contains(w.Body.String(), c.want) {
			t.Errorf("%+v: %s", c, w.Body)
		}
	}
}

// What a token may do outside of accounts depends on what the type names and on whether the token is limited.
func TestPermitOutside(t *testing.T) {
	t.Parallel()
	registry, err := object.Build(
		&object.Type{Name: "shared", Display: "Shared", Scopes: object.Scopes{Read: object.PagesRead, Write: object.PagesAds, Shared: true}},
		&object.Type{Name: "named", Display: "Named", Scopes: object.Scopes{Read: object.Businesses, Write: object.Businesses}},
		&object.Type{Name: "plain", Display: "Plain"},
		&object.Type{Name: "known", Display: "Known", Scopes: object.Scopes{Read: object.AnyToken}},
	)
	if err != nil {
		t.Fatal(err)
	}
	const sees, reads, writes = 1, 2, 4
	for _, c := range []struct {
		scope, typ       string
		limited, allover int
	}{
		{object.AdsRead, "shared", sees | reads, sees | reads},
		{object.AdsRead, "named", 0, sees | reads},
		{object.AdsRead, "plain", sees | reads, sees | reads},
		{object.AdsRead, "known", sees | reads, sees | reads},
		{object.AdsManagement, "shared", sees | reads, sees | reads | writes},
		{object.AdsManagement, "named", 0, sees | reads | writes},
		{object.AdsManagement, "plain", sees | reads, sees | reads | writes},
		{object.PagesAds, "shared", sees | writes, sees | writes},
		{object.Businesses, "named", sees | reads | writes, sees | reads | writes},
		{object.Businesses, "shared", sees, sees},
		{object.Sandbox, "known", sees | reads, sees | reads},
		{object.Admin, "named", sees | reads | writes, sees | reads | writes},
	} {
		for accounts, want := range map[string]int{"1": c.limited, "": c.allover} {
			caller := Caller{UserID: "5", Scopes: []string{c.scope}, Accounts: strings.Fields(accounts), types: registry}
			o, got := &store.Object{ID: "9", Type: c.typ}, 0
			for bit, ok := range map[int]bool{sees: caller.Sees(o), reads: caller.permit(o, nil, false) == nil, writes: caller.permit(o, nil, true) == nil} {
				if ok {
					got |= bit
				}
			}
			if got != want {
				t.Errorf("%s of account %q on %s: %d, want %d", c.scope, accounts, c.typ, got, want)
			}
		}
	}
}

// What a token could not read by its id it does not read from another object either; bare ids show nothing.
func TestPermitRows(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	const token = "mq_of_pages_alone"
	f.put(t, token, store.Token{UserID: "100000000000000001", Scopes: []string{object.PagesRead}})
	for path, want := range map[string]string{
		"me/adaccounts":                              `"id":"act_1"`,
		"me/adaccounts?fields=name":                  `"code":200`,
		"me?fields=adaccounts{id}":                   `"id":"act_1"`,
		"me?fields=adaccounts{id,campaigns{id}}":     `"code":200`,
		"?ids=me&fields=adaccounts{campaigns{name}}": `"code":200`,
		"me/adaccounts?filtering=[{\"field\":\"name\",\"operator\":\"CONTAIN\",\"value\":\"Acc\"}]": `"code":200`,
	} {
		w := f.do("GET", "/v25.0/"+strings.NewReplacer("[", "%5B", "]", "%5D", "{", "%7B", "}", "%7D", `"`, "%22").Replace(path), token, "")
		if !strings.Contains(w.Body.String(), want) || shows(w.Body.String(), "1") {
			t.Errorf("%s: %s, want %s", path, w.Body, want)
		}
	}
}

// A name where an id should stand is told apart from an id that nothing has.
func TestAliases(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for path, want := range map[string]string{
		"/v25.0/nobody": `"code":803`, "/v25.0/act_x": `"code":803`, "/v25.0/?ids=nobody": `"code":803`, "/v25.0/17": `"error_subcode":33`, "/v25.0/17:abc": `"error_subcode":33`, "/v25.0/17_18": `"error_subcode":33`,
	} {
		if w := f.do("GET", path, tokenA, ""); !strings.Contains(w.Body.String(), want) {
			t.Errorf("%s: %s", path, w.Body)
		}
	}
	if w := f.do("POST", "/v25.0/nobody", tokenA, ""); !strings.Contains(w.Body.String(), `"error_subcode":33`) {
		t.Errorf("a POST: %s", w.Body)
	}
}

// put keeps a token under a secret.
func (f *fixture) put(t *testing.T, secret string, k store.Token) {
	t.Helper()
	k.Hash = store.HashToken(secret)
	if err := f.db.Write(t.Context(), func(tx store.Tx) error { return tx.PutToken(t.Context(), &k) }); err != nil {
		t.Fatal(err)
	}
}

// secret gives an application a secret.
func (f *fixture) secret(t *testing.T, app, secret string) {
	t.Helper()
	if err := f.db.Write(t.Context(), func(tx store.Tx) error { return SetAppSecret(t.Context(), tx, app, secret) }); err != nil {
		t.Fatal(err)
	}
}

// Whatever stands where a token should is a token or an error of the caller's, never of the server's.
func FuzzIdentify(f *testing.F) {
	for _, seed := range []string{adminToken, "mq_x", "7|s3cret", "|", "7|", "a\x00b", strings.Repeat("x", 600)} {
		f.Add(seed)
	}
	fixed := newFixture(f)
	f.Fuzz(func(t *testing.T, text string) {
		_ = fixed.db.Read(t.Context(), func(tx store.Tx) error {
			if token, err := Identify(t.Context(), tx, text, began()); err != nil && faultsOf(err) == nil || (err == nil) != (token != nil && token.Good(began().Unix())) {
				t.Errorf("%q: %v, %v", text, token, err)
			}
			return nil
		})
	})
}
