package bandit

import (
	"cmp"
	"slices"
)

// Seen is a context with the impressions that it has had.
type Seen struct {
	Signature   Signature
	Impressions int64
}

// MostSeen is at most n contexts of cells, the one with most impressions first.
func MostSeen(cells []Cell, n int) []Seen {
	impressions := map[Signature]int64{}
	for _, c := range cells {
		impressions[c.Signature] += c.Impressions
	}
	seen := make([]Seen, 0, len(impressions))
	for signature, n := range impressions {
		if n > 0 {
			seen = append(seen, Seen{signature, n})
		}
	}
	slices.SortFunc(seen, func(a, b Seen) int {
		return cmp.Or(cmp.Compare(b.Impressions, a.Impressions), cmp.Compare(a.Signature, b.Signature))
	})
	return seen[:min(n, len(seen))]
}

// Propensity is the probability with which the ad's policy shows a combination now, averaged over the contexts most seen by their impressions.
func (l *Learned) Propensity(combination int) float64 {
	sum, weight := 0.0, 0.0
	for _, s := range l.Contexts {
		sum += float64(s.Impressions) * l.Policy.Propensity(s.Signature, combination)
		weight += float64(s.Impressions)
	}
	if weight == 0 {
		return l.Policy.Propensity("", combination)
	}
	return sum / weight
}
