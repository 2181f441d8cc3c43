package cutout

// kind is what a pixel was found to be on the way in from the rim.
type kind uint8

const (
	unreached kind = iota
	backdrop       // as bright as the even backdrop
	shadow         // of the backdrop's colour, but darker, or brighter by a little
	closed         // reached, and found to be no backdrop
)

// Of the growth. Levels are of 255; slopes are levels a pixel at the working size.
const (
	growRounds   = 4
	nearLevels   = 8   // at least so much may a pixel differ from the backdrop
	nearSigmas   = 4   // or so many of the rim's deviations
	nearSlope    = 6   // and is not on an edge
	darkest      = 0.4 // of the backdrop's brightness, in a shadow
	brightest    = 1.1 // in a patch of light
	shadowSlope  = 5   // a shadow's edge is soft: it may be steep only where it is dark already
	slopePerDark = 100
	steepest     = 22
	holeShare    = 2500 // smaller holes than one in so many of the picture are let be
	shadowRough  = 9    // levels: and smooth
	tintLevels   = 6    // a shadow has the backdrop's colour, but for so much
	tintPerDark  = 14
)

// ground is the backdrop as far as it was reached.
type ground struct {
	pic   plane
	slope []float32
	rough []float32
	even  plane // the backdrop without shadows
	lit   plane // the backdrop with them, carried on behind the product
	kind  []kind
	near  float32 // levels
}

// grow finds the backdrop from the rim inwards, and mends its idea of the even backdrop by what it has reached.
func grow(pic plane, s *surface) *ground {
	g := &ground{pic: pic, slope: pic.slope(), rough: pic.rough(), even: s.plane(), near: max(nearLevels, nearSigmas*s.sigma)}
	for range growRounds {
		g.kind = make([]kind, len(pic.px))
		g.flood(g.rim())
		g.even = pic.fill(g.known(backdrop))
	}
	g.lit = pic.fill(g.known(backdrop, shadow))
	g.openHoles(g.even)
	g.openHoles(g.lit)
	g.closePockets()
	g.lit = pic.fill(g.known(backdrop, shadow))
	return g
}

// known tells where the kind is one of those named.
func (g *ground) known(kinds ...kind) []bool {
	out := make([]bool, len(g.kind))
	for i, k := range g.kind {
		for _, want := range kinds {
			out[i] = out[i] || k == want
		}
	}
	return out
}

// rim lists the outermost pixels that look like backdrop, and marks them.
func (g *ground) rim() []int {
	var seeds []int
	for i := range g.kind {
		x, y := i%g.pic.w, i/g.pic.w
		if x > 0 && y > 0 && x < g.pic.w-1 && y < g.pic.h-1 {
			continue
		}
		if k := g.look(i); k != unreached {
			g.kind[i] = k
			seeds = append(seeds, i)
		}
	}
	return seeds
}

// flood goes on from the seeds to all neighbours that look like backdrop.
func (g *ground) flood(seeds []int) {
	for len(seeds) > 0 {
		i := seeds[len(seeds)-1]
		seeds = seeds[:len(seeds)-1]
		for _, j := range g.neighbours(i) {
			if j < 0 || g.kind[j] != unreached {
				continue
			}
			if k := g.look(j); k != unreached {
				g.kind[j] = k
				seeds = append(seeds, j)
			}
		}
	}
}

// neighbours are the pixels at the left, right, above and below; -1 beyond the sides.
func (g *ground) neighbours(i int) [4]int {
	out := [4]int{i - 1, i + 1, i - g.pic.w, i + g.pic.w}
	x := i % g.pic.w
	if x == 0 {
		out[0] = -1
	}
	if x == g.pic.w-1 {
		out[1] = -1
	}
	if out[3] >= len(g.kind) {
		out[3] = -1
	}
	return out
}

// look judges a pixel by its colour and the slope there.
func (g *ground) look(i int) kind {
	c, b := g.pic.px[i], g.even.px[i]
	if c.sub(b).largest() <= g.near && g.slope[i] <= nearSlope {
		return backdrop
	}
	bright, tint := shade(c, b)
	dark := max(1-bright, 0)
	switch {
	case bright < darkest || bright > brightest:
		return unreached
	case tint > max(tintLevels, g.near*0.6)+mul(tintPerDark, dark):
		return unreached
	case g.rough[i] > shadowRough:
		return unreached
	case g.slope[i] > min(shadowSlope+mul(slopePerDark, dark), steepest):
		return unreached
	}
	return shadow
}

// shade splits a colour into its brightness against the backdrop's and what is left: the tint, in levels.
func shade(c, b rgb) (bright, tint float32) {
	bright = c.dot(b) / b.dot(b)
	return bright, c.sub(b.times(bright)).largest()
}

// openHoles finds parts of the backdrop that the product encloses: flat, of the colour that the backdrop has there, and no specks.
func (g *ground) openHoles(behind plane) {
	like := make([]bool, len(g.kind))
	for i, k := range g.kind {
		like[i] = k == unreached && g.slope[i] <= nearSlope && g.pic.px[i].sub(behind.px[i]).largest() <= g.near
	}
	seen := make([]bool, len(g.kind))
	for start := range like {
		if !like[start] || seen[start] {
			continue
		}
		part := g.part(start, seen, like)
		var off rgb
		for _, i := range part {
			off = off.add(g.pic.px[i].sub(behind.px[i]))
		}
		if len(part) > len(like)/holeShare && off.times(1/float32(len(part))).largest() <= g.near/2 {
			for _, i := range part {
				g.kind[i] = backdrop
			}
			g.flood(part)
		}
	}
}
