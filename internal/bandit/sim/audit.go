package sim

import (
	"math"

	"github.com/marquetry/marquetry/internal/bandit"
)

// Audit is how near the effects of assets, of pairs, and of assets in one segment beyond their average, that the learner reports come to the truth of simulated ads.
type Audit struct {
	Assets   AuditOf `json:"assets"`
	Pairs    AuditOf `json:"pairs"`
	Segments AuditOf `json:"segments"`
}

// AuditOf sums over the assets, the pairs, or the assets in each segment, of one or more ads.
type AuditOf struct {
	Count   int     `json:"count"`
	Error   float64 `json:"rmse_log"`         // root mean square error of the log of the effect; a sum of squares until Mean
	Raw     float64 `json:"rmse_log_raw"`     // the same of the ratio of raw rates, an event more and a mean rate more allowed for
	None    float64 `json:"rmse_log_no_data"` // the same of 1, which is the spread of the truth
	Covered float64 `json:"covered_percent"`  // truths inside the central 95 % interval
	Sure    float64 `json:"sure_percent"`     // truths inside the interval that holds at all times
	Width   float64 `json:"mean_width_log"`   // of the central 95 % interval
}

// Mean turns sums into means.
func (a AuditOf) Mean() AuditOf {
	n := float64(max(a.Count, 1))
	a.Error, a.Raw, a.None = math.Sqrt(a.Error/n), math.Sqrt(a.Raw/n), math.Sqrt(a.None/n)
	a.Covered, a.Sure, a.Width = 100*a.Covered/n, 100*a.Sure/n, a.Width/n
	return a
}

// add compares one finding, and one raw ratio, with the truth.
func (a *AuditOf) add(f bandit.Finding, raw, truth float64) {
	a.Count++
	square := func(x float64) float64 { return math.Pow(math.Log(x/truth), 2) }
	a.Error, a.Raw, a.None = a.Error+square(f.Effect.Mean), a.Raw+square(raw), a.None+square(1)
	a.Width += math.Log(f.Effect.High / f.Effect.Low)
	if f.Effect.Low <= truth && truth <= f.Effect.High {
		a.Covered++
	}
	if f.Sure.Low <= truth && truth <= f.Sure.High {
		a.Sure++
	}
}

// Audit adds what was found out about one world, from these cells.
func (a *Audit) Audit(w World, cells []bandit.Cell, learned *bandit.Learned) {
	truth, raw := newRotated(w.Space, 0), newRotated(w.Space, 1)
	trueIn, rawIn := map[string]*rotated{}, map[string]*rotated{}
	for i, line := range w.After {
		in := newRotated(w.Space, 0)
		trueIn[string(w.Segments[i])], rawIn[string(w.Segments[i])] = in, newRotated(w.Space, 1)
		for k, p := range line {
			truth.add(k, p, 1)
			in.add(k, p, 1)
		}
	}
	for _, c := range cells {
		raw.add(c.Combination, float64(c.Clicks), float64(c.Impressions))
		rawIn[string(c.Signature)].add(c.Combination, float64(c.Clicks), float64(c.Impressions))
	}
	for f, line := range learned.Assets {
		if len(line) < 2 {
			continue
		}
		for x, found := range line {
			a.Assets.add(found, raw.effect(f, x), truth.effect(f, x))
		}
	}
	for _, found := range learned.Pairs {
		a.Pairs.add(found.Finding, raw.factor(found.Pair), truth.factor(found.Pair))
	}
	for _, x := range learned.Segments { // one attribute, so that its values are signatures
		a.Segments.add(x.Finding, rawIn[x.Value].effect(x.Slot, x.Asset)/raw.effect(x.Slot, x.Asset), trueIn[x.Value].effect(x.Slot, x.Asset)/truth.effect(x.Slot, x.Asset))
	}
}

// rotated holds mean rates over all combinations by pair of assets, single assets being pairs with themselves.
type rotated struct {
	space  bandit.Space
	slots  []uint8
	events map[bandit.Pair]float64
	trials map[bandit.Pair]float64
	all    [2]float64 // events and trials
	extra  float64    // events added to each rate at the mean rate, so that it has a logarithm
}

// newRotated starts sums.
func newRotated(space bandit.Space, extra float64) *rotated {
	return &rotated{space: space, extra: extra, slots: make([]uint8, len(space.Sizes)), events: map[bandit.Pair]float64{}, trials: map[bandit.Pair]float64{}}
}

// add counts one combination.
func (e *rotated) add(k int, events, trials float64) {
	e.all[0], e.all[1] = e.all[0]+events, e.all[1]+trials
	for f, a := range e.space.Slots(k, e.slots) {
		for g := f; g < len(e.slots); g++ {
			p := bandit.Pair{SlotA: f, AssetA: int(a), SlotB: g, AssetB: int(e.slots[g])}
			e.events[p] += events
			e.trials[p] += trials
		}
	}
}

// rate is the mean over the combinations with such a pair.
func (e *rotated) rate(p bandit.Pair) float64 {
	mean := e.all[0] / e.all[1]
	return (e.events[p] + e.extra) / (e.trials[p] + e.extra/mean)
}

// effect is the rate of an asset relative to the mean over its slot.
func (e *rotated) effect(f, a int) float64 {
	sum := 0.0
	for b := range e.space.Sizes[f] {
		sum += e.rate(bandit.Pair{SlotA: f, AssetA: b, SlotB: f, AssetB: b})
	}
	return e.rate(bandit.Pair{SlotA: f, AssetA: a, SlotB: f, AssetB: a}) / (sum / float64(e.space.Sizes[f]))
}

// factor is the rate of a pair relative to the mean, beyond the effects of its assets.
func (e *rotated) factor(p bandit.Pair) float64 {
	return e.rate(p) / (e.all[0] / e.all[1]) / e.effect(p.SlotA, p.AssetA) / e.effect(p.SlotB, p.AssetB)
}
