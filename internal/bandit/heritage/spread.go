package heritage

import (
	"math"
	"slices"
)

// hyper is how far, in natural logarithms, the spreads of an account are believed to lie from the built-in ones (standard deviation);
// slotHyper the same for the spread of one slot and that of all.
const (
	hyper     = 0.4
	slotHyper = 0.35
)

// mostWeight bounds how many effects' worth of evidence heritage counts as, however much there is: ads differ.
const mostWeight = 120

// residual is one effect as it was seen: the square of its deviation from the mean in clicks, the variance of that by chance, and what
// it would have besides for every unit of the effects' variance. Count is how many independent ones it stands for, at most 1.
type residual struct{ square, chance, slope, count float64 }

// likelihood is the logarithm of the likelihood of residuals if effects have that standard deviation, on the log-odds scale. Deviations
// are taken as normal: the quasi-likelihood of counts, which stays sober with few clicks.
func likelihood(residuals []residual, sd float64) float64 {
	sum := 0.0
	for _, r := range residuals {
		v := r.chance + r.slope*sd*sd
		sum -= r.count * (math.Log(v) + r.square/v) / 2
	}
	return sum
}

// deviation is the standard deviation of effects that makes the residuals most likely, with a prior that is normal in its logarithm:
// the best of a hundred values from a third to three times the prior's.
func deviation(residuals []residual, believed, hyper float64) float64 {
	best, highest := believed, math.Inf(-1)
	for i := -50; i <= 50; i++ {
		distance := float64(i) / 50 * math.Log(3)
		sd := believed * math.Exp(distance)
		if l := likelihood(residuals, sd) - distance*distance/(2*hyper*hyper); l > highest {
			best, highest = sd, l
		}
	}
	return best
}

// simple is the residuals of the levels of one factor. Shares of a fixed number of clicks vary less than counts, and deviations from a
// mean of few effects less than effects.
func simple(scores []score, factor float64) []residual {
	total, shares := 0.0, 0.0
	for _, s := range scores {
		total += s.expected
	}
	for _, s := range scores {
		shares += (s.expected / total) * (s.expected / total)
	}
	if n := float64(len(scores)); n < 2 || total == 0 {
		return nil
	}
	var list []residual
	for _, s := range scores {
		p := s.expected / total
		if s.expected < 1e-6 || p > 1-1e-6 {
			continue
		}
		d := s.observed - s.expected
		list = append(list, residual{
			square: d * d, chance: s.expected * (1 - p), slope: factor * factor * s.expected * s.expected * (1 - 2*p + shares),
			count: 1 - 1/float64(len(scores)),
		})
	}
	return list
}

// residuals is those of the pairs of levels, less what the levels themselves take up; factor is on the standard deviation.
func (t table) residuals(factor float64) []residual {
	free := (1 - 1/float64(t.rows)) * (1 - 1/float64(t.columns))
	var list []residual
	for _, s := range t.scores {
		if free == 0 || s.expected < 1e-6 {
			continue
		}
		d := s.observed - s.expected
		list = append(list, residual{
			square: d * d, chance: free * s.expected, slope: free * factor * factor * s.expected * s.expected, count: free,
		})
	}
	return list
}

// spreads learns how far effects differ: of all assets, of each slot's, of pairs, context values and assets under these.
func (h *Heritage) spreads(all []digest) {
	bySlot := map[string][]residual{}
	var mains, pairs, contexts, crosses []residual
	for _, a := range all {
		for f, scores := range a.mains {
			list := simple(scores, 1)
			mains = append(mains, list...)
			bySlot[a.slots[f].Name] = append(bySlot[a.slots[f].Name], list...)
		}
		for _, scores := range a.contexts {
			contexts = append(contexts, simple(scores, 1)...)
		}
	}
	p := &h.believed.Priors
	p.Main = deviation(mains, p.Main, hyper)
	for slot, list := range bySlot {
		h.factors[slot] = deviation(list, p.Main, slotHyper) / p.Main
	}
	for _, a := range all {
		for _, t := range a.pairs {
			pairs = append(pairs, t.residuals(math.Sqrt(h.factor(a.slots[t.slots[0]].Name)*h.factor(a.slots[t.slots[1]].Name)))...)
		}
		for _, t := range a.crosses {
			crosses = append(crosses, t.residuals(h.factor(a.slots[t.slots[0]].Name))...)
		}
	}
	p.Pair, p.Context, p.Cross = deviation(pairs, p.Pair, hyper), deviation(contexts, p.Context, hyper), deviation(crosses, p.Cross, hyper)
	p.Weight = min(p.Weight+evidence(mains, p.Main), max(p.Weight, mostWeight))
}

// evidence is how many perfectly known effects tell as much about the spread as the residuals do.
func evidence(residuals []residual, sd float64) float64 {
	sum := 0.0
	for _, r := range residuals {
		reliability := r.slope * sd * sd / (r.chance + r.slope*sd*sd)
		sum += r.count * reliability * reliability
	}
	return sum
}

// rates learns the click rate, the conversion rate and how far an ad's may lie from them.
func (h *Heritage) rates(all []digest) {
	var clicks, conversions []logit
	for _, a := range all {
		clicks = append(clicks, logitOf(a.clicks, a.impressions))
		if a.clicks > 0 {
			conversions = append(conversions, logitOf(a.conversions, a.clicks))
		}
	}
	o := &h.believed
	mean, sd := predict(clicks, o.ClickRate, o.RateSD)
	o.ClickRate = mean
	if slices.ContainsFunc(all, func(d digest) bool { return d.conversions > 0 }) {
		var other float64
		o.ConversionRate, other = predict(conversions, o.ConversionRate, o.RateSD)
		sd = max(sd, other)
	}
	o.RateSD = sd
}

// logit is a rate on the log-odds scale with its sampling variance.
type logit struct{ value, variance float64 }

// logitOf adds half an event either way, which makes both finite.
func logitOf(events, trials float64) logit {
	return logit{math.Log((events + 0.5) / (trials - events + 0.5)), 1/(events+0.5) + 1/(trials-events+0.5)}
}

// predict is the rate of the next ad, and the standard deviation of its log-odds, by random effects over the rates seen: between ads
// they are believed to differ half as much as a rate of which nothing is known.
func predict(seen []logit, rate, sd float64) (mean, deviation float64) {
	prior := math.Log(rate / (1 - rate))
	at := func(between float64) (center, variance float64) {
		weights, sum := 1/(sd*sd), prior/(sd*sd)
		for _, l := range seen {
			w := 1 / (between*between + l.variance)
			weights, sum = weights+w, sum+w*l.value
		}
		return sum / weights, 1 / weights
	}
	best, highest := sd/2, math.Inf(-1)
	for i := -50; i <= 50; i++ {
		distance := float64(i) / 50 * math.Log(3)
		between := sd / 2 * math.Exp(distance)
		center, variance := at(between)
		l := -distance*distance/(2*hyper*hyper) + math.Log(variance)/2 - (center-prior)*(center-prior)/(2*sd*sd)
		for _, x := range seen {
			v := between*between + x.variance
			l -= (math.Log(v) + (x.value-center)*(x.value-center)/v) / 2
		}
		if l > highest {
			best, highest = between, l
		}
	}
	center, variance := at(best)
	return 1 / (1 + math.Exp(-center)), math.Sqrt(best*best + variance)
}
