package backdrop

import "github.com/marquetry/marquetry/internal/media/colour"

// steps is how many colours of a ramp are computed; those between are interpolated.
const steps = 128

// A ramp is colours along a field, 16 bits a channel.
type ramp [steps + 2][3]int32

// newRamp computes the colours, each shifted by an ink's difference and by a lift of lightness.
func newRamp(stops []stop, ink colour.OK, lift float64) *ramp {
	var r ramp
	for i := range r {
		c := along(stops, min(float64(i)/steps, 1))
		c = lifted(c, lift)
		deep := colour.OK{L: c.L + ink.L, A: c.A + ink.A, B: c.B + ink.B}.Deep()
		r[i] = [3]int32{int32(deep[0]), int32(deep[1]), int32(deep[2])}
	}
	return &r
}

// along finds the colour between two stops.
func along(stops []stop, t float64) colour.OK {
	for i := 1; i < len(stops); i++ {
		if a, b := stops[i-1], stops[i]; t <= b.at {
			return a.Between(b.OK, (t-a.at)/(b.at-a.at))
		}
	}
	return stops[len(stops)-1].OK
}

// at is the colour at a place of the field, 0 to unit.
func (r *ramp) at(t int) [3]int32 {
	t = min(max(t, 0), unit) * steps
	i, f := t/unit, int32(t%unit>>4) // 12 bits
	a, b := &r[i], &r[i+1]
	return [3]int32{a[0] + (b[0]-a[0])*f>>12, a[1] + (b[1]-a[1])*f>>12, a[2] + (b[2]-a[2])*f>>12}
}

// A ground is a backdrop that can be asked for the colour of each pixel.
type ground struct {
	field func(x, y int) int
	base  *ramp
	inks  []*ramp
	plane *plane // nil without a pattern
	light *light
}

// tone gives a ground the colours of a recipe at a lift of lightness.
func (g *ground) tone(r recipe, lift float64) {
	g.base, g.inks = newRamp(r.stops, colour.OK{}, lift), nil
	for _, ink := range r.inks {
		if lift != 0 && ink.L > 0 && r.stops[0].L+lift > lightest-0.05 {
			ink.L = -ink.L // there is no room for lighter inks
		}
		g.inks = append(g.inks, newRamp(r.stops, ink, lift))
	}
}

// at is the backdrop with its shadow, 16 bits a channel.
func (g *ground) at(x, y int) [3]int32 {
	t := g.field(x, y)
	c := g.base.at(t)
	if g.plane != nil {
		if ink, cover := g.plane.at(x, y); cover > 0 {
			over := g.inks[ink].at(t)
			for i := range c {
				c[i] += (over[i] - c[i]) * cover / 255
			}
		}
	}
	ratio := g.light.at(x, y)
	for i := range c {
		c[i] = min(c[i]*ratio>>lightBits, 65535)
	}
	return c
}
