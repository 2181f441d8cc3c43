package ads_test

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/marquetry/marquetry/internal/fetch"
	"github.com/marquetry/marquetry/internal/graph/ads"
	"github.com/marquetry/marquetry/internal/media"
	"github.com/marquetry/marquetry/internal/store"
)

// part is one file of a multipart body.
type part struct {
	param, name string
	data        []byte
}

// upload sends parts to an edge of the account, with further parameters.
func (s *site) upload(edge string, params map[string]string, parts ...part) fields {
	s.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, v := range params {
		if err := form.WriteField(name, v); err != nil {
			s.Fatal(err)
		}
	}
	for _, p := range parts {
		w, err := form.CreateFormFile(p.param, p.name)
		if err != nil {
			s.Fatal(err)
		}
		if _, err := w.Write(p.data); err != nil {
			s.Fatal(err)
		}
	}
	if err := form.Close(); err != nil {
		s.Fatal(err)
	}
	r := httptest.NewRequestWithContext(s.Context(), http.MethodPost, "/"+s.account(edge), &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	return s.send(r)
}

// zipped packs files.
func zipped(t *testing.T, files ...part) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for _, f := range files {
		w, err := z.Create(f.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(f.data); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// TestColoursThatAreNotKnownAreWarnedOf uploads a picture with a colour profile that is none.
func TestColoursThatAreNotKnownAreWarnedOf(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	profile := []byte("iCCPname\x00\x00?")
	chunk := binary.BigEndian.AppendUint32(append([]byte{0, 0, 0, byte(len(profile) - 4)}, profile...), crc32.ChecksumIEEE(profile))
	data := slices.Insert(picture(1, 20, 20), 33, chunk...) // after the header
	got := s.post(s.account("adimages"), fields{"bytes": data})
	if at(got, "images", "bytes", "hash") != media.Hash(data) || !strings.Contains(fmt.Sprint(got["warnings"]), "image.colours") {
		t.Error(got)
	}
	if got = s.post(s.account("adimages"), fields{"bytes": picture(1, 20, 20)}); got["warnings"] != nil {
		t.Error(got)
	}
}

func TestUploadAnswersInThePlatformsShape(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	data := picture(1, 300, 150)
	hash := media.Hash(data)
	url := "http://example.com/media/" + hash
	want := func(key string) fields {
		return fields{"images": fields{key: fields{"hash": hash, "url": url, "url_128": url + "/128", "url_256": url + "/256", "url_256_height": 128.0,
			"url_256_width": 256.0, "height": 150.0, "width": 300.0, "name": key}}}
	}
	for name, c := range map[string]struct {
		answer fields
		key    string
	}{
		"bytes":             {s.post(s.account("adimages"), fields{"bytes": data, "name": "shoes"}), "bytes"},
		"bytes as an URL":   {s.post(s.account("adimages"), fields{"bytes": "data:image/png;base64," + base64.URLEncoding.EncodeToString(data)}), "bytes"},
		"a file part":       {s.upload("adimages", nil, part{"filename", "shoes.png", data}), "shoes.png"},
		"a part by path":    {s.upload("adimages", nil, part{"/home/ada/shoes.png", "/home/ada/shoes.png", data}), "shoes.png"},
		"the same twice":    {s.upload("adimages", nil, part{"filename", "shoes.png", data}, part{"source0", "shoes.png", data}), "shoes.png"},
		"an archive of one": {s.upload("adimages", nil, part{"filename", "all.zip", zipped(t, part{name: "a/shoes.png", data: data}, part{name: "__MACOSX/._x", data: nil})}), "shoes.png"},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(want(c.key), c.answer); diff != "" {
				t.Errorf("answer (-want +got):\n%s", diff)
			}
		})
	}
	if list := s.get(s.account("adimages"), "hash,name,width,original_height,status,url_128")["data"].([]any); len(list) != 1 || at(list[0], "name") == "" {
		t.Errorf("the same bytes are %d images: %v", len(list), list)
	}
}

func TestUploadOfSeveral(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	answer := s.upload("adimages", nil, part{"a", "x.png", picture(1, 20, 20)}, part{"b", "x.png", picture(2, 20, 20)},
		part{"c", "more.zip", zipped(t, part{name: "y.png", data: picture(3, 20, 20)}, part{name: "z.png", data: picture(4, 20, 20)})})
	images, _ := answer["images"].(fields)
	for _, key := range []string{"x.png", "x.png (2)", "y.png", "z.png"} {
		if images[key] == nil {
			t.Errorf("no %s in %v", key, answer)
		}
	}
	for query, want := range map[string]int{"": 4, "?name=y.png": 1, "?minwidth=21": 0, "?hashes=" + media.Hash(picture(2, 20, 20)) + ",0": 1} {
		if list := s.do(http.MethodGet, "/"+s.account("adimages")+query, nil)["data"].([]any); len(list) != want {
			t.Errorf("adimages%s lists %d, want %d", query, len(list), want)
		}
	}
}

func TestUploadFromAddress(t *testing.T) {
	t.Parallel()
	files := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/shoes.png" {
			http.NotFound(w, r)
			return
		}
		_, _ = w.Write(picture(1, 20, 20))
	}))
	t.Cleanup(files.Close)
	s := newSite(t, func(c *ads.Config) {
		c.Fetch = fetch.New(fetch.Config{Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	})
	if hash := at(s.post(s.account("adimages"), fields{"url": files.URL + "/shoes.png"}), "images", "shoes.png", "hash"); hash != media.Hash(picture(1, 20, 20)) {
		t.Error(hash)
	}
	if problem := wrong(s.post(s.account("adimages"), fields{"url": files.URL + "/gone.png"}), 3858258, "url"); problem != "" {
		t.Error(problem)
	}
}

func TestUploadRefuses(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for name, c := range map[string]struct {
		answer  fields
		subcode int
		path    string
	}{
		"nothing":          {s.post(s.account("adimages"), fields{}), 0, "filename"},
		"an address":       {s.post(s.account("adimages"), fields{"url": "http://127.0.0.1:9/x.png"}), 3858258, "url"},
		"no base64":        {s.post(s.account("adimages"), fields{"bytes": "***"}), 2446496, "bytes"},
		"text":             {s.upload("adimages", nil, part{"filename", "x.png", []byte("hello")}), 2446496, "x.png"},
		"half a picture":   {s.upload("adimages", nil, part{"filename", "x.png", picture(1, 50, 50)[:90]}), 2446496, "x.png"},
		"a broken archive": {s.upload("adimages", nil, part{"filename", "x.zip", []byte("PK\x03\x04 and so on")}), 2446496, "filename"},
		"text in archive":  {s.upload("adimages", nil, part{"filename", "x.zip", zipped(t, part{name: "a.txt", data: []byte("hi")})}), 2446496, "a.txt"},
		"a copy of none":   {s.post(s.account("adimages"), fields{"copy_from": fields{"source_account_id": "1", "hash": "x"}}), 0, "copy_from"},
	} {
		t.Run(name, func(t *testing.T) {
			if problem := wrong(c.answer, c.subcode, c.path); problem != "" {
				t.Error(problem)
			}
		})
	}
	t.Run("more than a hundred at once", func(t *testing.T) {
		var files []part
		for i := range 101 {
			files = append(files, part{name: fmt.Sprint(i), data: []byte{byte(i)}})
		}
		if problem := wrong(s.upload("adimages", nil, part{"f", "x.zip", zipped(t, files...)}), 0, "filename"); problem != "" {
			t.Error(problem)
		}
	})
}

func TestImageIsDeletedWhenNothingShowsIt(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	hash := s.image(1)
	id := s.AccountID + ":" + hash
	creative := s.make("adcreatives", s.feed(hash))
	if got := s.get(id, "is_associated_creatives_in_adgroups,creatives"); at(got, "creatives", 0) != creative || got["is_associated_creatives_in_adgroups"] != true {
		t.Errorf("read back %v", got)
	}
	drop := "/" + s.account("adimages") + "?hash=" + hash
	if problem := wrong(s.do(http.MethodDelete, drop, nil), 0, "hash"); problem != "" {
		t.Error(problem)
	}
	s.ok(creative, fields{"status": "DELETED"})
	if answer := s.do(http.MethodDelete, drop, nil); answer["success"] != true {
		t.Errorf("answered %v", answer)
	}
	if got := s.get(id, "status"); got["status"] != "DELETED" {
		t.Errorf("read back %v", got)
	}
	for _, path := range []string{drop, "/" + s.account("adimages")} {
		if problem := wrong(s.do(http.MethodDelete, path, nil), 0, "hash"); problem != "" {
			t.Error(problem)
		}
	}
	if problem := wrong(s.post(s.account("adcreatives"), s.link(hash)), 1487212, "object_story_spec", "link_data", "image_hash"); problem != "" {
		t.Error("a deleted image is shown:", problem)
	}
	s.image(1)
	if got := s.get(id, "status"); got["status"] != "ACTIVE" {
		t.Errorf("uploaded again: %v", got)
	}
}

func TestCreativeBringsItsImage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	data := picture(7, 40, 40)
	_, set := s.tree(nil)
	spec := `{"page_id":"` + s.PageID + `","link_data":{"link":"https://example.com","message":"m"}}`
	file := part{"shoes.png", "shoes.png", data}
	creative := s.id(s.upload("adcreatives", map[string]string{"object_story_spec": spec, "image_file": "shoes.png"}, file))
	ad := s.id(s.upload("ads", map[string]string{"name": "Ad", "adset_id": set, "creative": `{"object_story_spec":` + spec + `,"image_file":"shoes.png"}`}, file))
	if got := s.get(creative, "image_hash,image_url,thumbnail_url"); got["image_hash"] != media.Hash(data) || !strings.HasSuffix(got["thumbnail_url"].(string), "/128") {
		t.Errorf("read back %v", got)
	}
	if got := s.get(ad, "creative"); at(got, "creative", "id") != creative {
		t.Errorf("the ad has %v, want creative %s", got, creative)
	}
	if problem := wrong(s.upload("adcreatives", map[string]string{"object_story_spec": spec, "image_file": "other.png"}, file), 0, "image_file"); problem != "" {
		t.Error(problem)
	}
}

func TestCopyOfAnotherAccountsImage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	hash := s.image(1)
	const second = "120200000000000999"
	err := s.db.Write(t.Context(), func(tx store.Tx) error {
		return tx.Insert(t.Context(), &store.Object{ID: "act_" + second, Type: "adaccount", AccountID: second, Data: fields{"timezone_name": "UTC"}})
	})
	if err != nil {
		t.Fatal(err)
	}
	answer := s.post("act_"+second+"/adimages", fields{"copy_from": fields{"source_account_id": "act_" + s.AccountID, "hash": hash}})
	if at(answer, "images", "bytes", "hash") != hash {
		t.Errorf("answered %v", answer)
	}
	if got := s.get(second+":"+hash, "width,account_id"); got["width"] != 300.0 || got["account_id"] != second {
		t.Errorf("read back %v", got)
	}
}

func TestMediaServesImagesAndSmallCopies(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	hash := s.image(1)
	handler := ads.Media(s.db, nil, slog.New(slog.DiscardHandler))
	serve := func(method, path, etag string) *http.Response {
		r := httptest.NewRequestWithContext(t.Context(), method, path, nil)
		r.Header.Set("If-None-Match", etag)
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		return w.Result()
	}
	for path, width := range map[string]int{"/media/" + hash: 300, "/media/" + hash + "/128": 128, "/media/" + hash + "/256": 256, "/media/" + hash + "/512": 300} {
		answer := serve(http.MethodGet, path, "")
		var body bytes.Buffer
		_, err := body.ReadFrom(answer.Body)
		info, bad := media.Inspect(body.Bytes())
		if err != nil || bad != nil || info.Width != width || answer.Header.Get("Content-Type") != "image/"+info.Format {
			t.Errorf("GET %s: %+v as %s, %v %v, want %d pixels", path, info, answer.Header.Get("Content-Type"), err, bad, width)
		}
		if answer.Header.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(answer.Header.Get("Cache-Control"), "immutable") {
			t.Errorf("GET %s: headers %v", path, answer.Header)
		}
		if again := serve(http.MethodGet, path, answer.Header.Get("ETag")); again.StatusCode != http.StatusNotModified {
			t.Errorf("GET %s again: %d", path, again.StatusCode)
		}
	}
	for path, status := range map[string]int{"/media/": 404, "/media/x": 404, "/media/" + strings.Repeat("0", 32): 404, "/media/" + hash + "/../1": 404, "/media/" + hash + "/12345": 404} {
		if answer := serve(http.MethodGet, path, ""); answer.StatusCode != status {
			t.Errorf("GET %s: %d, want %d", path, answer.StatusCode, status)
		}
	}
	if answer := serve(http.MethodPost, "/media/"+hash, ""); answer.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d", answer.StatusCode)
	}
}

// A crop lies within its image, wherever the creative names it.
func TestCropsLieWithinTheImage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.upload("adimages", nil, part{"filename", "x.png", picture(3, 40, 30)})
	hash := at(s.do(http.MethodGet, "/"+s.account("adimages"), nil), "data", 0, "hash").(string)
	crop := func(side int) fields { return fields{"100x100": []any{[]any{0, 0}, []any{side, side}}} }
	dynamic := func(side int) fields {
		spec := s.feed(hash)
		spec["asset_feed_spec"] = with(spec["asset_feed_spec"].(fields), fields{"images": []any{fields{"hash": hash, "image_crops": crop(side)}}})
		return spec
	}
	s.make("adcreatives", dynamic(30))
	if problem := wrong(s.post(s.account("adcreatives"), dynamic(31)), 0, "asset_feed_spec", "images", "0", "image_crops", "100x100"); problem != "" {
		t.Error(problem)
	}
	plain := s.link(hash)
	at(plain, "object_story_spec", "link_data").(fields)["image_crops"] = crop(31)
	if problem := wrong(s.post(s.account("adcreatives"), plain), 0, "object_story_spec", "link_data", "image_crops", "100x100"); problem != "" {
		t.Error(problem)
	}
}
