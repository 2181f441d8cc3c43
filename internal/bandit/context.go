package bandit

import (
	"cmp"
	"slices"
	"strings"
)

// contexts numbers the values of the context attributes that have effects of their own. Numbers run over all attributes, and within
// one attribute by falling impressions, so that a shared number (the rarest values together) is its last.
type contexts struct {
	known []map[string]int32 // per attribute: value → number
	count []int              // per attribute: numbers
	size  int                // numbers in all
}

// seenValue is a value of one attribute with its impressions.
type seenValue struct {
	attribute   int
	value       string
	impressions int64
}

// A fit takes time by the cube of its coefficients, and all ads of a server share one learner: the more coefficients the slots have, the
// fewer context values have effects of their own, but never fewer than leastValues.
const (
	mostCoefficients = 700
	leastValues      = 4
)

// contextValues is how many context values of their own a space leaves room for, at most limit.
func (s Space) contextValues(limit int) int {
	assets, coefficients := 0, 1
	for _, n := range s.Sizes {
		coefficients += n * (1 + assets) // its assets, and their pairs with those of the slots before
		assets += n
	}
	return min(limit, max(leastValues, (mostCoefficients-coefficients)/(1+assets)))
}

// newContexts numbers the values found in cells, at most limit with numbers of their own besides one shared number per attribute.
func newContexts(attributes int, weights map[Signature]int64, limit int) contexts {
	seen := countValues(attributes, weights)
	slices.SortFunc(seen, func(a, b seenValue) int {
		return cmp.Or(cmp.Compare(b.impressions, a.impressions), cmp.Compare(a.attribute, b.attribute), strings.Compare(a.value, b.value))
	})
	rank := map[seenValue]int{}
	for i, v := range seen {
		rank[v] = i
	}
	slices.SortStableFunc(seen, func(a, b seenValue) int { return cmp.Compare(a.attribute, b.attribute) })
	c := contexts{known: make([]map[string]int32, attributes), count: make([]int, attributes)}
	for a := range c.known {
		c.known[a] = map[string]int32{}
	}
	shared := make([]int32, attributes) // 1 + number
	for _, v := range seen {
		if rank[v] >= limit && shared[v.attribute] > 0 {
			c.known[v.attribute][v.value] = shared[v.attribute] - 1
			continue
		}
		c.known[v.attribute][v.value] = int32(c.size)
		c.size++
		c.count[v.attribute]++
		if rank[v] >= limit {
			shared[v.attribute] = int32(c.size)
		}
	}
	return c
}

// countValues adds up impressions per attribute and value.
func countValues(attributes int, weights map[Signature]int64) []seenValue {
	counts := make([]map[string]int64, attributes)
	for a := range counts {
		counts[a] = map[string]int64{}
	}
	for sig, n := range weights {
		rest := string(sig)
		for a := range counts {
			var value string
			value, rest, _ = strings.Cut(rest, "|")
			counts[a][value] += n
		}
	}
	var seen []seenValue
	for a, values := range counts {
		for value, n := range values {
			seen = append(seen, seenValue{a, value, n})
		}
	}
	return seen
}

// values is the numbers of a signature's values, one per attribute; -1 for a value without data.
func (c contexts) values(sig Signature) []int32 {
	var numbers []int32
	rest := string(sig)
	for _, known := range c.known {
		var value string
		value, rest, _ = strings.Cut(rest, "|")
		v, ok := known[value]
		if !ok {
			v = -1
		}
		numbers = append(numbers, v)
	}
	return numbers
}
