package cutout

import "image"

// Of the matte.
const (
	openWidth     = 2  // pixels of the working size on both sides of the decided edge that are looked at again at full size
	refineEdge    = 16 // cost of a cut where nothing changes
	productCost   = 3  // of calling a pixel product whatever its colour
	productSpread = 50 // levels that the product differs from what it is around
	tintSpread    = 6  // levels that the backdrop's tint differs
	brightSpread  = 9  // and its brightness
	mostCost      = 10
	lowContrast   = 12   // levels between product and backdrop: below, alpha is the mask
	highContrast  = 40   // and above, alpha follows the colours alone
	paleRim       = 1.15 // how much nearer to the backdrop's colour products are at their edge than further in
	offWay        = 8    // levels, and
	offShare      = 0.1  // of the contrast, that a mixed colour may lie off the way between the two
)

// matte is alpha, 0 to 1, at full size, and the product's own colour.
type matte struct {
	alpha  []float32
	colour plane
}

// draw finds alpha at full size from the decision at the working size: the edge is cut again in a narrow band, and there alpha is how far a pixel's colour is from the
// backdrop's to the product's. The cut keeps all that is not quite backdrop, so the band reaches as far in as the edge is soft.
func draw(src *image.NRGBA, g *ground, product []bool) matte {
	full := fromImage(src, 1)
	behind := enlarge(g.lit, full.w, full.h)
	mask := refine(full, behind, g.pic, product)
	contrast := full.contrast(behind)
	deep := depths(mask, full.w, full.h)
	soft := softness(contrast, deep)
	ring := max(full.w/g.pic.w, 1)
	outer := spread(mask, full.w, full.h, ring)
	m := matte{alpha: make([]float32, len(mask)), colour: full.fill(sources(contrast, deep, soft, full.w, full.h))}
	for i, c := range full.px {
		switch {
		case deep[i] > soft:
			m.alpha[i], m.colour.px[i] = 1, c
		case outer[i]:
			m.alpha[i], m.colour.px[i] = project(c, m.colour.px[i], behind.px[i], mask[i])
		}
	}
	return m
}

// refine cuts the edge again at full size, where the backdrop is known and the product is about what it is further in.
func refine(full, behind, pic plane, product []bool) []bool {
	w, h := pic.w, pic.h
	inner := inverse(spread(inverse(product), w, h, openWidth))
	outer := spread(product, w, h, openWidth)
	fore := pic.fill(orThin(inverse(spread(inverse(product), w, h, 1)), product, w, h, 3))
	seeds := make([]seed, len(full.px))
	for i := range seeds {
		at := min(i/full.w*h/full.h, h-1)*w + min(i%full.w*w/full.w, w-1)
		switch {
		case inner[at]:
			seeds[i] = isProduct
		case !outer[at]:
			seeds[i] = isBackdrop
		}
	}
	sx, sy := float32(w)/float32(full.w), float32(h)/float32(full.h)
	cut := grid{pic: full, seed: seeds, edge: refineEdge, cost: func(i int) (asProduct, asBackdrop float32) {
		c := full.px[i]
		f := c.sub(fore.at(mul(float32(i%full.w)+0.5, sx), mul(float32(i/full.w)+0.5, sy)))
		asProduct = productCost + min(f.dot(f)/(2*productSpread*productSpread), 2)
		bright, tint := shade(c, behind.px[i])
		dark := mul(bright-1, behind.px[i].luma())
		asBackdrop = mul(dark, dark)/(2*brightSpread*brightSpread) + mul(tint, tint)/(2*tintSpread*tintSpread)
		return asProduct, min(asBackdrop, mostCost)
	}}
	return cut.cut()
}

// orThin adds to the inside of a mask what of the mask is further from it than r: parts too thin to have an inside.
func orThin(inner, mask []bool, w, h, r int) []bool {
	near := spread(inner, w, h, r)
	out := make([]bool, len(mask))
	for i, m := range mask {
		out[i] = inner[i] || m && !near[i]
	}
	return out
}

// enlarge interpolates a picture to another size.
func enlarge(p plane, w, h int) plane {
	out := newPlane(w, h)
	sx, sy := float32(p.w)/float32(w), float32(p.h)/float32(h)
	for i := range out.px {
		out.px[i] = p.at(mul(float32(i%w)+0.5, sx), mul(float32(i/w)+0.5, sy))
	}
	return out
}

// project answers how far a colour lies on the way from the backdrop's to the product's, and the product's part of it. Off the mask that is at most half; on it, a colour that
// lies off the way is the product's own.
func project(c, f, b rgb, mask bool) (alpha float32, colour rgb) {
	way := f.sub(b)
	long := way.dot(way)
	trust := min(max((root(long)-lowContrast)/(highContrast-lowContrast), 0), 1)
	t := float32(0)
	if trust > 0 {
		t = c.sub(b).dot(way) / long
	}
	own := min(max(mul(t, paleRim), 0), 1)
	if mask {
		off := c.sub(b.add(way.times(t)))
		trust = mul(trust, min(max(2-root(off.dot(off))/(offWay+mul(offShare, root(long))), 0), 1))
		alpha = 1 - mul(trust, 1-own)
	} else {
		alpha = mul(trust, min(own, 0.49))
	}
	switch {
	case alpha < 0.02:
		return 0, f
	case alpha > 0.98:
		return 1, c
	}
	return alpha, c.sub(b.times(1 - alpha)).times(1 / alpha)
}
