package bandit

// expectSegment is the spread, on log-odds, of the tastes that an e-value expects when there are any; see expectAsset.
const expectSegment = 0.10

// SegmentFinding is a finding on an asset under one value of a context attribute: the factor by which it does better there than its effect over
// all values, which are averaged by their share of the impressions on the scale of logarithms, and the level of that value let expect.
type SegmentFinding struct {
	Attribute, Value string
	Slot, Asset      int
	Finding
}

// segmentFindings are the findings on the assets under all context values with names of their own. A slot with one asset, or an attribute with one
// value, has nothing to be compared.
func (q *inquiry) segmentFindings(attributes []string) []SegmentFinding {
	var found []SegmentFinding
	l, c := q.model.layout, q.model.table.contexts
	names := c.names()
	for i, attribute := range attributes {
		for f, n := range l.sizes {
			if c.count[i] < 2 || len(q.open[f]) < 2 {
				continue
			}
			contrasts := q.model.segmentContrasts(i, f, q.open[f])
			subjects := q.subjects(contrasts, nil, expectSegment, func(p *posterior, m []moment) []moment {
				return p.overSpreads(m, l.cross(l.value[i], f, 0), (c.count[i]-1)*(n-1))
			})
			for k, s := range subjects {
				if name := names[l.value[i]+k/n]; name != "" {
					found = append(found, SegmentFinding{attribute, name, f, k % n, s.finding()})
				}
			}
		}
	}
	return found
}

// segmentContrasts are what the values of attribute i add to the effects of the assets of slot f, by value and asset, with means over the values as they come and over the open assets.
func (m *Logistic) segmentContrasts(i, f int, open []int) []contrast {
	l := m.layout
	first, count := l.value[i], m.table.contexts.count[i]
	shares := make([]float64, count)
	total := 0.0
	for v := range shares {
		total += m.table.shares[first+v]
	}
	for v := range shares {
		shares[v] = m.table.shares[first+v] / total
	}
	return interaction(shares, evenly(l.sizes[f], open), func(v, a int) int { return l.cross(first+v, f, a) })
}

// names is what each number stands for; "" for one that several values share, or that stands for an unknown value.
func (c contexts) names() []string {
	names, shared := make([]string, c.size), make([]int, c.size)
	for _, known := range c.known {
		for name, number := range known {
			if shared[number]++; shared[number] > 1 {
				name = ""
			}
			names[number] = name
		}
	}
	return names
}
