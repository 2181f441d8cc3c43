package image

import (
	"context"
	"fmt"
	"image"
	"image/color"

	"github.com/marquetry/marquetry/internal/media"
	"github.com/marquetry/marquetry/internal/media/backdrop"
	"github.com/marquetry/marquetry/internal/media/cutout"
	"github.com/marquetry/marquetry/internal/media/retouch"
)

// backgrounds paints a product before one background for each style of each target.
func (m *maker) backgrounds(ctx context.Context, w work) ([]Made, error) {
	src := within(w.src, mostDrawn) // what is larger would take more memory than is held
	cut, err := held(ctx, m, src.Rect.Dx()*src.Rect.Dy(), func() (cutout.Cutout, error) { return m.Cut(src), nil })
	if err != nil {
		return nil, err
	}
	var all []Made
	for _, style := range w.Styles {
		made, err := w.each(func(t Target) (Made, error) {
			return m.background(ctx, w, Made{Target: t, Style: style, Generator: embedded}, cut)
		})
		if err != nil {
			return nil, err
		}
		all = append(all, made...)
	}
	if len(all) == 0 {
		return w.refused("style", "No style was asked for."), nil
	}
	return all, nil
}

// background paints a product before one background: the embedded painter, or the model around the product.
func (m *maker) background(ctx context.Context, w work, made Made, cut cutout.Cutout) (Made, error) {
	if !cut.Eligible() {
		return made.without(cut.Code, cut.Reason), nil
	}
	seed := w.seed(made.Target, made.Style)
	o := backdrop.Order{Style: backdrop.Style(made.Style), Width: made.Target.Width, Height: made.Target.Height, Brand: colours(w.Brand), Seed: seed}
	r, err := held(ctx, m, o.Width*o.Height, func() (backdrop.Result, error) { return m.Paint(cut, o), nil })
	if err != nil {
		return Made{}, err
	}
	if r.Image == nil || r.Image.Rect != image.Rect(0, 0, made.Target.Width, made.Target.Height) {
		return Made{}, fmt.Errorf("image: the painter made no background of %d × %d pixels", made.Target.Width, made.Target.Height)
	}
	made.Confidence = min(1, max(0, r.Contrast/backdrop.FullContrast))
	picture := r.Image
	if m.Backgrounds && r.Product != nil {
		c := Canvas{Filled: r.Image, Kept: r.Product.Rect, Product: r.Product, Prompt: prompted(backdropPrompt+" Of the background: "+made.Style+".", m.Prompt), Seed: seed}
		if made, picture, err = m.orModel(ctx, made, c); err != nil || made.Code != "" {
			return made, err
		}
	}
	if made.Generator == embedded && r.Code != "" {
		return made.without(r.Code, r.Reason), nil
	}
	return w.encoded(made, picture, false, media.Algorithm)
}

// colours reads "#rrggbb"; what is none is left out, since whoever keeps a brand's colours checks them.
func colours(brand []string) []color.RGBA {
	var all []color.RGBA
	for _, text := range brand {
		if c, ok := retouch.Colour(text); ok {
			all = append(all, color.RGBA(c)) // opaque colours are the same in both forms
		}
	}
	return all
}
