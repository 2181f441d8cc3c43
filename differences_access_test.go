package marquetry_test

import (
	"encoding/json"
	"fmt"
	"image/color"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/marquetry/marquetry"
	"github.com/marquetry/marquetry/internal/authority"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

// access is an instance whose application has a known secret.
type access struct {
	*testing.T
	*marquetry.Server
}

// newAccess starts one.
func newAccess(t *testing.T) access {
	t.Helper()
	s, err := marquetry.New(t.Context(), marquetry.Config{Data: storetest.Dir(t), AppSecret: "0123456789abcdef"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return access{t, s}
}

// token makes a token.
func (a access) token(want marquetry.TokenRequest) string {
	a.Helper()
	token, err := a.CreateToken(a.Context(), want)
	if err != nil {
		a.Fatal(err)
	}
	return token
}

// ask sends a request with a token; pairs are parameters.
func (a access) ask(token, method, path string, pairs ...string) *httptest.ResponseRecorder {
	a.Helper()
	q := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		q.Set(pairs[i], pairs[i+1])
	}
	r := httptest.NewRequestWithContext(a.Context(), method, "/v25.0/"+path+"?"+q.Encode(), nil)
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	w := httptest.NewRecorder()
	a.Handler().ServeHTTP(w, r)
	return w
}

// want checks that an answer has every piece.
func (a access) want(w *httptest.ResponseRecorder, pieces ...string) {
	a.Helper()
	for _, piece := range pieces {
		if !strings.Contains(w.Body.String(), piece) {
			a.Errorf("%s lacks %s", w.Body, piece)
		}
	}
}

func TestDiff70OneApplication(t *testing.T) {
	t.Parallel()
	a := newAccess(t)
	app, err := a.AppToken(t.Context())
	if err != nil || app != a.Fresh.AppID+"|0123456789abcdef" || a.Fresh.AppSecret != "0123456789abcdef" {
		t.Errorf("token %s, fresh %+v (%v)", app, a.Fresh, err)
	}
	mine := []string{"client_id", a.Fresh.AppID, "client_secret", a.Fresh.AppSecret}
	a.want(a.ask("", "GET", "oauth/access_token", append(mine, "grant_type", "client_credentials")...), `"access_token":"`+app+`"`)
	a.want(a.ask("", "GET", "oauth/access_token", append(mine, "code", "x")...), `"code":3`)
}

func TestDiff71TokensTakeBackThemselves(t *testing.T) {
	t.Parallel()
	a := newAccess(t)
	one := a.token(marquetry.TokenRequest{Scopes: []string{"ads_read", "business_management"}})
	a.want(a.ask(one, "DELETE", "me/permissions", "permission", "ads_read"), `"success":true`)
	a.want(a.ask(one, "GET", "me/permissions"), `{"data":[{"permission":"business_management","status":"granted"}]`)
	a.want(a.ask(one, "DELETE", "me/permissions"), `"success":true`)
	a.want(a.ask(one, "GET", "me"), `"code":190,"error_subcode":458`)
	a.want(a.ask(a.Fresh.Token, "GET", "me"), `"name":"Marquetry"`)
}

func TestDiff72DataAccess(t *testing.T) {
	t.Parallel()
	a := newAccess(t)
	expires := time.Now().Add(time.Hour).Unix()
	brief := a.token(marquetry.TokenRequest{Expires: expires})
	a.want(a.ask(brief, "GET", "debug_token", "input_token", brief), fmt.Sprintf(`"data_access_expires_at":%d,"expires_at":%d`, expires, expires))
	got := a.ask("", "GET", "oauth/access_token", "client_id", a.Fresh.AppID, "client_secret", a.Fresh.AppSecret, "grant_type", "fb_exchange_token", "fb_exchange_token", a.Fresh.Token)
	if a.want(got, `"token_type":"bearer"`); strings.Contains(got.Body.String(), "expires_in") {
		t.Errorf("%s", got.Body)
	}
}

func TestDiff73BusinessUsers(t *testing.T) {
	t.Parallel()
	a := newAccess(t)
	a.want(a.ask(a.Fresh.Token, "GET", "me/businesses", "fields", "business_users{name,role,business{name}},system_users{name,role}"),
		`{"name":"Marquetry","role":"ADMIN","business":{"name":"First business"`, `{"name":"First system user","role":"ADMIN"`)
}

func TestDiff74NothingShared(t *testing.T) {
	t.Parallel()
	a := newAccess(t)
	var list struct{ Data []struct{ ID string } }
	if err := json.Unmarshal(a.ask(a.Fresh.Token, "GET", "me/businesses").Body.Bytes(), &list); err != nil || len(list.Data) != 1 {
		t.Fatal(list, err)
	}
	business := list.Data[0].ID
	a.want(a.ask(a.Fresh.Token, "GET", business+"/client_ad_accounts"), `{"data":[]}`)
	a.want(a.ask(a.Fresh.Token, "GET", business+"/client_pages"), `{"data":[]}`)
	a.want(a.ask(a.Fresh.Token, "GET", business+"/pending_client_pages"), `"code":3`)
}

func TestDiff75LimitedTokens(t *testing.T) {
	t.Parallel()
	a := newAccess(t)
	limited := marquetry.TokenRequest{Scopes: []string{"ads_management"}, Accounts: []string{a.Fresh.AccountID}}
	token := a.token(limited)
	limited.Scopes = append(limited.Scopes, "business_management")
	more := a.token(limited)
	a.want(a.ask(token, "GET", "me/businesses"), `{"data":[]}`)
	a.want(a.ask(more, "GET", "me/businesses"), `"name":"First business"`)
	a.want(a.ask(token, "GET", "me/accounts"), `"name":"First Page"`)
	a.want(a.ask(more, "GET", "me/businesses", "fields", "system_users,business_users"), `"name":"Marquetry"`)
	if text := a.ask(more, "GET", "me/businesses", "fields", "system_users").Body.String(); strings.Contains(text, "First system user") {
		t.Error(text)
	}
	var list struct{ Data []struct{ ID string } }
	if err := json.Unmarshal(a.ask(more, "GET", "me/businesses").Body.Bytes(), &list); err != nil || len(list.Data) != 1 {
		t.Fatal(list, err)
	}
	a.want(a.ask(more, "POST", list.Data[0].ID+"/adaccount", "name", "x", "currency", "EUR", "timezone_id", "47", "end_advertiser", "NONE", "media_agency", "NONE", "partner", "NONE"), `"code":10`)
}

func TestDiff76CrashReports(t *testing.T) {
	t.Parallel()
	a := newAccess(t)
	plain := a.token(marquetry.TokenRequest{Label: "job"})
	a.want(a.ask(plain, "POST", a.Fresh.AppID+"/instruments", "bizsdk_crash_report", `{"reason":"at access_token=`+plain+`"}`), `{"success":true}`)
	a.want(a.ask(plain, "POST", a.Fresh.AppID+"/instruments", "bizsdk_crash_report", `{"reason":"TypeError"}`), `{"success":true}`)
	got := a.ask(a.Fresh.Token, "GET", a.Fresh.AppID+"/instruments")
	if a.want(got, "TypeError", `"actor":"job"`); strings.Contains(got.Body.String(), plain) {
		t.Error(got.Body)
	}
	a.want(a.ask(plain, "GET", a.Fresh.AppID+"/instruments"), `"code":10`)
}

func TestDiff77OnePicture(t *testing.T) {
	t.Parallel()
	a := newAccess(t)
	w := a.ask(a.Fresh.Token, "GET", "me/picture")
	if a.want(w, `"url":"http://example.com/static/icon.svg"`); w.Code != http.StatusOK {
		t.Errorf("status %d", w.Code)
	}
	r := httptest.NewRecorder()
	a.Handler().ServeHTTP(r, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/static/icon.svg", nil))
	if text, err := io.ReadAll(r.Body); err != nil || !strings.Contains(string(text), "<svg") {
		t.Errorf("the picture: %d (%v)", r.Code, err)
	}
	a.want(a.ask(a.Fresh.Token, "GET", "me", "fields", "picture{data{url}}"), `"picture":{"data":{"url":"http`)
}

func TestDiff78TokenErrors(t *testing.T) {
	t.Parallel()
	a := newAccess(t)
	for reason, subcode := range map[string]int{"app_removed": 458, "checkpoint": 459, "password_changed": 460, "unconfirmed": 464, "invalidated": 467, "role_lost": 492} {
		token := a.token(marquetry.TokenRequest{Scopes: []string{"ads_read"}})
		if err := a.RevokeToken(t.Context(), token, reason); err != nil {
			t.Fatal(err)
		}
		w := a.ask(token, "GET", "me")
		a.want(w, `Error validating access token: `, fmt.Sprintf(`"code":190,"error_subcode":%d`, subcode))
		if w.Code != http.StatusBadRequest || !strings.HasPrefix(w.Header().Get("WWW-Authenticate"), `OAuth "Facebook Platform" "invalid_token" "Error validating`) {
			t.Errorf("%d %v", w.Code, w.Header())
		}
	}
}

func TestDiff79Certificates(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cert, err := authority.Ensure(dir, time.Now())
	if err != nil || cert.Leaf.VerifyHostname("graph.facebook.com") != nil || cert.Leaf.VerifyHostname("www.facebook.com") == nil {
		t.Errorf("%v", err)
	}
	if files, err := filepath.Glob(filepath.Join(dir, authority.Certificate)); err != nil || len(files) != 1 {
		t.Error(files, err)
	}
}

func TestDiff170FilesAreOpen(t *testing.T) {
	t.Parallel()
	a := newAccess(t)
	hash := regexp.MustCompile(`"hash":"(\w{32})"`).FindStringSubmatch(a.ask(a.Fresh.Token, "POST", a.Fresh.AccountID+"/adimages", "bytes", picture(t, color.White)).Body.String())[1]
	r := httptest.NewRequestWithContext(t.Context(), "GET", "/media/"+hash, nil)
	w := httptest.NewRecorder()
	a.Handler().ServeHTTP(w, r)
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "image/png" {
		t.Errorf("without a token: %d, %v", w.Code, w.Header())
	}
	library := strings.TrimPrefix(a.Fresh.AccountID, "act_") + ":" + hash
	a.want(a.ask("", "GET", library), `"code":104`)
	a.want(a.ask(a.token(marquetry.TokenRequest{Scopes: []string{"pages_read_engagement"}}), "GET", library), `"code":278`)
}

// What a token may not read by its id it does not read from another object: a part of 8.
func TestPermissionsHoldInExpansions(t *testing.T) {
	t.Parallel()
	a := newAccess(t)
	a.want(a.ask(a.token(marquetry.TokenRequest{Scopes: []string{"catalog_management"}}), "GET", "me", "fields", "adaccounts{name}"), `"code":200`)
}
