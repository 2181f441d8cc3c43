package offpolicy

import (
	"math"

	"github.com/marquetry/marquetry/internal/bandit"
)

// Event is one impression of a log, with what came of it.
type Event struct {
	Signature   bandit.Signature
	Combination int
	Propensity  float64 // exact probability with which the log chose the combination
	Reward      float64 // clicks, conversions or value, in any unit
}

// Rates predicts rewards, in their unit, of all combinations in one context, by number. *bandit.Logistic is one.
type Rates interface {
	Means(sig bandit.Signature) []float64
}

// Chances is the part of a bandit.Policy that an evaluation needs.
type Chances interface {
	Propensity(sig bandit.Signature, combination int) float64
}

// Evaluation estimates what one policy would have brought on a log.
type Evaluation struct {
	most   float64 // weight from which an impression is trusted less, see MostWeight
	target Chances
	rates  Rates
	scale  Scale
	lines  map[bandit.Signature]*line
	kept   int // combinations in lines

	weights                    moments // of the weights, beside the rewards
	ips, clipped, dr, switched moments
	snips                      ratio
	cut                        float64 // summed weight beyond most
	rare                       float64 // summed weight of events that the log made less than a tenth as likely as even rotation does
	largest                    float64
}

// line is what target and model say of one context.
type line struct {
	chance []float64 // of each combination under the target
	rate   []float64 // predicted
	value  float64   // predicted of the target
}

// maxKept bounds the combinations that lines are remembered of, all contexts together.
const maxKept = 1 << 21

// MostWeight is the weight at which an estimate from so many impressions is clipped: their root, which lets the error that clipping
// makes and the one that it avoids fall together (Ionides, 2008).
func MostWeight(impressions int) float64 { return math.Sqrt(float64(max(impressions, 1))) }

// New starts an evaluation; weights beyond most are clipped or left to the model.
func New(most float64) *Evaluation { return &Evaluation{most: most} }

// Scale relates what a model predicts to rewards.
type Scale struct {
	Unit   float64 // mean reward of one event that the model predicts; 1 for clicks
	Spread float64 // mean square of rewards over their mean; 1 when they are 0 or 1
}

// Stage sets the policy to be evaluated, nil for a [Evaluation.Thin], and the model that helps. What they
// have learnt may come from the events before this call, and from none after it: this is what keeps the estimates unbiased.
func (e *Evaluation) Stage(target Chances, rates Rates, scale Scale) {
	e.target, e.rates, e.scale = target, rates, scale
	e.lines, e.kept = map[bandit.Signature]*line{}, 0
}

// Add takes the next event.
func (e *Evaluation) Add(ev Event) {
	l := e.line(ev.Signature)
	e.weigh(ev, l.chance[ev.Combination]/ev.Propensity, l.value, l.rate)
}

// weigh takes an event with the weight that it has for the target, what the model predicts of the target in this context, and what of
// every combination.
func (e *Evaluation) weigh(ev Event, w, value float64, rates []float64) {
	r, q := ev.Reward, rates[ev.Combination]
	variance := max(0, e.scale.Spread*q-q*q)
	weighted := func(m *moments, base, w, known float64) {
		m.add(base+w*(r-known), base+w*(q-known), w*w*variance, r)
	}
	e.weights.add(w, w, 0, r)
	e.snips.add(w, r, q, e.scale.Spread*q)
	weighted(&e.ips, 0, w, 0)
	weighted(&e.clipped, 0, min(w, e.most), 0)
	weighted(&e.dr, value, w, q)
	trusted := w
	if w > e.most {
		trusted = 0
	}
	weighted(&e.switched, value, trusted, q)
	e.cut += max(0, w-e.most)
	e.largest = max(e.largest, w)
	if ev.Propensity*float64(len(rates)) < 0.1 {
		e.rare += w
	}
}

// line is worked out at the first event of a context.
func (e *Evaluation) line(sig bandit.Signature) *line {
	if l := e.lines[sig]; l != nil {
		return l
	}
	l := &line{rate: e.rates.Means(sig)}
	l.chance = make([]float64, len(l.rate))
	for k := range l.rate {
		l.rate[k] *= e.scale.Unit
		if e.target != nil {
			l.chance[k] = e.target.Propensity(sig, k)
			l.value += l.chance[k] * l.rate[k]
		}
	}
	if e.kept += len(l.rate); e.kept > maxKept {
		clear(e.lines)
		e.kept = len(l.rate)
	}
	e.lines[sig] = l
	return l
}
