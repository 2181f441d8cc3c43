package remote

import (
	"image"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/marquetry/marquetry/internal/generate/server"
)

// well is a fake that paints well.
func well(t *testing.T) *fake {
	return &fake{t: t, paint: func(a asked) []byte { return pngOf(waves(a)) }}
}

// TestFrames checks what sizes models are asked for, and that a canvas comes out of its frame as it went in.
func TestFrames(t *testing.T) {
	for _, test := range []struct {
		d          dialect
		canvas     image.Point
		mostPixels int
		want       image.Point
	}{
		{&openAI{}, image.Pt(1080, 1920), 0, image.Pt(1024, 1536)},
		{&openAI{}, image.Pt(1080, 1350), 0, image.Pt(1024, 1536)},
		{&openAI{}, image.Pt(1200, 628), 0, image.Pt(1536, 1024)},
		{&openAI{}, image.Pt(1080, 1080), 1 << 19, image.Pt(512, 512)},
		{a1111{}, image.Pt(1080, 1920), 0, image.Pt(768, 1360)},
		{a1111{}, image.Pt(320, 560), 0, image.Pt(320, 560)},
		{stability{}, image.Pt(1080, 1920), 0, image.Pt(1072, 1920)},
		{comfyUI{}, image.Pt(10, 10), 0, image.Pt(16, 16)},
	} {
		got := test.d.frame(test.canvas, test.mostPixels)
		if got != test.want {
			t.Errorf("%s of %v: %v, want %v", test.d.name(), test.canvas, got, test.want)
		}
		if bend := float64(got.X*test.canvas.Y) / float64(got.Y*test.canvas.X); test.d.name() != "openai" && (bend < 0.97 || bend > 1.03) {
			t.Errorf("%s of %v: bent by %.3f", test.d.name(), test.canvas, bend)
		}
	}
}

// TestPrompt checks that a model is told its task and the operator's words, and nothing else.
func TestPrompt(t *testing.T) {
	for name, p := range protocols() {
		f := well(t)
		made(t, p.model(t, f, nil), false)
		if len(f.texts) != 1 || !strings.HasPrefix(f.texts[0], "Continue the photograph") || !strings.HasSuffix(f.texts[0], " In oils.") {
			t.Errorf("%s was told %q", name, f.texts)
		}
	}
}

// TestPlain checks that a server which refuses to be told in which form to answer is asked without, and from then on at once.
func TestPlain(t *testing.T) {
	f := well(t)
	f.plain = true
	m := protocols()["openai"].model(t, f, nil)
	for range 2 {
		if got := made(t, m, false); got.Generator != "openai" {
			t.Errorf("by %s: %s", got.Generator, got.Fallback)
		}
	}
	if n := f.asks.Load(); n != 2 {
		t.Errorf("asked %d times", n)
	}
}

// TestLeftAlone checks that a server which fails again and again is not asked for a while, and then once.
func TestLeftAlone(t *testing.T) {
	f := well(t)
	broken := true
	f.before = func(_ int, w http.ResponseWriter, _ *http.Request) bool {
		if broken {
			w.WriteHeader(http.StatusNotFound)
		}
		return broken
	}
	now := time.Unix(1_800_000_000, 0)
	m := protocols()["a1111"].model(t, f, func(c *Config) { c.Now = func() time.Time { return now } })
	for range server.MostFailures {
		made(t, m, false)
	}
	if got := made(t, m, false); !strings.Contains(got.Fallback, "left alone") || f.asks.Load() != server.MostFailures {
		t.Errorf("%s, asked %d times", got.Fallback, f.asks.Load())
	}
	broken, now = false, now.Add(server.Rest+time.Second)
	if got := made(t, m, false); got.Generator != "a1111" {
		t.Errorf("by %s: %s", got.Generator, got.Fallback)
	}
}

// TestAtOnce checks that a server is not asked for more pictures at once than it is to paint, and that those which wait lose no time by it.
func TestAtOnce(t *testing.T) {
	var busy, most atomic.Int64
	f := well(t)
	f.before = func(int, http.ResponseWriter, *http.Request) bool {
		if n := busy.Add(1); n > most.Load() {
			most.Store(n)
		}
		time.Sleep(200 * time.Millisecond)
		busy.Add(-1)
		return false
	}
	m := protocols()["a1111"].model(t, f, func(c *Config) { c.Timeout = 3 * time.Second })
	done := make(chan string)
	for range 20 {
		go func() { done <- made(t, m, false).Fallback }()
	}
	for range 20 {
		if fallback := <-done; fallback != "" {
			t.Error(fallback)
		}
	}
	if most.Load() != 1 {
		t.Errorf("%d at once", most.Load())
	}
}

// TestWorkflow checks what is said of workflows that cannot be filled in, and that the operator's own is not written to.
func TestWorkflow(t *testing.T) {
	for file, says := range map[string]string{
		"":                                "needs a workflow",
		"[]":                              "not in ComfyUI's API form",
		`{"nodes":[{"id":1}],"links":[]}`: "not in ComfyUI's API form",
		`{}`:                              "title INPUT_IMAGE",
		strings.Replace(workflowFile, "PROMPT", "x", 1):                       "title PROMPT",
		strings.Replace(workflowFile, `"image":"b.png"`, `"mask":"b.png"`, 1): `title INPUT_MASK and an input "image"`,
	} {
		if _, err := readWorkflow([]byte(file)); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%.40s: %v, want %q", file, err, says)
		}
	}
	w, err := readWorkflow([]byte(workflowFile))
	if err != nil {
		t.Fatal(err)
	}
	w.filled("in.png", "mask.png", "told", 7)
	if w.inputs(w.nodes, "INPUT_IMAGE")["image"] != "a.png" || w.output != "9" {
		t.Errorf("%v, output %q", w.nodes, w.output)
	}
}

// FuzzAnswers looks for an answer that crashes the decoder, or gets through without the shape that was asked for.
func FuzzAnswers(f *testing.F) {
	f.Add(pngOf(meadow()))
	f.Add(header(64, 64))
	f.Fuzz(func(t *testing.T, file []byte) {
		img, err := decode(file, image.Pt(64, 64))
		if err == nil && (img.Rect.Min != image.Point{} || 100*img.Rect.Dx() > 104*img.Rect.Dy() || 100*img.Rect.Dy() > 104*img.Rect.Dx() || img.Rect.Dx()*img.Rect.Dy() > 4*LeastPixels) {
			t.Errorf("a picture of %v", img.Rect)
		}
	})
}
