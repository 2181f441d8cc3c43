package baseline

import "github.com/marquetry/marquetry/internal/bandit"

// assetBeta is the strong simple one: Thompson sampling with a Beta(1,1) prior for every asset by itself, whatever it was shown with
// and to whom. It is D-MABs in Hill et al., KDD 2017.
func assetBeta(t *task) (*policy, error) {
	return &policy{rest: t.slotwise(t.rows)}, nil
}

// assetBetaSegment is the same in every context by itself.
func assetBetaSegment(t *task) (*policy, error) {
	own, rest := t.byContext(t.options.Values)
	p := &policy{own: map[bandit.Signature]*spread{}, rest: t.slotwise(rest)}
	for sig, rows := range own {
		p.own[sig] = t.slotwise(rows)
	}
	return p, nil
}

// slotwise chooses each slot's asset by itself. Combinations that may not be shown are left out: where pairs are forbidden, the slots
// are drawn again until they fit.
func (t *task) slotwise(rows []row) *spread {
	shares := t.assetShares(rows)
	weights, slots := make([]float64, t.legal.Size()), make([]uint8, len(t.space.Sizes))
	for i := range weights {
		weights[i] = 1
		for f, a := range t.space.Slots(t.legal.At(i), slots) {
			weights[i] *= shares[f][a]
		}
	}
	return t.spread(weights)
}

// assetShares is the probability with which each slot chooses each of its assets; 0 for an asset that is stopped.
func (t *task) assetShares(rows []row) [][]float64 {
	posteriors := t.assets(rows)
	shares := make([][]float64, len(posteriors))
	for f, slot := range posteriors {
		var open []arm
		for a, p := range slot {
			if !t.stopped(f, a) {
				open = append(open, p)
			}
		}
		won := winning(open)
		shares[f] = make([]float64, len(slot))
		for a := range slot {
			if !t.stopped(f, a) {
				shares[f][a], won = won[0], won[1:]
			}
		}
	}
	return shares
}

// assets is the posterior of each asset's rate from an even prior, per slot.
func (t *task) assets(rows []row) [][]arm {
	posteriors := make([][]arm, len(t.space.Sizes))
	for f, n := range t.space.Sizes {
		posteriors[f] = make([]arm, n)
		for a := range posteriors[f] {
			posteriors[f][a] = arm{1, 1, 1}
		}
	}
	slots := make([]uint8, len(t.space.Sizes))
	for _, r := range rows {
		for f, a := range t.space.Slots(r.combination, slots) {
			posteriors[f][a].alpha += r.events
			posteriors[f][a].beta += r.trials - r.events
		}
	}
	return posteriors
}

// stopped reports whether an asset is out of use.
func (t *task) stopped(slot, asset int) bool {
	legal := t.options.Legal
	return legal != nil && legal.Stopped != nil && legal.Stopped[slot][asset]
}
