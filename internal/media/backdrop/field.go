package backdrop

import "math"

// fieldKind is how colours run over the target.
type fieldKind int

const (
	pool    fieldKind = iota // outward from behind the product
	slope                    // along a slanting line
	horizon                  // down a wall to 0.45, over the edge of a table to 0.55, and towards the viewer
)

// unit is the end of a field.
const unit = 1 << 16

// field is where a pixel lies on the way from the first colour to the last, 0 to unit.
func (s stage) field(kind fieldKind) func(x, y int) int {
	switch kind {
	case slope:
		return s.slope()
	case horizon:
		return s.horizon()
	}
	return s.pool()
}

// pool measures the distance from a point a little above the product's middle.
func (s stage) pool() func(x, y int) int {
	cx, cy := float64(s.box.Min.X+s.box.Max.X)/2, float64(s.box.Min.Y+s.box.Max.Y)/2-float64(0.04*float64(s.h))
	rx, ry := max(cx, float64(s.w)-cx), max(cy, float64(s.h)-cy)
	reach := math.Sqrt(float64(rx*rx) + float64(ry*ry))
	return func(x, y int) int {
		dx, dy := float64(x)-cx, float64(y)-cy
		return eased(math.Sqrt(float64(dx*dx)+float64(dy*dy)) / reach)
	}
}

// slope runs from one of the upper corners, at an angle that the seed chooses, to the corner opposite.
func (s stage) slope() func(x, y int) int {
	d := die(s.seed)
	sin, cos := math.Sincos(d.between(0.9, 1.3))
	if d.below(2) == 0 {
		cos = -cos
	}
	across, down := float64(cos*float64(s.w)), float64(sin*float64(s.h))
	least, most := min(0, across), max(0, across)+down
	return func(x, y int) int {
		return int(unit * ((float64(cos*float64(x)) + float64(sin*float64(y)) - least) / (most - least)))
	}
}

// horizon lies behind the product, a little out of focus: above the foot of a tall one, wholly above a low one, which is seen from higher
// up and lies on the table with all its parts.
func (s stage) horizon() func(x, y int) int {
	h := float64(s.h)
	foot := min(float64(s.box.Max.Y), footline*h)
	tall := min(max(float64(s.box.Dy())/float64(s.box.Dx()), 0.75), 1)
	edge := min(max(foot-float64((1.1-float64(2.8*(tall-0.75)))*float64(s.box.Dy())), 0.30*h), 0.70*h)
	soft := 0.006 * h
	return func(_, y int) int {
		d := float64(y) - edge
		switch {
		case d < -soft:
			return int(0.45 * unit * float64(y) / (edge - soft))
		case d < soft:
			return unit*9/20 + eased((d+soft)/(2*soft))/10
		}
		return unit*11/20 + int(0.45*unit*(d-soft)/(h-edge-soft))
	}
}

// eased maps 0 to 1 onto 0 to unit without corners at its ends: smoothstep.
func eased(t float64) int {
	t = min(max(t, 0), 1)
	return int(unit * float64(t*t*(3-2*t)))
}
