package sim

import "slices"

// Checkpoint is a measurement after so many impressions, from click probabilities and so free of the clicks' noise.
type Checkpoint struct {
	Impressions int     `json:"impressions"`
	Cumulative  float64 `json:"cumulative_percent_of_optimal"` // percent of the best possible clicks since the start
	LastTenth   float64 `json:"last_tenth_percent_of_optimal"` // the same over the last tenth
	Capture     float64 `json:"capture_last_tenth"`            // last tenth: 0 as uniform, 1 as the best possible
	Regret      float64 `json:"regret"`                        // expected clicks lost since the start
	Cells       float64 `json:"cells"`                         // counters that are not empty
}

// trace sums expected clicks; index t of a sum is after t impressions.
type trace struct {
	legal           int // combinations that may be shown
	got, best, even []float64
	cells           []int
	highest, mean   []float64 // click probability of each segment's best combination, and of even rotation
}

// newTrace starts the sums in a table of what impressions are worth, of which so many combinations are legal and the others 0.
func newTrace(table [][]float64, legal int) *trace {
	t := &trace{legal: legal, got: []float64{0}, best: []float64{0}, even: []float64{0}, cells: []int{0}}
	t.change(table)
	return t
}

// change takes the yardsticks from another table.
func (s *trace) change(table [][]float64) {
	s.highest, s.mean = nil, nil
	for _, line := range table {
		sum := 0.0
		for _, p := range line {
			sum += p
		}
		s.highest = append(s.highest, slices.Max(line))
		s.mean = append(s.mean, sum/float64(s.legal))
	}
}

// add counts one impression with the click probability that it got; so many counters were not empty before it.
func (s *trace) add(segment int, got float64, cells int) {
	s.cells = append(s.cells, cells)
	push := func(sums *[]float64, x float64) { *sums = append(*sums, (*sums)[len(*sums)-1]+x) }
	push(&s.got, got)
	push(&s.best, s.highest[segment])
	push(&s.even, s.mean[segment])
}

// at measures after t impressions.
func (s *trace) at(t int) Checkpoint {
	from := t - t/10
	got, best, even := s.got[t]-s.got[from], s.best[t]-s.best[from], s.even[t]-s.even[from]
	c := Checkpoint{
		Impressions: t,
		Cumulative:  100 * s.got[t] / s.best[t],
		LastTenth:   100 * got / best,
		Regret:      s.best[t] - s.got[t],
		Cells:       float64(s.cells[t]),
	}
	if best > even*(1+1e-9) {
		c.Capture = (got - even) / (best - even)
	}
	return c
}
