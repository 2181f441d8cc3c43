package bandit

// marginWork bounds the combinations visited for margins, over all situations; beyond it the average context stands for all.
const marginWork = 16 * 6250

// sum is a weighted sum of rates with its weight.
type sum struct{ rate, weight float64 }

// mean is the mean rate; 0 of nothing.
func (s sum) mean() float64 { return s.rate / max(s.weight, 1e-300) }

// margins are the mean rates at the mode with everything else shown evenly over the legal combinations, contexts weighted as they come.
// A stopped asset is judged in the company of those that are not.
type margins struct {
	all   sum   // over the legal combinations
	asset []sum // counted over all slots, as layout.asset
	pair  []sum // as the coefficients of pairs, from 0
}

// visitor walks all combinations under one situation, slot by slot.
type visitor struct {
	layout  *layout
	heads   [][]float64 // coefficients
	own     [][]float64 // per head: effect of each asset under the situation
	stopped []bool      // per asset
	apart   []bool      // per pair: never shown together
	weight  float64     // of the situation
	chosen  []int       // asset of each slot so far
	margins *margins
}

// margins visits every combination in every situation, or under the average context when that would be too many.
func (m *Logistic) margins() *margins {
	l := m.layout
	found := &margins{asset: make([]sum, l.assets), pair: make([]sum, l.first[groupContext]-l.first[groupPair])}
	v := &visitor{layout: l, heads: m.modes(), chosen: make([]int, len(l.sizes)), margins: found}
	v.stopped, v.apart = m.options.Legal.lists(l)
	for range v.heads {
		v.own = append(v.own, make([]float64, l.assets))
	}
	situations := m.table.situations
	if len(situations)*m.space.Size() > marginWork {
		v.heads, situations = m.average(v.heads), []situation{{impressions: 1}}
	}
	for _, s := range situations {
		v.visit(s)
	}
	return found
}

// lists marks what is not legal: per asset, and per pair in the order of the coefficients. There may be no rules.
func (g *Legal) lists(l *layout) (stopped, apart []bool) {
	stopped, apart = make([]bool, l.assets), make([]bool, l.first[groupContext]-l.first[groupPair])
	if g == nil {
		return stopped, apart
	}
	for f, line := range g.Stopped {
		copy(stopped[l.asset[f]:], line)
	}
	for _, p := range g.Forbidden {
		apart[l.pairAt(p)] = true
	}
	return stopped, apart
}

// pairAt is the place of a pair among the coefficients of pairs.
func (l *layout) pairAt(p Pair) int {
	return l.pair[p.SlotA][p.SlotB] - l.first[groupPair] + p.AssetA*l.sizes[p.SlotB] + p.AssetB
}

// visit adds the rates of all combinations in one situation.
func (v *visitor) visit(s situation) {
	l := v.layout
	v.weight = s.weight()
	var start [2]float64
	for h, c := range v.heads {
		start[h] = c[0]
		copy(v.own[h], c[1:1+l.assets])
		for _, value := range s.values {
			if value < 0 {
				continue
			}
			start[h] += c[l.first[groupContext]+int(value)]
			for a := range v.own[h] {
				v.own[h][a] += c[l.cross(int(value), 0, a)]
			}
		}
	}
	v.descend(0, 0, start)
}

// descend tries every asset of slot f after the choices before it, of which so many are stopped and whose log-odds are eta. More than two
// stopped assets are company for none.
func (v *visitor) descend(f, stopped int, eta [2]float64) {
	l := v.layout
	if f == len(l.sizes) {
		v.leaf(stopped, eta)
		return
	}
next:
	for a := range l.sizes[f] {
		v.chosen[f] = a
		with, count := eta, stopped
		if v.stopped[l.asset[f]+a] {
			count++
		}
		for g, b := range v.chosen[:f] {
			at := l.pair[g][f] + b*l.sizes[f] + a
			if count > 2 || v.apart[at-l.first[groupPair]] {
				continue next
			}
			for h, c := range v.heads {
				with[h] += c[at]
			}
		}
		for h := range v.heads {
			with[h] += v.own[h][l.asset[f]+a]
		}
		v.descend(f+1, count, with)
	}
}

// leaf adds one combination to the sums in which all its other assets are legal.
func (v *visitor) leaf(stopped int, eta [2]float64) {
	l, r := v.layout, v.weight
	for h := range v.heads {
		r *= sigmoid(eta[h])
	}
	add := func(to *sum) { to.rate, to.weight = to.rate+r, to.weight+v.weight }
	if stopped == 0 {
		add(&v.margins.all)
	}
	for f, a := range v.chosen {
		others := stopped
		if v.stopped[l.asset[f]+a] {
			others--
		}
		if others == 0 {
			add(&v.margins.asset[l.asset[f]+a])
		}
		for g, b := range v.chosen[f+1:] {
			g += f + 1
			if others == 0 || others == 1 && v.stopped[l.asset[g]+b] {
				add(&v.margins.pair[l.pairAt(Pair{f, a, g, b})])
			}
		}
	}
}
