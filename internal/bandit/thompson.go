package bandit

import (
	"maps"
	"sync"
	"sync/atomic"
)

// lazyBallots bounds the tables kept for contexts without data; beyond it they are computed for every choice.
const lazyBallots = 4096

// ballot is how the draws voted in one context: the winner of each draw, and how many draws that winner has.
type ballot struct {
	once   sync.Once
	winner []int32
	votes  []uint16
}

// pool is Thompson sampling from a fixed set of posterior draws: a choice is the winner of one draw taken evenly, so that its
// probability is known exactly, as a count. With probability floor the choice is even over all legal combinations.
type pool struct {
	name    string
	even    *Rotation // the legal combinations
	floor   float64
	values  func(Signature) []int32 // a signature as the model knows it
	compute func([]int32) []int32   // the winner of each draw under such values
	seen    map[Signature]*ballot   // signatures with data; those that the model does not tell apart share a ballot
	unseen  atomic.Pointer[map[string]*ballot]
	grow    sync.Mutex // held to replace unseen
}

// Name tells the policy in logs and answers.
func (p *pool) Name() string { return p.name }

// Choose looks up the winner of one draw. It takes no lock and allocates nothing for signatures with data.
func (p *pool) Choose(sig Signature, seed uint64) Choice {
	b := p.ballot(sig)
	first := mix(seed)
	second := mix(first)
	if unit(first) < p.floor {
		k := p.even.At(below(second, p.even.size))
		return Choice{Combination: k, Propensity: p.probability(b.count(k), len(b.winner))}
	}
	i := below(second, len(b.winner))
	return Choice{Combination: int(b.winner[i]), Propensity: p.probability(int(b.votes[i]), len(b.winner))}
}

// Propensity is the probability of that combination under Choose.
func (p *pool) Propensity(sig Signature, combination int) float64 {
	if !p.even.Has(combination) {
		return 0
	}
	b := p.ballot(sig)
	return p.probability(b.count(combination), len(b.winner))
}

// probability mixes the share of the draws that a legal combination won with the floor.
func (p *pool) probability(votes, draws int) float64 {
	return p.floor/float64(p.even.size) + (1-p.floor)*float64(votes)/float64(draws)
}

// ballot finds the table of a signature and fills it at first use.
func (p *pool) ballot(sig Signature) *ballot {
	b := p.seen[sig]
	if b == nil {
		b = p.rare(key(p.values(sig)))
	}
	b.once.Do(func() { b.fill(p.compute(p.values(sig))) })
	return b
}

// rare is the ballot of a context without data, which may have to be made.
func (p *pool) rare(key string) *ballot {
	if b := (*p.unseen.Load())[key]; b != nil {
		return b
	}
	p.grow.Lock()
	defer p.grow.Unlock()
	known := *p.unseen.Load()
	if b := known[key]; b != nil {
		return b
	}
	b := &ballot{}
	if len(known) < lazyBallots {
		next := maps.Clone(known)
		next[key] = b
		p.unseen.Store(&next)
	}
	return b
}

// fill sets the winners and counts their votes.
func (b *ballot) fill(winner []int32) {
	b.winner, b.votes = winner, make([]uint16, len(winner))
	for i, w := range winner {
		b.votes[i] = uint16(b.count(int(w)))
	}
}

// count is the number of draws that a combination has won.
func (b *ballot) count(combination int) int {
	votes := 0
	for _, w := range b.winner {
		if int(w) == combination {
			votes++
		}
	}
	return votes
}

// mix is the step of SplitMix64: neighbouring seeds give unrelated numbers.
func mix(x uint64) uint64 {
	x += 0x9E3779B97F4A7C15
	x = (x ^ x>>30) * 0xBF58476D1CE4E5B9
	x = (x ^ x>>27) * 0x94D049BB133111EB
	return x ^ x>>31
}

// Point is where in [0, 1) a seed falls; neighbouring seeds give unrelated points.
func Point(seed uint64) float64 { return unit(mix(seed)) }

// unit maps random bits to [0, 1).
func unit(x uint64) float64 { return float64(x>>11) / (1 << 53) }

// below maps random bits evenly to 0 … n-1.
func below(x uint64, n int) int { return int(unit(x) * float64(n)) }
