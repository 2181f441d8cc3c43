package remote

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	generate "github.com/marquetry/marquetry/internal/generate/image"
	"github.com/marquetry/marquetry/internal/generate/server"
	"github.com/marquetry/marquetry/internal/media"
	"github.com/marquetry/marquetry/internal/media/expand"
)

// key is what must not show in any error.
const key = "sk-secret-0123456789"

// protocol is one way to ask, with a server that speaks it and how that refuses a picture.
type protocol struct {
	open   func(Config) (*Model, error)
	serve  func(*fake) http.HandlerFunc
	base   string
	refuse func(f *fake) string // makes the fake refuse, and returns what is said of it
}

// protocols are all four.
func protocols() map[string]protocol {
	declined := func(status int, body any) func(*fake) {
		return func(f *fake) {
			f.before = func(_ int, w http.ResponseWriter, _ *http.Request) bool { reply(w, status, body); return true }
		}
	}
	return map[string]protocol{
		"openai": {OpenAI, openAIServer, "/v1", func(f *fake) string {
			declined(400, map[string]any{"error": map[string]any{"code": "moderation_blocked", "message": "rejected by the safety system"}})(f)
			return "status 400: rejected by the safety system"
		}},
		"a1111": {A1111, a1111Server, "", func(f *fake) string { // its filter blackens pictures
			f.paint = func(a asked) []byte { return pngOf(image.NewNRGBA(a.picture.Rect)) }
			return "transparent"
		}},
		"comfyui": {ComfyUI, comfyUIServer, "", func(f *fake) string { f.fails = true; return "the workflow failed" }},
		"stability": {Stability, stabilityServer, "", func(f *fake) string {
			declined(403, map[string]any{"id": "1", "name": "content_moderation", "errors": []string{"Your request was flagged"}})(f)
			return "status 403: Your request was flagged"
		}},
	}
}

// meadow is a small picture with structure.
func meadow() *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, 160, 160))
	for y := range 160 {
		for x := range 160 {
			grain := uint8((x*7919 + y*104729) % 23)
			c := color.NRGBA{90 + grain, 140 + grain, 200 + grain, 255}
			if y > 80 {
				c = color.NRGBA{60 + 2*grain, 110 + 2*grain, 50 + grain, 255}
			}
			img.SetNRGBA(x, y, c)
		}
	}
	return img
}

// middle is an embedded painter that is fast: the picture in the middle, its outermost pixels going on.
func middle(_ context.Context, src *image.NRGBA, o expand.Order) (expand.Result, error) {
	out := image.NewNRGBA(image.Rect(0, 0, o.Width, o.Height))
	kept := src.Rect.Add(image.Pt((o.Width-src.Rect.Dx())/2, (o.Height-src.Rect.Dy())/2))
	for y := range o.Height {
		for x := range o.Width {
			out.SetNRGBA(x, y, src.NRGBAAt(min(max(x-kept.Min.X, 0), 159), min(max(y-kept.Min.Y, 0), 159)))
		}
	}
	return expand.Result{Image: out, Kept: kept, Confidence: 1}, nil
}

// model is a model behind a fake.
func (p protocol) model(t *testing.T, f *fake, change func(*Config)) *Model {
	t.Helper()
	server := httptest.NewServer(p.serve(f))
	t.Cleanup(server.Close)
	c := Config{BaseURL: server.URL + p.base, Model: "test", Key: key, MaxPixels: LeastPixels, Workflow: []byte(workflowFile), Pause: time.Millisecond, Now: time.Now, Random: rand.Reader}
	if change != nil {
		change(&c)
	}
	m, err := p.open(c)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// made is what the pipeline makes of a meadow with a model.
func made(t *testing.T, m *Model, refuse bool) generate.Made {
	t.Helper()
	maker, err := generate.New(generate.Config{Model: m, Expand: middle, Refuse: refuse, Prompt: "In oils."})
	if err != nil {
		t.Fatal(err)
	}
	got, err := maker(t.Context(), generate.Request{Feature: generate.Uncrop, Source: pngOf(meadow()), Targets: []generate.Target{{Ratio: "9:16", Width: 160, Height: 288}}})
	if err != nil || len(got) != 1 {
		t.Fatal(got, err)
	}
	return got[0]
}

// misbehaviour is what a server may do instead of painting well.
type misbehaviour struct {
	before func(n int, w http.ResponseWriter, r *http.Request) bool
	paint  func(a asked) []byte
	change func(*Config)
	says   string // in Fallback; "" when the model's picture is taken all the same
	asks   int64
}

// misbehaviours are the same for all protocols.
func misbehaviours() map[string]misbehaviour {
	first := func(status int, after string) func(int, http.ResponseWriter, *http.Request) bool {
		return func(n int, w http.ResponseWriter, _ *http.Request) bool {
			if n == 1 {
				w.Header().Set("Retry-After", after)
				reply(w, status, map[string]any{"error": map[string]any{"message": "busy"}})
			}
			return n == 1
		}
	}
	always := func(status int, body string) func(int, http.ResponseWriter, *http.Request) bool {
		return func(_ int, w http.ResponseWriter, _ *http.Request) bool {
			w.WriteHeader(status)
			_, _ = io.WriteString(w, body)
			return true
		}
	}
	of := func(change func(*image.NRGBA) image.Image) func(asked) []byte {
		return func(a asked) []byte { return pngOf(change(waves(a))) }
	}
	return map[string]misbehaviour{
		"none":          {asks: 1},
		"too many":      {before: first(429, "0"), asks: 2},
		"overloaded":    {before: first(503, ""), asks: 2},
		"long rest":     {before: first(429, "300"), says: "status 429: busy", asks: 1},
		"always broken": {before: always(500, "oops "+key), says: "status 500: oops [key]", asks: 3},
		"wrong key":     {before: always(401, `{"detail":"no"}`), says: "status 401: no (is the key right?)", asks: 1},
		"no such thing": {before: always(404, "<html>"), says: "status 404: a page instead of an answer", asks: 1},
		"redirect": {before: func(_ int, w http.ResponseWriter, r *http.Request) bool {
			http.Redirect(w, r, "http://127.0.0.1:1/", http.StatusTemporaryRedirect)
			return true
		}, says: "redirects are not followed", asks: 1},
		"slow": {before: func(_ int, _ http.ResponseWriter, r *http.Request) bool {
			_, _ = io.Copy(io.Discard, r.Body) // a server that has not read it all does not notice that its client left
			<-r.Context().Done()
			return true
		}, change: func(c *Config) { c.Timeout = time.Second }, says: "it took longer than 1s", asks: 1},
		"hangs up": {before: func(n int, _ http.ResponseWriter, _ *http.Request) bool {
			if n == 1 {
				panic(http.ErrAbortHandler)
			}
			return false
		}, asks: 2},
		"half as large": {paint: of(func(img *image.NRGBA) image.Image { return media.Resize(img, img.Rect.Dx()/2, img.Rect.Dy()/2) }), asks: 1},
		"another shape": {paint: of(func(img *image.NRGBA) image.Image {
			return img.SubImage(image.Rect(0, 0, img.Rect.Dx(), img.Rect.Dx()))
		}), says: "another shape", asks: 1},
		"truncated":  {paint: func(a asked) []byte { file := pngOf(waves(a)); return file[:len(file)/2] }, says: "the picture is damaged", asks: 1},
		"no picture": {paint: func(asked) []byte { return []byte("<svg xmlns='http://www.w3.org/2000/svg'/>") }, says: "is no picture", asks: 1},
		"empty":      {paint: func(asked) []byte { return nil }, says: "is no picture", asks: 1},
		"wrong type": {paint: func(a asked) []byte {
			var b bytes.Buffer
			_ = gif.Encode(&b, a.picture, nil)
			return b.Bytes()
		}, says: "format gif", asks: 1},
		"huge": {paint: func(a asked) []byte { return header(uint32(a.picture.Rect.Dx())*10, uint32(a.picture.Rect.Dy())*10) }, says: "were asked for", asks: 1},
		"bomb": {paint: func(asked) []byte { return header(60000, 60000) }, says: "40 million pixels", asks: 1},
		"another picture": {paint: of(func(img *image.NRGBA) image.Image {
			for y := range img.Rect.Dy() / 2 {
				for i := range img.Stride {
					a, b := &img.Pix[y*img.Stride+i], &img.Pix[(img.Rect.Dy()-1-y)*img.Stride+i]
					*a, *b = *b, *a
				}
			}
			return img
		}), says: "does not fit", asks: 1},
		"flat": {paint: func(a asked) []byte {
			return pngOf(drawn(a, func(int) bool { return true }, color.NRGBA{90, 90, 90, 255}))
		}, says: "the answer is flat", asks: 1},
		"unchanged":   {paint: func(a asked) []byte { return pngOf(a.picture) }, says: "unchanged", asks: 1},
		"transparent": {paint: of(func(img *image.NRGBA) image.Image { img.SetNRGBA(64, 64, color.NRGBA{}); return img }), says: "transparent in parts", asks: 1},
		"letters": {paint: func(a asked) []byte {
			return pngOf(drawn(a, func(x int) bool { return (x/7)%2 == 0 }, color.NRGBA{250, 250, 250, 255}))
		}, says: "looks like text", asks: 1},
	}
}

// drawn paints some columns of what is to be painted in one colour.
func drawn(a asked, column func(x int) bool, c color.NRGBA) *image.NRGBA {
	img := waves(a)
	for y := range img.Rect.Dy() {
		for x := range img.Rect.Dx() {
			if a.hidden(x, y) && column(x) {
				img.SetNRGBA(x, y, c)
			}
		}
	}
	return img
}

// header is a PNG that says it is large, and is not.
func header(width, height uint32) []byte {
	chunk := binary.BigEndian.AppendUint32([]byte("IHDR"), width)
	chunk = append(binary.BigEndian.AppendUint32(chunk, height), 8, 6, 0, 0, 0)
	return binary.BigEndian.AppendUint32(append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), chunk...), crc32.ChecksumIEEE(chunk))
}

// TestConformance runs one suite on all protocols: every field that is sent is checked, and whatever a server does, there is a picture with the original in it.
func TestConformance(t *testing.T) {
	for name, p := range protocols() {
		for doing, b := range misbehaviours() {
			t.Run(name+"/"+doing, func(t *testing.T) {
				t.Parallel()
				f := &fake{t: t, before: b.before, paint: b.paint}
				if f.paint == nil {
					f.paint = func(a asked) []byte { return pngOf(waves(a)) }
				}
				got := made(t, p.model(t, f, b.change), false)
				if n := f.asks.Load(); n != b.asks {
					t.Errorf("asked %d times, want %d", n, b.asks)
				}
				by, model := name, "test"
				if b.says != "" {
					by, model = "embedded", ""
				}
				if got.Generator != by || got.Model != model || (b.says == "") != (got.Fallback == "") || !strings.Contains(got.Fallback, b.says) || strings.Contains(got.Fallback, key[:server.LeastOfKey]) {
					t.Errorf("by %s, %s: %s; want %s, %q", got.Generator, got.Model, got.Fallback, by, b.says)
				}
				checkKept(t, got)
			})
		}
		t.Run(name+"/refusal", func(t *testing.T) {
			t.Parallel()
			f := &fake{t: t, paint: func(a asked) []byte { return pngOf(waves(a)) }}
			says := p.refuse(f)
			m := p.model(t, f, nil)
			if got := made(t, m, false); got.Generator != "embedded" || !strings.Contains(got.Fallback, says) {
				t.Errorf("by %s: %s, want %s", got.Generator, got.Fallback, says)
			}
			if got := made(t, m, true); got.Code != "model" || got.Data != nil || got.Reason == "" || !strings.Contains(got.Fallback, says) {
				t.Errorf("%+v", got)
			}
		})
	}
}

// checkKept checks that the original's pixels are in the file, every one of them.
func checkKept(t *testing.T, got generate.Made) {
	t.Helper()
	img, _, err := media.Pixels(got.Data)
	if err != nil || img.Rect != image.Rect(0, 0, 160, 288) || got.Kept != [4]int{0, 64, 160, 224} {
		t.Fatalf("%+v, %v", got.Kept, err)
	}
	if src := meadow(); !bytes.Equal(img.Pix[64*img.Stride:224*img.Stride], src.Pix) {
		t.Error("the original was changed")
	}
}
