package ads_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/graph/access"
	"github.com/marquetry/marquetry/internal/graph/ads"
	"github.com/marquetry/marquetry/internal/graph/graphtest"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

// now is the time at which every request of a test arrives.
var now = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// secret is an access token that may do everything.
const secret = "mq_test-token-of-the-advertiser"

// site is a fresh instance behind the Graph protocol.
type site struct {
	testing.TB
	db      *store.DB
	handler http.Handler
	config  ads.Config
	access.Seeded
}

// fields is a JSON object.
type fields = map[string]any

// newSite makes an instance with the default configuration, changed by the options.
func newSite(t testing.TB, options ...func(*ads.Config)) *site {
	t.Helper()
	s := &site{TB: t, db: storetest.SQLite(t)}
	err := s.db.Write(t.Context(), func(tx store.Tx) (err error) {
		if s.Seeded, err = access.Seed(t.Context(), tx, now.Unix()); err != nil {
			return err
		}
		return tx.PutToken(t.Context(), &store.Token{Hash: store.HashToken(secret), Label: "test", UserID: s.UserID, Scopes: []string{"admin"}})
	})
	if err != nil {
		t.Fatal(err)
	}
	s.config = ads.DefaultConfig()
	for _, o := range options {
		o(&s.config)
	}
	s.handler = s.graph(func(*graph.Config) {})
	return s
}

// graph puts the protocol in front, with the extensions of other services reduced to their names.
func (s *site) graph(change func(*graph.Config)) http.Handler {
	s.Helper()
	all, err := ads.New(s.config)
	if err != nil {
		s.Fatal(err)
	}
	registry, err := object.Build(object.Types()...)
	if err != nil {
		s.Fatal(err)
	}
	c := graph.DefaultConfig()
	c.Now, c.NewTraceID, c.Logger = func() time.Time { return now }, func() string { return "AbCdEfGhIjKlMn" }, slog.New(slog.DiscardHandler)
	change(&c)
	h, err := graph.New(c, registry, s.db, graphtest.StandIn(registry, all))
	if err != nil {
		s.Fatal(err)
	}
	return h
}

// do sends one request with a JSON body and decodes the answer.
func (s *site) do(method, path string, body fields) fields {
	s.Helper()
	data, err := json.Marshal(body)
	if err != nil {
		s.Fatal(err)
	}
	r := httptest.NewRequestWithContext(s.Context(), method, path, bytes.NewReader(data))
	r.Header.Set("Content-Type", "application/json")
	return s.send(r)
}

// send sends a request with the token and decodes the answer.
func (s *site) send(r *http.Request) fields {
	s.Helper()
	r.Header.Set("Authorization", "Bearer "+secret)
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	var answer fields
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
		s.Fatalf("%s %s answered %q: %v", r.Method, r.URL, w.Body, err)
	}
	return answer
}

// post writes and answers whatever comes back.
func (s *site) post(path string, body fields) fields {
	s.Helper()
	return s.do(http.MethodPost, "/"+path, body)
}

// make creates an object on an edge of the account and answers its id.
func (s *site) make(edge string, body fields) string {
	s.Helper()
	return s.id(s.post(s.account(edge), body))
}

// id is the id in a successful answer.
func (s *site) id(answer fields) string {
	s.Helper()
	id, ok := answer["id"].(string)
	if !ok {
		s.Fatalf("nothing was made: %v", answer)
	}
	return id
}

// ok sends an update and expects success.
func (s *site) ok(path string, body fields) fields {
	s.Helper()
	answer := s.post(path, body)
	if answer["success"] != true {
		s.Fatalf("POST %s %v: %v", path, body, answer)
	}
	return answer
}

// get reads fields of a node or an edge.
func (s *site) get(path, want string) fields {
	s.Helper()
	answer := s.do(http.MethodGet, "/"+path+"?fields="+want, nil)
	if answer["error"] != nil {
		s.Fatalf("GET %s: %v", path, answer)
	}
	return answer
}

// account is the path of one of the account's edges.
func (s *site) account(edge string) string { return "act_" + s.AccountID + "/" + edge }

// with copies a body with changes; nil takes a member out.
func with(body fields, changes fields) fields {
	out := maps.Clone(body)
	for name, v := range changes {
		if out[name] = v; v == nil {
			delete(out, name)
		}
	}
	return out
}

// campaign is the least that a campaign needs.
func campaign() fields {
	return fields{"name": "Spring", "objective": "OUTCOME_SALES", "special_ad_categories": []any{}, "status": "PAUSED", "is_adset_budget_sharing_enabled": false}
}

// adset is the least that an ad set for conversions on the pixel needs.
func (s *site) adset(campaign string) fields {
	return fields{
		"name": "Everybody", "campaign_id": campaign, "status": "PAUSED", "daily_budget": 5000, "billing_event": "IMPRESSIONS",
		"optimization_goal": "OFFSITE_CONVERSIONS", "promoted_object": fields{"pixel_id": s.PixelID},
		"targeting": fields{"geo_locations": fields{"countries": []any{"US"}}, "targeting_automation": fields{"advantage_audience": 0}},
	}
}

// feed is a creative with one asset of a kind but for two titles.
func (s *site) feed(hash string) fields {
	return fields{"object_story_spec": fields{"page_id": s.PageID}, "asset_feed_spec": fields{
		"images": []any{fields{"hash": hash}}, "titles": []any{fields{"text": "New"}, fields{"text": "Old"}}, "bodies": []any{fields{"text": "Made to last."}},
		"link_urls": []any{fields{"website_url": "https://example.com/"}}, "call_to_action_types": []any{"SHOP_NOW"}, "ad_formats": []any{"SINGLE_IMAGE"},
	}}
}

// link is a creative with one post.
func (s *site) link(hash string) fields {
	return fields{"object_story_spec": fields{"page_id": s.PageID, "link_data": fields{
		"link": "https://example.com/", "message": "Made to last.", "name": "New", "image_hash": hash, "call_to_action": fields{"type": "LEARN_MORE"},
	}}}
}

// picture is a small PNG of one shade; different shades are different images.
func picture(shade uint8, width, height int) []byte {
	img := image.NewNRGBA(image.Rect(0, 0, width, height))
	for i := 0; i < len(img.Pix); i += 4 {
		copy(img.Pix[i:], []byte{shade, 255 - shade, 128, 255})
	}
	img.Set(0, 0, color.White)
	var buf bytes.Buffer
	if png.Encode(&buf, img) != nil {
		return nil // writing to memory does not fail
	}
	return buf.Bytes()
}

// image uploads a picture and answers its hash.
func (s *site) image(shade uint8) string {
	s.Helper()
	answer := s.post(s.account("adimages"), fields{"bytes": picture(shade, 300, 150)})
	hash, ok := at(answer, "images", "bytes", "hash").(string)
	if !ok {
		s.Fatalf("upload: %v", answer)
	}
	return hash
}

// tree makes a campaign and an ad set, with changes to the ad set.
func (s *site) tree(changes fields) (campaignID, adsetID string) {
	s.Helper()
	campaignID = s.make("campaigns", campaign())
	return campaignID, s.make("adsets", with(s.adset(campaignID), changes))
}

// at descends into an answer by names and positions.
func at(v any, path ...any) any {
	for _, step := range path {
		switch step := step.(type) {
		case string:
			members, _ := v.(fields)
			v = members[step]
		case int:
			list, _ := v.([]any)
			if step >= len(list) {
				return nil
			}
			v = list[step]
		}
	}
	return v
}

// wrong describes what is wrong with an answer that should be an error with that subcode (0 for none) that blames a path.
func wrong(answer fields, subcode int, path ...string) string {
	e, _ := answer["error"].(fields)
	if e == nil {
		return fmt.Sprintf("accepted: %v", answer)
	}
	got, _ := e["error_subcode"].(float64)
	var data struct {
		Blame [][]string `json:"blame_field_specs"`
	}
	if text, _ := e["error_data"].(string); text != "" {
		if err := json.Unmarshal([]byte(text), &data); err != nil {
			return err.Error()
		}
	}
	blamed := len(path) == 0 || slices.ContainsFunc(data.Blame, func(p []string) bool { return slices.Equal(p, path) })
	if int(got) != subcode || !blamed {
		return fmt.Sprintf("subcode %v, blame %v, want %d and %v; %v", got, data.Blame, subcode, path, e["message"])
	}
	return ""
}
