package bandit

import "math"

// tempering is how boldly exploration acts on what is not known yet, by group of effects: the factor on the noise behind the draws. As
// the groups come in the order of the factor's rows, noise that is scaled down leaves the correlations within the posterior as they are:
// it shrinks what is uncertain of pairs given nothing, of assets given the pairs, and a sum that is well known stays so.
type tempering [groups]float64

// temper picks the tempering for an ad that has had so many optimisation events. Plain Thompson sampling, all factors 1, explores the
// effects of all pairs at once, which takes more events than most ads ever see. An ad with a short life explores assets by a quarter at
// first, as there is nothing to compare yet, by more with every tenfold of its events, and ever less as its end comes near: what is found
// late brings little. Pairs are explored by less than a third, tastes of contexts hardly. With a long life these rise with the logarithm of
// its events, so that nothing good is overlooked for ever, and fall again when the horizon is past. Without a horizon the life
// is taken to be as long as what has been lived. The figures are measured: docs/adr/0015-exploration.md.
func temper(opt Options, events float64) tempering {
	if opt.Alpha > 0 {
		return tempering{1, opt.Alpha, opt.Alpha, opt.Alpha, opt.Alpha}
	}
	const short, long = 1500, 15_000
	horizon := opt.Horizon
	if horizon == 0 {
		horizon = events
	}
	length := clamp(math.Log(horizon/short)/math.Log(long/short), 0, 1)
	rise := 0.15 * length * math.Log10(max(events, 30)/1000)
	fall := clamp(math.Pow(horizon/max(events, 1), 0.5*length), 0.3, 1)
	fall *= 1 - 0.8*(1-length)*clamp(events/max(2*horizon, 1), 0, 1) // learning about doubles the events that were expected
	brief := clamp(0.25+0.2*math.Log10(max(events, 1)/5), 0.25, 0.7)
	return tempering{
		groupIntercept: 1,
		groupMain:      fall * clamp(brief+(0.75-brief)*length+rise, 0, 1),
		groupPair:      fall * clamp(0.3-0.05*length+rise, 0, 1),
		groupContext:   fall,
		groupCross:     fall * clamp(0.05+rise, 0, 1),
	}
}

// clamp limits x to low … high.
func clamp(x, low, high float64) float64 { return min(max(x, low), high) }
