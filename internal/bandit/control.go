package bandit

// control shows a small share of the traffic evenly and leaves the rest to another policy, so that what choosing brings can be measured
// against not choosing. It is the policy that decides: the propensities are those of both together.
type control struct {
	Policy
	even  *Rotation
	share float64
}

// NewControl wraps a policy so that with probability share any legal combination is shown; such choices are marked.
func NewControl(inner Policy, even *Rotation, share float64) Policy {
	if share <= 0 {
		return inner
	}
	return control{inner, even, share}
}

// controlSalt keeps the draw of the slice apart from what the policy makes of the same seed, which therefore chooses as it would alone.
const controlSalt = 0x5EED0FC0117401

// Choose draws from the slice or lets the policy choose.
func (c control) Choose(sig Signature, seed uint64) Choice {
	coin := mix(seed ^ controlSalt)
	if unit(coin) < c.share {
		k := c.even.At(below(mix(coin), c.even.size))
		return Choice{Combination: k, Propensity: c.Propensity(sig, k), Control: true}
	}
	choice := c.Policy.Choose(sig, seed)
	choice.Propensity = c.blend(sig, choice.Combination, choice.Propensity)
	return choice
}

// Propensity is the probability of that combination under Choose, by either way.
func (c control) Propensity(sig Signature, combination int) float64 {
	return c.blend(sig, combination, c.Policy.Propensity(sig, combination))
}

// blend is share × even + (1 - share) × inner, written so that it is inner to the last bit when both are equal.
func (c control) blend(sig Signature, combination int, inner float64) float64 {
	return inner + c.share*(c.even.Propensity(sig, combination)-inner)
}
