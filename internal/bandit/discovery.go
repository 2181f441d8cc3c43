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
