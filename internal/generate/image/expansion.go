package image

import (
	"context"
	"errors"
	"fmt"
	"image"

	"github.com/marquetry/marquetry/internal/media"
	"github.com/marquetry/marquetry/internal/media/expand"
)

// embedded names the painters of our own.
const embedded = "embedded"

// expansion extends a picture to a target: the embedded painter first, then the model, if there is one, from where that left off.
func (m *maker) expansion(ctx context.Context, w work, t Target) (Made, error) {
	made := Made{Target: t, Generator: embedded}
	seed := w.seed(t, "")
	src, _ := expand.Unframed(w.src)
	filled, err := held(ctx, m, t.Width*t.Height, func() (expand.Result, error) {
		return m.Expand(ctx, src, expand.Order{Width: t.Width, Height: t.Height, Seed: seed})
	})
	if err != nil {
		return Made{}, err
	}
	made.Confidence = filled.Confidence
	if filled.Image == nil && filled.Code != "" {
		return made.without(filled.Code, filled.Reason), nil
	}
	if err := sound(filled, src, t); err != nil {
		return Made{}, err
	}
	made.Kept = [4]int{filled.Kept.Min.X, filled.Kept.Min.Y, filled.Kept.Max.X, filled.Kept.Max.Y}
	made, picture, err := m.orModel(ctx, made, Canvas{Filled: filled.Image, Kept: filled.Kept, Prompt: prompted(expandPrompt, m.Prompt), Seed: seed})
	switch {
	case err != nil || made.Code != "":
		return made, err
	case made.Generator == embedded && filled.Code != "":
		return made.without(filled.Code, filled.Reason), nil
	case made.Generator == embedded && seam(picture, filled.Kept) > mostSeam:
		return made.without("seam", "The picture's border would be seen in the expansion."), nil
	}
	return w.encoded(made, picture, true, media.Algorithm)
}

// orModel is what the model makes of a canvas if there is one, or else its filling. A model that fails is stood in for, or there is nothing, as it is configured.
func (m *maker) orModel(ctx context.Context, made Made, c Canvas) (Made, *image.NRGBA, error) {
	if m.Model == nil {
		return made, c.Filled, nil
	}
	painted, fit, why := m.ask(ctx, c)
	if ctx.Err() != nil {
		return Made{}, nil, ctx.Err()
	}
	if why == nil {
		return made.by(m.Model, c.Prompt, fit), painted, nil
	}
	if made.Fallback = why.Error(); m.Refuse {
		made = made.without("model", "The image model made no picture that can be used.")
	}
	return made, c.Filled, nil
}

// sound checks what a painter made: a picture of the size that was asked for, with the original inside, pixel for pixel where it was not scaled.
func sound(r expand.Result, src *image.NRGBA, t Target) error {
	want := image.Rect(0, 0, t.Width, t.Height)
	if r.Image == nil || r.Image.Rect != want || r.Kept.Empty() || !r.Kept.In(want) {
		return fmt.Errorf("image: the painter made no picture of %d × %d pixels with the original inside", t.Width, t.Height)
	}
	if r.Kept.Size() != src.Rect.Size() || !src.Opaque() {
		return nil
	}
	for y := range src.Rect.Dy() {
		at := r.Image.PixOffset(r.Kept.Min.X, r.Kept.Min.Y+y)
		if row := src.Pix[y*src.Stride:][:4*src.Rect.Dx()]; string(r.Image.Pix[at:at+len(row)]) != string(row) {
			return errors.New("image: the painter changed the original")
		}
	}
	return nil
}
