package expand

import "math"

// vote says how the patches that overlap at a pixel are weighted.
type vote struct {
	variance float64 // of a sample, in squared levels: how fast a patch that fits worse counts less
	round    int     // patches count whose centres lie within the square root of this many pixels; 0 is all
}

// Energies are 1/energyUnit of a power of e; beyond energyEnd a patch does not count.
const (
	energyUnit = 32
	energyEnd  = 12 * energyUnit
)

// far is the distance from what is known up to which patches count less the farther they are, by 1.3 for each pixel: what is sure spreads.
const far = 20

// weights are 2^16 times e to the power of minus an energy.
func weights() (table [energyEnd]int64) {
	for e := range table {
		table[e] = int64(65536*math.Exp(-float64(e)/energyUnit) + 0.5)
	}
	return table
}

// energies says of each target how poorly it fits and how far from what is known it lies.
func (v *level) energies(o vote, from, to int, energy []int32) {
	per := energyUnit / (2 * o.variance * samples)
	step := math.Log(1.3) * energyUnit
	v.targets(from, to, func(y, x0, x1 int) {
		for x := x0; x < x1; x++ {
			t := v.target(x, y)
			at := int(t.q.y)*v.w + int(t.q.x)
			fit := t.cost - v.prior.of(t.index, x, y, t.homeX, t.homeY, t.q, at)
			away := min(far, max(distance(x, t.homeX), distance(y, t.homeY)))
			energy[t.index] = int32(float64(fit)*per) + int32(float64(away)*step)
		}
	})
}

// paint gives each hidden pixel of some rows the mean of what the patches over it show there.
func (v *level) paint(o vote, from, to int, energy []int32, table *[energyEnd]int64) {
	around := o.offsets(v.w)
	for y := from; y < to; y++ {
		for x := 0; x < v.w; x++ {
			if y >= v.known.Min.Y && y < v.known.Max.Y && x == v.known.Min.X {
				x = v.known.Max.X - 1
				continue
			}
			v.paintPixel(x, y, around, energy, table)
		}
	}
}

// offset is the way from a pixel to the centre of a patch that covers it.
type offset struct{ dx, dy, index int }

// offsets are the ways to all patches that count.
func (o vote) offsets(stride int) []offset {
	var all []offset
	for dy := -reach; dy <= reach; dy++ {
		for dx := -reach; dx <= reach; dx++ {
			if o.round == 0 || dx*dx+dy*dy <= o.round {
				all = append(all, offset{dx, dy, dy*stride + dx})
			}
		}
	}
	return all
}

// paintPixel weighs twice: what fits best sets the scale, so that a pixel where all fit poorly is no mush either.
func (v *level) paintPixel(x, y int, around []offset, energy []int32, table *[energyEnd]int64) {
	i, inner := y*v.w+x, v.inner
	border := x < inner.Min.X+reach || x >= inner.Max.X-reach || y < inner.Min.Y+reach || y >= inner.Max.Y-reach
	best := int32(math.MaxInt32)
	for _, o := range around {
		if border && (x+o.dx < inner.Min.X || x+o.dx >= inner.Max.X || y+o.dy < inner.Min.Y || y+o.dy >= inner.Max.Y) {
			continue
		}
		best = min(best, energy[i+o.index])
	}
	var r, g, b, sum int64
	for _, o := range around {
		if border && (x+o.dx < inner.Min.X || x+o.dx >= inner.Max.X || y+o.dy < inner.Min.Y || y+o.dy >= inner.Max.Y) {
			continue
		}
		e := energy[i+o.index] - best
		if e >= energyEnd {
			continue
		}
		q, weight := v.q[i+o.index], table[e]
		from := 4 * ((int(q.y)-o.dy)*v.w + int(q.x) - o.dx)
		p := v.pix[from : from+3 : from+3]
		r, g, b, sum = r+weight*int64(p[0]), g+weight*int64(p[1]), b+weight*int64(p[2]), sum+weight
	}
	if sum == 0 {
		return
	}
	p := v.pix[4*i : 4*i+4 : 4*i+4]
	p[0], p[1], p[2], p[3] = uint8((r+sum/2)/sum), uint8((g+sum/2)/sum), uint8((b+sum/2)/sum), 255
}
