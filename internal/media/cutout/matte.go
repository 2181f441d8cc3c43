package cutout

import "image"

// Of the matte. Distances are pixels of the working size.
const (
	rimWidth     = 2  // so far on both sides of the decided edge alpha is open
	lowContrast  = 15 // levels between product and backdrop: below, the matte follows the decision
	highContrast = 40 // and above, the colours alone
)

// matte is alpha, 0 to 1, at full size, and the product's own colour.
type matte struct {
	alpha  []float32
	colour plane
}

// spread marks what lies within r pixels, in rows and columns, of a marked one.
func spread(in []bool, w, h, r int) []bool {
	rows := make([]bool, len(in))
	spreadLine(in, rows, w, h, 1, w, r)
	out := make([]bool, len(in))
	spreadLine(rows, out, h, w, w, 1, r)
	return out
}

// spreadLine is [spread] along lines of n pixels that lie step apart.
func spreadLine(in, out []bool, n, lines, step, next, r int) {
	for l := range lines {
		last := -r - 1
		for i := range n + r {
			if i < n && in[l*next+i*step] {
				last = i
			}
			if at := i - r; at >= 0 && last >= at-r {
				out[l*next+at*step] = true
			}
		}
	}
}

func inverse(in []bool) []bool {
	out := make([]bool, len(in))
	for i, b := range in {
		out[i] = !b
	}
	return out
}

// draw finds alpha at full size from the decision at the working size.
func draw(src *image.NRGBA, g *ground, product []bool) matte {
	w, h := g.pic.w, g.pic.h
	inner := inverse(spread(inverse(product), w, h, rimWidth))
	open := spread(product, w, h, rimWidth)
	full := fromImage(src, 1)
	m := matte{alpha: make([]float32, len(full.px)), colour: newPlane(full.w, full.h)}
	fore := g.pic.fill(shrunk(product, w, h))
	behind := g.pic.fill(inverse(spread(product, w, h, 1)))
	soft := newPlane(w, h)
	for i, p := range product {
		if p {
			soft.px[i] = rgb{1, 1, 1}
		}
	}
	sx, sy := float32(w)/float32(full.w), float32(h)/float32(full.h)
	for i, c := range full.px {
		x, y := i%full.w, i/full.w
		at := min(y*h/full.h, h-1)*w + min(x*w/full.w, w-1)
		if inner[at] {
			m.alpha[i], m.colour.px[i] = 1, c
			continue
		}
		fx, fy := mul(float32(x)+0.5, sx), mul(float32(y)+0.5, sy)
		f, b := fore.at(fx, fy), behind.at(fx, fy)
		if !open[at] {
			m.colour.px[i] = f
			continue
		}
		mask := min(max(mul(soft.at(fx, fy)[0]-0.5, 2)+0.5, 0), 1)
		m.alpha[i], m.colour.px[i] = project(c, f, b, mask)
	}
	return m
}

// shrunk is the mask without its outermost pixels, or the mask itself where it is too thin for that.
func shrunk(product []bool, w, h int) []bool {
	inner := inverse(spread(inverse(product), w, h, 1))
	near := spread(inner, w, h, 3)
	for i, p := range product {
		inner[i] = inner[i] || p && !near[i]
	}
	return inner
}

// project answers how far a colour lies on the way from the backdrop's to the product's, and the product's part of it. Where the two are alike the mask decides.
func project(c, f, b rgb, mask float32) (alpha float32, colour rgb) {
	way := f.sub(b)
	long := way.dot(way)
	trust := min(max((root(long)-lowContrast)/(highContrast-lowContrast), 0), 1)
	alpha = mask
	if trust > 0 {
		t := min(max(c.sub(b).dot(way)/long, 0), 1)
		alpha = mul(t, trust) + mul(mask, 1-trust)
	}
	if alpha < 0.02 {
		return 0, f
	}
	if alpha > 0.98 {
		return 1, c
	}
	return alpha, c.sub(b.times(1 - alpha)).times(1 / alpha)
}
