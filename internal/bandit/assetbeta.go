package bandit

import (
	"math/rand/v2"

	"gonum.org/v1/gonum/stat/distuv"
)

// AssetBeta is the strong simple baseline: Thompson sampling with a Beta(1,1) prior for every asset on its own, whatever it was shown
// with and to whom. Each slot chooses by a table of draws, so that the propensity, a product of shares, is exact.
type AssetBeta struct {
	space   Space
	winners []ballot // per slot; the winners are assets
}

// NewAssetBeta learns clicks per impression of each asset from cells. The result does not depend on the order of the cells.
func NewAssetBeta(space Space, cells []Cell, opt Options) (*AssetBeta, error) {
	if err := opt.Validate(); err != nil {
		return nil, err
	}
	if err := space.validate(cells); err != nil {
		return nil, err
	}
	impressions, clicks := make([][]int64, len(space.Sizes)), make([][]int64, len(space.Sizes))
	for f, n := range space.Sizes {
		impressions[f], clicks[f] = make([]int64, n), make([]int64, n)
	}
	slots := make([]uint8, len(space.Sizes))
	var shown uint64
	for _, c := range cells {
		for f, a := range space.Slots(c.Combination, slots) {
			impressions[f][a] += c.Impressions
			clicks[f][a] += min(c.Clicks, c.Impressions)
		}
		shown += uint64(c.Impressions)
	}
	p := &AssetBeta{space: space, winners: make([]ballot, len(space.Sizes))}
	source := rand.NewPCG(opt.Seed, mix(shown))
	for f := range space.Sizes {
		p.winners[f].fill(betaWinners(impressions[f], clicks[f], opt.Draws, source))
	}
	return p, nil
}

// betaWinners is the asset with the highest rate in each draw.
func betaWinners(impressions, clicks []int64, draws int, source rand.Source) []int32 {
	winners := make([]int32, draws)
	for d := range winners {
		highest := -1.0
		for a := range impressions {
			rate := distuv.Beta{Alpha: float64(1 + clicks[a]), Beta: float64(1 + impressions[a] - clicks[a]), Src: source}.Rand()
			if rate > highest {
				winners[d], highest = int32(a), rate
			}
		}
	}
	return winners
}

// Name tells the policy in logs and answers.
func (p *AssetBeta) Name() string { return "asset-beta" }

// Choose takes the winner of one draw in every slot.
func (p *AssetBeta) Choose(_ Signature, seed uint64) Choice {
	choice := Choice{Propensity: 1}
	for f := range p.winners {
		seed = mix(seed)
		b := &p.winners[f]
		i := below(seed, len(b.winner))
		choice.Combination = choice.Combination*p.space.Sizes[f] + int(b.winner[i])
		choice.Propensity *= float64(b.votes[i]) / float64(len(b.winner))
	}
	return choice
}

// Propensity is the probability of that combination under Choose.
func (p *AssetBeta) Propensity(_ Signature, combination int) float64 {
	probability := 1.0
	for f, a := range p.space.Slots(combination, make([]uint8, len(p.winners))) {
		b := &p.winners[f]
		probability *= float64(b.count(int(a))) / float64(len(b.winner))
	}
	return probability
}
