package backdrop

import (
	"math"

	"github.com/marquetry/marquetry/internal/media/colour"
)

// A recipe is what a style makes of a scheme: colours along a field, and a pattern in inks that differ little from the ground.
type recipe struct {
	field   fieldKind
	stops   []stop
	inks    []colour.OK // differences from the ground beneath
	pattern func(p *plane, s stage)
	mirror  float64 // how much of the product the surface shows again, 0 to 1
}

// A stop is a colour at a place of the field, 0 to 1.
type stop struct {
	at float64
	colour.OK
}

// even spreads colours over the whole field.
func even(colours ...colour.OK) []stop {
	stops := make([]stop, len(colours))
	for i, c := range colours {
		stops[i] = stop{float64(i) / float64(len(colours)-1), c}
	}
	return stops
}

// recipe looks a style up; turns of hue are degrees. Each style keeps to its own lightness and hue, so that the variants of one product
// differ. Unknown styles are painted as Tint.
func (s scheme) recipe(style Style) recipe {
	switch style {
	case Solid, Analogous, Complement, Radial:
		return s.plain(style)
	case Table, Sweep:
		return s.surface(style)
	case Dots, Diagonals, Terrazzo, Arcs, Disc:
		return s.patterned(style)
	}
	return recipe{field: pool, stops: even(s.at(0.955, 0.016, 0), s.at(0.925, 0.026, 0))}
}

// plain are the gradients, and the solid, which has a slight one so that it looks lit.
func (s scheme) plain(style Style) recipe {
	switch style {
	case Solid:
		c := s.at(0.74, 0.095, 0)
		if len(s.brand) > 0 {
			c = s.brand[0]
		}
		return recipe{field: pool, stops: even(colour.OK{L: c.L + 0.006, A: c.A, B: c.B}, colour.OK{L: c.L - 0.014, A: c.A, B: c.B})}
	case Analogous:
		return recipe{field: slope, stops: even(s.at(0.94, 0.035, -30), s.at(0.88, 0.055, 0), s.at(0.80, 0.075, 30))}
	case Complement:
		return recipe{field: slope, stops: even(s.at(0.91, 0.03, 165), s.at(0.74, 0.07, 190))}
	}
	return recipe{field: pool, stops: even(s.at(0.955, 0.025, 70), s.at(0.89, 0.05, 80), s.at(0.79, 0.065, 90))}
}

// surface are those that a product stands on.
func (s scheme) surface(style Style) recipe {
	if style == Table {
		wall, floor := s.at(0.885, 0.035, 150), s.at(0.80, 0.05, -12)
		return recipe{field: horizon, mirror: 0.16, stops: []stop{
			{0, s.at(0.865, 0.038, 150)}, {0.45, wall}, {0.55, s.at(0.77, 0.055, -12)}, {1, floor}}}
	}
	turn := s.clear(200)
	if s.dark {
		return recipe{field: pool, mirror: 0.10, stops: even(s.at(0.78, 0.04, turn), s.at(0.70, 0.05, turn), s.at(0.56, 0.055, turn))}
	}
	return recipe{field: pool, mirror: 0.14, stops: even(s.at(0.50, 0.05, turn), s.at(0.40, 0.05, turn+5), s.at(0.28, 0.04, turn+10))}
}

// clear is a turn for deep colours: those that would be olive or brown, which look like dirt there, keep the hue as it is.
func (s scheme) clear(turn float64) float64 {
	if h := math.Mod(s.hue+turn, 360); h > 45 && h < 150 {
		return 0
	}
	return turn
}

// patterned are the quiet patterns.
func (s scheme) patterned(style Style) recipe {
	switch style {
	case Dots:
		return recipe{field: pool, stops: even(s.at(0.90, 0.05, 180), s.at(0.875, 0.055, 182)), inks: []colour.OK{{L: 0.04}}, pattern: dots}
	case Diagonals:
		return recipe{field: pool, stops: even(s.at(0.85, 0.06, -65), s.at(0.82, 0.065, -65)), inks: []colour.OK{{L: 0.028}}, pattern: diagonals}
	case Arcs:
		return recipe{field: slope, stops: even(s.at(0.83, 0.055, 115), s.at(0.79, 0.06, 125)), inks: []colour.OK{{L: 0.03}}, pattern: arcs}
	case Disc:
		return recipe{field: pool, stops: even(s.at(0.83, 0.055, 250), s.at(0.79, 0.06, 250)), inks: []colour.OK{{L: 0.06}}, pattern: disc}
	}
	chip := func(l, turn float64) colour.OK { c := s.at(0, 0.035, turn); c.L = l; return c }
	return recipe{field: pool, stops: even(s.at(0.875, 0.02, 190), s.at(0.855, 0.022, 190)), pattern: terrazzo,
		inks: []colour.OK{chip(-0.045, 0), chip(-0.04, 40), chip(-0.05, 180), chip(0.04, 0)}}
}
