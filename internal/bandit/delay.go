package bandit

import "math"

// Conversions arrive late: half of them after a day, in Criteo's log (Chapelle, KDD 2014), so that a young click without one says little
// yet. Let F(a) be the share of a click's conversions that have arrived when it is of age a. Of N clicks that convert with probability p,
// those known are Binomial(N, p F). Chapelle finds p by EM, an unconverted click counting as a conversion to come with the weight
// p(1-F)/(1-pF); for clicks of one age the fixed point is p = conversions / (N F). A logistic regression on N F trials has that
// maximum, too, also for clicks of many ages up to a relative p, and the information N F p(1-p) about the log-odds, which exactly is
// N F p(1-p)²/(1-pF): it is too sure by a relative p at most. Clicks enter by N F, then, and conversions as they are.

// Ages is how many classes of age conversions are counted in.
const Ages = 6

// edges are the greatest ages of the classes, in days. Older conversions count as of the last.
func edges() [Ages]float64 { return [Ages]float64{1.0 / 24, 6.0 / 24, 1, 3, 7, 30} }

// AgeOf is the class of a conversion that came so many days after what it counts for.
func AgeOf(days float64) int {
	for i, edge := range edges() {
		if days <= edge {
			return i
		}
	}
	return Ages - 1
}

// Delay is the share of conversions that have arrived by the end of each class of age, ascending to 1. The zero value means all at once.
type Delay [Ages]float64

// UsualDelay is believed of an account without data: 35 % within an hour, half within a day (Chapelle 2014, section 4), the others evenly
// over the logarithm of the time.
func UsualDelay() Delay {
	d := Delay{0: 0.35, 2: 0.5, Ages - 1: 1}
	e := edges()
	d[1] = 0.35 + 0.15*math.Log(e[1]/e[0])/math.Log(e[2]/e[0])
	for i := 3; i < Ages-1; i++ {
		d[i] = 0.5 + 0.5*math.Log(e[i]/e[2])/math.Log(e[Ages-1]/e[2])
	}
	return d
}

// Arrivals are conversions by the day of what they count for, in days since 1970, and by how long after it they came.
type Arrivals map[int32][Ages]int64

// usualWeight is how many conversions the usual delay weighs against those counted; paceWeight is how many late ones the usual pace does.
const (
	usualWeight = 30
	paceWeight  = 3
)

// FitDelay estimates the delay of conversions from those counted until now, in days since 1970 with the fraction of the day.
//
// Only conversions that came are counted, and of a young day only the fast ones have: data truncated on the right. What such data do tell
// is the share of a class among the conversions not older than it, on days that were long enough ago for the whole class, the hazard in
// reversed time (Lagakos, Barraj & De Gruttola 1988). The product of their complements from the last class down is the delay.
//
// Of ages that an account is too young for, its pace tells: how many late conversions there are for one that the usual delay lets expect.
// An account that never had a late one is not believed to have most of its conversions still to come.
func FitDelay(arrived Arrivals, now float64) Delay {
	of, upTo := arrived.late(now)
	usual := UsualDelay()
	late, expected := float64(paceWeight), float64(paceWeight)
	for class := 1; class < Ages; class++ {
		late += float64(of[class])
		expected += float64(upTo[class]) * (1 - usual[class-1]/usual[class])
	}
	delay := Delay{Ages - 1: 1}
	for class := Ages - 1; class > 0; class-- {
		believed := 1 - math.Pow(usual[class-1]/usual[class], late/expected)
		hazard := (float64(of[class]) + usualWeight*believed) / (float64(upTo[class]) + usualWeight)
		delay[class-1] = delay[class] * (1 - hazard)
	}
	return delay
}

// late counts the conversions of each class of age, and those up to it, of the days that were long enough ago for the whole class.
func (arrived Arrivals) late(now float64) (of, upTo [Ages]int64) {
	for class, edge := range edges() {
		for day, counts := range arrived {
			if float64(day)+1+edge > now {
				continue
			}
			of[class] += counts[class]
			for _, n := range counts[:class+1] {
				upTo[class] += n
			}
		}
	}
	return of, upTo
}

// known is the share that has arrived, now, of the conversions of a day, its clicks taken as spread evenly over it. Today's are spread
// over the day so far.
func (d Delay) known(day int32, now float64) float64 {
	if d == (Delay{}) {
		return 1
	}
	const moment = 1.0 / 24 / 60 // the first minute of a day, so that something is known
	oldest := max(moment, now-float64(day))
	youngest := max(0, oldest-1)
	return (d.until(oldest) - d.until(youngest)) / (oldest - youngest)
}

// until is the integral, over ages from 0 to age (days), of the share that has arrived. Between the ends of the classes the share grows
// with the logarithm of the age; within the first, with the age.
func (d Delay) until(age float64) float64 {
	e := edges()
	first := min(age, e[0])
	sum := d[0] * first * first / e[0] / 2
	for i := 1; i < Ages && age > e[i-1]; i++ {
		from, to := e[i-1], min(age, e[i])
		slope := (d[i] - d[i-1]) / math.Log(e[i]/from)
		sum += d[i-1]*(to-from) + slope*(to*math.Log(to/from)-(to-from))
	}
	return sum + max(0, age-e[Ages-1])
}
