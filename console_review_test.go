package marquetry_test

import (
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/marquetry/marquetry"
	"github.com/marquetry/marquetry/client"
)

// TestConsoleReviewsAsTheAPI decides about one text through the Graph API and about another by the console's form, with tokens of the same
// user: what is kept of both is the same, and four eyes hold for both.
func TestConsoleReviewsAsTheAPI(t *testing.T) {
	s := newShop(t)
	id := s.post(s.fresh.AccountID+"/adcreatives", s.writing(sample)).ID()
	token, err := s.server.CreateToken(t.Context(), marquetry.TokenRequest{Label: "test", Scopes: []string{"creative_review"}})
	if err != nil {
		t.Fatal(err)
	}
	site := httptest.NewServer(s.server.Handler())
	t.Cleanup(site.Close)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	visitor := &http.Client{Jar: jar}
	form := func(path string, fields url.Values) int {
		t.Helper()
		r, err := visitor.PostForm(site.URL+path, fields)
		if err != nil {
			t.Fatal(err)
		}
		_ = r.Body.Close()
		return r.StatusCode
	}
	page := "/console/review/" + id
	if status := form("/console/login", url.Values{"token": {token}, "to": {page}}); status != http.StatusOK {
		t.Fatalf("the login answers %d", status)
	}
	texts := s.generated(id)
	s.review(id, texts[0].ID(), "reject")
	if status := form(page, url.Values{"asset_id": {texts[1].ID()}, "action": {"reject"}}); status != http.StatusOK {
		t.Fatalf("the form answers %d", status)
	}
	kept := s.generated(id)
	for _, name := range []string{"state", "reviewer", "reviewer_id", "reviewed_by"} {
		if kept[0].String(name) == "" || kept[0].String(name) != kept[1].String(name) {
			t.Errorf("%s is %q and %q", name, kept[0].String(name), kept[1].String(name))
		}
	}
	s.setAccount(client.Params{"four_eyes": true})
	if status := form(page, url.Values{"asset_id": {texts[2].ID()}, "action": {"approve"}}); status != http.StatusForbidden {
		t.Errorf("who ordered the texts approves them: %d", status)
	}
}
