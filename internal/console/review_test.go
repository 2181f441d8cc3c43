package console

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/generate"
	"github.com/marquetry/marquetry/internal/generate/text"
	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

// written is the primary text of the fixture's creatives, but for those whose texts say what becomes of them.
const written = "Handmade mugs for your kitchen. Free shipping on orders over $50. Order yours today."

// writer generates for the fixture: the same texts every time, and for a creative that is to fail, none.
func writer(t testing.TB, db *store.DB) *generate.Service {
	t.Helper()
	s, err := generate.New(generate.Config{DB: db, Refs: refs, Now: clock, Random: func() uint64 { return 1 }, Attempts: 1, Patience: time.Minute, Write: write,
		Paint: painted, Fetch: fetched, Poll: time.Millisecond, Workers: 1, SlowPics: true,
		Logger: slog.New(slog.NewTextHandler(t.Output(), nil))})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// actor is a visitor of the fixture in a review.
func actor(c graph.Caller) generate.Actor {
	return generate.Actor{ID: c.UserID, Name: c.Name, Person: true, Reviewer: c.Can(object.CreativeReview)}
}

// refs are the references of a creative.
func refs(o *store.Object) []store.Ref {
	return []store.Ref{{Field: "account_id", To: "act_" + o.AccountID}}
}

// write is what the fixture's generator writes: texts for each list, among them what could do harm.
func write(_ context.Context, r text.Request) (text.Result, error) {
	out := text.Result{Language: "en", Gate: "3", Rejected: map[string]int{"number": 4, "claim:free": 2, "copy": 1}, Flags: []string{"shouting"}, Fallback: "the model is asleep", Button: "SHOP_NOW"}
	if strings.HasPrefix(r.Message, "Fails") {
		return out, errors.New("the model said <no>")
	}
	if strings.HasPrefix(r.Message, "Nothing") {
		return out, nil
	}
	for _, body := range []text.Variation{
		{Candidate: text.Candidate{Text: "Free shipping on orders over $50. Handmade mugs for your kitchen. Get yours today.", Moves: []string{"order", "cta.buy", "cta.shop"}, Evidence: []string{"ad:120200000000000099"}}, Generator: "embedded"},
		{Candidate: text.Candidate{Text: "<script>alert(1)</script> mugs for your kitchen.", Moves: []string{"model"}, Evidence: []string{"post:2"}}, Generator: "openai", Model: "mistral-<b>small</b>", PromptHash: "abc"},
		{Candidate: text.Candidate{Text: "أكواب مصنوعة يدويا لمطبخك. \u202eاطلب الآن", Moves: []string{"move.question"}}, Generator: "anthropic", Model: "claude"},
		{Candidate: text.Candidate{Text: "Order yours today. Handmade mugs for your kitchen.", Moves: []string{"trim"}}, Generator: "embedded"},
		{Candidate: text.Candidate{Text: "Mugs for your kitchen, handmade.", Moves: []string{"short"}}, Generator: "embedded"},
	} {
		if body.Kind = text.Body; len(out.Variations) < r.Want && !slices.Contains(r.Taken, body.Text) {
			out.Variations = append(out.Variations, body)
		}
	}
	if r.Headlines > 0 {
		out.Variations = append(out.Variations, text.Variation{Kind: text.Headline, Generator: "embedded", Candidate: text.Candidate{Text: "Mugs by hand", Moves: []string{"short"}}})
	}
	return out, nil
}

// studio is a console over creatives in every state, and their ids by name.
type studio struct {
	testing.TB
	http.Handler
	db      *store.DB
	service *generate.Service
	ids     map[string]string
}

// newStudio makes it, in account 21 but for a creative of account 22; account 23 has none.
func newStudio(t testing.TB, open bool) *studio {
	t.Helper()
	s := emptyStudio(t, open)
	s.create("mugs", "21", written, true)
	s.create("busy", "21", written, false)
	s.create("fails", "21", "Fails for some reason.", true)
	s.create("nothing", "21", "Nothing to say in other words.", true)
	s.create("others", "22", written, true)
	return s
}

// emptyStudio is one without creatives.
func emptyStudio(t testing.TB, open bool) *studio {
	t.Helper()
	db := storetest.SQLite(t)
	s := &studio{TB: t, db: db, service: writer(t, db), ids: map[string]string{}}
	s.write(func(tx store.Tx) error { return s.world(tx) })
	var err error
	s.Handler, err = New(Config{Open: open, Requests: asked(), Reviews: s.service, Actor: actor, Now: clock, Random: rand.Reader, Logger: slog.New(slog.NewTextHandler(t.Output(), nil))}, db, learner{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// write runs a transaction that has to succeed.
func (s *studio) write(fn func(store.Tx) error) {
	s.Helper()
	if err := s.db.Write(s.Context(), fn); err != nil {
		s.Fatal(err)
	}
}

// world stores the accounts, a Page and the tokens.
func (s *studio) world(tx store.Tx) error {
	for _, o := range []*store.Object{
		{ID: "act_21", Type: "adaccount", AccountID: "21", Data: map[string]any{"name": "Pots <i>& Pans</i>"}},
		{ID: "act_22", Type: "adaccount", AccountID: "22", Data: map[string]any{"name": "Others"}},
		{ID: "act_23", Type: "adaccount", AccountID: "23", Data: map[string]any{"name": "Empty"}},
		{ID: "31", Type: "page", Data: map[string]any{"name": "Potters"}},
	} {
		if err := tx.Insert(s.Context(), o); err != nil {
			return err
		}
	}
	for label, k := range map[string]store.Token{
		"looker":   {Scopes: []string{"ads_read"}},
		"manager":  {Scopes: []string{"ads_management"}, UserID: "7"},
		"reviewer": {Scopes: []string{"creative_review"}, UserID: "8"},
		"of 21":    {Scopes: []string{"ads_management", "creative_review"}, Accounts: []string{"21"}},
		"of 22":    {Scopes: []string{"admin"}, Accounts: []string{"22"}},
		"of 23":    {Scopes: []string{"admin"}, Accounts: []string{"23"}},
	} {
		k.Hash, k.Label = store.HashToken(label), label
		if err := tx.PutToken(s.Context(), &k); err != nil {
			return err
		}
	}
	return nil
}

// create makes a creative that opts in, ordered by user 7, and waits for its texts or not.
func (s *studio) create(name, account, message string, wait bool) {
	s.Helper()
	s.write(func(tx store.Tx) error {
		id, seq, err := tx.NextID(s.Context())
		if err != nil {
			return err
		}
		s.ids[name] = id
		enrolled := map[string]any{"enroll_status": "OPT_IN"}
		made := &store.Object{ID: id, Seq: seq, Type: "adcreative", AccountID: account, Status: object.Active, Created: clock().Unix(), Data: map[string]any{
			"name": name + " <b>new</b>",
			"object_story_spec": map[string]any{"page_id": "31", "link_data": map[string]any{"message": message, "link": "https://www.pots.example/mugs", "name": "Mugs, made by hand",
				"image_hash": strings.Repeat("c", 32), "call_to_action": map[string]any{"type": "SHOP_NOW"}}},
			"degrees_of_freedom_spec": map[string]any{"creative_features_spec": map[string]any{"text_generation": enrolled, "text_optimizations": enrolled}},
		}}
		made.Refs = refs(made)
		if err := tx.Insert(s.Context(), made); err != nil {
			return err
		}
		_, err = s.service.Enqueue(s.Context(), tx, generate.Order{Actor: generate.Actor{ID: "7", Name: "manager", Person: true}, Creative: made, Now: clock().Unix()})
		return err
	})
	if wait {
		if err := s.service.Await(s.Context(), s.ids[name]); err != nil {
			s.Fatal(err)
		}
	}
}

// setting changes account 21.
func (s *studio) setting(name string, value any) {
	s.Helper()
	s.write(func(tx store.Tx) error {
		account, err := tx.Object(s.Context(), "act_21")
		if err != nil {
			return err
		}
		account.Data[name] = value
		return tx.Update(s.Context(), account)
	})
}

// assets are the generated texts of a creative, oldest first.
func (s *studio) assets(name string) (assets []*store.Object) {
	s.Helper()
	err := s.db.Read(s.Context(), func(tx store.Tx) error {
		list, err := tx.List(s.Context(), store.Listing{Type: edition.AssetType, Field: "creative_id", To: s.ids[name]}, store.Page{})
		for i := len(list) - 1; i >= 0; i-- {
			assets = append(assets, list[i])
		}
		return err
	})
	if err != nil {
		s.Fatal(err)
	}
	return assets
}

// as logs in with a token.
func (s *studio) as(token string) *http.Cookie {
	s.Helper()
	r := enter(s, token, reviewPath)
	if len(r.Cookies()) != 1 || r.Header.Get("Location") != reviewPath {
		s.Fatalf("%s: %d to %s", token, r.StatusCode, r.Header.Get("Location"))
	}
	return r.Cookies()[0]
}

// look reads a page of a creative; rest is what follows its address.
func (s *studio) look(key *http.Cookie, name, rest string) (int, string) {
	s.Helper()
	r := get(s, reviewPath+"/"+s.ids[name]+rest, key)
	return r.StatusCode, body(s, r)
}

// post sends the form of a text, with headers in pairs.
func (s *studio) post(key *http.Cookie, name, asset, action string, headers ...string) *http.Response {
	s.Helper()
	r := httptest.NewRequest(http.MethodPost, reviewPath+"/"+s.ids[name], strings.NewReader(url.Values{"asset_id": {asset}, "action": {action}}.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	if key != nil {
		r.AddCookie(key)
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w.Result()
}

// golden compares a page with the one that is kept.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name+".html")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Error(diff)
	}
}

// TestReviewGolden compares whole pages: in every state of a creative, before and after decisions, for people who may decide and others.
func TestReviewGolden(t *testing.T) {
	t.Parallel()
	s := newStudio(t, false)
	reviewer := s.as("reviewer")
	for _, name := range []string{"mugs", "busy", "fails", "nothing"} {
		status, page := s.look(reviewer, name, "")
		if status != http.StatusOK {
			t.Errorf("%s: %d", name, status)
		}
		golden(t, "review_"+name, page)
	}
	golden(t, "review_queue", body(t, get(s, reviewPath, reviewer)))
	golden(t, "review_queue_empty", body(t, get(s, reviewPath, s.as("of 23"))))
	_, page := s.look(reviewer, "mugs", "/preview/"+s.assets("mugs")[1].ID)
	golden(t, "review_preview", page)
	for i, action := range []string{"approve", "reject", "regenerate"} {
		if r := s.post(reviewer, "mugs", s.assets("mugs")[i].ID, action); r.StatusCode != http.StatusSeeOther {
			t.Fatalf("%s: %d", action, r.StatusCode)
		}
	}
	_, page = s.look(s.as("looker"), "mugs", "")
	golden(t, "review_decided", page)
	golden(t, "review_queue_decided", body(t, get(s, reviewPath, reviewer)))
	if _, page := s.look(s.as("of 21"), "fails", ""); strings.Contains(page, "the model said") || strings.Contains(page, "the model is asleep") {
		t.Error("what went wrong inside is shown to whoever is no operator")
	}
}

// TestReviewPagesAreSafe checks that no text becomes markup or runs on into its surroundings, and what previews may do.
func TestReviewPagesAreSafe(t *testing.T) {
	t.Parallel()
	s := newStudio(t, true)
	for _, path := range []string{reviewPath, reviewPath + "/" + s.ids["mugs"], reviewPath + "/" + s.ids["fails"]} {
		r := get(s, path)
		page := body(t, r)
		policy := r.Header.Get("Content-Security-Policy")
		if strings.Contains(policy, "unsafe") || !strings.Contains(policy, "script-src 'self'") || !strings.Contains(policy, "frame-ancestors 'none'") {
			t.Errorf("%s: %s", path, policy)
		}
		for _, bad := range []string{"<script>", "<b>", "<i>", "style=", "onclick", "src=\"http", "href=\"http"} {
			if strings.Contains(page, bad) {
				t.Errorf("%s contains %s", path, bad)
			}
		}
	}
	if page := body(t, get(s, reviewPath+"/"+s.ids["mugs"])); !strings.Contains(page, `<p class="words" dir="auto" lang="en"><ins>`) || !strings.Contains(page, "<bdi>أكواب") {
		t.Error("a text is not isolated from what stands beside it")
	}
	r := get(s, reviewPath+"/"+s.ids["mugs"]+"/preview/"+s.assets("mugs")[1].ID)
	page, policy := body(t, r), r.Header.Get("Content-Security-Policy")
	if strings.Contains(page, "<script") || !strings.Contains(page, "&lt;script&gt;") || strings.Contains(policy, "script") || strings.Contains(policy, "unsafe-inline") ||
		!strings.HasPrefix(policy, "default-src 'none'; img-src 'self'; style-src 'unsafe-hashes' 'sha256-") || !strings.Contains(policy, "frame-ancestors 'self'") {
		t.Errorf("%s\n%s", policy, page)
	}
}

// TestReviewOfOthers checks that nothing of another account can be looked at or decided, and who may look only.
func TestReviewOfOthers(t *testing.T) {
	t.Parallel()
	s := newStudio(t, false)
	asset, own := s.assets("others")[0].ID, s.assets("mugs")[0].ID
	key := s.as("of 21")
	for _, rest := range []string{"", "/texts", "/preview/" + asset} {
		if status, page := s.look(key, "others", rest); status != http.StatusNotFound || strings.Contains(page, "mugs") {
			t.Errorf("%q: %d", rest, status)
		}
	}
	if status, _ := s.look(key, "mugs", "/preview/"+asset); status != http.StatusNotFound {
		t.Errorf("another creative's text in the preview: %d", status)
	}
	if r := s.post(key, "others", asset, "approve"); r.StatusCode != http.StatusNotFound {
		t.Errorf("a decision: %d", r.StatusCode)
	}
	if r := s.post(key, "mugs", asset, "approve"); r.StatusCode != http.StatusConflict {
		t.Errorf("a decision through one's own creative: %d", r.StatusCode)
	}
	if page := body(t, get(s, reviewPath, key)); strings.Contains(page, s.ids["others"]) || !strings.Contains(page, s.ids["mugs"]) {
		t.Error("the queue shows another account, or not one's own")
	}
	for _, r := range []*http.Response{s.post(nil, "mugs", own, "approve"), get(s, reviewPath)} {
		if r.StatusCode != http.StatusSeeOther || !strings.HasPrefix(r.Header.Get("Location"), "/console/login") {
			t.Errorf("without a login: %d to %s", r.StatusCode, r.Header.Get("Location"))
		}
	}
	if r := s.post(s.as("looker"), "mugs", own, "approve"); r.StatusCode != http.StatusForbidden || !strings.Contains(body(t, r), "creative_review or ads_management") {
		t.Errorf("with ads_read: %d", r.StatusCode)
	}
	if r := s.post(s.as("manager"), "mugs", own, "approve", "Sec-Fetch-Site", "cross-site", "Origin", "https://elsewhere.example"); r.StatusCode != http.StatusForbidden {
		t.Errorf("from another site: %d", r.StatusCode)
	}
	if r := get(s, "/", s.as("reviewer")); r.StatusCode != http.StatusSeeOther || r.Header.Get("Location") != reviewPath {
		t.Errorf("a reviewer who may not read ads: %d", r.StatusCode)
	}
	for _, a := range append(s.assets("mugs"), s.assets("others")...) {
		if a.Status != object.AssetPending {
			t.Errorf("%s is %s", a.ID, a.Status)
		}
	}
}

// TestReviewOfAnOpenConsole checks that whoever has not logged in may look, and that they may log in to decide.
func TestReviewOfAnOpenConsole(t *testing.T) {
	t.Parallel()
	s := newStudio(t, true)
	asset := s.assets("mugs")[0].ID
	if r := s.post(nil, "mugs", asset, "approve"); r.StatusCode != http.StatusForbidden {
		t.Errorf("without a login: %d", r.StatusCode)
	}
	if _, page := s.look(s.as("manager"), "mugs", ""); !strings.Contains(page, `value="approve"`) {
		t.Error("who logs in cannot decide")
	}
	if page := body(t, get(s, reviewPath+"/"+s.ids["mugs"])); strings.Contains(page, `value="approve"`) || !strings.Contains(page, "Log in") {
		t.Error("who is not logged in is not told so")
	}
	if r := s.post(s.as("manager"), "mugs", asset, "approve"); r.StatusCode != http.StatusSeeOther || s.assets("mugs")[0].Text("reviewer_id") != "7" {
		t.Errorf("logged in: %d", r.StatusCode)
	}
}

// TestReviewRules checks that what an account asks of reviews holds here as well, and that what is refused is said beside the text.
func TestReviewRules(t *testing.T) {
	t.Parallel()
	s := newStudio(t, false)
	assets := s.assets("mugs")
	manager, reviewer := s.as("manager"), s.as("reviewer")
	refused := func(key *http.Cookie, asset, action, want string, status int) {
		t.Helper()
		r := s.post(key, "mugs", asset, action)
		page := body(t, r)
		_, beside, _ := strings.Cut(page, `id="text-`+asset+`"`)
		beside, _, _ = strings.Cut(beside, `id="text-`)
		if r.StatusCode != status || !strings.Contains(beside, `role="alert">`+want) {
			t.Errorf("%s: %d, and beside the text %q", action, r.StatusCode, beside)
		}
	}
	s.setting("review_gate", "required")
	refused(manager, assets[0].ID, "approve", "The account lets nobody approve without the scope creative_review.", http.StatusForbidden)
	s.setting("review_gate", "activation")
	s.setting("four_eyes", true)
	refused(manager, assets[0].ID, "approve", "The account lets nobody approve what they ordered themselves", http.StatusForbidden)
	refused(reviewer, assets[0].ID, "praise", "Action is &#34;praise&#34;", http.StatusConflict)
	for range 2 {
		if r := s.post(reviewer, "mugs", assets[0].ID, "approve"); r.StatusCode != http.StatusSeeOther || !strings.HasSuffix(r.Header.Get("Location"), "#text-"+assets[0].ID) {
			t.Errorf("approve: %d to %s", r.StatusCode, r.Header.Get("Location"))
		}
	}
	s.post(manager, "mugs", assets[1].ID, "reject")
	refused(reviewer, assets[1].ID, "approve", "The asset "+assets[1].ID+" was rejected", http.StatusConflict)
	if r := s.post(reviewer, "mugs", "99", "approve"); r.StatusCode != http.StatusConflict || !strings.Contains(body(t, r), "no generated asset of the creative") {
		t.Errorf("an unknown text: %d", r.StatusCode)
	}
	s.write(func(tx store.Tx) error {
		assets[2].Data["text"], assets[2].Refs = "Changed.", []store.Ref{{Field: "creative_id", To: s.ids["mugs"]}, {Field: "account_id", To: "act_21"}}
		return tx.Update(s.Context(), assets[2])
	})
	refused(reviewer, assets[2].ID, "approve", "The text of the asset "+assets[2].ID+" is no longer", http.StatusConflict)
	if now := s.assets("mugs"); now[0].Status != object.AssetApproved || now[0].Text("reviewer") != "reviewer" || now[1].Status != object.AssetRejected || now[2].Status != object.AssetPending {
		t.Errorf("%s by %s, %s, %s", now[0].Status, now[0].Text("reviewer"), now[1].Status, now[2].Status)
	}
}

// TestReviewRefreshes checks that the page of texts that are being made asks again, and shows them once they are there.
func TestReviewRefreshes(t *testing.T) {
	t.Parallel()
	s := newStudio(t, false)
	key := s.as("manager")
	_, page := s.look(key, "busy", "")
	_, after, _ := strings.Cut(page, `hx-get="`)
	address, _, _ := strings.Cut(after, `"`)
	if r := get(s, address, key); r.StatusCode != http.StatusNoContent {
		t.Errorf("nothing new: %d", r.StatusCode)
	}
	if err := s.service.Await(t.Context(), s.ids["busy"]); err != nil {
		t.Fatal(err)
	}
	r := get(s, address, key)
	if part := body(t, r); r.StatusCode != http.StatusOK || !strings.HasPrefix(part, `<div id="review">`) || !strings.Contains(part, "5 waiting") {
		t.Errorf("%d %s", r.StatusCode, part)
	}
}

// TestMoveWords checks that what was done is said in words, once each, whatever the rules are called.
func TestMoveWords(t *testing.T) {
	t.Parallel()
	for want, labels := range map[string][]string{
		"":                               nil,
		"sentences in another order":     {"order"},
		"another call to action":         {"cta.shop", "cta.buy"},
		"a statement made a question":    {"move.question"},
		"a statement made an invitation": {"move.imperative"},
		"other words, sentences left out, a sentence said anew": {"paraphrase.delivery", "trim", "topic.pets", "move.statement"},
	} {
		if got := movesWords(labels); got != want {
			t.Errorf("%v: %q, want %q", labels, got, want)
		}
	}
}
