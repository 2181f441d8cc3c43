package world

import (
	"fmt"
	"strings"
	"text/tabwriter"
)

// Truth is a world in figures, to be printed beside what was learnt of it.
type Truth struct {
	Seed     uint64         `json:"seed"`
	Slots    []Slot         `json:"slots"`
	Pair     Pair           `json:"pair"` // the two assets that only work together
	Segments []SegmentTruth `json:"segments"`
}

// SegmentTruth is what is true of one segment. Rates are probabilities.
type SegmentTruth struct {
	Segment
	Best        []int   `json:"best"`           // asset of each slot
	BestClick   float64 `json:"best_click"`     // clicks per impression of the best combination
	BestBuy     float64 `json:"best_buy"`       // purchases per click of it
	BestRate    float64 `json:"best_rate"`      // purchases per impression of it
	UniformRate float64 `json:"uniform_rate"`   // purchases per impression of uniform rotation
	PairRate    float64 `json:"pair_rate"`      // mean over the combinations that show the whole pair
	HalfRate    float64 `json:"half_pair_rate"` // mean over those that show one of the two
}

// Truth writes down what is otherwise only felt.
func (w *World) Truth() Truth {
	t := Truth{Seed: w.seed, Slots: w.slots, Pair: w.pair}
	for i, s := range w.segments {
		best, rate := w.Best(i)
		click, buy := w.Rates(i, best)
		_, one, both := w.byPair(i)
		t.Segments = append(t.Segments, SegmentTruth{
			Segment: s, Best: best, BestClick: click, BestBuy: buy, BestRate: rate, UniformRate: w.Uniform(i), PairRate: both, HalfRate: one,
		})
	}
	return t
}

// byPair is the mean rate of a segment's combinations by how many assets of the pair they show.
func (w *World) byPair(segment int) (none, one, both float64) {
	var sum, n [3]float64
	for k := range w.click[segment] {
		slots, has := w.combination(k), 0
		for _, p := range []Place{w.pair.A, w.pair.B} {
			if slots[p.Slot] == p.Asset {
				has++
			}
		}
		sum[has] += w.rate(segment, k)
		n[has]++
	}
	return sum[0] / max(1, n[0]), sum[1] / max(1, n[1]), sum[2] / n[2]
}

// String is the truth as a table of purchases per impression; the best combination's are its clicks times the purchases after one.
func (t Truth) String() string {
	var text strings.Builder
	table := tabwriter.NewWriter(&text, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "people\tshare\tbest = clicks × buys\tall evenly\twhole pair\thalf of it")
	for _, s := range t.Segments {
		fmt.Fprintf(table, "%s\t%.0f %%\t%.2f %% = %.1f %% × %.1f %%\t%.2f %%\t%.2f %%\t%.2f %%\n", s.Name, 100*s.Share,
			100*s.BestRate, 100*s.BestClick, 100*s.BestBuy, 100*s.UniformRate, 100*s.PairRate, 100*s.HalfRate)
	}
	_ = table.Flush() // a Builder does not fail
	return text.String()
}
