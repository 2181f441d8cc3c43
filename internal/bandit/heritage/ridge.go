package heritage

// parts is into how many parts examples are divided to check a model on those that it has not seen.
const parts = 5

// ridge is a weighted linear regression with a mean for every group and a penalty on the squares of the weights (Hoerl and Kennard, 1970).
type ridge struct {
	examples []example
	groups   int
}

// example is a text with the effect that it had, log-odds, in comparison to the others of its group.
type example struct {
	features          []feature
	effect, precision float64
	group             int
}

// solve finds the weights of all features by conjugate gradients, without the groups of one part; -1 leaves none out.
func (r *ridge) solve(penalty float64, part int) []float64 {
	weights := make([]float64, manners+buckets)
	rest := r.pull(r.effects(), part)
	direction := append([]float64(nil), rest...)
	norm := dot(rest, rest)
	enough := 1e-4 * norm
	for i := 0; i < 30 && norm > enough; i++ {
		turned := r.pull(r.predict(direction), part)
		for i, d := range direction {
			turned[i] += penalty * d
		}
		step := norm / dot(direction, turned)
		for i, d := range direction {
			weights[i] += step * d
			rest[i] -= step * turned[i]
		}
		before := norm
		norm = dot(rest, rest)
		for i, d := range direction {
			direction[i] = rest[i] + norm/before*d
		}
	}
	return weights
}

// effects is what was seen of every example, less the mean of its group.
func (r *ridge) effects() []float64 {
	values := make([]float64, len(r.examples))
	for i, e := range r.examples {
		values[i] = e.effect
	}
	return r.center(values)
}

// predict is what weights say of every example, less the mean of its group.
func (r *ridge) predict(weights []float64) []float64 {
	values := make([]float64, len(r.examples))
	for i, e := range r.examples {
		for _, f := range e.features {
			values[i] += weights[f.at] * f.value
		}
	}
	return r.center(values)
}

// center subtracts from values the weighted mean of their group.
func (r *ridge) center(values []float64) []float64 {
	sums, precisions := make([]float64, r.groups), make([]float64, r.groups)
	for i, e := range r.examples {
		sums[e.group] += e.precision * values[i]
		precisions[e.group] += e.precision
	}
	for i, e := range r.examples {
		values[i] -= sums[e.group] / precisions[e.group]
	}
	return values
}

// pull is how much values ask of each weight, without the groups of one part.
func (r *ridge) pull(values []float64, part int) []float64 {
	out := make([]float64, manners+buckets)
	for i, e := range r.examples {
		if e.group%parts == part {
			continue
		}
		for _, f := range e.features {
			out[f.at] += e.precision * values[i] * f.value
		}
	}
	return out
}

// check predicts the groups of each part from the others, and returns the products of predictions with what was seen and with themselves.
func (r *ridge) check(penalty float64) (with, own float64) {
	seen := r.effects()
	for part := range parts {
		predicted := r.predict(r.solve(penalty, part))
		for i, e := range r.examples {
			if e.group%parts == part {
				with += e.precision * predicted[i] * seen[i]
				own += e.precision * predicted[i] * predicted[i]
			}
		}
	}
	return with, own
}

// dot is the inner product.
func dot(a, b []float64) float64 {
	sum := 0.0
	for i, x := range a {
		sum += x * b[i]
	}
	return sum
}
