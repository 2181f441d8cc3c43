package ads_test

import (
	"bytes"
	"image"
	"image/png"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"github.com/marquetry/marquetry/internal/graph/ads"
	"github.com/marquetry/marquetry/internal/media"
	"github.com/marquetry/marquetry/internal/store"
)

// drawn is a PNG file of so many pixels: bars with noise up to a mask, all of it as opaque as alpha says.
func drawn(t testing.TB, width, height int, noise, alpha byte) []byte {
	t.Helper()
	img, seed := image.NewNRGBA(image.Rect(0, 0, width, height)), uint32(1)
	for i := range width * height {
		seed = seed*1664525 + 1013904223
		copy(img.Pix[4*i:], []byte{byte(i%width/40*30) ^ byte(seed>>24)&noise, 90 ^ byte(seed>>16)&noise, byte(i / width / 30 * 20), alpha})
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// pictures is a site with one picture, asked as browsers ask.
type pictures struct {
	*site
	path    string
	handler http.Handler
}

// newPictures uploads a picture.
func newPictures(t testing.TB, data []byte) *pictures {
	t.Helper()
	s := newSite(t)
	s.post(s.account("adimages"), fields{"bytes": data})
	return &pictures{s, "/media/" + media.Hash(data), ads.Media(s.db, media.NewBudget(1), slog.New(slog.DiscardHandler))}
}

// ask gets a path below the picture's.
func (p *pictures) ask(below string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequestWithContext(p.Context(), http.MethodGet, p.path+below, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	p.handler.ServeHTTP(w, r)
	return w
}

// TestCopiesAreMadeWhenAskedFor asks for widths that nobody made, that there are not, and that the picture does not have.
func TestCopiesAreMadeWhenAskedFor(t *testing.T) {
	t.Parallel()
	p := newPictures(t, drawn(t, 1200, 75, 7, 100))
	for below, want := range map[string]int{"": 1200, "/0": 128, "/256": 256, "/257": 512, "/700": 768, "/768": 768, "/1080": 1080, "/1081": 1200, "/1440": 1200, "/9999": 1200} {
		w := p.ask(below)
		info, err := media.Inspect(w.Body.Bytes())
		if err != nil || info.Width != want || info.Height != (want+8)/16 || w.Header().Get("Vary") != "Accept" || w.Header().Get("Cross-Origin-Resource-Policy") != "cross-origin" {
			t.Errorf("%s: %+v %v %v", below, info, err, w.Header())
		}
		if again := p.ask(below, "If-None-Match", w.Header().Get("ETag")); again.Code != http.StatusNotModified {
			t.Errorf("%s again: %d", below, again.Code)
		}
		if part := p.ask(below, "Range", "bytes=10-19"); part.Code != http.StatusPartialContent || !bytes.Equal(part.Body.Bytes(), w.Body.Bytes()[10:20]) {
			t.Errorf("%s in part: %d", below, part.Code)
		}
	}
}

// TestManyAskForOneCopy makes it once, and answers all of them with it.
func TestManyAskForOneCopy(t *testing.T) {
	t.Parallel()
	p := newPictures(t, drawn(t, 1200, 75, 7, 100))
	var wait sync.WaitGroup
	var tags sync.Map
	for i := range 64 {
		wait.Go(func() {
			w := p.ask([]string{"/768", "/1080"}[i%2])
			tags.Store(w.Header().Get("ETag"), w.Body.Len())
			if w.Code != http.StatusOK {
				t.Errorf("status %d", w.Code)
			}
		})
	}
	wait.Wait()
	n := 0
	tags.Range(func(any, any) bool { n++; return true })
	if n != 2 {
		t.Errorf("%d files of two copies", n)
	}
}

// TestDamagedPictureIsServedAsItIs: what cannot be copied stands for its copies, for a while.
func TestDamagedPictureIsServedAsItIs(t *testing.T) {
	t.Parallel()
	data := drawn(t, 1200, 75, 7, 255)
	data = data[:len(data)/2]
	p := newPictures(t, data)
	if err := p.db.Write(t.Context(), func(tx store.Tx) error { return tx.PutBlob(t.Context(), media.Hash(data), "image/png", data) }); err != nil {
		t.Fatal(err)
	}
	if w := p.ask("/768"); w.Code != http.StatusOK || !bytes.Equal(w.Body.Bytes(), data) || w.Header().Get("Cache-Control") != "public, max-age=300" {
		t.Errorf("%d, %d bytes, %v", w.Code, w.Body.Len(), w.Header())
	}
}

// TestWebPWhereItIsSmaller compares what browsers with and without it get: never more bytes, in two files with two names.
func TestWebPWhereItIsSmaller(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		noise, alpha byte
		copies       bool // are smaller as WebP
	}{"translucent": {3, 100, true}, "flat": {0, 255, false}, "photograph": {255, 255, false}} {
		whole := drawn(t, 1200, 75, c.noise, c.alpha)
		p := newPictures(t, whole)
		for _, below := range []string{"", "/256", "/512", "/768"} {
			plain, webp := p.ask(below), p.ask(below, "Accept", "image/avif,image/webp,*/*;q=0.8")
			got := webp.Header().Get("Content-Type") == "image/webp"
			if got != (plain.Header().Get("ETag") != webp.Header().Get("ETag")) || webp.Body.Len() > plain.Body.Len() || plain.Header().Get("Content-Type") == "image/webp" {
				t.Errorf("%s%s: %d bytes as %s, %d as %s", name, below, plain.Body.Len(), plain.Header().Get("ETag"), webp.Body.Len(), webp.Header().Get("ETag"))
			}
			if plain.Body.Len() > len(whole) && below == "/768" {
				t.Errorf("%s%s: %d bytes, and of the whole picture %d", name, below, plain.Body.Len(), len(whole))
			}
			if name != "flat" && below != "" && got != c.copies {
				t.Errorf("%s%s: WebP %v, %d bytes of %d", name, below, got, webp.Body.Len(), plain.Body.Len())
			}
			if again := p.ask(below, "Accept", "image/webp"); !bytes.Equal(again.Body.Bytes(), webp.Body.Bytes()) || again.Header().Get("Cache-Control") != "public, max-age=31536000, immutable" {
				t.Errorf("%s%s: another file the second time, %v", name, below, again.Header())
			}
			if info, err := media.Inspect(webp.Body.Bytes()); err != nil || "image/"+info.Format != webp.Header().Get("Content-Type") {
				t.Errorf("%s%s: %+v, %v", name, below, info, err)
			}
		}
	}
}
