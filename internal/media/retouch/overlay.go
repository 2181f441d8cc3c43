package retouch

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"strconv"
	"strings"
)

// Tag is a short text to be laid over a picture, such as a price.
type Tag struct {
	Text       string
	Style      string // words for weight and slant: "bold", "regular", "italic", "medium", "mono"; "" for bold
	Font       string // name of a font; the embedded one with the same traits stands in for it
	Background string // "#rrggbb", with or without the sign; "" for a colour of the picture
}

// mostCovered is the share of what matters that a tag or a band may cover.
const mostCovered = 0.06

// Overlay lays a tag where the least of what matters lies. It is refused when the text does not fit, when no font has its letters, or when
// every place would hide something.
func Overlay(src *image.NRGBA, tag Tag) Result {
	panel := panelColour(src, nil)
	if tag.Background != "" {
		c, ok := Colour(tag.Background)
		if !ok {
			return refused(CodeColour, fmt.Sprintf("%q is no colour: #rrggbb is expected.", tag.Background))
		}
		panel = c
	}
	short := float64(min(src.Rect.Dx(), src.Rect.Dy()))
	p, code, reason := typeset(tag.Text, []string{tag.Font, tag.Style}, room{src.Rect.Dx() * 6 / 10, src.Rect.Dy() / 4, 0.062 * short, 0.034 * short, 2})
	if code != "" {
		return refused(code, reason)
	}
	pad := p.leading * 2 / 5
	box, lost, ok := newSalience(src).quietest(image.Pt(p.width+2*pad+pad/2, p.height+pad), int(0.045*short))
	if !ok {
		return refused(CodeSubject, "The text would cover what matters in the picture wherever it stood.")
	}
	img := copied(src)
	fill(img, box, float64(min(box.Dy(), 2*p.leading))*0.24, panel, 1)
	p.draw(img, image.Pt(box.Min.X+(box.Dx()-p.width)/2, box.Min.Y+(box.Dy()-p.height)/2), ink(panel))
	return Result{Image: img, Kept: src.Rect, Lost: lost, Panel: box}
}

// typeset sets a text in the font that some words describe, or answers why it cannot be set.
func typeset(text string, words []string, r room) (paragraph, string, string) {
	f, err := typeface(words...)
	if err != nil {
		return paragraph{}, CodeFont, "The font cannot be read."
	}
	text = composed(text)
	if text == "" {
		return paragraph{}, CodeText, "There is no text."
	}
	if letter, missing := lacks(f, text); missing {
		return paragraph{}, CodeFont, fmt.Sprintf("The fonts at hand have no letter %q.", letter)
	}
	p, err := set(f, text, r)
	if err != nil {
		return paragraph{}, CodeText, fmt.Sprintf("The text %q is too long for the picture.", text)
	}
	return p, "", ""
}

// quietest finds the place for a box, at a margin from the sides, that covers the least of what matters; of equals the lower left is taken.
// No subject, face or text is covered.
func (s *salience) quietest(size image.Point, margin int) (best image.Rectangle, lost float64, ok bool) {
	w, h := s.of.Dx(), s.of.Dy()
	xs := []int{margin, w - margin - size.X, (w - size.X) / 2}
	ys := []int{h - margin - size.Y, margin, (h - size.Y) / 2}
	lost = mostCovered
	for i, y := range ys {
		for j, x := range xs {
			box := image.Rectangle{Max: size}.Add(image.Pt(x, y))
			covered := s.share(box)
			if !box.In(s.of) || s.covers(box.Inset(-margin/3)) || covered > mostCovered || i == 2 && j == 2 {
				continue
			}
			if worth := covered + float64(0.002*float64(i+j)); !ok || worth < lost {
				best, lost, ok = box, worth, true
			}
		}
	}
	if ok {
		lost = s.share(best)
	}
	return best, lost, ok
}

// Colour reads "#rrggbb", with or without the sign.
func Colour(text string) (color.NRGBA, bool) {
	text = strings.TrimPrefix(text, "#")
	v, err := strconv.ParseUint(text, 16, 24)
	if len(text) != 6 || err != nil {
		return color.NRGBA{}, false
	}
	return color.NRGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), 255}, true
}

// copied is a picture that may be drawn on.
func copied(src *image.NRGBA) *image.NRGBA {
	return &image.NRGBA{Pix: bytes.Clone(src.Pix), Stride: src.Stride, Rect: src.Rect}
}
