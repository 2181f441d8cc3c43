package image

import (
	"context"
	"image"
	"image/color"

	"github.com/marquetry/marquetry/internal/media/retouch"
)

// templates put the headline to a picture in every layout that suits it; where none does, it is said why the first does not.
func (m *maker) templates(ctx context.Context, w work) ([]Made, error) {
	var made, refused []Made
	src := within(w.src, mostDrawn)
	for _, t := range w.Targets {
		for _, layout := range retouch.Layouts() {
			h := retouch.Headline{Text: w.Headline, Second: w.Text, Layout: layout, Brand: opaque(w.Brand)}
			one, err := m.retouched(ctx, w, t, func() retouch.Result { return template(h, src) })
			if err != nil {
				return nil, err
			}
			if one.Style = string(layout); one.Code == "" {
				made = append(made, one)
			} else {
				refused = append(refused, one)
			}
		}
	}
	if len(made) == 0 && len(refused) > 0 {
		made = refused[:1]
	}
	return made, nil
}

// template puts a headline to a picture, without its second line where that does not fit.
func template(h retouch.Headline, src *image.NRGBA) retouch.Result {
	r := retouch.Template(src, h)
	if r.Code == retouch.CodeText && h.Second != "" {
		h.Second = ""
		r = retouch.Template(src, h)
	}
	return r
}

// opaque are a brand's colours as templates take them.
func opaque(brand []string) (all []color.NRGBA) {
	for _, c := range colours(brand) {
		all = append(all, color.NRGBA(c))
	}
	return all
}

// tag is the text that is laid over a picture, in the way that the creative asks for.
func (r Request) tag() retouch.Tag {
	return retouch.Tag{Text: r.Text, Style: r.Options["text_style"], Font: r.Options["font_name"], Background: r.Options["background_color"]}
}
