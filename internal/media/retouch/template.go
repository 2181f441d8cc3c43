package retouch

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"math"

	"github.com/marquetry/marquetry/internal/media"
)

// Layout is how a headline is put to a picture. Its name is stable.
type Layout string

// The layouts.
const (
	Bar   Layout = "bar"   // the picture above a bar with the headline
	Band  Layout = "band"  // a band across the picture where least is to be seen
	Frame Layout = "frame" // the picture in a frame, wider below, with the headline there
)

// Layouts lists every layout.
func Layouts() []Layout { return []Layout{Bar, Band, Frame} }

// Headline is what is put to a picture.
type Headline struct {
	Text   string        // of the headline
	Second string        // a smaller line below it, such as a price; may be empty
	Layout Layout        // "" for Bar
	Brand  []color.NRGBA // whose first colour is used instead of the picture's own; may be empty
}

// A sheet is a headline set for a picture.
type sheet struct {
	first  paragraph
	second *paragraph // nil for none
	panel  color.NRGBA
	margin int
}

// Template puts a headline to a picture, which keeps its size. Text stands on an even colour, or on one that lets so little of the picture
// through that it can be read anywhere. It is refused when the text does not fit, when no font has its letters, and when what matters would
// be cut or covered.
func Template(src *image.NRGBA, h Headline) Result {
	sh, code, reason := newSheet(src, h)
	if code != "" {
		return refused(code, reason)
	}
	switch h.Layout {
	case Band:
		return sh.band(src)
	case Frame:
		return sh.framed(src, sh.margin)
	}
	return sh.framed(src, 0)
}

// newSheet sets the texts.
func newSheet(src *image.NRGBA, h Headline) (sh sheet, code, reason string) {
	short := float64(min(src.Rect.Dx(), src.Rect.Dy()))
	sh = sheet{panel: panelColour(src, h.Brand), margin: int(0.05 * short)}
	width := src.Rect.Dx() - 4*sh.margin
	sh.first, code, reason = typeset(h.Text, []string{"bold"}, room{width, src.Rect.Dy() / 5, 0.075 * short, 0.042 * short, 2})
	if code != "" || h.Second == "" {
		return sh, code, reason
	}
	second, code, reason := typeset(h.Second, []string{"medium"}, room{width, src.Rect.Dy() / 10, 0.042 * short, 0.032 * short, 1})
	sh.second = &second
	return sh, code, reason
}

// height is what the texts and the space around them take.
func (sh sheet) height() int {
	h := sh.first.height + 2*sh.margin
	if sh.second != nil {
		h += sh.second.height + sh.margin/4
	}
	return h
}

// write draws the texts into a part of a picture, from its left, in the middle of its height, with a short stroke of the accent before them.
func (sh sheet) write(img *image.NRGBA, part image.Rectangle) {
	y := part.Min.Y + (part.Dy()-sh.height())/2 + sh.margin
	x := part.Min.X + sh.margin*3/2
	stroke := image.Rect(part.Min.X+sh.margin*3/4, y+sh.margin/8, part.Min.X+sh.margin*3/4+max(2, sh.margin/8), part.Max.Y-(y-part.Min.Y)-sh.margin/8)
	fill(img, stroke, 0, tinted(sh.panel), 1)
	sh.first.draw(img, image.Pt(x, y), ink(sh.panel))
	if sh.second != nil {
		sh.second.draw(img, image.Pt(x, y+sh.first.height+sh.margin/4), tinted(sh.panel))
	}
}

// framed shows the picture, cropped to what matters most, inside a border of so many pixels and above the texts.
func (sh sheet) framed(src *image.NRGBA, border int) Result {
	w, h := src.Rect.Dx(), src.Rect.Dy()
	window := image.Rect(border, border, w-border, h-sh.height())
	s := newSalience(src)
	part, cut := s.best(window.Dx(), window.Dy())
	res := Result{Kept: part, Lost: 1 - s.share(part), Panel: image.Rect(0, window.Max.Y, w, h)}
	if cut || res.Lost > mostLost {
		res.Code = CodeSubject
		res.Reason = fmt.Sprintf("Making room for the text would cost about %.0f %% of what matters in the picture, or cut a face or a text.", 100*res.Lost)
		return res
	}
	res.Image = image.NewNRGBA(src.Rect)
	draw.Draw(res.Image, src.Rect, image.NewUniform(sh.panel), image.Point{}, draw.Src)
	draw.Draw(res.Image, window, media.Resize(cutTo(src, part), window.Dx(), window.Dy()), image.Point{}, draw.Over)
	sh.write(res.Image, res.Panel)
	return res
}

// band lays the texts over the picture on a band that lets a little of it through, as much as reading allows.
func (sh sheet) band(src *image.NRGBA) Result {
	s := newSalience(src)
	part, lost, ok := s.calmest(sh.height())
	if !ok {
		return refused(CodeSubject, "The text would cover what matters in the picture wherever it stood.")
	}
	img := sh.over(src, part)
	sh.write(img, part)
	return Result{Image: img, Kept: src.Rect, Lost: lost, Panel: part}
}

// over lays the panel over a part, as thin as reading allows.
func (sh sheet) over(src *image.NRGBA, part image.Rectangle) *image.NRGBA {
	for opacity := 0.82; ; opacity += 0.06 {
		img := copied(src)
		fill(img, part, 0, sh.panel, min(opacity, 1))
		if opacity >= 1 || sh.legible(img, part) {
			return img
		}
	}
}

// legible reports whether both texts can be read on a part.
func (sh sheet) legible(img *image.NRGBA, part image.Rectangle) bool {
	return legibility(img, part, ink(sh.panel)) >= readable && (sh.second == nil || legibility(img, part, tinted(sh.panel)) >= readable)
}

// calmest finds where a band of a height across the picture covers the least of what matters, from below upwards, and neither a subject nor
// a text.
func (s *salience) calmest(height int) (best image.Rectangle, lost float64, ok bool) {
	w, h := s.of.Dx(), s.of.Dy()
	lost = math.Inf(1)
	for i := range 40 {
		at := h - height - h/16 - i*h/40
		if at < h/16 {
			break
		}
		part := image.Rect(0, at, w, at+height)
		covered := s.share(part)
		worth := covered + float64(0.001*float64(i))
		if covered <= mostCovered && !s.covers(part) && worth < lost {
			best, lost, ok = part, worth, true
		}
	}
	if ok {
		lost = s.share(best)
	}
	return best, lost, ok
}
