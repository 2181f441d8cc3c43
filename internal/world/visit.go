package world

import (
	"math/rand/v2"
	"strconv"

	"github.com/marquetry/marquetry/client"
)

// Visit is one person coming by once, with every chance of that moment already drawn: what is shown decides, not when or by whom it
// is computed. Visits of the same world, number of people and index are the same.
type Visit struct {
	Segment   int
	Viewer    client.Viewer
	Placement string
	click     float64 // clicks if below the click rate
	buy       float64 // buys if below the purchase rate
	basket    int64   // what a purchase is worth, in minor units
}

// Visit draws the visit with that index out of a population of so many people.
func (w *World) Visit(index, people int) Visit {
	rng := w.stream(streamVisits, index)
	person := rng.IntN(people)
	segment, viewer := w.Viewer(w.stream(streamPeople, person))
	viewer.ID = "person-" + strconv.Itoa(person)
	baskets := [...]int64{1400, 1800, 2400, 3200, 4800}
	return Visit{
		Segment: segment, Viewer: viewer, Placement: pick(rng, w.segments[segment].Placements),
		click: rng.Float64(), buy: rng.Float64(), basket: baskets[rng.IntN(len(baskets))],
	}
}

// stream is the random numbers of one person or visit. PCG is seeded with the index mixed (splitmix64's finaliser), because neighbouring
// states begin alike.
func (w *World) stream(purpose uint64, index int) *rand.Rand {
	x := uint64(index) + purpose
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return rand.New(rand.NewPCG(w.seed, x^x>>31))
}

// Reaction says what the person does when shown a combination: nothing, click, or click and buy for so many minor units.
func (w *World) Reaction(v Visit, slots []int) (clicked, bought bool, basket int64) {
	click, buy := w.Rates(v.Segment, slots)
	clicked = v.click < click
	bought = clicked && v.buy < buy
	if bought {
		basket = v.basket
	}
	return clicked, bought, basket
}
