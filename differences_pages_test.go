package marquetry_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"github.com/marquetry/marquetry"
	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

// video uploads a file as a video and reads it back.
func (s shop) video(data string) client.Object {
	s.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("source", "shoes.mp4")
	if err != nil {
		s.Fatal(err)
	}
	_, _ = part.Write([]byte(data))
	_ = form.Close()
	r := httptest.NewRequestWithContext(s.Context(), http.MethodPost, "/"+s.fresh.AccountID+"/advideos?access_token="+s.fresh.Token, &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	w := httptest.NewRecorder()
	s.server.Handler().ServeHTTP(w, r)
	_, id, _ := strings.Cut(w.Body.String(), `"id":"`)
	id, _, ok := strings.Cut(id, `"`)
	if !ok {
		s.Fatal(w.Body)
	}
	return s.get(id, client.Params{"fields": "status,length,picture,source,thumbnails"})
}

// movie is the smallest MP4 file: a type, and a header of two seconds.
func movie() string {
	return "\x00\x00\x00\x10ftypisom\x00\x00\x00\x00" + "\x00\x00\x00\x74moov\x00\x00\x00\x6cmvhd" + strings.Repeat("\x00", 14) + "\x03\xe8\x00\x00\x07\xd0" + strings.Repeat("\x00", 80)
}

// newOpenShop is a shop that may fetch from this machine.
func newOpenShop(t *testing.T) shop {
	t.Helper()
	server, api := start(t, marquetry.Config{Data: storetest.Dir(t), FetchAllow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	return shop{t, server, api, server.Fresh}
}

func TestDiff130OnlyPublicAddresses(t *testing.T) {
	s := newShop(t)
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(movie())) }))
	t.Cleanup(web.Close)
	sent := client.Params{"file_url": web.URL + "/a.mp4"}
	refused := s.postRefused(s.fresh.AccountID+"/advideos", sent)
	if s.wantCode(refused, 389, 0); !strings.Contains(refused.Message, "--fetch-allow") {
		t.Error(refused)
	}
	open := newOpenShop(t)
	want(s, "length", fmt.Sprint(open.get(open.post(open.fresh.AccountID+"/advideos", sent).ID(), client.Params{"fields": "length"})["length"]), "2")
}

func TestDiff131VideosAreNotDecoded(t *testing.T) {
	s := newShop(t)
	good, bad := s.video(movie()), s.video("RIFF....AVI ")
	want(s, "length", fmt.Sprint(good["length"]), "2")
	want(s, "an AVI's status", bad.Object("status").String("video_status"), "error")
	for _, v := range []client.Object{good, bad} {
		picture := v.String("picture")
		if got := s.raw("GET", picture[strings.Index(picture, "/media/"):], "", ""); got.Code != http.StatusOK || got.Header().Get("Content-Type") != "image/jpeg" {
			t.Error("no card stands for the video:", picture, got.Code)
		}
	}
}

func TestDiff132VideosOfAGibibyte(t *testing.T) {
	s := newShop(t)
	edge := s.fresh.AccountID + "/advideos"
	s.post(edge, client.Params{"upload_phase": "start", "file_size": 1 << 30})
	s.wantCode(s.postRefused(edge, client.Params{"upload_phase": "start", "file_size": 1<<30 + 1}), 100, 0)
}

func TestDiff133SlideshowsAreMotionJPEG(t *testing.T) {
	s := newOpenShop(t)
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_ = png.Encode(w, image.NewGray(image.Rect(0, 0, 40, 20)))
	}))
	t.Cleanup(web.Close)
	spec := client.Params{"images_urls": []string{web.URL + "/1", web.URL + "/2", web.URL + "/3"}, "duration_ms": 500, "transition_ms": 200}
	id := s.post(s.fresh.AccountID+"/advideos", client.Params{"slideshow_spec": spec}).ID()
	source := s.get(id, client.Params{"fields": "source"}).String("source")
	w := s.raw("GET", source[strings.Index(source, "/media/"):], "", "")
	if frames := strings.Count(w.Body.String(), "\xff\xd8\xff"); frames != 3 || w.Header().Get("Content-Type") != "video/quicktime" {
		t.Error(frames, w.Header())
	}
}

func TestDiff134PostsOfCreatives(t *testing.T) {
	s := newShop(t)
	creative := s.post(s.fresh.AccountID+"/adcreatives", s.link(nil)).ID()
	story := s.get(creative, client.Params{"fields": "effective_object_story_id"}).String("effective_object_story_id")
	want(s, "message", s.get(story, client.Params{"fields": "message"}).String("message"), "Made to last.")
	s.wantCode(s.postRefused(story, client.Params{"message": "Other"}), 100, 0)
	second := s.post(s.get("me/businesses", nil).List("data")[0].ID()+"/adaccount", client.Params{"name": "Second", "currency": "EUR", "timezone_id": 1, "end_advertiser": "NONE", "media_agency": "NONE", "partner": "NONE"}).ID()
	other, err := s.server.CreateToken(t.Context(), marquetry.TokenRequest{Label: "other", Scopes: []string{"ads_read", "pages_read_engagement"}, Accounts: []string{second}})
	if err != nil {
		t.Fatal(err)
	}
	list := s.raw("GET", "/"+s.fresh.PageID+"/ads_posts", other, "")
	if w := s.raw("GET", "/"+story, other, ""); w.Code != http.StatusBadRequest || strings.Contains(list.Body.String(), story) {
		t.Error("another account's token sees the post:", w.Body, list.Body)
	}
}

func TestDiff135NobodyReadsPosts(t *testing.T) {
	s := newShop(t)
	post := s.post(s.fresh.PageID+"/feed", client.Params{"message": "Fresh bread"}).ID()
	want(s, "comments", len(s.get(post+"/comments", nil).List("data")), 0)
	s.wantCode(s.postRefused(post+"/comments", client.Params{"message": "Nice"}), 3, 0)
	want(s, "visitors", len(s.get(s.fresh.PageID+"/visitor_posts", nil).List("data")), 0)
}

func TestDiff136PagePictures(t *testing.T) {
	s := newShop(t)
	w := s.raw("GET", "/"+s.fresh.PageID+"/picture", s.fresh.Token, "")
	want(s, "status", w.Code, http.StatusFound)
	to := w.Header().Get("Location")
	card := s.raw("GET", to[strings.Index(to, "/media/"):], "", "")
	want(s, "card", card.Header().Get("Content-Type"), "image/jpeg")
	data := s.get(s.fresh.PageID+"/picture", client.Params{"redirect": "0", "width": 50}).Object("data")
	want(s, "width", fmt.Sprint(data["width"]), "200")
}

func TestDiff137SecondPage(t *testing.T) {
	s := newShop(t)
	business := s.get("me/businesses", nil).List("data")[0].ID()
	page := s.post(business+"/owned_pages", client.Params{"name": "Corner Bakery"}).ID()
	want(s, "name", s.get(page, nil).String("name"), "Corner Bakery")
	want(s, "Pages", len(s.get("me/accounts", nil).List("data")), 2)
}
