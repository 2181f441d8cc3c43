package remote

import (
	"context"
	"encoding/json"
	"fmt"
	"image"
	"net/http"
	"strings"
	"sync/atomic"
)

// errShape is what is said of an answer that does not speak the protocol.
const errShape = "the answer is not what the protocol says"

// openAI is the dialect of images/edits: https://platform.openai.com/docs/api-reference/images/createEdit.
type openAI struct {
	plain atomic.Bool // the server refuses to be told in which form to answer
}

// name implements dialect.
func (*openAI) name() string { return "openai" }

// frame implements dialect: of the three sizes that all models of the kind take, the one that leaves least over, halved while that is too large.
func (*openAI) frame(canvas image.Point, mostPixels int) image.Point {
	best, most := image.Point{}, 0.0
	for _, size := range []image.Point{{1024, 1024}, {1024, 1536}, {1536, 1024}} {
		factor := min(float64(size.X)/float64(canvas.X), float64(size.Y)/float64(canvas.Y))
		if used := float64(canvas.X*canvas.Y) * factor * factor / float64(size.X*size.Y); used > most {
			best, most = size, used
		}
	}
	for mostPixels > 0 && best.X*best.Y > mostPixels {
		best = best.Div(2)
	}
	return best
}

// paint implements dialect.
func (d *openAI) paint(ctx context.Context, m *Model, j job) ([]byte, *failure) {
	plain := d.plain.Load() || strings.HasPrefix(m.config.Model, "gpt-image") // which answer in base 64 always
	r, failed := d.request(m, j, plain)
	if failed != nil {
		return nil, failed
	}
	got, failed := m.send(ctx, r)
	if !plain && got.status == http.StatusBadRequest && strings.Contains(string(got.body), "response_format") {
		d.plain.Store(true)
		if r, failed = d.request(m, j, true); failed == nil {
			got, failed = m.send(ctx, r)
		}
	}
	if failed != nil {
		return nil, failed
	}
	var a struct {
		Data []struct {
			B64 string `json:"b64_json"`
			URL string `json:"url"`
		} `json:"data"`
	}
	switch err := json.Unmarshal(got.body, &a); {
	case err != nil || len(a.Data) == 0:
		return nil, &failure{text: errShape}
	case a.Data[0].B64 == "" && a.Data[0].URL != "":
		return nil, &failure{text: "the answer is an address instead of a picture, which is not fetched"}
	}
	return fromBase64(a.Data[0].B64)
}

// request is the question.
func (*openAI) request(m *Model, j job, plain bool) (request, *failure) {
	f := form{random: m.config.Random}
	f.field("model", m.config.Model)
	f.field("prompt", j.canvas.Prompt)
	f.field("n", "1")
	f.field("size", fmt.Sprintf("%dx%d", j.size.X, j.size.Y))
	if !plain {
		f.field("response_format", "b64_json")
	}
	f.file("image", "image.png", j.picture())
	f.file("mask", "mask.png", j.clearMask())
	return f.post("/images/edits", "application/json")
}
