package retouch

import (
	"image"
	"image/color"
	"math"

	"github.com/marquetry/marquetry/internal/media/colour"
)

// readable is the contrast ratio that WCAG 2 asks of text, level AA.
const readable = 4.5

// ink is white or black, whichever is read better on a colour: one of them always reaches 4.58. Where there is room for it, black is softened.
func ink(on color.NRGBA) color.NRGBA {
	l, soft := colour.Luminance(on), color.NRGBA{17, 17, 17, 255}
	switch {
	case colour.Contrast(l, 1) >= colour.Contrast(l, 0):
		return color.NRGBA{255, 255, 255, 255}
	case colour.Contrast(l, colour.Luminance(soft)) >= readable+0.5:
		return soft
	}
	return color.NRGBA{0, 0, 0, 255}
}

// panelColour is the brand's colour as it is, or a shade of the accent that a picture is remembered by; a picture in grey has a dark one.
func panelColour(img *image.NRGBA, brand []color.NRGBA) color.NRGBA {
	if len(brand) > 0 {
		return brand[0]
	}
	best, most := colour.OK{L: 0.25}, 0.0
	for _, s := range colour.Palette(img, nil, 8) {
		chroma := min(s.Chroma(), 0.16)
		if worth := float64(chroma * math.Sqrt(s.Share)); chroma > 0.04 && s.L > 0.2 && worth > most {
			best, most = s.OK, worth
		}
	}
	return shade(best)
}

// shade is what becomes of an accent on a panel: a dark shade, or for yellow and olive, which look like dirt when dark, a light one.
func shade(c colour.OK) color.NRGBA {
	l, chroma := min(c.L, 0.42), min(c.Chroma(), 0.10)
	if h := c.Hue(); chroma > 0.03 && h > 50 && h < 140 {
		l, chroma = 0.91, min(chroma, 0.05)
	}
	return colour.LCH(l, chroma, c.Hue()).RGB()
}

// tinted is a colour for a second text on a panel: the panel's hue, as far towards white or black as is read well.
func tinted(panel color.NRGBA) color.NRGBA {
	c, to := colour.From(panel), colour.From(ink(panel))
	l := colour.Luminance(panel)
	for t := 0.5; t < 1; t += 0.05 {
		if mid := c.Between(to, t).RGB(); colour.Contrast(colour.Luminance(mid), l) >= readable+0.5 {
			return mid
		}
	}
	return ink(panel)
}

// fill lays a colour over a part of a picture with round corners; opacity runs from 0 to 1.
func fill(img *image.NRGBA, part image.Rectangle, radius float64, c color.NRGBA, opacity float64) {
	cx, cy := float64(part.Min.X+part.Max.X)/2, float64(part.Min.Y+part.Max.Y)/2
	hx, hy := float64(part.Dx())/2-radius, float64(part.Dy())/2-radius
	in := part.Intersect(img.Rect)
	for y := in.Min.Y; y < in.Max.Y; y++ {
		for x := in.Min.X; x < in.Max.X; x++ {
			dx, dy := max(math.Abs(float64(x)+0.5-cx)-hx, 0), max(math.Abs(float64(y)+0.5-cy)-hy, 0)
			cover := radius + 0.5 - math.Sqrt(float64(dx*dx)+float64(dy*dy))
			if radius == 0 {
				cover = 1
			}
			lay(img.Pix[img.PixOffset(x, y):][:4], c, int(256*opacity*min(max(cover, 0), 1)))
		}
	}
}

// lay blends a colour onto a pixel by a weight of 0 to 256. What was transparent becomes as opaque as the weight says.
func lay(p []uint8, c color.NRGBA, weight int) {
	below := int(p[3]) * (256 - weight)
	all := below + 255*weight
	if all == 0 {
		return
	}
	for i, v := range [3]uint8{c.R, c.G, c.B} {
		p[i] = uint8((int(p[i])*below + int(v)*255*weight + all/2) / all)
	}
	p[3] = uint8((all + 128) / 256)
}

// legibility is the least contrast between a text's colour and any pixel of a part, leaving out the hundredth that is worst.
func legibility(img *image.NRGBA, part image.Rectangle, text color.NRGBA) float64 {
	linear, t := colour.Linear(), colour.Luminance(text)
	var count [512]int // by contrast, in steps of 0.05
	n := 0
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			p := img.Pix[img.PixOffset(x, y):]
			l := float64(0.2126*linear[p[0]]) + float64(0.7152*linear[p[1]]) + float64(0.0722*linear[p[2]])
			count[int(colour.Contrast(l, t)*20)]++
			n++
		}
	}
	left := n / 100
	for i, c := range count {
		if left -= c; left < 0 {
			return float64(i) / 20
		}
	}
	return 21
}
