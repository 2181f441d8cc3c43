package bandit

import "math/bits"

// place is where a cell belongs among the others.
type place struct {
	key             uint64 // rises with situation, combination and day
	cell, situation int
}

// order sorts cells by situation, combination and day. There are tens of thousands of them at every fit: sorting by digits takes a
// tenth of the time that comparing takes.
func (t *table) order(cells []Cell) []place {
	places := make([]place, len(cells))
	combinations, first, last := 0, int32(0), int32(0)
	for i, c := range cells {
		if combinations = max(combinations, c.Combination+1); i == 0 {
			first, last = c.Day, c.Day
		}
		first, last = min(first, c.Day), max(last, c.Day)
	}
	days := uint64(int64(last)-int64(first)) + 1
	largest, situation := uint64(0), 0
	for i, c := range cells {
		if i == 0 || c.Signature != cells[i-1].Signature {
			situation = t.bySignature[c.Signature]
		}
		key := (uint64(situation)*uint64(combinations)+uint64(c.Combination))*days + uint64(int64(c.Day)-int64(first))
		places[i] = place{key, i, situation}
		largest = max(largest, key)
	}
	return sortByDigits(places, bits.Len64(largest))
}

// sortByDigits sorts by keys of so many bits and keeps the order of equal ones. It uses the memory of places.
func sortByDigits(places []place, width int) []place {
	const digit = 11
	spare := make([]place, len(places))
	for shift := 0; shift < width; shift += digit {
		var start [1<<digit + 1]int
		for _, p := range places {
			start[p.key>>shift&(1<<digit-1)+1]++
		}
		for d := range 1 << digit {
			start[d+1] += start[d]
		}
		for _, p := range places {
			d := p.key >> shift & (1<<digit - 1)
			spare[start[d]] = p
			start[d]++
		}
		places, spare = spare, places
	}
	return places
}
