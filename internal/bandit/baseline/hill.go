package baseline

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/marquetry/marquetry/internal/bandit"
)

// What Hill et al. leave open or tune: restarts of the climb (their S), draws behind a table, rounds that events are fed in.
const (
	restarts  = 5
	hillDraws = 256
	rounds    = 64
)

// tables bounds the contexts that have a table of their own.
const tables = 32

// hill1 is MVT1 of Hill, Nassif, Liu, Iyer and Vishwanathan (KDD 2017): Thompson sampling on a probit regression of assets, context and
// assets under context.
func hill1(t *task) (*policy, error) { return t.hill(false) }

// hill2 is MVT2: pairs of assets besides.
func hill2(t *task) (*policy, error) { return t.hill(true) }

// hill learns the weights event by event and fills the tables: for each of a number of draws, the combination that hill climbing finds.
func (t *task) hill(pairs bool) (*policy, error) {
	m := newProbit(t, pairs)
	m.learn(t)
	own, _ := t.byContext(tables)
	p := &policy{own: map[bandit.Signature]*spread{}, rest: t.climbed(m, nil)}
	for sig := range own {
		p.own[sig] = t.climbed(m, m.values(sig))
	}
	return p, nil
}

// climbed is the distribution of what hill climbing finds in one context.
func (t *task) climbed(m *probit, values []int) *spread {
	votes, weights := make([]float64, t.space.Size()), make([]float64, t.legal.Size())
	source := rand.New(rand.NewPCG(t.options.Seed, uint64(m.learnt)))
	c := climber{task: t, probit: m, weights: make([]float64, len(m.mean)), slots: make([]uint8, len(t.space.Sizes)), source: source}
	for range hillDraws {
		c.draw(values)
		votes[c.climb()]++
	}
	for i := range weights {
		weights[i] = votes[t.legal.At(i)]
	}
	return t.spread(weights)
}

// probit is the model P(event) = Φ(sum of weights), with an independent Gaussian for each weight.
type probit struct {
	sizes  []int
	main   []int            // first weight of each slot
	pair   [][]int          // first weight of each pair of slots; nil without pairs
	number []map[string]int // per attribute: the weight of a value; those of the assets under it follow
	assets int
	mean   []float64
	square []float64 // variances
	learnt float64   // impressions
}

// newProbit lays the weights out: intercept, assets, pairs, and for each context value itself and the assets under it. The variances
// before any data are those that the default policy believes in, from log-odds to probit by the slopes of both at the believed rate.
func newProbit(t *task, pairs bool) *probit {
	rate, priors := t.believedRate(), t.options.Priors
	at := distuv.UnitNormal.Quantile(rate)
	slope := rate * (1 - rate) / distuv.UnitNormal.Prob(at)
	m := &probit{sizes: t.space.Sizes}
	add := func(n int, deviation float64) (first int) {
		first = len(m.mean)
		m.mean = append(m.mean, make([]float64, n)...)
		for range n {
			m.square = append(m.square, slope*slope*deviation*deviation)
		}
		return first
	}
	add(1, t.options.RateSD)
	m.mean[0] = at
	for _, n := range m.sizes {
		m.main = append(m.main, add(n, priors.Main))
		m.assets += n
	}
	if pairs {
		m.pair = make([][]int, len(m.sizes))
		for f, n := range m.sizes {
			m.pair[f] = make([]int, len(m.sizes))
			for g := f + 1; g < len(m.sizes); g++ {
				m.pair[f][g] = add(n*m.sizes[g], priors.Pair)
			}
		}
	}
	for a, values := range t.contextValues() {
		m.number = append(m.number, map[string]int{})
		for _, v := range values {
			m.number[a][v] = add(1, priors.Context)
			add(m.assets, priors.Cross)
		}
	}
	return m
}

// contextValues lists the values of each attribute that have weights of their own, those with most impressions first.
func (t *task) contextValues() [][]string {
	values := make([][]string, len(t.attributes))
	for a := range values {
		trials := map[string]float64{}
		for _, r := range t.rows {
			if parts := strings.Split(string(r.signature), "|"); a < len(parts) {
				if _, known := trials[parts[a]]; !known {
					values[a] = append(values[a], parts[a])
				}
				trials[parts[a]] += r.trials
			}
		}
		slices.SortStableFunc(values[a], func(x, y string) int { return cmp.Compare(trials[y], trials[x]) })
		values[a] = values[a][:min(len(values[a]), t.options.Values)]
	}
	return values
}

// values is the weights of a context's values; those of unknown values are left out.
func (m *probit) values(sig bandit.Signature) []int {
	var numbers []int
	for a, part := range strings.Split(string(sig), "|") {
		if a < len(m.number) {
			if n, known := m.number[a][part]; known {
				numbers = append(numbers, n)
			}
		}
	}
	return numbers
}

// features lists the weights of a combination under context values.
func (m *probit) features(dst []int, slots []uint8, values []int) []int {
	dst = append(dst, 0)
	for f, a := range slots {
		dst = append(dst, m.main[f]+int(a))
		for g := f + 1; m.pair != nil && g < len(slots); g++ {
			dst = append(dst, m.pair[f][g]+int(a)*m.sizes[g]+int(slots[g]))
		}
	}
	for _, v := range values {
		dst = append(dst, v)
		for f, a := range slots {
			dst = append(dst, v+m.main[f]+int(a)) // the assets under a value stand after it as all assets do after the intercept
		}
	}
	return dst
}

// stream is the events of one row while they are fed in.
type stream struct {
	features        []int
	trials, events  float64
	phase           float64 // 0 … 1: when the first comes; it keeps rows with few events apart
	shown, happened float64 // so far
}

// learn feeds the events in. The update depends on their order, which counts do not tell: every row's events are spread evenly, non-events
// and events alike, over a number of rounds, in each of which the rows come in an order drawn from the seed.
func (m *probit) learn(t *task) {
	source := rand.New(rand.NewPCG(t.options.Seed, rounds))
	streams, slots := make([]*stream, len(t.rows)), make([]uint8, len(t.space.Sizes))
	for i, r := range t.rows {
		features := m.features(nil, t.space.Slots(r.combination, slots), m.values(r.signature))
		streams[i] = &stream{features: features, trials: r.trials, events: math.Round(r.events), phase: source.Float64()}
		m.learnt += r.trials
	}
	source.Shuffle(len(streams), func(i, j int) { streams[i], streams[j] = streams[j], streams[i] })
	for round := 1; round <= rounds; round++ {
		for _, s := range streams {
			upTo := math.Floor(s.trials*float64(round)/rounds + s.phase)
			for s.shown < upTo {
				s.shown++
				happened := math.Floor(s.events*s.shown/s.trials + s.phase)
				m.update(s.features, happened > s.happened)
				s.happened = happened
			}
		}
	}
}

// update is that of adPredictor (Graepel, Candela, Borchert and Herbrich, ICML 2010), with noise of variance 1.
func (m *probit) update(features []int, event bool) {
	sum, variance, y := 0.0, 1.0, -1.0
	for _, i := range features {
		sum, variance = sum+m.mean[i], variance+m.square[i]
	}
	if event {
		y = 1
	}
	deviation := math.Sqrt(variance)
	x := y * sum / deviation
	v := math.Exp(-x*x/2) / (math.Sqrt(math.Pi/2) * math.Erfc(-x/math.Sqrt2))
	if x < -30 { // where both run out of digits
		v = -x
	}
	w := v * (v + x)
	for _, i := range features {
		share := m.square[i] / variance
		m.mean[i] += y * share * deviation * v
		m.square[i] *= 1 - share*w
	}
}
