package bandit

import "math"

// Side is what came of one kind of traffic.
type Side struct{ Trials, Events int64 } // impressions, and how many of them were followed by the event

// Stratum is two kinds of traffic that can be compared as they are: the same ad and time, or the same people in the same place.
type Stratum struct{ Of, Against Side }

// Lift is how much more often an event follows in one kind of traffic than in another, where both are shown alike.
type Lift struct {
	Of, Against Side     // sums over the strata that have both; others cannot be compared
	Ratio       Estimate // rate of Of over that of Against; the 95 % interval holds at all times at once and may reach 0 and +Inf
}

// Compare takes strata together by Mantel and Haenszel (1959), which needs no stratum to be large and does not mix up a difference between
// strata with one inside of them.
//
// Of all events, those of Against are a binomial count whose odds are the ratio of trials over Ratio. The interval holds every Ratio against
// which the e-value of a beta mixture stays under 20: Robbins (1970), for counts Lindon and Malek (2022). The ratio of trials, known when
// shares are fixed, is here the observed one, and where it differs between strata the counts are cut to the information that the
// variance of Greenland and Robins (1985) finds in them.
func Compare(strata []Stratum) Lift {
	var l Lift
	var of, against, both float64 // events of Of × share of Against, the reverse, and all events × both shares
	for _, s := range strata {
		if s.Of.Trials <= 0 || s.Against.Trials <= 0 {
			continue
		}
		l.Of, l.Against = l.Of.plus(s.Of), l.Against.plus(s.Against)
		share := float64(s.Against.Trials) / float64(s.Against.Trials+s.Of.Trials)
		of += float64(s.Of.Events) * share
		against += float64(s.Against.Events) * (1 - share)
		both += float64(s.Of.Events+s.Against.Events) * share * (1 - share)
	}
	a, b := float64(l.Against.Events), float64(l.Of.Events)
	if both == 0 {
		l.Ratio = Estimate{Mean: 1, High: math.Inf(1)}
		return l
	}
	share := float64(l.Against.Trials) / float64(l.Against.Trials+l.Of.Trials)
	perOf, perAgainst := meanOr(of, b, share), meanOr(against, a, 1-share)
	odds := perOf / perAgainst // of an event in Against to one in Of, were the rates the same
	kept := min(1, perOf*perAgainst*(a+b)/both)
	low, high := oddsBetween(kept*a, kept*b, odds)
	l.Ratio = Estimate{Mean: odds * b / a, Low: odds / high, High: odds / low}
	return l
}

// plus adds two counts.
func (s Side) plus(o Side) Side { return Side{s.Trials + o.Trials, s.Events + o.Events} }

// meanOr is sum / n, or what it is believed to be while there is nothing to take it of.
func meanOr(sum, n, believed float64) float64 {
	if n == 0 {
		return believed
	}
	return sum / n
}

// liftWeight is how many events, of a side much smaller than the other, the belief in no lift is worth; 4 is a standard deviation of 1/2 of
// the log ratio. It decides at which size of count the interval is narrowest, not whether it holds.
const liftWeight = 4

// oddsBetween is between which odds a first kind of event lies to a second, given their counts: the mixture's e-value against them is under 20.
func oddsBetween(first, second, even float64) (low, high float64) {
	x, y := liftWeight*(1+even), liftWeight*(1+1/even)
	mixture := logBeta(x+first, y+second) - logBeta(x, y)
	against := func(logOdds float64) float64 { // log e-value
		return mixture + first*math.Log1p(math.Exp(-logOdds)) + second*math.Log1p(math.Exp(logOdds))
	}
	centre := math.Log((first + x) / (second + y)) // inside: the mixture is near there
	const widest = 40
	low, high = 0, math.Inf(1)
	if first > 0 {
		low = math.Exp(crossing(against, centre, centre-widest))
	}
	if second > 0 {
		high = math.Exp(crossing(against, centre, centre+widest))
	}
	return low, high
}

// crossing finds where a rising log e-value reaches that of 1 in 20, between a place inside and one outside, from outside.
func crossing(logE func(float64) float64, inside, outside float64) float64 {
	for range 60 {
		middle := (inside + outside) / 2
		if logE(middle) < math.Log(20) {
			inside = middle
		} else {
			outside = middle
		}
	}
	return outside
}

// logBeta is the logarithm of the beta function.
func logBeta(x, y float64) float64 {
	a, _ := math.Lgamma(x)
	b, _ := math.Lgamma(y)
	c, _ := math.Lgamma(x + y)
	return a + b - c
}

// Extra is how many of the events of Of would not have come at the rate of Against.
func (l Lift) Extra() Estimate {
	events := float64(l.Of.Events)
	less := func(ratio float64) float64 { return events * (1 - 1/ratio) }
	return Estimate{less(l.Ratio.Mean), less(l.Ratio.Low), less(l.Ratio.High)}
}
