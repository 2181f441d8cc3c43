package cutout

import "slices"

// Of pockets: parts of what was reached that hang on the rest by a neck of less than twice neckRadius pixels of the working size, or on nothing.
const (
	neckRadius  = 3
	pocketShare = 1500 // parts smaller than one in so many of the picture are let be
	insideShare = 10   // a pocket is judged when one in so many of its pixels is off its edge
	evenRough   = 0.9  // levels: a pocket of the backdrop is no rougher than this
	roughTimes  = 1    // and so many times the rim's
)

// closePockets takes back what was reached through a narrow neck and is not as smooth as the backdrop: most likely the product, whose edge is faint there.
func (g *ground) closePockets() {
	reached := g.known(backdrop, shadow)
	seen := g.open(reached)
	limit := evenRough + mul(roughTimes, medianAt(g.rough, rimOf(g.pic)))
	for start := range reached {
		if seen[start] || !reached[start] {
			continue
		}
		part := g.part(start, seen, reached)
		inside := g.inside(part, reached)
		if len(part) < len(reached)/pocketShare || len(inside) < max(1, len(part)/insideShare) || medianAt(g.rough, inside) <= limit {
			continue
		}
		for _, i := range part {
			g.kind[i] = closed
		}
	}
}

// inside is what of a part is far enough from its edge for its roughness to be its own.
func (g *ground) inside(part []int, reached []bool) []int {
	var inside []int
	for _, i := range part {
		x, y := i%g.pic.w, i/g.pic.w
		if x >= roughReach && y >= roughReach && x < g.pic.w-roughReach && y < g.pic.h-roughReach &&
			reached[i-roughReach] && reached[i+roughReach] && reached[i-roughReach*g.pic.w] && reached[i+roughReach*g.pic.w] {
			inside = append(inside, i)
		}
	}
	return inside
}

// open marks what is connected with the sides of the picture by more than a neck.
func (g *ground) open(reached []bool) []bool {
	w, h := g.pic.w, g.pic.h
	wide := inverse(spread(inverse(reached), w, h, neckRadius))
	open := make([]bool, len(wide))
	for i, ok := range wide {
		x, y := i%w, i/w
		if ok && (x <= neckRadius || y <= neckRadius || x >= w-1-neckRadius || y >= h-1-neckRadius) {
			g.part(i, open, wide)
		}
	}
	return spread(open, w, h, neckRadius+1)
}

// part is all of mask that is connected with a pixel and was not seen before. It is marked as seen.
func (g *ground) part(start int, seen, mask []bool) []int {
	if seen[start] {
		return nil
	}
	seen[start] = true
	part := []int{start}
	for n := 0; n < len(part); n++ {
		for _, j := range g.neighbours(part[n]) {
			if j >= 0 && mask[j] && !seen[j] {
				seen[j] = true
				part = append(part, j)
			}
		}
	}
	return part
}

func medianAt(v []float32, at []int) float32 {
	values := make([]float32, len(at))
	for i, j := range at {
		values[i] = v[j]
	}
	slices.Sort(values)
	return values[len(values)/2]
}
