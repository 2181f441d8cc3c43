package pacing

import "math"

// How far a budget may run ahead of its line, which lets it make up for a moment in which nobody came: by a part of what is left for the day, but at
// least by so many impressions. On the day on which it is first spent that is a fiftieth of what is left, from some to more of them: whoever tries an
// ad out asks for many in a row.
const (
	leadPart  = 0.002
	leadUnits = 10
	freshPart = 0.02
	freshLess = 100
	freshMore = 4000
)

// lead is by how many impressions a budget may run ahead at least, when so many are left.
func lead(fresh bool, left float64) float64 {
	if !fresh {
		return leadUnits
	}
	return min(max(freshPart*left, freshLess), freshMore)
}

// calm is how much of an ordinary day has to be ahead for the pulse to count for half: an hour, as a surprise may last for one.
const calm = 1.0 / 24

// stretch is for how long a line is drawn, in milliseconds.
const stretch = 250

// line is how much may have been claimed in all since the gate was made: what rises evenly, and what it ends at.
type line struct {
	from, until int64   // for which it is drawn
	base, slope float64 // at from, and per millisecond
	most        int64   // that claims may come to so that the budget is not overspent, if all of them are shown
	spent       bool    // less is left than an impression costs
}

// at is how much may have been claimed at a moment.
func (l *line) at(now int64) int64 {
	even := l.base + l.slope*float64(now-l.from)
	if even >= float64(l.most) {
		return l.most
	}
	return int64(even)
}

// admits reports whether a price may be claimed on top of what was. The budget has to hold all of it, the line only to be above what was: for what a
// dear impression takes beyond that the next ones wait.
func (l *line) admits(now, claimed, price int64) bool {
	return claimed+price <= l.most && claimed+min(price, 1) <= l.at(now)
}

// Plan is what a budget may spend and when. It is immutable.
type Plan struct {
	Daily, Lifetime int64               // 0 is no limit
	Ends            bool                // the lifetime budget has a last day, and is spread until then
	Hurry           bool                // no pacing: as fast as it goes
	Unit            int64               // what an impression usually costs
	Day             func(at int64) *Day // the day of a moment
}

// limit is one of the two limits of a plan at one moment.
type limit struct {
	left        int64   // not delivered
	ahead, step float64 // traffic until the end, and in the next stretch; none ahead is the end of the run
	paced       bool
}

// pulse is how much busier it is, as far as this limit goes along. What a busy hour takes is missing in those ahead: in a whole day hardly, in the last
// hours so much that all of them stay nearer to their shares when the hour itself bears its part, too.
func (m *limit) pulse(busy float64) float64 { return math.Pow(busy, m.ahead/(m.ahead+calm)) }

// limits are those of a plan in a stretch of one day.
func (p *Plan) limits(d *Day, b *Books, from, until int64) []limit {
	before := d.Before(from)
	rest, step := d.Traffic()-before, d.Before(until)-before
	limits := make([]limit, 0, 2)
	if p.Daily > 0 {
		limits = append(limits, limit{p.Daily + d.Raise - b.Days[d.Number], rest, step, !p.Hurry})
	}
	if p.Lifetime > 0 {
		limits = append(limits, limit{p.Lifetime - b.Ever, rest + d.Later, step, p.Ends && !p.Hurry})
	}
	return limits
}

// draw makes the line that follows another, nil for the first. Claimed is what was claimed until now.
func (p *Plan) draw(old *line, d *Day, b *Books, now, claimed int64) *line {
	l := &line{from: now, until: min(now+stretch, d.End), most: math.MaxInt64, slope: math.Inf(1), base: math.Inf(1)}
	burst, share, flow, unit := math.Inf(1), b.at(now), b.flow(now), float64(max(1, p.Unit))
	fresh := b.Ever == b.Days[d.Number]
	for _, m := range p.limits(d, b, now, l.until) {
		l.most = min(l.most, b.settled+int64(share*float64(m.left-b.Reserved)))
		l.spent = l.spent || m.left < max(1, p.Unit)
		if !m.paced {
			continue
		}
		left := max(0, flow*float64(m.left-b.Reserved)-b.expected) / b.rate
		if m.ahead > 0 {
			l.slope = min(l.slope, m.pulse(b.busy())*left*m.step/m.ahead/float64(max(1, l.until-now)))
			burst = min(burst, max(left/max(1, m.ahead)*leadPart, flow*lead(fresh, float64(m.left)/unit)*float64(p.Unit)/b.rate))
		} else { // its run is over
			l.slope, burst = 0, 0
		}
	}
	if old != nil {
		l.base = old.base + old.slope*float64(max(0, now-old.from))
	}
	if share > 0 { // what was saved up stays while others have it all
		l.base = min(l.base, float64(claimed)+burst)
	}
	if math.IsInf(l.slope, 1) { // nothing paces it
		l.base, l.slope = math.MaxInt64, 0
	}
	return l
}
