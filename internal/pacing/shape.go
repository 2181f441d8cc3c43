package pacing

import "math"

// Shape is how a day's traffic is spread over its quarter hours by the clock on the wall; it sums to 1.
type Shape [Quarters]float64

// UsualShape is taken as long as nothing is known: a sine with its low at four in the morning and its high at four in the afternoon, three
// times the low.
func UsualShape() *Shape {
	s := &Shape{}
	for q := range s {
		s[q] = (1 - math.Cos((float64(q)+0.5)/Quarters*2*math.Pi-math.Pi/3)/2) / Quarters
	}
	return s
}
