package pages_test

import (
	"bytes"
	"fmt"
	"image/png"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/marquetry/marquetry/internal/fetch"
	"github.com/marquetry/marquetry/internal/graph/graphtest"
	"github.com/marquetry/marquetry/internal/graph/pages"
	"github.com/marquetry/marquetry/internal/media"
)

type fields = graphtest.Fields

// site is an instance with Pages.
type site struct{ *graphtest.Site }

// newSite makes one whose fetcher may use this machine's servers.
func newSite(t *testing.T) site {
	t.Helper()
	local := []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}
	return site{graphtest.New(t, pages.New(pages.Config{Fetch: fetch.New(fetch.Config{Allow: local})}))}
}

// page is the path of an edge of the Page.
func (s site) page(edge string) string { return s.PageID + "/" + edge }

// ids are the ids of a list.
func (s site) ids(path string) (list []string) {
	s.Helper()
	rows, ok := s.Do("GET", path, nil)["data"].([]any)
	if !ok {
		s.Fatal(s.Do("GET", path, nil))
	}
	for _, row := range rows {
		list = append(list, row.(fields)["id"].(string))
	}
	return list
}

// id is the id in an answer.
func (s site) id(answer fields) string {
	s.Helper()
	id, ok := answer["id"].(string)
	if !ok {
		s.Fatal(answer)
	}
	return id
}

// picture is a small PNG.
func picture(t testing.TB) []byte {
	t.Helper()
	card, err := media.Card("", 60, 30)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := png.Encode(&out, card); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// upload sends one file part.
func (s site) upload(path string, data []byte, params map[string]string) fields {
	s.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, value := range params {
		_ = form.WriteField(name, value)
	}
	part, _ := form.CreateFormFile("source", "bread.png")
	_, _ = part.Write(data)
	_ = form.Close()
	return s.Send(http.MethodPost, path, form.FormDataContentType(), body.Bytes())
}

func TestPosts(t *testing.T) {
	s := newSite(t)
	told := s.id(s.Do("POST", s.page("feed"), fields{"message": "Fresh bread", "link": "https://example.com/bread", "name": "Bread"}))
	hidden := s.id(s.Do("POST", s.page("feed"), fields{"message": "For ads", "published": false}))
	later := s.id(s.Do("POST", s.page("feed"), fields{"message": "Soon", "published": "false", "scheduled_publish_time": graphtest.Now().Add(time.Hour).Unix()}))
	if !strings.HasPrefix(told, s.PageID+"_") {
		t.Error(told)
	}
	got := s.Do("GET", told, nil)
	if got["created_time"] != "2026-11-22T12:00:00+0000" || got["message"] != "Fresh bread" || len(got) != 3 {
		t.Error("the default fields:", got)
	}
	got = s.Do("GET", told+"?fields=is_published,status_type,from,attachments{title,url,type},likes.summary(true)", nil)
	if got["is_published"] != true || got["status_type"] != "shared_story" || got["from"].(fields)["name"] != "First Page" {
		t.Error(got)
	}
	if rows := got["attachments"].(fields)["data"].([]any); fmt.Sprint(rows) != "[map[title:Bread type:share url:https://example.com/bread]]" {
		t.Error(rows)
	}
	if n := got["likes"].(fields)["summary"].(fields)["total_count"]; n != 0.0 {
		t.Error(got["likes"])
	}
	s.lists(map[string][]string{"feed": {told}, "posts": {told}, "published_posts": {told}, "scheduled_posts": {later}, "ads_posts": {hidden}, "visitor_posts": nil,
		"posts?since=2026-11-23": nil, "posts?until=2026-11-23": {told}})
	s.Later(2 * time.Hour)
	s.lists(map[string][]string{"feed": {later, told}, "scheduled_posts": nil})
	if got := s.Do("POST", hidden, fields{"is_published": true, "message": "For all"}); got["success"] != true {
		t.Error(got)
	}
	s.lists(map[string][]string{"feed": {later, hidden, told}, "ads_posts": nil})
	s.Do("DELETE", told, nil)
	s.lists(map[string][]string{"feed": {later, hidden}})
}

// lists checks the ids on edges of the Page.
func (s site) lists(want map[string][]string) {
	s.Helper()
	for edge, ids := range want {
		if got := s.ids(s.page(edge)); fmt.Sprint(got) != fmt.Sprint(ids) {
			s.Errorf("%s: %v, want %v", edge, got, ids)
		}
	}
}

func TestPostFaults(t *testing.T) {
	s := newSite(t)
	now := graphtest.Now().Unix()
	for name, c := range map[string]struct {
		sent fields
		says string
	}{
		"empty":               {fields{}, "the post is empty"},
		"too soon":            {fields{"message": "x", "published": false, "scheduled_publish_time": now + 60}, "10 minutes to 30 days"},
		"too late":            {fields{"message": "x", "published": false, "scheduled_publish_time": now + 40*86400}, "10 minutes to 30 days"},
		"published and later": {fields{"message": "x", "scheduled_publish_time": now + 3600}, "needs published=false"},
		"one card":            {fields{"child_attachments": []fields{{"link": "https://example.com"}}}, "2 to 10"},
		"a photo of nobody":   {fields{"attached_media": []fields{{"media_fbid": "7"}}}, `no photo "7"`},
	} {
		t.Run(name, func(t *testing.T) {
			e, _ := s.Do("POST", s.page("feed"), c.sent)["error"].(fields)
			if message, _ := e["message"].(string); e["code"] != 100.0 || !strings.Contains(fmt.Sprint(message, e["error_user_msg"]), c.says) {
				t.Error(e)
			}
		})
	}
	post := s.id(s.Do("POST", s.page("feed"), fields{"message": "x"}))
	if e, _ := s.Do("POST", post+"/comments", fields{"message": "Nice"})["error"].(fields); e["code"] != 3.0 {
		t.Error(e)
	}
}

func TestPhotos(t *testing.T) {
	s := newSite(t)
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(picture(t)) }))
	t.Cleanup(web.Close)
	added := s.Do("POST", s.page("photos"), fields{"url": web.URL + "/bread.png", "caption": "Bread"})
	got := s.Do("GET", s.id(added)+"?fields=name,width,images,page_story_id,picture", nil)
	if got["name"] != "Bread" || got["width"] != 60.0 || got["page_story_id"] != added["post_id"] || !strings.HasSuffix(got["picture"].(string), media.Hash(picture(t))) {
		t.Error(got)
	}
	post := s.Do("GET", added["post_id"].(string)+"?fields=message,full_picture,status_type", nil)
	if post["message"] != "Bread" || post["full_picture"] != got["picture"] || post["status_type"] != "added_photos" {
		t.Error(post)
	}
	silent := s.upload(s.page("photos"), picture(t), map[string]string{"published": "false"})
	if silent["post_id"] != nil {
		t.Error(silent)
	}
	both := s.id(s.Do("POST", s.page("feed"), fields{"attached_media": []fields{{"media_fbid": added["id"]}, {"media_fbid": silent["id"]}}}))
	below := s.Do("GET", both+"/attachments", nil)["data"].([]any)[0].(fields)
	if below["type"] != "album" || len(below["subattachments"].(fields)["data"].([]any)) != 2 {
		t.Error(below)
	}
	s.lists(map[string][]string{"photos": {s.id(silent), s.id(added)}})
	for name, e := range map[string]any{"2446496": s.upload(s.page("photos"), []byte("x"), nil)["error"], "324": s.Do("POST", s.page("photos"), nil)["error"]} {
		if sub, _ := e.(fields)["error_subcode"].(float64); fmt.Sprint(sub) != name && fmt.Sprintf("%.0f", sub) != name {
			t.Error(name, e)
		}
	}
}

func TestPicture(t *testing.T) {
	s := newSite(t)
	handler := pages.Media(s.DB, slog.New(slog.DiscardHandler))
	about := func() fields { return s.Do("GET", s.page("picture?redirect=false"), nil)["data"].(fields) }
	drawn := about()
	w := httptest.NewRecorder()
	_, path, _ := strings.Cut(strings.TrimPrefix(drawn["url"].(string), "http://"), "/")
	handler.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/"+path, nil))
	if info, err := media.Inspect(w.Body.Bytes()); err != nil || info.Width != 200 || drawn["is_silhouette"] != true {
		t.Error(drawn, err)
	}
	if got := s.upload(s.page("picture"), picture(t), nil); got["success"] != true {
		t.Fatal(got)
	}
	set := about()
	if set["is_silhouette"] != false || set["width"] != 60.0 || !strings.HasSuffix(set["url"].(string), media.Hash(picture(t))) {
		t.Error(set)
	}
	if got := s.Do("GET", s.PageID+"?fields=picture{url}", nil)["picture"].(fields)["data"].(fields)["url"]; got != set["url"] {
		t.Error(got)
	}
	w = httptest.NewRecorder()
	s.Handler.ServeHTTP(w, s.Request(http.MethodGet, s.page("picture"), "", nil))
	if w.Code != http.StatusFound || w.Header().Get("Location") != set["url"] || w.Body.Len() != 0 {
		t.Error(w.Code, w.Header(), w.Body)
	}
}

func TestStoryOfACreative(t *testing.T) {
	s := newSite(t)
	creative := s.id(s.Do("POST", s.Account("adcreatives"), fields{"object_story_spec": fields{"page_id": s.PageID, "link_data": fields{
		"link": "https://example.com", "message": "Made to last", "name": "Shoes", "picture": "https://example.com/a.jpg", "call_to_action": fields{"type": "SHOP_NOW"}}}}))
	story := s.Do("GET", creative+"?fields=effective_object_story_id", nil)["effective_object_story_id"].(string)
	got := s.Do("GET", story+"?fields=message,link,name,is_published,call_to_action,full_picture,created_time", nil)
	if got["id"] != story || got["message"] != "Made to last" || got["name"] != "Shoes" || got["is_published"] != false || got["full_picture"] != "https://example.com/a.jpg" {
		t.Error(got)
	}
	s.lists(map[string][]string{"ads_posts": {story}, "posts": nil})
	for _, method := range []string{"POST", "DELETE"} {
		if e, _ := s.Do(method, story, fields{"message": "x"})["error"].(fields); e["code"] != 100.0 {
			t.Error(e)
		}
	}
	for _, id := range []string{"1_" + creative, s.PageID + "_1", s.PageID + "_" + s.PageID, "_" + creative} {
		if e, _ := s.Do("GET", id, nil)["error"].(fields); e == nil {
			t.Error(id, "is answered")
		}
	}
}

func TestPageFields(t *testing.T) {
	s := newSite(t)
	if got := s.Do("POST", s.PageID, fields{"about": "Bread since 1921", "awards": "Best crust", "emails": []string{"a@example.com"}, "location": fields{"city": "Paris"}, "menu": "x"}); got["success"] != true {
		t.Error(got)
	}
	got := s.Do("GET", s.PageID+"?fields=about,awards,emails,location,name_with_location_descriptor,merchant_id,instagram_accounts", nil)
	if got["awards"] != "Best crust" || got["name_with_location_descriptor"] != "First Page" || got["merchant_id"] != nil {
		t.Error(got)
	}
	for edge, code := range map[string]any{"instagram_accounts": nil, "settings": 3.0, "nonsense": 100.0} {
		e, _ := s.Do("GET", s.page(edge), nil)["error"].(fields)
		if e["code"] != code {
			t.Error(edge, e)
		}
	}
}
