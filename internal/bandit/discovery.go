package bandit

import (
	"cmp"
	"slices"
)

// discover marks the hypotheses that are rejected when the expected share of false ones among them, at whatever time one looks, is to be at most
// level: e-BH of Wang and Ramdas (2022), which holds however the e-values depend on each other. Values are e-values times
// weights whose mean is 1.
func discover(values []float64, level float64) []bool {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(values[b], values[a]) })
	rejected := make([]bool, len(values))
	for k := len(order); k > 0; k-- {
		if values[order[k-1]]*float64(k)*level >= float64(len(values)) {
			for _, i := range order[:k] {
				rejected[i] = true
			}
			break
		}
	}
	return rejected
}

// granted joins families of findings with their e-values, weighted so that the first family is granted as much of what may be wrong as all others
// together, which share it evenly. A family without findings needs nothing.
func granted(first []*Finding, others ...[]*Finding) (all []*Finding, values []float64) {
	others = slices.DeleteFunc(others, func(family []*Finding) bool { return len(family) == 0 })
	families, shares := others, make([]float64, len(others))
	for i := range shares {
		shares[i] = 1 / float64(len(others))
	}
	if len(first) > 0 {
		families, shares = append(families, first), append(shares, 1)
	}
	total := 0.0
	for i, family := range families {
		all = append(all, family...)
		total += shares[i]
	}
	for i, family := range families {
		for _, x := range family {
			values = append(values, x.E*shares[i]/total*float64(len(all))/float64(len(family)))
		}
	}
	return all, values
}
