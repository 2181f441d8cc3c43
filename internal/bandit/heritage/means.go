package heritage

import "math"

// An asset's effect in one ad is believed to carry over to another by half, give or take a quarter (standard deviation), until the
// account's own ads say more: a headline that won comes back against winners, and people tire of a picture.
const (
	believedCarry = 0.5
	carryEvidence = 1 / (0.25 * 0.25)
)

// furthest bounds what is believed of an asset, log-odds.
const furthest = 0.5

// assetKey names an asset over all ads.
type assetKey struct{ slot, key string }

// precision is that of an effect by itself: of what chance leaves of it, and of what assets differ by.
func (h *Heritage) precision(slot string, s score) float64 {
	sd := h.deviation(slot)
	return 1 / (sd*sd + 1/s.expected)
}

// remember adds up how each asset did that can be met again, beyond what its text lets expect.
func (h *Heritage) remember(all []digest) {
	for _, a := range all {
		for f, scores := range a.mains {
			for i, s := range scores {
				if asset := a.slots[f].Assets[i]; asset.Key != "" {
					key := assetKey{a.slots[f].Name, asset.Key}
					known := h.assets[key]
					h.assets[key] = score{known.observed + s.observed, known.expected + s.expected*math.Exp(h.words.effect(asset.Text))}
				}
			}
		}
	}
}

// learnCarry finds for each kind of slot how far effects carry over from ad to ad: the slope of what was seen of an asset in one ad on
// what was seen of it in all others.
func (h *Heritage) learnCarry(all []digest) {
	type products struct{ with, own float64 }
	sums := map[string]products{}
	for _, a := range all {
		for f, scores := range a.mains {
			slot := a.slots[f]
			r := ridge{groups: 1}
			var others []float64
			for i, s := range scores {
				if s.expected <= 0 {
					continue
				}
				text := h.words.effect(slot.Assets[i].Text)
				r.examples = append(r.examples, example{effect: (s.observed-s.expected)/s.expected - text, precision: h.precision(slot.Name, s)})
				without := h.assets[assetKey{slot.Name, slot.Assets[i].Key}]
				without.observed, without.expected = without.observed-s.observed, without.expected-s.expected*math.Exp(text)
				others = append(others, h.shrunk(slot.Name, without))
			}
			seen, p := r.effects(), sums[slot.Name]
			for i, other := range r.center(others) {
				p.with += r.examples[i].precision * other * seen[i]
				p.own += r.examples[i].precision * other * other
			}
			sums[slot.Name] = p
		}
	}
	for slot, p := range sums {
		h.carry[slot] = min(max((p.with+carryEvidence*believedCarry)/(p.own+carryEvidence), 0), 1)
	}
}

// shrunk is the effect that a score tells of, log-odds, with a gamma prior of the slot's spread.
func (h *Heritage) shrunk(slot string, s score) float64 {
	sd := h.deviation(slot)
	return math.Log((max(0, s.observed) + 1/(sd*sd)) / (max(0, s.expected) + 1/(sd*sd)))
}

// means is what is believed of a slot's assets, log-odds, around their mean.
func (h *Heritage) means(slot Slot) []float64 {
	means, sum := make([]float64, len(slot.Assets)), 0.0
	for i, asset := range slot.Assets {
		known := h.assets[assetKey{slot.Name, asset.Key}]
		effect := h.words.effect(asset.Text) + h.carry[slot.Name]*h.shrunk(slot.Name, known)
		means[i] = min(max(effect, -furthest), furthest)
		sum += means[i]
	}
	for i := range means {
		means[i] -= sum / float64(len(means))
	}
	return means
}
