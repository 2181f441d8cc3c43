package baseline

import "github.com/marquetry/marquetry/internal/bandit"

// leader is the probability with which top-two sampling shows the winner of the first draw.
const leader = 0.5

// topTwo is top-two Thompson sampling on the posterior of the default policy (Russo, "Simple Bayesian Algorithms for Best-Arm
// Identification", 2020): with probability one half the winner of a draw is shown, otherwise draws are taken until another wins.
// It finds the best combination sooner than Thompson sampling and pays for it in results.
func topTwo(t *task) (*policy, error) {
	opt := t.options
	opt.Floor = 0 // ours comes on top
	model, err := bandit.Fit(t.space, t.attributes, t.cells, opt)
	if err != nil {
		return nil, err
	}
	inner := model.Policy()
	own, _ := t.byContext(tables)
	p := &policy{own: map[bandit.Signature]*spread{}, rest: t.challenged(inner, "")}
	for sig := range own {
		p.own[sig] = t.challenged(inner, sig)
	}
	return p, nil
}

// challenged turns the probabilities v of winning a draw into those of top-two sampling: the leader's, and the challenger's, which is
// the sum over the leaders j of v(j) v(k) / (1 - v(j)).
func (t *task) challenged(inner bandit.Policy, sig bandit.Signature) *spread {
	wins, odds := make([]float64, t.legal.Size()), 0.0
	for i := range wins {
		wins[i] = inner.Propensity(sig, t.legal.At(i))
	}
	for _, v := range wins {
		if v < 1 {
			odds += v / (1 - v)
		}
	}
	weights := make([]float64, len(wins))
	for i, v := range wins {
		if weights[i] = v; v < 1 { // the only winner has no challenger
			weights[i] = leader*v + (1-leader)*v*(odds-v/(1-v))
		}
	}
	return t.spread(weights)
}
