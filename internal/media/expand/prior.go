package expand

// How strongly the layout of the picture holds, in levels for a distance of the whole picture: sky keeps to sky, ground to ground. And what the most
// salient source costs, in levels.
const (
	layoutY   = 120.0
	layoutX   = 70.0
	shunLevel = 10.0
)

// prior is what a source costs beside its differences: how far it lies from the home of what it is copied to, how salient it is, and how it looks.
type prior struct {
	byX, byY []int32 // by distance in pixels
	shun     []int32 // by source
	owners   owners
	guide    guide
}

// newPrior makes the prior of a level, which counts from 0.
func newPrior(v *level, s salience, c *canvas, i int) prior {
	p := prior{byX: costs(layoutX, v.known.Dx(), v.w), byY: costs(layoutY, v.known.Dy(), v.h), shun: make([]int32, v.w*v.h), owners: newOwners(v), guide: newGuide(v, i)}
	for y := v.sources.Min.Y; y < v.sources.Max.Y; y++ {
		for x := v.sources.Min.X; x < v.sources.Max.X; x++ {
			fx := c.known.Min.X + (x-v.known.Min.X)*c.known.Dx()/v.known.Dx()
			fy := c.known.Min.Y + (y-v.known.Min.Y)*c.known.Dy()/v.known.Dy()
			salient := shunLevel * s.at(fx, fy)
			p.shun[y*v.w+x] = int32(samples * salient * salient)
		}
	}
	return p
}

// costs are the costs of distances up to n, weight levels for a distance of size.
func costs(weight float64, size, n int) []int32 {
	out := make([]int32, n)
	for d := range out {
		levels := weight * float64(d) / float64(size)
		out[d] = int32(samples * levels * levels)
	}
	return out
}

// of is what painting a pixel like another costs, target and source being their indexes, homes being where the pixel is at home.
func (p *prior) of(target, x, y, homeX, homeY int, q pair, source int) int32 {
	away := max(distance(x, homeX), distance(y, homeY))
	return p.guide.of(target, source) + p.owners.repeated(x, y, away, q) + p.byX[distance(homeX, int(q.x))] + p.byY[distance(homeY, int(q.y))] + p.shun[source]
}

// distance is |a-b|.
func distance(a, b int) int {
	if a < b {
		return b - a
	}
	return a - b
}
