package archive

import (
	"math/rand/v2"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/bandit/heritage"
)

// Policies are those that are compared, in the order of the table.
func Policies() []string {
	return []string{"uniform", "arm-beta", "ab-30", "default", "default-no-horizon", "learnt-spreads", "learnt"}
}

// play is one replay to be: a test, and what a policy may know of it before.
type play struct {
	design   design
	visitors int
	learnt   *heritage.Heritage // from other tests
	seed     uint64
}

// learner makes a policy by name; nil when it is unknown.
func (p play) learner(name string) learner {
	opt := bandit.DefaultOptions()
	switch name {
	case "uniform":
		return func(cells []bandit.Cell) ([]float64, error) { return evenly(len(cells)), nil }
	case "arm-beta":
		return p.armBeta()
	case "ab-30":
		return p.ship
	case "default-no-horizon":
		return p.fit(opt)
	case "default":
	case "learnt-spreads", "learnt":
		opt = p.learnt.Options(p.design.slots)
		if name == "learnt-spreads" {
			opt.Priors.Means = nil
		}
	default:
		return nil
	}
	opt.Horizon = float64(p.visitors) * opt.ClickRate
	return p.fit(opt)
}

// evenly is the same share for all.
func evenly(n int) []float64 {
	shares := make([]float64, n)
	for k := range shares {
		shares[k] = 1 / float64(n)
	}
	return shares
}

// fit is the product's own learner.
func (p play) fit(opt bandit.Options) learner {
	opt.Seed = p.seed
	return func(cells []bandit.Cell) ([]float64, error) {
		model, err := bandit.Fit(p.design.space, nil, cells, opt)
		if err != nil {
			return nil, err
		}
		policy, shares := model.Policy(), make([]float64, len(cells))
		for k := range shares {
			shares[k] = policy.Propensity("", k)
		}
		return shares, nil
	}
}

// ship divides the first 30 % of the visitors evenly and shows the rest what did best among them.
func (p play) ship(cells []bandit.Cell) ([]float64, error) {
	shown, best := int64(0), 0
	for k, c := range cells {
		shown += c.Impressions
		if c.Clicks*cells[best].Impressions > cells[best].Clicks*c.Impressions {
			best = k
		}
	}
	if float64(shown) < 0.3*float64(p.visitors) {
		return evenly(len(cells)), nil
	}
	shares := make([]float64, len(cells))
	shares[best] = 1
	return shares, nil
}

// betaDraws is how many draws the shares of Thompson sampling are taken from.
const betaDraws = 200

// armBeta is Thompson sampling with a prior of Beta(1, 1) for each combination.
func (p play) armBeta() learner {
	source := rand.NewPCG(p.seed, 0x2545F4914F6CDD1D)
	return func(cells []bandit.Cell) ([]float64, error) {
		shares := make([]float64, len(cells))
		for range betaDraws {
			best, highest := 0, -1.0
			for k, c := range cells {
				draw := distuv.Beta{Alpha: float64(1 + c.Clicks), Beta: float64(1 + c.Impressions - c.Clicks), Src: source}.Rand()
				if draw > highest {
					best, highest = k, draw
				}
			}
			shares[best] += 1.0 / betaDraws
		}
		return shares, nil
	}
}
