package remote

import (
	"cmp"
	"context"
	"image"
	"image/draw"
	"strconv"
)

// stability is the dialect of Stability's edits: https://platform.stability.ai/docs/api-reference.
type stability struct{}

// mostSide is how far a side may be extended, in pixels.
const mostExtended = 2000

// name implements dialect.
func (stability) name() string { return "stability" }

// frame implements dialect.
func (stability) frame(canvas image.Point, mostPixels int) image.Point {
	return scaled(canvas, cmp.Or(mostPixels, 1<<21))
}

// paint implements dialect. What is around a product is inpainted; any other canvas is what is kept, to be extended.
func (stability) paint(ctx context.Context, m *Model, j job) ([]byte, *failure) {
	f, path := form{random: m.config.Random}, "/v2beta/stable-image/edit/inpaint"
	if j.canvas.Product != nil {
		f.file("image", "image.png", j.picture())
		f.file("mask", "mask.png", j.greyMask())
	} else {
		path = "/v2beta/stable-image/edit/outpaint"
		k := j.kept()
		sides := [4]int{k.Min.X, k.Min.Y, j.size.X - k.Max.X, j.size.Y - k.Max.Y}
		for i, name := range [4]string{"left", "up", "right", "down"} {
			if sides[i] > mostExtended {
				return nil, &failure{text: "a side would be extended by more than 2000 pixels", spoken: true}
			}
			f.field(name, strconv.Itoa(sides[i]))
		}
		f.field("creativity", "0.5")
		f.file("image", "image.png", j.original())
	}
	f.field("prompt", j.canvas.Prompt)
	f.field("seed", strconv.FormatUint(j.seed(), 10))
	f.field("output_format", "png")
	r, failed := f.post(path, "image/*")
	if failed != nil {
		return nil, failed
	}
	got, failed := m.send(ctx, r)
	switch {
	case failed != nil:
		return nil, failed
	case got.head.Get("Finish-Reason") == "CONTENT_FILTERED":
		return nil, &failure{text: "the answer was blurred by the server's filter", spoken: true}
	}
	return got.body, nil
}

// original is the file of what is kept.
func (j job) original() []byte {
	part := image.NewNRGBA(image.Rectangle{Max: j.kept().Size()})
	draw.Draw(part, part.Rect, j.img, j.kept().Min, draw.Src)
	return encode(part)
}
