package pacing

import "math"

// How the traffic of the moment is compared with that of its day.
const (
	pulseMemory = 120_000 // milliseconds over which what is now is smoothed
	pulseKnown  = 0.02    // of an ordinary day that has to be counted before anything is said
	pulseBefore = 0.03    // of an ordinary day, what the day before counts for: little, as whole days differ more than hours of one
	pulseMost   = 2       // and least its inverse: the shape may be wrong, but not the budget
)

// Pulse is how much busier it is than the shape of the day makes of the requests on it so far. A budget that follows it spends within an hour as requests
// come, and not as they came on other days; what that takes from later hours is made up for, as what is left is spread anew at each moment. The zero value
// is ready; one caller at a time keeps it.
type Pulse struct {
	day           int32
	last          int64   // unix milliseconds of the last beat
	came, passed  float64 // requests on this day, and in how much of its traffic
	before        float64 // requests of an ordinary day, by the day before; 0 is not known
	now, expected float64 // requests a second, smoothed
}

// Beat notes how many requests a second there are now (unix milliseconds), and returns the pulse. Day is that of the moment, without a budget's own hours.
func (p *Pulse) Beat(d *Day, now int64, rate float64) float64 {
	if d.Number != p.day {
		if p.passed > 0.5 {
			p.before = p.came / p.passed
		}
		p.day, p.came, p.passed = d.Number, 0, 0
	}
	passed, step := now-p.last, d.Before(now)-d.Before(p.last)
	p.last = now
	if passed <= 0 || passed > pulseMemory || step <= 0 { // the first, or nobody counted for a while
		return 1
	}
	seconds := float64(passed) / 1000
	p.came, p.passed = p.came+rate*seconds, p.passed+step
	trust := pulseBefore
	if p.before == 0 {
		trust = 0
	}
	if p.passed+trust < pulseKnown {
		return 1
	}
	expected := (p.came + trust*p.before) / (p.passed + trust) * step / seconds
	fade := 1 - math.Exp(-float64(passed)/pulseMemory)
	p.now, p.expected = p.now+fade*(rate-p.now), p.expected+fade*(expected-p.expected)
	if p.expected <= 0 {
		return 1
	}
	return min(max(p.now/p.expected, 1.0/pulseMost), pulseMost)
}
