package bandit

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// How uncertain the spread of the effects of one slot, and of the pairs of two slots, is before any data: standard deviation of its
// logarithm. A fit works with one figure for each group of effects; effects reported under one figure would look surer than they are, and
// with five assets a slot hardly tells its own.
const (
	spreadSDAsset = 0.6
	spreadSDPair  = 0.6
)

// boldness is by how much a fit takes assets to differ more than is believed: it commits sooner, and costs nothing later, as the spread is
// estimated from the data (docs/adr/0015-exploration.md). Reports look around what is believed.
const boldness = 0.35 / 0.15

// candidate is one of the standard deviations, on log-odds, that effects may come from, with the logarithm of its weight before any data.
type candidate struct{ sd, log float64 }

// spreads are log-normal around what is believed.
func spreads(believed, uncertainty float64) []candidate {
	var grid []candidate
	for z := -2.75; z <= 2.75; z += 0.5 {
		grid = append(grid, candidate{believed * math.Exp(uncertainty*z), -z * z / 2})
	}
	return grid
}

// mixture averages beliefs about one effect, one per spread, by how well each spread explains the data.
type mixture struct{ weight, mean, square float64 }

// add puts one belief in.
func (m *mixture) add(weight, mean, variance float64) {
	m.weight += weight
	m.mean += weight * mean
	m.square += weight * (variance + mean*mean)
}

// moments are the mean and the variance of the mixture.
func (m *mixture) moments() (mean, variance float64) {
	mean = m.mean / m.weight
	return mean, m.square/m.weight - mean*mean
}

// softened turns logarithms of weights into weights whose largest is 1.
func softened(logs []float64) []float64 {
	most := math.Inf(-1)
	for _, x := range logs {
		most = max(most, x)
	}
	weights := make([]float64, len(logs))
	for i, x := range logs {
		weights[i] = math.Exp(x - most)
	}
	return weights
}

// overSpreads are the moments of the pairs of two slots, or of the tastes for one slot under one attribute, over all spreads that they may
// come from. The likelihood of each is taken by itself, and counts by how many of them are free of each other.
func (p *posterior) overSpreads(pairs []moment, at, free int) []moment {
	grid := spreads(p.believed[at], spreadSDPair)
	logs, used := make([]float64, len(grid)), p.precision[at]
	said := make([]likelihood, len(pairs))
	for i, m := range pairs {
		said[i] = likelihoodOf(m)
		for j, s := range grid {
			wide, off := said[i].variance+m.priorVariance*s.sd*s.sd*used, said[i].center-m.priorMean
			if i == 0 {
				logs[j] = s.log
			}
			if m.priorVariance > 0 && !math.IsInf(wide, 1) {
				logs[j] -= float64(free) / float64(2*len(pairs)) * (math.Log(wide) + off*off/wide)
			}
		}
	}
	weights, found := softened(logs), make([]moment, len(pairs))
	for i, m := range pairs {
		found[i] = m
		if m.priorVariance == 0 { // nothing to be compared with
			continue
		}
		var mixed mixture
		for j, s := range grid {
			prior := m.priorVariance * s.sd * s.sd * used
			precision := 1/prior + 1/said[i].variance
			mixed.add(weights[j], (m.priorMean/prior+said[i].center/said[i].variance)/precision, 1/precision)
		}
		found[i].mean, found[i].variance = mixed.moments()
	}
	return found
}

// slotOverSpreads are the moments of a slot's assets over all spreads that their main effects, the coefficients from at on, may come from.
func (p *posterior) slotOverSpreads(assets []moment, contrasts []contrast, at int, open []int) []moment {
	basis, lines := basisOf(contrasts, open)
	mean, priorMean := mat.NewVecDense(len(basis), nil), mat.NewVecDense(len(basis), nil)
	for i, c := range basis {
		mean.SetVec(i, c.of(p.mode))
		priorMean.SetVec(i, c.of(p.center))
	}
	posterior, prior := p.covariances(basis)
	data, ok := quadraticOf(mean, priorMean, posterior, prior)
	if !ok {
		return assets
	}
	mains := p.mainCovariance(basis, at, at+len(contrasts))
	var beliefs []*normal
	var logs []float64
	for _, s := range spreads(p.believed[at]/boldness, spreadSDAsset) {
		var under mat.SymDense
		under.ScaleSym(s.sd*s.sd-1/p.precision[at], mains)
		under.AddSym(&under, prior)
		if b, ok := data.under(priorMean, &under); ok {
			beliefs, logs = append(beliefs, b), append(logs, s.log+b.evidence)
		}
	}
	weights, found := softened(logs), make([]moment, len(assets))
	for i, line := range lines {
		var mixed mixture
		for j, b := range beliefs {
			mixed.add(weights[j], mat.Dot(line, &b.mean), mat.Inner(line, &b.covariance, line))
		}
		found[i] = assets[i]
		found[i].mean, found[i].variance = mixed.moments()
	}
	return found
}

// basisOf leaves the last of the open assets out, whose effect is the others' negative sum, and says how each asset follows from the rest.
func basisOf(contrasts []contrast, open []int) (basis []contrast, lines []*mat.VecDense) {
	last := open[len(open)-1]
	for range contrasts {
		lines = append(lines, mat.NewVecDense(len(contrasts)-1, nil))
	}
	for a, c := range contrasts {
		if a != last {
			lines[a].SetVec(len(basis), 1)
			basis = append(basis, c)
		}
	}
	for _, a := range open[:len(open)-1] {
		lines[last].SubVec(lines[last], lines[a])
	}
	return basis, lines
}

// mainCovariance is the prior covariance of contrasts that comes from the coefficients from … to if these have spread 1.
func (p *posterior) mainCovariance(contrasts []contrast, from, to int) *mat.SymDense {
	covariance := mat.NewSymDense(len(contrasts), nil)
	for i, c := range contrasts {
		line := make([]float64, p.factor.N)
		for k, at := range c.at {
			if from <= int(at) && int(at) < to {
				line[at] = c.weight[k]
			}
		}
		for j := i; j < len(contrasts); j++ {
			covariance.SetSym(i, j, contrasts[j].of(line))
		}
	}
	return covariance
}

// spreads gives every coefficient the standard deviation of its group; the intercept has none.
func (r *regression) spreads(sd [groups]float64) []float64 {
	spreads := make([]float64, r.layout.size)
	for g := groupMain; g < groups; g++ {
		from, to := r.layout.span(g)
		for i := from; i < to; i++ {
			spreads[i] = sd[g] * r.scale[i]
		}
	}
	return spreads
}
