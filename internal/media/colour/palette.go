package colour

import (
	"cmp"
	"image"
	"slices"
)

// Swatch is a colour of a picture and the share of the picture, 0 to 1, that is nearest to it.
type Swatch struct {
	OK
	Share float64
}

// samples is how many pixels of a picture a palette looks at, about.
const samples = 16000

// Palette finds at most n colours of a picture by k-means in OKLab, the most frequent first. Only pixels with an alpha above 200 in both
// the picture and the mask count; a nil mask takes all. A picture without such pixels has no palette.
func Palette(img *image.NRGBA, mask *image.Alpha, n int) []Swatch {
	bins := histogram(img, mask)
	centres := seeds(bins, n)
	for range 10 {
		centres = refine(bins, centres)
	}
	return ordered(centres)
}

// cells is how finely the histogram divides each axis of OKLab.
const cells = 24

// cell numbers the bin of a colour; A and B lie within ±0.4 for sRGB.
func cell(c OK) int {
	at := func(v float64) int { return min(max(int(v*cells), 0), cells-1) }
	return (at(c.L)*cells+at((c.A+0.4)/0.8))*cells + at((c.B+0.4)/0.8)
}

// histogram gathers pixels into the means of their bins; Share counts pixels there.
func histogram(img *image.NRGBA, mask *image.Alpha) []Swatch {
	linear, bins := Linear(), make([]Swatch, cells*cells*cells)
	w, h := img.Rect.Dx(), img.Rect.Dy()
	step := 1
	for w*h/(step*step) > samples {
		step++
	}
	for y := step / 2; y < h; y += step {
		for x := step / 2; x < w; x += step {
			p := img.Pix[y*img.Stride+4*x:][:4]
			if p[3] <= 200 || mask != nil && mask.Pix[y*mask.Stride+x] <= 200 {
				continue
			}
			c := FromLight(linear[p[0]], linear[p[1]], linear[p[2]])
			bins[cell(c)].add(c, 1)
		}
	}
	return means(bins)
}

// add counts a colour that stands for so many pixels: a swatch that is being summed holds sums.
func (s *Swatch) add(c OK, count float64) {
	s.L += float64(c.L * count)
	s.A += float64(c.A * count)
	s.B += float64(c.B * count)
	s.Share += count
}

// means turns sums into means and drops what is empty.
func means(sums []Swatch) []Swatch {
	var out []Swatch
	for _, s := range sums {
		if s.Share > 0 {
			out = append(out, Swatch{OK{s.L / s.Share, s.A / s.Share, s.B / s.Share}, s.Share})
		}
	}
	return out
}

// apart is the squared distance of two colours.
func apart(c, d OK) float64 {
	l, a, b := c.L-d.L, c.A-d.A, c.B-d.B
	return float64(l*l) + float64(a*a) + float64(b*b)
}

// nearest finds a colour's centre and its squared distance.
func nearest(c OK, centres []Swatch) (int, float64) {
	best, least := 0, 9.0
	for i, s := range centres {
		if d := apart(c, s.OK); d < least {
			best, least = i, d
		}
	}
	return best, least
}

// seeds picks bins that are both frequent and far from those picked before: k-means++ without its dice.
func seeds(bins []Swatch, n int) []Swatch {
	var centres []Swatch
	for len(centres) < n {
		best, most := -1, 1e-9
		for i, b := range bins {
			_, d := nearest(b.OK, centres)
			if worth := float64(d * b.Share); worth > most {
				best, most = i, worth
			}
		}
		if best < 0 {
			break
		}
		centres = append(centres, bins[best])
	}
	return centres
}

// refine moves every centre to the mean of what is nearest to it.
func refine(bins, centres []Swatch) []Swatch {
	sums := make([]Swatch, len(centres))
	for _, b := range bins {
		i, _ := nearest(b.OK, centres)
		sums[i].add(b.OK, b.Share)
	}
	return means(sums)
}

// ordered turns counts into shares, the most frequent first; equals stay in their order.
func ordered(centres []Swatch) []Swatch {
	total := 0.0
	for _, s := range centres {
		total += s.Share
	}
	for i := range centres {
		centres[i].Share /= total
	}
	slices.SortStableFunc(centres, func(a, b Swatch) int { return cmp.Compare(b.Share, a.Share) })
	return centres
}
