package pacing

// QuarterHour is the length of the steps in which traffic is known, in milliseconds.
const QuarterHour = 15 * 60 * 1000

// Quarters is how many of them an ordinary day has.
const Quarters = 96

// Day is one day of a budget, from one midnight of its account to the next: 23, 24 or 25 hours.
type Day struct {
	Number     int32   // days since 1970-01-01
	Start, End int64   // of the day; End is the first moment of the next
	Raise      int64   // what may be spent in addition to the daily budget
	Ends       int64   // of the run, where that is within the day; 0 elsewhere
	Later      float64 // traffic after it until the end of the run, in ordinary days; of use to lifetime budgets

	before []float64 // traffic before each of its quarter hours, in ordinary days; one more than there are
}

// NewDay is a day with so much traffic in each quarter hour that passes, in ordinary days; what is missing counts as none.
func NewDay(number int32, start, end int64, weights []float64) *Day {
	d := &Day{Number: number, Start: start, End: end, before: make([]float64, 1, len(weights)+1)}
	sum := 0.0
	for _, w := range weights {
		sum += w
		d.before = append(d.before, sum)
	}
	return d
}

// Holds reports whether a moment is of the day.
func (d *Day) Holds(at int64) bool { return d.Start <= at && at < d.End }

// Traffic is that of the whole day, in ordinary days.
func (d *Day) Traffic() float64 { return d.before[len(d.before)-1] }

// Before is the traffic of the day before a moment, in ordinary days.
func (d *Day) Before(at int64) float64 {
	last := int64(len(d.before) - 1)
	i := (at - d.Start) / QuarterHour
	switch {
	case at <= d.Start:
		return 0
	case i >= last:
		return d.before[last]
	}
	from, length := d.Start+i*QuarterHour, int64(QuarterHour)
	if from < d.Ends && d.Ends < from+length {
		length = d.Ends - from
	}
	part := min(1, float64(at-from)/float64(length))
	return d.before[i] + part*(d.before[i+1]-d.before[i])
}
