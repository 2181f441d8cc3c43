package pacing

import "math"

// Shape is how a day's traffic is spread over its quarter hours by the clock on the wall; it sums to 1.
type Shape [Quarters]float64

// UsualShape is taken where nothing is known: lowest at five in the morning, even from ten to six, highest at nine in the evening.
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

// How much must be known of a day so that its shape counts for half, in requests; what the prior shape counts for beside a day that is known well; and
// how many quarter hours before and after one tell of it, which is of use to hours: on a single day they are those of other days by some 5 % only.
const (
	halfKnown   = 1000
	priorWeight = 0.02
	reach       = 3
)

// ShapeOf is the shape that past days make likely: the mean of theirs, in which that of few requests counts for less, and beside them the one that
// would be taken without them.
func ShapeOf(prior *Shape, days []Observed) *Shape {
	sum, all := &Shape{}, priorWeight
	for q, w := range prior {
		sum[q] = priorWeight * w
	}
	for i := range days {
		own, total := days[i].shape(prior)
		weight := days[i].Weight * total / (total + halfKnown)
		for q, w := range own {
			sum[q] += weight * w
		}
		all += weight
	}
	for q := range sum {
		sum[q] /= all
	}
	return sum
}

// shape is that of one day, and how many requests it rests on: the prior one, times how many more there were in the quarter hours around each than it
// says. What is not known of the day is as in the prior one, and so is all of a day without requests.
func (o *Observed) shape(prior *Shape) (*Shape, float64) {
	var seen, expected, all float64
	for q := o.First; q < Quarters; q++ {
		seen, expected = seen+float64(o.Counts[q]), expected+prior[q]
	}
	if seen == 0 {
		return prior, 0
	}
	shape := &Shape{}
	for q := range shape {
		var came, likely float64
		for k := -reach; k <= reach; k++ {
			i, weight := (q+k+Quarters)%Quarters, float64((reach+1)*(reach+1)-k*k)
			likely += weight * prior[i]
			if i < o.First {
				came += weight * prior[i] * seen / expected
			} else {
				came += weight * float64(o.Counts[i])
			}
		}
		shape[q] = prior[q] * came / likely
		all += shape[q]
	}
	for q := range shape {
		shape[q] /= all
	}
	return shape, seen
}
