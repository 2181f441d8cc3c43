package videos_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/marquetry/marquetry/internal/fetch"
	"github.com/marquetry/marquetry/internal/graph/graphtest"
	"github.com/marquetry/marquetry/internal/graph/videos"
	"github.com/marquetry/marquetry/internal/media"
	"github.com/marquetry/marquetry/internal/store"
)

type fields = graphtest.Fields

// site is an instance with videos.
type site struct{ *graphtest.Site }

// newSite makes one whose fetcher may use this machine's servers.
func newSite(t *testing.T) site {
	t.Helper()
	local := []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}
	return site{graphtest.New(t, videos.New(videos.Config{Fetch: fetch.New(fetch.Config{Allow: local, Timeout: 5 * time.Second})}))}
}

// upload sends a multipart request: file parts by their parameter, and other parameters.
func (s site) upload(path string, files map[string][]byte, params fields) fields {
	s.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, value := range params {
		if err := form.WriteField(name, fmt.Sprint(value)); err != nil {
			s.Fatal(err)
		}
	}
	for name, data := range files {
		part, err := form.CreateFormFile(name, "shoes.mov")
		if err != nil {
			s.Fatal(err)
		}
		_, _ = part.Write(data)
	}
	_ = form.Close()
	return s.Send(http.MethodPost, path, form.FormDataContentType(), body.Bytes())
}

// slide is a JPEG picture.
func slide(t testing.TB, width, height int) []byte {
	t.Helper()
	card, err := media.Card("", width, height)
	if err != nil {
		t.Fatal(err)
	}
	_, data, err := media.Encode(card)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// video is a QuickTime file of two pictures and 3 seconds; padding makes it longer.
func video(t testing.TB, padding int) []byte {
	t.Helper()
	picture := slide(t, 64, 36)
	data := media.Slides([][]byte{picture, picture}, 64, 36, 1500)
	return append(data, append([]byte{byte(padding >> 24), byte(padding >> 16), byte(padding >> 8), byte(padding), 'f', 'r', 'e', 'e'}, make([]byte, padding-8)...)...)
}

const everything = "?fields=title,description,length,status,format,picture,source,published,created_time,from,thumbnails{width,is_preferred,uri}"

func TestWhole(t *testing.T) {
	s := newSite(t)
	data := video(t, 5<<20)
	id, _ := s.upload(s.Account("advideos"), map[string][]byte{"source": data}, fields{"name": "Shoes", "description": "New"})["id"].(string)
	got := s.Do("GET", id+everything, nil)
	status, _ := got["status"].(fields)
	if got["title"] != "Shoes" || got["length"] != 3.0 || status["video_status"] != "ready" || got["published"] != true {
		t.Fatal(got)
	}
	if thumbs := got["thumbnails"].(fields)["data"].([]any); len(thumbs) != 1 || thumbs[0].(fields)["width"] != 64.0 || thumbs[0].(fields)["uri"] != got["picture"] {
		t.Error("the first picture of the video stands for it:", thumbs)
	}
	s.served(got["source"].(string), data)
	list := s.Do("GET", s.Account("advideos")+"?fields=title&minwidth=64&maxlength=3&max_aspect_ratio=1.8&title=Shoes&summary=true", nil)
	if list["summary"].(fields)["total_count"] != 1.0 {
		t.Error(list)
	}
	if list := s.Do("GET", s.Account("advideos")+"?minlength=4", nil)["data"].([]any); len(list) != 0 {
		t.Error(list)
	}
}

// served checks what lies at a video's address, whole and in a range over the border of two pieces.
func (s site) served(address string, want []byte) {
	s.Helper()
	_, path, _ := strings.Cut(strings.TrimPrefix(address, "http://"), "/")
	handler := videos.Media(s.DB, slog.New(slog.DiscardHandler))
	for span, part := range map[string][]byte{"": want, "bytes=4194300-4194309": want[4194300:4194310]} {
		r := httptest.NewRequestWithContext(s.Context(), http.MethodGet, "/"+path, nil)
		if span != "" {
			r.Header.Set("Range", span)
		}
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if !bytes.Equal(w.Body.Bytes(), part) || w.Header().Get("Content-Type") != "video/quicktime" {
			s.Errorf("%s %s: %d, %v", address, span, w.Code, w.Header())
		}
	}
}

func TestChunks(t *testing.T) {
	s := newSite(t)
	data := video(t, 9<<20)
	edge := s.Account("advideos")
	started := s.Do("POST", edge, fields{"upload_phase": "start", "file_size": len(data)})
	session, id := started["upload_session_id"], started["video_id"].(string)
	if list := s.Do("GET", edge, nil)["data"].([]any); len(list) != 0 {
		t.Error("an unfinished video is in the library:", list)
	}
	chunk := func(from, to int) fields {
		return s.upload(edge, map[string][]byte{"video_file_chunk": data[from:to]}, fields{"upload_phase": "transfer", "upload_session_id": session, "start_offset": from})
	}
	if got := chunk(0, 5<<20); got["start_offset"] != fmt.Sprint(5<<20) || got["end_offset"] != fmt.Sprint(len(data)) {
		t.Fatal(got)
	}
	if e, _ := chunk(0, 5<<20)["error"].(fields); e["error_subcode"] != 1363037.0 || e["error_data"].(fields)["start_offset"] != fmt.Sprint(5<<20) {
		t.Error("a chunk twice:", e)
	}
	finish := fields{"upload_phase": "finish", "upload_session_id": session, "title": "Long"}
	if e, _ := s.Do("POST", edge, finish)["error"].(fields); e["error_subcode"] != 1363037.0 {
		t.Error("finished too early:", e)
	}
	if got := s.Do("GET", id+"?fields=status", nil)["status"].(fields)["uploading_phase"].(fields); got["status"] != "in_progress" {
		t.Error(got)
	}
	if got := chunk(5<<20, len(data)); got["start_offset"] != got["end_offset"] {
		t.Error(got)
	}
	if got := s.Do("POST", edge, finish); got["success"] != true {
		t.Fatal(got)
	}
	got := s.Do("GET", id+everything, nil)
	if got["title"] != "Long" || got["length"] != 3.0 {
		t.Error(got)
	}
	s.served(got["source"].(string), data)
	if list := s.Do("GET", edge, nil)["data"].([]any); len(list) != 1 {
		t.Error(list)
	}
	if e, _ := s.Do("POST", edge, finish)["error"].(fields); e["error_subcode"] != 1363041.0 {
		t.Error("finished twice:", e)
	}
	if s.pieces("video/") == 0 {
		t.Error("the pieces of a finished video are gone")
	}
}

// pieces counts blobs by the beginning of their name.
func (s site) pieces(prefix string) (n int) {
	s.Helper()
	if err := s.DB.Read(s.Context(), func(tx store.Tx) error {
		return tx.QueryRow(s.Context(), "SELECT COUNT(*) FROM blobs WHERE hash LIKE ?", prefix+"%").Scan(&n)
	}); err != nil {
		s.Fatal(err)
	}
	return n
}

func TestSessionsAreBounded(t *testing.T) {
	s := newSite(t)
	edge := s.Account("advideos")
	first := s.Do("POST", edge, fields{"upload_phase": "start", "file_size": 100})
	sent := fields{"upload_phase": "transfer", "upload_session_id": first["upload_session_id"], "start_offset": 0}
	s.upload(edge, map[string][]byte{"video_file_chunk": make([]byte, 50)}, sent)
	for range 19 {
		s.Do("POST", edge, fields{"upload_phase": "start", "file_size": 100})
	}
	if e, _ := s.Do("POST", edge, fields{"upload_phase": "start", "file_size": 100})["error"].(fields); e["code"] != 100.0 {
		t.Error("a 21st session:", e)
	}
	if got := s.Do("POST", edge, fields{"upload_phase": "cancel", "upload_session_id": first["upload_session_id"]}); got["success"] != true || s.pieces("video/") != 0 {
		t.Error("cancelled:", got, s.pieces("video/"))
	}
	s.Later(25 * time.Hour)
	s.Do("POST", edge, fields{"upload_phase": "start", "file_size": 100})
	if got := s.Do("GET", first["video_id"].(string), nil); got["error"] == nil {
		t.Error("a cancelled upload is still there:", got)
	}
}

func TestFaults(t *testing.T) {
	s := newSite(t)
	edge := s.Account("advideos")
	for name, c := range map[string]struct {
		params fields
		code   float64
		says   string
	}{
		"nothing":            {fields{}, 100, "no video was sent"},
		"an inner address":   {fields{"file_url": "http://10.0.0.1/a.mp4"}, 389, "public address"},
		"no size":            {fields{"upload_phase": "start"}, 100, "file_size must be"},
		"too large":          {fields{"upload_phase": "start", "file_size": 2 << 30}, 100, "file_size must be"},
		"an unknown session": {fields{"upload_phase": "transfer", "upload_session_id": "7"}, 100, "no upload session 7"},
		"a phase":            {fields{"upload_phase": "begin"}, 100, "upload_phase"},
		"few slides":         {fields{"slideshow_spec": fields{"images_urls": []string{"http://example.com/"}}}, 100, "3 to 7"},
	} {
		t.Run(name, func(t *testing.T) {
			e, _ := s.Do("POST", edge, c.params)["error"].(fields)
			if message, _ := e["message"].(string); e["code"] != c.code || !strings.Contains(message, c.says) {
				t.Error(e)
			}
		})
	}
}

func TestNoVideo(t *testing.T) {
	s := newSite(t)
	id := s.upload(s.Account("advideos"), map[string][]byte{"source": []byte("<html>")}, fields{"title": "A page"})["id"].(string)
	got := s.Do("GET", id+everything, nil)
	status := got["status"].(fields)
	problem := status["processing_phase"].(fields)["errors"].([]any)[0].(fields)["message"]
	if status["video_status"] != "error" || problem != media.ErrVideo.Error() || got["source"] != nil || s.pieces(media.Hash([]byte("<html>"))) != 0 {
		t.Error(got)
	}
	if thumbs := got["thumbnails"].(fields)["data"].([]any); thumbs[0].(fields)["width"] != 720.0 {
		t.Error("a card stands for it:", thumbs)
	}
}

func TestProcessingTakesTime(t *testing.T) {
	s := newSite(t)
	s.Slow(100 * time.Second)
	id := s.upload(s.Account("advideos"), map[string][]byte{"source": video(t, 8)}, nil)["id"].(string)
	for _, c := range []struct {
		after time.Duration
		want  string
	}{{0, "processing 0"}, {40 * time.Second, "processing 40"}, {60 * time.Second, "ready 100"}} {
		s.Later(c.after)
		got := s.Do("GET", id+"?fields=status,source", nil)
		status := got["status"].(fields)
		if is := fmt.Sprint(status["video_status"], " ", status["processing_progress"]); is != c.want || (got["source"] == nil) != (is != "ready 100") {
			t.Errorf("%v later: %v", c.after, got)
		}
	}
}

func TestThumbnailsAndChanges(t *testing.T) {
	s := newSite(t)
	id := s.upload(s.Account("advideos"), map[string][]byte{"source": video(t, 8), "thumb": slide(t, 80, 45)}, nil)["id"].(string)
	if got := s.upload(id+"/thumbnails", map[string][]byte{"source": slide(t, 100, 50)}, fields{"is_preferred": true}); got["success"] != true {
		t.Fatal(got)
	}
	if e, _ := s.upload(id+"/thumbnails", map[string][]byte{"source": []byte("x")}, nil)["error"].(fields); e["error_subcode"] != 2446496.0 {
		t.Error(e)
	}
	preferred := func() (width any, rows []any) {
		rows = s.Do("GET", id+"/thumbnails", nil)["data"].([]any)
		for _, row := range rows {
			if row.(fields)["is_preferred"] == true {
				width = row.(fields)["width"]
			}
		}
		return width, rows
	}
	width, rows := preferred()
	if len(rows) != 3 || width != 100.0 {
		t.Error(rows)
	}
	if got := s.Do("POST", id, fields{"name": "Other", "preferred_thumbnail_id": rows[1].(fields)["id"], "content_tags": []string{"7"}}); got["success"] != true {
		t.Error(got)
	}
	if width, _ := preferred(); width != 80.0 {
		t.Error(width)
	}
	if got := s.Do("GET", id+"?fields=title,content_tags", nil); got["title"] != "Other" || fmt.Sprint(got["content_tags"]) != "[7]" {
		t.Error(got)
	}
	if got := s.Do("DELETE", s.Account("advideos"), fields{}); !strings.Contains(fmt.Sprint(got["error"]), "video_id is required") {
		t.Errorf("a DELETE of no video: %v", got)
	}
	if got := s.Do("DELETE", s.Account("advideos"), fields{"video_id": id}); got["success"] != true {
		t.Error(got)
	}
	if got := s.Do("GET", id, nil); got["error"] == nil {
		t.Error(got)
	}
}

func TestFromAddresses(t *testing.T) {
	s := newSite(t)
	data := video(t, 8)
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, ".mov") {
			_, _ = w.Write(data)
			return
		}
		w.Header().Set("Content-Type", "image/jpeg")
		_, _ = w.Write(slide(t, 200, 100))
	}))
	t.Cleanup(web.Close)
	id := s.Do("POST", s.Account("advideos"), fields{"file_url": web.URL + "/a.mov"})["id"].(string)
	if got := s.Do("GET", id+"?fields=length", nil); got["length"] != 3.0 {
		t.Error(got)
	}
	pictures := []string{web.URL + "/1", web.URL + "/2", web.URL + "/3"}
	made := s.Do("POST", s.Account("advideos"), fields{"slideshow_spec": fields{"images_urls": pictures, "duration_ms": 500}})
	got := s.Do("GET", made["id"].(string)+"?fields=length,format,status", nil)
	if got["length"] != 1.5 || got["format"].([]any)[0].(fields)["width"] != 200.0 {
		t.Error(got)
	}
}

// TestSlowAddresses holds more fetches under way than there are read transactions.
func TestSlowAddresses(t *testing.T) {
	s := newSite(t)
	data, asked, answer := video(t, 8), make(chan struct{}), make(chan struct{})
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked <- struct{}{}
		<-answer
		_, _ = w.Write(data)
	}))
	t.Cleanup(web.Close)
	const many = 12
	var group errgroup.Group
	for range many {
		group.Go(func() error {
			if got := s.Do("POST", s.Account("advideos"), fields{"file_url": web.URL}); got["id"] == nil {
				return fmt.Errorf("%v", got)
			}
			return nil
		})
	}
	for range many {
		<-asked
	}
	if got := s.Do("GET", s.Account("advideos"), nil); got["error"] != nil {
		t.Error("reading while others fetch:", got)
	}
	close(answer)
	if err := group.Wait(); err != nil {
		t.Error(err)
	}
}
