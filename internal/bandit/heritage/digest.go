package heritage

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/bandit"
)

// leastClicks is how many clicks an ad must have to teach anything but its rate.
const leastClicks = 20

// sweeps is how often the factors of an ad are adjusted to each other.
const sweeps = 8

// score is how many clicks something got and how many it would have got if it were like the average of its group.
type score struct{ observed, expected float64 }

// digest is an ad boiled down to what teaches about others.
type digest struct {
	slots                            []Slot
	impressions, clicks, conversions float64
	mains                            [][]score // per slot and asset; expected without the asset's own effect
	pairs                            []table   // of two slots; expected with the effects of both assets
	contexts                         [][]score // per attribute and value
	crosses                          []table   // of an attribute and a slot
}

// table is scores of all combinations of two factors, the second fastest, with the relative spread that is expected of them.
type table struct {
	scores  []score
	rows    int
	columns int
	slots   [2]int // of the two factors; -1 for an attribute
}

// row is what came of one combination in one context, the levels of its factors (slots, then attributes) numbered.
type row struct {
	levels   []int32
	clicks   float64
	expected float64 // impressions × the mean rate
}

// newDigest boils an ad down.
func newDigest(ad Ad, believed bandit.Priors) digest {
	a := digest{slots: ad.Slots}
	space := bandit.Space{}
	for _, s := range ad.Slots {
		space.Sizes = append(space.Sizes, len(s.Assets))
	}
	if rows, sizes := a.count(space, ad.Cells); a.clicks >= leastClicks {
		a.adjust(rows, sizes, believed)
	}
	return a
}

// count sums the cells over days into rows, in an order that does not depend on that of the cells, and tells how many levels each factor has.
func (a *digest) count(space bandit.Space, cells []bandit.Cell) (rows []row, sizes []int) {
	type key struct {
		signature   bandit.Signature
		combination int
	}
	type tally struct{ impressions, clicks int64 }
	var impressions, clicks, conversions int64
	sums := map[key]tally{}
	for _, c := range cells {
		k := key{c.Signature, c.Combination}
		t := sums[k]
		c.Clicks = min(c.Clicks, c.Impressions)
		sums[k] = tally{t.impressions + c.Impressions, t.clicks + c.Clicks}
		impressions, clicks, conversions = impressions+c.Impressions, clicks+c.Clicks, conversions+c.Conversions
	}
	a.impressions, a.clicks, a.conversions = float64(impressions), float64(clicks), float64(min(conversions, clicks))
	keys, attributes := make([]key, 0, len(sums)), 0
	for k := range sums {
		keys, attributes = append(keys, k), max(attributes, 1+strings.Count(string(k.signature), "|"))
	}
	slices.SortFunc(keys, func(x, y key) int {
		return cmp.Or(cmp.Compare(x.signature, y.signature), cmp.Compare(x.combination, y.combination))
	})
	sizes = append(slices.Clone(space.Sizes), make([]int, attributes)...)
	values := make([]map[string]int32, attributes)
	slots := make([]uint8, len(space.Sizes))
	for _, k := range keys {
		t := sums[k]
		r := row{clicks: float64(t.clicks), expected: float64(t.impressions) * a.clicks / max(1, a.impressions)}
		for _, s := range space.Slots(k.combination, slots) {
			r.levels = append(r.levels, int32(s))
		}
		rest := string(k.signature)
		for i := range values { // a signature from before there were so many attributes does not know the last
			var v string
			v, rest, _ = strings.Cut(rest, "|")
			if values[i] == nil {
				values[i] = map[string]int32{}
			}
			level, known := values[i][v]
			if !known {
				level = int32(len(values[i]))
				values[i][v] = level
				sizes[len(space.Sizes)+i]++
			}
			r.levels = append(r.levels, level)
		}
		rows = append(rows, r)
	}
	return rows, sizes
}

// adjust finds the scores: the effects of all assets and context values are fitted together (iterative proportional fitting of a
// log-linear model, each effect shrunk as its spread is believed to be), so that an asset is not credited with what it was shown with.
func (a *digest) adjust(rows []row, sizes []int, believed bandit.Priors) {
	slots := len(a.slots)
	effects := make([][]float64, len(sizes))
	for f, n := range sizes {
		effects[f] = make([]float64, n)
		for i := range effects[f] {
			effects[f][i] = 1
		}
	}
	scores := make([][]score, len(sizes))
	for range sweeps {
		for f, n := range sizes {
			sd := 2 * believed.Main // wide, as what a shrunk asset leaves over would look like pairs
			if f >= slots {
				sd = believed.Context
			}
			scores[f] = margin(rows, effects, f, n)
			for i, s := range scores[f] {
				effects[f][i] = (s.observed + 1/(sd*sd)) / (s.expected + 1/(sd*sd))
			}
		}
	}
	for f, n := range sizes {
		scores[f] = balanced(margin(rows, effects, f, n))
	}
	a.mains, a.contexts = scores[:slots], scores[slots:]
	for f := range sizes {
		for g := f + 1; g < len(sizes); g++ {
			if f < slots && g < slots {
				a.pairs = append(a.pairs, cross(rows, effects, f, g, slots))
			} else if f < slots {
				a.crosses = append(a.crosses, cross(rows, effects, f, g, slots))
			}
		}
	}
}

// predict is the clicks expected of a row with all effects but that of factor f; f may be -1.
func (r *row) predict(effects [][]float64, f int) float64 {
	e := r.expected
	for g, level := range r.levels {
		if g != f {
			e *= effects[g][level]
		}
	}
	return e
}

// margin is the scores of the levels of one factor, given the effects of all others.
func margin(rows []row, effects [][]float64, f, n int) []score {
	scores := make([]score, n)
	for i := range rows {
		s := &scores[rows[i].levels[f]]
		s.observed += rows[i].clicks
		s.expected += rows[i].predict(effects, f)
	}
	return scores
}

// cross is the scores of the pairs of levels of two factors, given the effects of all.
func cross(rows []row, effects [][]float64, f, g, slots int) table {
	t := table{rows: len(effects[f]), columns: len(effects[g]), slots: [2]int{f, g}}
	if g >= slots {
		t.slots[1] = -1
	}
	t.scores = make([]score, t.rows*t.columns)
	for i := range rows {
		s := &t.scores[int(rows[i].levels[f])*t.columns+int(rows[i].levels[g])]
		s.observed += rows[i].clicks
		s.expected += rows[i].predict(effects, -1)
	}
	t.scores = balanced(t.scores)
	return t
}

// balanced scales what is expected to the sum of what was observed.
func balanced(scores []score) []score {
	observed, expected := 0.0, 0.0
	for _, s := range scores {
		observed, expected = observed+s.observed, expected+s.expected
	}
	for i := range scores {
		scores[i].expected *= observed / math.Max(expected, 1e-9)
	}
	return scores
}
