package deliver

import (
	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/bandit"
)

// explain lists the likeliest combinations, best first, with what is believed of them.
func explain(snapshot *Snapshot, a *ad, model bandit.Model, policy bandit.Policy, signature bandit.Signature) *client.Explanation {
	e := &client.Explanation{Context: string(signature), Snapshot: snapshot.Version()}
	for _, k := range likeliest(policy, signature, a.creative.space.Size()) {
		slots := a.creative.space.Slots(k, make([]uint8, len(a.creative.space.Sizes)))
		c := client.Candidate{CombinationID: a.creative.feed.CombinationID(slots), Propensity: policy.Propensity(signature, k)}
		if model != nil {
			rate := model.Rate(signature, k)
			c.Mean, c.Low, c.High = rate.Mean, rate.Low, rate.High
		}
		e.Candidates = append(e.Candidates, c)
	}
	return e
}

// likeliest numbers the combinations with the highest propensities, best first, the lower number first between equals.
func likeliest(p bandit.Policy, signature bandit.Signature, size int) []int {
	top := make([]int, 0, maxExplained+1)
	chance := make([]float64, 0, maxExplained+1)
	for k := range size {
		c := p.Propensity(signature, k)
		at := len(top)
		if c == 0 {
			continue
		}
		for at > 0 && chance[at-1] < c {
			at--
		}
		if at == maxExplained {
			continue
		}
		top = append(top[:at], append([]int{k}, top[at:]...)...)
		chance = append(chance[:at], append([]float64{c}, chance[at:]...)...)
		top, chance = top[:min(len(top), maxExplained)], chance[:min(len(chance), maxExplained)]
	}
	return top
}
