package previews

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/marquetry/marquetry/internal/catalog"
	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/graph/graphtest"
	"github.com/marquetry/marquetry/internal/object"
)

// service is one with a fixed key at a given time.
func service(t testing.TB, now time.Time) *Service {
	t.Helper()
	return New(Config{Key: make([]byte, keySize), Now: func() time.Time { return now }, Logger: slog.New(slog.DiscardHandler)})
}

// open serves a preview.
func (s *Service) open(t testing.TB, address string) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, address, http.NoBody))
	return w
}

// frame is the iframe of a preview.
var frame = regexp.MustCompile(`^<iframe src="([^"]+)" width="(\d+)" height="(\d+)" scrolling="yes" style="border: none;"></iframe>$`)

// linkPost is a creative of one post.
const linkPost = `{"object_story_spec":{"page_id":"%s","link_data":{"link":"https://www.example.com/a","message":"Made <to> last.","name":"{{product.name | titleize}}","picture":"https://example.com/a.jpg","call_to_action":{"type":"SHOP_NOW"}}}}`

func TestPreviewOfSpec(t *testing.T) {
	t.Parallel()
	s := service(t, graphtest.Now())
	site := graphtest.New(t, s.Extensions())
	spec := fmt.Sprintf(linkPost, site.PageID)
	ask := "?ad_format=INSTGRAM_STORY&width=400&dynamic_creative_spec=" + url.QueryEscape(`{"product":{"name":"garden lamp"}}`) + "&creative=" + url.QueryEscape(spec)
	for _, path := range []string{site.Account("generatepreviews"), "v24.0/generatepreviews"} {
		rows, _ := site.Do(http.MethodGet, path+ask, nil)["data"].([]any)
		if len(rows) != 1 {
			t.Fatalf("%s: %v", path, rows)
		}
		parts := frame.FindStringSubmatch(rows[0].(graphtest.Fields)["body"].(string))
		if parts == nil || parts[2] != "400" || parts[3] != "570" {
			t.Fatalf("%s: %v", path, rows)
		}
		src := html.UnescapeString(parts[1])
		if strings.ContainsAny(src, "&;") || !strings.HasPrefix(src, "http://example.com"+Path+"?d=") {
			t.Error(src)
		}
		page := s.open(t, src)
		if body := page.Body.String(); page.Code != http.StatusOK || !strings.Contains(body, "Garden Lamp") || !strings.Contains(body, "Made &lt;to&gt; last.") {
			t.Errorf("%d %s", page.Code, body)
		}
		if later := service(t, graphtest.Now().Add(48*time.Hour)).open(t, src); later.Code != http.StatusGone {
			t.Errorf("a day later: %d", later.Code)
		}
		if forged := s.open(t, src[:len(src)-4]+"AAAA"); forged.Code != http.StatusNotFound {
			t.Errorf("forged: %d", forged.Code)
		}
	}
}

func TestPreviewOfStored(t *testing.T) {
	t.Parallel()
	site := graphtest.New(t, service(t, graphtest.Now()).Extensions())
	var spec graphtest.Fields
	if err := json.Unmarshal(fmt.Appendf(nil, linkPost, site.PageID), &spec); err != nil {
		t.Fatal(err)
	}
	id, _ := site.Do(http.MethodPost, site.Account("adcreatives"), spec)["id"].(string)
	for _, path := range []string{
		id + "/previews?ad_format=%22DESKTOP_FEED_STANDARD%22&creative_feature=image_uncrop", id + "/generatepreviews?ad_format=MOBILE_FEED_STANDARD",
		site.Account("generatepreviews") + "?ad_format=MOBILE_FEED_STANDARD&creative=" + url.QueryEscape(`{"creative_id":`+id+`}`),
	} {
		answer := site.Do(http.MethodGet, path, nil)
		rows, _ := answer["data"].([]any)
		if len(rows) != 1 || rows[0].(graphtest.Fields)["transformation_spec"] != nil {
			t.Errorf("%s: %v", path, answer)
		}
	}
	reuse, _ := site.Do(http.MethodPost, site.Account("adcreatives"), graphtest.Fields{"object_story_id": site.PageID + "_" + id})["id"].(string)
	if again := site.Do(http.MethodGet, reuse+"/previews?ad_format=MOBILE_FEED_STANDARD", nil); again["data"] == nil {
		t.Errorf("a creative of the post of another one: %v", again)
	}
	expanded := site.Do(http.MethodGet, id+"?fields=previews.ad_format(RIGHT_COLUMN_STANDARD){body}", nil)
	if !strings.Contains(fmt.Sprint(expanded), `width="274" height="213"`) {
		t.Error(expanded)
	}
}

func TestPreviewRefuses(t *testing.T) {
	t.Parallel()
	site := graphtest.New(t, service(t, graphtest.Now()).Extensions())
	creative := func(json string) string { return "&creative=" + url.QueryEscape(json) }
	for query, code := range map[string]float64{
		"?ad_format=NOWHERE" + creative(fmt.Sprintf(linkPost, "1")):                                                                             100,
		"?x=y" + creative(fmt.Sprintf(linkPost, "1")):                                                                                           100,
		"?ad_format=MOBILE_FEED_STANDARD":                                                                                                       100,
		"?ad_format=MOBILE_FEED_STANDARD&creative_feature=magic" + creative(fmt.Sprintf(linkPost, "1")):                                         100,
		"?ad_format=MOBILE_FEED_STANDARD" + creative(`{"creative_id":"120200000000000099"}`):                                                    100,
		"?ad_format=MOBILE_FEED_STANDARD" + creative(`{"object_story_spec":{"page_id":"1"}}`):                                                   2606,
		"?ad_format=MOBILE_FEED_STANDARD" + creative(`{"object_story_id":"1_2"}`):                                                               2606,
		"?ad_format=MOBILE_FEED_STANDARD" + creative(strings.Replace(linkPost, `"picture":"https://example.com/a.jpg"`, `"image_hash":"x"`, 1)): 2606,
	} {
		e, _ := site.Do(http.MethodGet, site.Account("generatepreviews")+query, nil)["error"].(graphtest.Fields)
		if e["code"] != code {
			t.Errorf("%s: %v, want code %v", query, e, code)
		}
	}
}

// specOf decodes a creative.
func specOf(t testing.TB, text string) map[string]any {
	t.Helper()
	var spec map[string]any
	if err := json.Unmarshal([]byte(text), &spec); err != nil {
		t.Fatal(err)
	}
	return spec
}

// shown is what a creative shows in a format.
func shown(t testing.TB, text, format string, turn int64) scene {
	t.Helper()
	f, _ := object.Preview(format)
	s, err := compose(specOf(t, text), f, choice{turn: turn}, nil, turn)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestTurnsDiffer(t *testing.T) {
	t.Parallel()
	const feed = `{"asset_feed_spec":{"images":[{"hash":"a"},{"hash":"b"}],"titles":[{"text":"1"},{"text":"2"}],"bodies":[{"text":"x"}]}}`
	seen := map[string]bool{}
	for turn := range int64(4) {
		c := shown(t, feed, "MOBILE_FEED_STANDARD", turn).Cards[0]
		seen[c.Hash+c.Title] = true
	}
	if len(seen) != 4 {
		t.Errorf("four turns show %v", seen)
	}
}

func TestPlaceChoosesAssets(t *testing.T) {
	t.Parallel()
	const feed = `{"asset_feed_spec":{"images":[{"hash":"a","adlabels":[{"name":"feed"}]},{"hash":"b","adlabels":[{"name":"story"}]}],"bodies":[{"text":"x"}],
		"asset_customization_rules":[{"customization_spec":{"publisher_platforms":["facebook"]},"image_label":{"name":"feed"},"is_default":true},
		{"customization_spec":{"publisher_platforms":["instagram"],"instagram_positions":["story"]},"image_label":{"name":"story"}}]}}`
	for format, hash := range map[string]string{"INSTAGRAM_STORY": "b", "INSTAGRAM_STANDARD": "a", "MOBILE_FEED_STANDARD": "a", "WHATSAPP_STATUS_MEDIA": "a"} {
		if got := shown(t, feed, format, 1).Cards[0].Hash; got != hash {
			t.Errorf("%s shows %s, want %s", format, got, hash)
		}
	}
	if got := creative.Labelled(specOf(t, feed), "story"); len(object.Listed(object.Members(got, "asset_feed_spec"), "images")) != 1 {
		t.Errorf("labelled story: %v", got)
	}
}

func TestCarouselAndVideo(t *testing.T) {
	t.Parallel()
	cards := shown(t, `{"object_story_spec":{"link_data":{"link":"https://e.com","call_to_action":{"type":"SHOP_NOW"},"child_attachments":[
		{"name":"One","image_hash":"a","link":"https://e.com/1"},{"name":"Two","picture":"https://e.com/b.jpg","call_to_action":{"type":"LEARN_MORE"}}]}}}`, "INSTAGRAM_STANDARD", 0).Cards
	want := []card{{Hash: "a", Title: "One", Button: "Shop now", Link: "https://e.com/1"}, {URL: "https://e.com/b.jpg", Title: "Two", Button: "Learn more", Link: "https://e.com"}}
	if !slices.Equal(cards, want) {
		t.Errorf("cards %+v", cards)
	}
	video := shown(t, `{"object_story_spec":{"video_data":{"video_id":"5","image_url":"https://e.com/v.jpg","title":"V"}}}`, "INSTAGRAM_REELS", 0).Cards[0]
	if video.URL != "https://e.com/v.jpg" || !video.Video {
		t.Errorf("video %+v", video)
	}
}

func TestProductsFillTags(t *testing.T) {
	t.Parallel()
	items := []catalog.Item{{"name": "red shoe", "price": int64(999), "currency": "USD", "url": "https://e.com/red", "image_url": "https://e.com/red.jpg"}, {"name": "blue shoe"}}
	format, _ := object.Preview("MOBILE_FEED_STANDARD")
	for text, title := range map[string]string{
		`{"product_set_id":"1","object_story_spec":{"template_data":{"message":"Buy {{product.name}}","name":"{{product.name | titleize}}","link":"{{product.url}}"}}}`: "Red Shoe",
		`{"product_set_id":"1"}`: "red shoe",
	} {
		s, err := compose(specOf(t, text), format, choice{}, items, 0)
		if err != nil || len(s.Cards) != 2 {
			t.Fatalf("%+v, %v", s, err)
		}
		if c := s.Cards[0]; c.Title != title || c.Link != "https://e.com/red" || c.URL != "https://e.com/red.jpg" {
			t.Errorf("%s: %+v", text, c)
		}
	}
}

func TestPictureIsCropped(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		format string
		card   card
		view   string
	}{
		{"MOBILE_FEED_STANDARD", card{}, "0 0 191 100"}, // unknown size
		{"MOBILE_FEED_STANDARD", card{Width: 1000, Height: 1000}, "0 0 1000 1000"},
		{"MOBILE_FEED_STANDARD", card{Width: 1000, Height: 3000}, "0 0 4 5"},
		{"INSTAGRAM_STORY", card{}, "0 0 0 0"},                                // stands whole
		{"INSTAGRAM_STORY", card{Width: 1000, Height: 1000}, "0 0 1000 1000"}, // stands before itself
		{"INSTAGRAM_STORY", card{Width: 1000, Height: 1000, Box: [4]int{10, 0, 550, 960}}, "10 0 540 960"},
	} {
		f, _ := object.Preview(c.format)
		if got := strings.Trim(fmt.Sprint(c.card.shot(f).Picture.Shown()), "[]"); got != c.view {
			t.Errorf("%+v in %s shows %s, want %s", c.card, c.format, got, c.view)
		}
	}
}

func TestEveryFormatRenders(t *testing.T) {
	t.Parallel()
	s := service(t, graphtest.Now())
	formats := object.PreviewFormats()
	if len(formats) != 78 {
		t.Errorf("%d formats", len(formats))
	}
	for _, f := range formats {
		made := shown(t, fmt.Sprintf(linkPost, "1"), f.Name, 0)
		made.Until = graphtest.Now().Unix() + 1
		token, err := pack(s.config.Key, made)
		if err != nil {
			t.Fatal(err)
		}
		page := s.open(t, Path+"?d="+token)
		if page.Code != http.StatusOK || !strings.Contains(page.Body.String(), "https://example.com/a.jpg") {
			t.Errorf("%s: %d %s", f.Name, page.Code, page.Body)
		}
		policy := page.Header().Get("Content-Security-Policy")
		style := page.Body.String()[strings.Index(page.Body.String(), "<style>")+7 : strings.Index(page.Body.String(), "</style>")]
		if !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, sketchSum(style)) {
			t.Errorf("%s: the style is not the one that the policy %q allows", f.Name, policy)
		}
	}
}

// sketchSum is how a policy names a style sheet.
func sketchSum(style string) string {
	sum := sha256.Sum256([]byte(style))
	return base64.StdEncoding.EncodeToString(sum[:])
}

func FuzzUnpack(f *testing.F) {
	token, err := pack(make([]byte, keySize), scene{Body: "x"})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(token)
	f.Fuzz(func(t *testing.T, text string) {
		if s, err := unpack(make([]byte, keySize), text); err == nil {
			if again, err := pack(make([]byte, keySize), s); err != nil || again == "" {
				t.Error(err)
			}
		}
	})
}
