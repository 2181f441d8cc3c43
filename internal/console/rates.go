package console

import (
	"math/rand/v2"
	"sync"

	"github.com/marquetry/marquetry/internal/bandit"
)

// standardised is how well each asset does when everything else is as it may be: the mean rate of the combinations that show it, by
// pool and position.
type standardised [][]float64

// rates remembers what was worked out for what was learnt: a page asks every two seconds, while ads learn now and then.
type rates struct {
	mu sync.Mutex
	by map[string]remembered // by ad
}

// remembered is the rates of one ad with what they were worked out from.
type remembered struct {
	learned *bandit.Learned
	rates   standardised
}

// maxRemembered bounds the ads that are remembered; a full memory is emptied.
const maxRemembered = 200

// newRates returns an empty memory.
func newRates() *rates { return &rates{by: map[string]remembered{}} }

// of returns the standardised rates of an ad.
func (r *rates) of(adID string, l *bandit.Learned) standardised {
	r.mu.Lock()
	defer r.mu.Unlock()
	if old, ok := r.by[adID]; ok && old.learned == l {
		return old.rates
	}
	if len(r.by) >= maxRemembered {
		clear(r.by)
	}
	now := standardise(l)
	r.by[adID] = remembered{l, now}
	return now
}

// enough is how many combinations are looked at for a mean; of more, a sample is, always the same one.
const enough = 1000

// standardise works out the rates of all assets.
func standardise(l *bandit.Learned) standardised {
	out, seen := make(standardised, len(l.Space.Sizes)), make([][]float64, len(l.Space.Sizes))
	for i, n := range l.Space.Sizes {
		out[i], seen[i] = make([]float64, n), make([]float64, n)
	}
	slots := make([]uint8, len(l.Space.Sizes))
	for _, k := range sample(l.Space.Size()) {
		rate := l.Model.Rate("", k).Mean
		for i, a := range l.Space.Slots(k, slots) {
			out[i][a] += rate
			seen[i][a]++
		}
	}
	for i := range out {
		for a := range out[i] {
			out[i][a] /= max(1, seen[i][a])
		}
	}
	return out
}

// sample numbers all of few combinations, or some of many.
func sample(size int) []int {
	all := make([]int, min(size, enough))
	random := rand.New(rand.NewPCG(1, uint64(size)))
	for i := range all {
		all[i] = i
		if size > enough {
			all[i] = random.IntN(size)
		}
	}
	return all
}
