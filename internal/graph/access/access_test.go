package access_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/graph/access"
	"github.com/marquetry/marquetry/internal/graph/graphtest"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// appSecret is the secret of a site's application.
const appSecret = "0123456789abcdef"

// site is a fresh instance whose application has a secret.
type site struct{ *graphtest.Site }

// newSite starts one.
func newSite(t *testing.T) site {
	t.Helper()
	s := site{graphtest.New(t, access.New(access.Config{Random: strings.NewReader(strings.Repeat("0123456789abcdefghijklmnopqrstuv", 100))}))}
	s.write(func(ctx context.Context, tx store.Tx) error { return graph.SetAppSecret(ctx, tx, s.AppID, appSecret) })
	return s
}

// write changes the database.
func (s site) write(do func(ctx context.Context, tx store.Tx) error) {
	s.Helper()
	if err := s.DB.Write(s.Context(), func(tx store.Tx) error { return do(s.Context(), tx) }); err != nil {
		s.Fatal(err)
	}
}

// token keeps a token of the site's application and returns its secret.
func (s site) token(name string, k store.Token) string {
	s.Helper()
	secret := "mq_token_" + name
	k.Hash, k.AppID, k.Label = store.HashToken(secret), s.AppID, name
	if k.UserID == "" {
		k.UserID = s.UserID
	}
	s.write(func(ctx context.Context, tx store.Tx) error { return tx.PutToken(ctx, &k) })
	return secret
}

// as sends a request with a token; pairs are parameters.
func (s site) as(token, method, path string, pairs ...string) string {
	s.Helper()
	q := url.Values{}
	if token != "" {
		q.Set("access_token", token)
	}
	for i := 0; i < len(pairs); i += 2 {
		q.Set(pairs[i], pairs[i+1])
	}
	w := httptest.NewRecorder()
	s.Handler.ServeHTTP(w, httptest.NewRequestWithContext(s.Context(), method, "/v25.0/"+path+"?"+q.Encode(), nil))
	return strings.TrimSpace(w.Body.String())
}

// want checks that an answer has every one of some pieces, and none after a "!".
func (s site) want(answer string, pieces ...string) {
	s.Helper()
	for _, piece := range pieces {
		if no, negative := strings.CutPrefix(piece, "!"); strings.Contains(answer, no) == negative {
			s.Errorf("%s\n  should %s have %s", answer, map[bool]string{true: "not", false: "also"}[negative], no)
		}
	}
}

// A token's debugger says whose it is, for what, until when, and why it is not good.
func TestDebugToken(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	reader := s.token("reader", store.Token{Kind: store.SystemToken, UserID: s.SystemUserID, Scopes: []string{"ads_read", "business_management"}, Accounts: []string{s.AccountID}, Created: 100})
	past := s.token("past", store.Token{Scopes: []string{"ads_read"}, Expires: 5})
	page := s.token("page", store.Token{Kind: store.PageToken, UserID: s.PageID})
	for input, pieces := range map[string][]string{
		reader: {`"app_id":"` + s.AppID + `"`, `"type":"SYSTEM_USER"`, `"application":"First application"`, `"expires_at":0`, `"issued_at":100`, `"is_valid":true`, `"user_id":"` + s.SystemUserID,
			`"scopes":["ads_read","business_management"]`, `"granular_scopes":[{"scope":"ads_read","target_ids":["` + s.AccountID + `"]},{"scope":"business_management"}]`, `!"error"`},
		past:                      {`"is_valid":false`, `"error":{"code":190,`, `"subcode":463`},
		page:                      {`"type":"PAGE"`, `"profile_id":"` + s.PageID, `!"user_id"`},
		s.AppID + "|" + appSecret: {`"type":"APP"`, `"is_valid":true`, `"scopes":[]`},
		s.AppID + "|wrong":        {`"is_valid":false`, `"code":190`},
		"mq_never_made":           {`{"data":{"error":{"code":190,"message":"Invalid OAuth access token"},"is_valid":false,"scopes":[]}}`},
		"x y":                     {`Cannot parse access token`},
	} {
		for _, who := range []string{reader, s.AppID + "|" + appSecret} {
			s.want(s.as(who, "GET", "debug_token", "input_token", input), pieces...)
		}
	}
	s.want(s.as("", "GET", "debug_token", "input_token", reader), `"code":104`)
	s.want(s.as(past, "GET", "debug_token", "input_token", reader), `"error_subcode":463`)
	s.want(s.as(reader, "GET", "debug_token"), `The parameter input_token is required`)
}

// Whoever knows the application's secret gets its token, and longer-lived ones for those that are good.
func TestIssue(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	mine := []string{"client_id", s.AppID, "client_secret", appSecret}
	ask := func(pairs ...string) string { return s.as("", "GET", "oauth/access_token", append(mine, pairs...)...) }
	s.want(ask("grant_type", "client_credentials"), `{"access_token":"`+s.AppID+"|"+appSecret+`","token_type":"bearer"}`)
	brief := s.token("brief", store.Token{Scopes: []string{"ads_read"}, Accounts: []string{s.AccountID}, Expires: graphtest.Now().Unix() + 60})
	answer := ask("grant_type", "fb_exchange_token", "fb_exchange_token", brief)
	s.want(answer, `"token_type":"bearer"`, `"expires_in":5184000`)
	var got struct {
		Token string `json:"access_token"`
	}
	if err := json.Unmarshal([]byte(answer), &got); err != nil {
		t.Fatal(err)
	}
	s.want(s.as(got.Token, "GET", "debug_token", "input_token", got.Token), `"is_valid":true`, `"scopes":["ads_read"]`, fmt.Sprintf(`"expires_at":%d`, graphtest.Now().Unix()+5184000), s.AccountID)
	lasting := s.token("lasting", store.Token{})
	s.want(s.as("", "POST", "oauth/access_token", append(mine, "grant_type", "fb_exchange_token", "fb_exchange_token", lasting)...), `"access_token":"mq_`, `!expires_in`)
	foreign := s.token("foreign", store.Token{})
	s.write(func(ctx context.Context, tx store.Tx) error {
		return tx.PutToken(ctx, &store.Token{Hash: store.HashToken(foreign), AppID: "9", UserID: s.UserID})
	})
	for _, c := range []struct {
		pairs []string
		want  string
	}{
		{[]string{"grant_type", "password"}, `must be one of {client_credentials, fb_exchange_token}`},
		{[]string{"code", "c"}, `"code":3`},
		{[]string{"client_secret", "x"}, `not the secret`},
		{[]string{"client_id", "17"}, `"code":900`},
		{[]string{"grant_type", "fb_exchange_token", "fb_exchange_token", "mq_never_made"}, `"code":190`},
		{[]string{"grant_type", "fb_exchange_token", "fb_exchange_token", foreign}, `was not issued`},
		{[]string{"grant_type", "fb_exchange_token", "fb_exchange_token", s.AppID + "|" + appSecret}, `was not issued`},
	} {
		s.want(ask(c.pairs...), c.want)
	}
}

// A token can take itself back, or one of its permissions; others of the same user stay.
func TestRevoke(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	one := s.token("one", store.Token{Scopes: []string{"ads_read", "business_management"}, Accounts: []string{s.AccountID}})
	two := s.token("two", store.Token{Scopes: []string{"ads_read"}})
	s.want(s.as(one, "GET", "me/permissions"), `{"permission":"ads_read","status":"granted"},{"permission":"business_management","status":"granted"}`)
	s.want(s.as(one, "GET", "me/permissions", "status", "declined"), `{"data":[]}`)
	s.want(s.as(one, "GET", "me", "fields", "permissions.permission(ads_read)"), `"permissions":{"data":[{"permission":"ads_read"`)
	s.want(s.as(two, "GET", s.SystemUserID+"/permissions"), `{"data":[]}`)
	s.want(s.as(two, "DELETE", s.SystemUserID+"/permissions"), `"code":10`)
	s.want(s.as(one, "DELETE", "me/permissions", "permission", "business_management"), `{"success":true}`)
	s.want(s.as(one, "GET", "me/permissions"), `!business_management`)
	s.want(s.as(one, "DELETE", "me/permissions"), `{"success":true}`)
	s.want(s.as(one, "GET", "me"), `"error_subcode":458`)
	s.want(s.as(two, "GET", "me"), `"name":"Marquetry"`)
}

// A business has what there is, and makes ad accounts and system users.
func TestBusiness(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	all := s.token("all", store.Token{Scopes: []string{"ads_management", "business_management"}})
	limited := s.token("limited", store.Token{Scopes: []string{"ads_management"}, Accounts: []string{s.AccountID}})
	s.want(s.as(all, "GET", "me/businesses", "fields", "name,primary_page{name},owned_ad_accounts{name},owned_pages{name},adspixels{name},ad_studies{name},business_users,system_users,client_pages"),
		`"name":"First business"`, `"primary_page":{"name":"First Page"`, `"owned_ad_accounts":{"data":[{"name":"First account"`, `"owned_pages":{"data":[{"name":"First Page"`,
		`"adspixels":{"data":[{"name":"First pixel"`, `{"id":"`+s.UserID+`","name":"Marquetry","role":"ADMIN"}`, `"name":"First system user"`, `!client_pages`)
	s.want(s.as(all, "GET", "act_"+s.AccountID, "fields", "owner,business{name},business_name"), `"owner":"`+s.BusinessID, `"business":{"name":"First business"`, `"business_name":"First business"`)
	s.want(s.as(limited, "GET", "act_"+s.AccountID, "fields", "business,business_name,name"), `"name":"First account"`, `!First business`, `!"business"`)
	s.want(s.as(limited, "GET", s.BusinessID), `"error_subcode":33`)
	s.want(s.as(limited, "GET", "me/businesses"), `{"data":[]}`)
	made := s.as(all, "POST", s.BusinessID+"/adaccount", "name", "Tokyo", "currency", "JPY", "timezone_id", "77", "end_advertiser", "NONE", "media_agency", "NONE", "partner", "UNFOUND")
	s.want(made, `"id":"act_`, `"business_id":"`+s.BusinessID, `"partner_id":"UNFOUND"`)
	var id struct{ ID string }
	if err := json.Unmarshal([]byte(made), &id); err != nil {
		t.Fatal(err)
	}
	s.want(s.as(all, "GET", id.ID, "fields", "name,currency,timezone_name,timezone_offset_hours_utc,business{id},account_status"), `"currency":"JPY"`, `"timezone_name":"Asia/Tokyo"`, `"timezone_offset_hours_utc":9`, s.BusinessID)
	s.want(s.as(all, "GET", s.BusinessID+"/owned_ad_accounts"), id.ID, "act_"+s.AccountID)
	s.want(s.as(limited, "GET", id.ID), `"error_subcode":33`)
	for _, c := range []struct{ name, value, want string }{
		{"currency", "XXX", `"code":2607`}, {"timezone_id", "0", `timezone_id 0`}, {"name", "", `name`}, {"currency", "", `currency`},
	} {
		pairs := map[string]string{"name": "x", "currency": "EUR", "timezone_id": "47", "end_advertiser": "NONE", "media_agency": "NONE", "partner": "NONE", c.name: c.value}
		var list []string
		for name, value := range pairs {
			if value != "" {
				list = append(list, name, value)
			}
		}
		s.want(s.as(all, "POST", s.BusinessID+"/adaccount", list...), `"error"`, c.want)
	}
	s.want(s.as(all, "POST", s.BusinessID+"/system_users", "name", "Nightly", "role", "EMPLOYEE_SYSTEM_USER"), `{"id":"`)
	s.want(s.as(all, "GET", s.BusinessID+"/system_users"), `"name":"Nightly","role":"EMPLOYEE"`)
	s.want(s.as(limited, "GET", "act_"+s.AccountID+"/users"), `{"id":"`+s.UserID+`","name":"Marquetry","tasks":["DRAFT"`, `!First system user`)
	s.want(s.as(all, "POST", "act_"+s.AccountID+"/assigned_users", "user", s.SystemUserID, "tasks", "ANALYZE"), `{"success":true}`)
	s.want(s.as(all, "GET", "act_"+s.AccountID+"/assigned_users"), `"name":"First system user","tasks":["ANALYZE"]}`, `"name":"Marquetry","tasks":["DRAFT"`)
	s.want(s.as(all, "DELETE", "act_"+s.AccountID+"/assigned_users", "user", s.SystemUserID), `{"success":true}`)
	s.want(s.as(all, "GET", "act_"+s.AccountID+"/users"), `!First system user`)
	s.want(s.as(limited, "POST", "act_"+s.AccountID+"/assigned_users", "user", s.SystemUserID, "tasks", "ANALYZE"), `user must be the id`)
	s.want(s.as(all, "GET", s.BusinessID+"/clients"), `"code":3`)
}

// The application is known to every token. Crash reports are kept without secrets, for admins, and only so many.
func TestApplication(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	plain, admin, own := s.token("plain", store.Token{}), s.token("admin", store.Token{Scopes: []string{"admin"}}), s.AppID+"|"+appSecret
	for _, who := range []string{plain, own} {
		s.want(s.as(who, "GET", "app"), `"id":"`+s.AppID, `"name":"First application"`, `"link":"http`)
		s.want(s.as(who, "POST", s.AppID+"/instruments", "bizsdk_crash_report", `{"reason":"TypeError at /act_1?access_token=`+plain+`","platform":"node"}`), `{"success":true}`)
		s.want(s.as(who, "GET", s.AppID+"/instruments"), `"code":10`)
		s.want(s.as(who, "POST", s.AppID, "name", "x"), `"code":10`)
	}
	s.want(s.as(admin, "GET", s.AppID+"/instruments"), `TypeError at /act_1`, `"actor":"plain"`, `"actor":"application `+s.AppID+`"`, `!`+plain, `!`+appSecret)
	s.want(s.as(admin, "POST", s.AppID, "name", "Shop tools"), `{"success":true}`)
	s.want(s.as(plain, "GET", s.AppID+"/subscriptions"), `"code":3`)
	s.write(func(ctx context.Context, tx store.Tx) error {
		var errs []error
		for i := range 1100 {
			_, err := tx.Exec(ctx, "INSERT INTO client_reports (seq, app_id, at, actor, report) VALUES (?, ?, 0, '', '{}')", 10+i, s.AppID)
			errs = append(errs, err)
		}
		return errors.Join(errs...)
	})
	s.as(plain, "POST", s.AppID+"/instruments", "x", "last")
	seen, after := 0, ""
	for {
		var page struct {
			Data   []struct{ ID string }
			Paging struct {
				Next    string
				Cursors struct{ After string }
			}
		}
		if err := json.Unmarshal([]byte(s.as(admin, "GET", s.AppID+"/instruments", "after", after)), &page); err != nil {
			t.Fatal(err)
		}
		seen += len(page.Data)
		if after = page.Paging.Cursors.After; page.Paging.Next == "" {
			break
		}
	}
	if seen != 1000 {
		t.Errorf("%d reports are kept", seen)
	}
}

// Every number of a zone names one that this machine's tables have.
func TestZones(t *testing.T) {
	t.Parallel()
	for id, want := range map[int64]string{1: "America/Los_Angeles", 47: "Europe/Berlin", 58: "Europe/London", 71: "Asia/Kolkata", 77: "Asia/Tokyo", 134: "Europe/Istanbul", 141: "Africa/Johannesburg", 0: "", -1: "", 142: ""} {
		if got := object.ZoneName(id); got != want {
			t.Errorf("zone %d is %q, want %q", id, got, want)
		}
	}
}
