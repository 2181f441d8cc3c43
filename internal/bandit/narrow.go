package bandit

import "slices"

// Within says what was learnt in a wider space of a narrower one, whose assets are the first of each slot. The others must have been
// stopped, so that every choice lies within.
func (l *Learned) Within(space Space) *Learned {
	if slices.Equal(l.Space.Sizes, space.Sizes) {
		return l
	}
	lens := lens{space, l.Space}
	narrowed := *l
	narrowed.Space, narrowed.Policy, narrowed.Model = space, narrowPolicy{lens, l.Policy}, narrowModel{lens, l.Model}
	if l.Winner >= 0 {
		narrowed.Winner = lens.narrow(l.Winner)
	}
	narrowed.Assets, narrowed.Pairs, narrowed.Segments, narrowed.Parts = nil, nil, nil, nil
	for _, policy := range l.Parts {
		narrowed.Parts = append(narrowed.Parts, narrowPolicy{lens, policy})
	}
	for f, findings := range l.Assets {
		narrowed.Assets = append(narrowed.Assets, findings[:min(len(findings), space.Sizes[f])])
	}
	for _, p := range l.Pairs {
		if p.Pair.AssetA < space.Sizes[p.Pair.SlotA] && p.Pair.AssetB < space.Sizes[p.Pair.SlotB] {
			narrowed.Pairs = append(narrowed.Pairs, p)
		}
	}
	for _, x := range l.Segments {
		if x.Asset < space.Sizes[x.Slot] {
			narrowed.Segments = append(narrowed.Segments, x)
		}
	}
	return &narrowed
}

// lens translates the numbers of combinations between a space and a wider one that begins with its assets.
type lens struct{ small, large Space }

// wide is the number in the large space.
func (n lens) wide(k int) int { return renumber(k, n.small, n.large) }

// narrow is the number in the small space, of a combination that lies in it.
func (n lens) narrow(k int) int { return renumber(k, n.large, n.small) }

// renumber is the number that a combination of one space has in another, in which its assets have the same places.
func renumber(k int, from, to Space) int {
	out, weight := 0, 1
	for f := len(from.Sizes) - 1; f >= 0; f-- {
		out += weight * (k % from.Sizes[f])
		k /= from.Sizes[f]
		weight *= to.Sizes[f]
	}
	return out
}

// narrowPolicy is a policy of the large space that only ever chooses from the small one.
type narrowPolicy struct {
	lens
	policy Policy
}

// Name tells the policy in logs and answers.
func (p narrowPolicy) Name() string { return p.policy.Name() }

// Choose implements Policy.
func (p narrowPolicy) Choose(sig Signature, seed uint64) Choice {
	choice := p.policy.Choose(sig, seed)
	choice.Combination = p.narrow(choice.Combination)
	return choice
}

// Propensity implements Policy.
func (p narrowPolicy) Propensity(sig Signature, combination int) float64 {
	return p.policy.Propensity(sig, p.wide(combination))
}

// narrowModel is a model of the large space, asked about the small one.
type narrowModel struct {
	lens
	model Model
}

// Rate implements Model.
func (m narrowModel) Rate(sig Signature, combination int) Estimate {
	return m.model.Rate(sig, m.wide(combination))
}

// ProbabilityBest implements Model.
func (m narrowModel) ProbabilityBest() []float64 {
	all, best := m.model.ProbabilityBest(), make([]float64, m.small.Size())
	for k := range best {
		best[k] = all[m.wide(k)]
	}
	return best
}

// BestBySignature implements Model.
func (m narrowModel) BestBySignature(sig Signature) int {
	return m.narrow(m.model.BestBySignature(sig))
}

// ValueRemaining implements Model.
func (m narrowModel) ValueRemaining() float64 { return m.model.ValueRemaining() }

// Lift implements Model.
func (m narrowModel) Lift(q float64) float64 { return m.model.Lift(q) }
