package bandit

import "math"

// tempering is how boldly exploration acts on what is not known yet, by group of effects: the factor on the noise behind the draws. As
// the groups come in the order of the factor's rows, noise that is scaled down leaves the correlations within the posterior as they are:
// it shrinks what is uncertain of pairs given nothing, of assets given the pairs, and a sum that is well known stays so.
type tempering [groups]float64

// temper picks the tempering for an ad that has had so many optimisation events. Plain Thompson sampling, all factors 1, explores the
// effects of all pairs at once, which takes more events than most ads ever see; so pairs and tastes of contexts are explored little until
// assets are known. All factors rise with the logarithm of the events, so that nothing good is overlooked for ever, and fall again
// once the horizon, if it is known, has passed: then little is left to explore for. The figures are in docs/adr/0015-exploration.md.
func temper(opt Options, events float64) tempering {
	if opt.Alpha > 0 {
		return tempering{1, opt.Alpha, opt.Alpha, opt.Alpha, opt.Alpha}
	}
	rise := math.Log10(max(events, 30) / 1000)
	fall := 1.0
	if opt.Horizon > 0 {
		fall = clamp(math.Sqrt(opt.Horizon/max(events, 1)), 0.3, 1)
	}
	asset := fall * clamp(0.75+0.15*rise, 0, 1)
	return tempering{
		groupIntercept: 1, groupMain: asset, groupContext: asset,
		groupPair: fall * clamp(0.25+0.15*rise, 0.05, 1), groupCross: fall * clamp(0.05+0.15*rise, 0, 1),
	}
}

// clamp limits x to low … high.
func clamp(x, low, high float64) float64 { return min(max(x, low), high) }
