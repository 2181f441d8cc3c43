package bandit

import (
	"errors"
	"fmt"
	"slices"
)

// ErrNothingLegal is a set of rules that leaves no combination to show.
var ErrNothingLegal = errors.New("bandit: no combination is legal")

// Rotation is the legal combinations of a space. As a policy it shows them evenly, whatever the context. It is immutable.
type Rotation struct {
	space  Space
	assets [][]uint8 // per slot, those that are not stopped
	listed []int32   // legal combinations, rising; nil when no pair is forbidden and assets say it all
	size   int
}

// NewRotation finds the legal combinations; legal may be nil. The error is [ErrNothingLegal], or says what does not fit the space.
func NewRotation(space Space, legal *Legal) (*Rotation, error) {
	if err := space.Validate(); err != nil {
		return nil, err
	}
	if err := legal.validate(space); err != nil {
		return nil, err
	}
	r := &Rotation{space: space, size: 1}
	for f, n := range space.Sizes {
		open := make([]uint8, 0, n)
		for a := range n {
			if legal == nil || legal.Stopped == nil || !legal.Stopped[f][a] {
				open = append(open, uint8(a))
			}
		}
		r.assets = append(r.assets, open)
		r.size *= len(open)
	}
	if legal != nil && len(legal.Forbidden) > 0 {
		r.list(legal.Forbidden)
	}
	if r.size == 0 {
		return nil, ErrNothingLegal
	}
	return r, nil
}

// list writes down the combinations without a forbidden pair.
func (r *Rotation) list(forbidden []Pair) {
	slots := make([]uint8, len(r.assets))
	listed := make([]int32, 0, r.size)
	for i := range r.size {
		k := r.At(i)
		r.space.Slots(k, slots)
		if !slices.ContainsFunc(forbidden, func(p Pair) bool { return int(slots[p.SlotA]) == p.AssetA && int(slots[p.SlotB]) == p.AssetB }) {
			listed = append(listed, int32(k))
		}
	}
	r.listed, r.size = slices.Clip(listed), len(listed)
}

// Size is the number of legal combinations, at least 1.
func (r *Rotation) Size() int { return r.size }

// At is the i-th legal combination, in the order of their numbers.
func (r *Rotation) At(i int) int {
	if r.listed != nil {
		return int(r.listed[i])
	}
	k, weight := 0, 1
	for f := len(r.assets) - 1; f >= 0; f-- {
		open := r.assets[f]
		k += weight * int(open[i%len(open)])
		i /= len(open)
		weight *= r.space.Sizes[f]
	}
	return k
}

// Has reports whether a combination is legal.
func (r *Rotation) Has(combination int) bool {
	if r.listed != nil {
		_, found := slices.BinarySearch(r.listed, int32(combination))
		return found
	}
	for f := len(r.assets) - 1; f >= 0; f-- {
		if !slices.Contains(r.assets[f], uint8(combination%r.space.Sizes[f])) {
			return false
		}
		combination /= r.space.Sizes[f]
	}
	return true
}

// Name tells the policy in logs and answers.
func (r *Rotation) Name() string { return "uniform" }

// Choose takes any legal combination.
func (r *Rotation) Choose(_ Signature, seed uint64) Choice {
	return Choice{Combination: r.At(below(mix(seed), r.size)), Propensity: 1 / float64(r.size)}
}

// Propensity is one over the number of legal combinations, and 0 for any other.
func (r *Rotation) Propensity(_ Signature, combination int) float64 {
	if !r.Has(combination) {
		return 0
	}
	return 1 / float64(r.size)
}

// validate checks that the rules name slots and assets of the space.
func (l *Legal) validate(space Space) error {
	if l == nil {
		return nil
	}
	if l.Stopped != nil && len(l.Stopped) != len(space.Sizes) {
		return fmt.Errorf("bandit: assets are stopped in %d slots of %d", len(l.Stopped), len(space.Sizes))
	}
	for f, stopped := range l.Stopped {
		if len(stopped) != space.Sizes[f] {
			return fmt.Errorf("bandit: slot %d has %d assets, and rules for %d", f, space.Sizes[f], len(stopped))
		}
	}
	for _, p := range l.Forbidden {
		if p.SlotA < 0 || p.SlotA >= p.SlotB || p.SlotB >= len(space.Sizes) ||
			p.AssetA < 0 || p.AssetA >= space.Sizes[p.SlotA] || p.AssetB < 0 || p.AssetB >= space.Sizes[p.SlotB] {
			return fmt.Errorf("bandit: forbidden pair %+v is not of two slots in ascending order", p)
		}
	}
	return nil
}
