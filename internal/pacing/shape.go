package pacing

import "math"

// Shape is how a day's traffic is spread over its quarter hours by the clock on the wall; it sums to 1.
type Shape [Quarters]float64

// UsualShape is taken as long as nothing is known: lowest at five in the morning, even from ten to six, highest at nine in the evening.
func UsualShape() *Shape {
	s, sum := &Shape{}, 0.0
	hours := [...]float64{50, 35, 25, 20, 18, 18, 24, 36, 50, 62, 70, 74, 76, 76, 74, 73, 74, 77, 82, 90, 98, 100, 90, 70}
	for q := range s {
		at := float64(q)/4 + 0.125 - 0.5 // an hour's figure is that of its middle
		before, part := math.Floor(at), at-math.Floor(at)
		from, to := hours[(int(before)+24)%24], hours[(int(before)+25)%24]
		s[q] = from + part*(to-from)
		sum += s[q]
	}
	for q := range s {
		s[q] /= sum
	}
	return s
}

// Observed is the requests of one past day.
type Observed struct {
	Counts [Quarters]int64
	First  int     // quarter hour in which counting began; those before it are not known
	Weight float64 // against other days
}

// How much must be known of a day so that its shape counts for half, in requests, and what the usual shape counts for beside a day that is
// known well.
const (
	halfKnown   = 1000
	usualWeight = 0.02
)

// ShapeOf is the shape that past days make likely: the mean of theirs, in which that of few requests counts for less, and beside them the
// usual one.
func ShapeOf(days []Observed) *Shape {
	usual, sum := UsualShape(), &Shape{}
	add := func(s *Shape, weight float64) {
		for q := range sum {
			sum[q] += weight * s[q]
		}
	}
	all := usualWeight
	add(usual, usualWeight)
	for i := range days {
		if own, total := days[i].shape(usual); total > 0 {
			weight := days[i].Weight * total / (total + halfKnown)
			add(own, weight)
			all += weight
		}
	}
	for q := range sum {
		sum[q] /= all
	}
	return sum
}

// shape is that of one day, smoothed over the quarter hours around, and how many requests it rests on. What is not known of it is as usual.
func (o *Observed) shape(usual *Shape) (*Shape, float64) {
	var seen, expected float64
	for q := o.First; q < Quarters; q++ {
		seen, expected = seen+float64(o.Counts[q]), expected+usual[q]
	}
	if seen == 0 {
		return nil, 0
	}
	var full, smooth Shape
	total := 0.0
	for q := range full {
		full[q] = float64(o.Counts[q])
		if q < o.First {
			full[q] = seen / expected * usual[q]
		}
		total += full[q]
	}
	for q := range smooth {
		before, after := full[(q+Quarters-1)%Quarters], full[(q+1)%Quarters]
		smooth[q] = (before + 2*full[q] + after) / 4 / total
	}
	return &smooth, seen
}
