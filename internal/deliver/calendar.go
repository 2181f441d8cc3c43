package deliver

import (
	"slices"
	"time"

	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/pacing"
	"github.com/marquetry/marquetry/internal/store"
)

// week is the hours in which something may deliver, by day of the week, Sunday first.
type week [7][24]bool

// weekOf reads an ad set's schedule, nil when it has none. Hours by the viewer's clock are taken as the account's here: how the money is spread
// needs no more.
func weekOf(data map[string]any) *week {
	parts := object.Listed(data, "adset_schedule")
	if len(parts) == 0 {
		return nil
	}
	w := &week{}
	for _, one := range parts {
		part, _ := one.(map[string]any)
		for _, day := range object.Listed(part, "days") {
			d := object.Whole(map[string]any{"day": day}, "day")
			for hour := max(0, whole(part, "start_minute")/60); d >= 0 && d < 7 && hour < min(24, whole(part, "end_minute")/60); hour++ {
				w[d][hour] = true
			}
		}
	}
	return w
}

// period is a time of higher demand: what a daily budget is raised by in it, in minor units or percent.
type period struct {
	start, end int64 // unix seconds
	value      int64
	percent    bool
}

// periodOf reads one.
func periodOf(o *store.Object) period {
	return period{whole(o.Data, "time_start"), whole(o.Data, "time_end"), whole(o.Data, "budget_value"), text(o.Data, "budget_value_type") == "MULTIPLIER"}
}

// course is when a budget is spent, and how much of it. Two that are equal make the same days.
type course struct {
	budget
	zone    *time.Location
	minor   int64 // millionths of the currency
	price   int64 // of one impression
	end     int64 // unix seconds at which the last ad set under it ends, 0 when open
	periods []period
}

// equal compares two.
func (c *course) equal(o *course) bool {
	sameHours := c.hours == o.hours || c.hours != nil && o.hours != nil && *c.hours == *o.hours
	a, b := *c, *o
	return sameHours && slices.Equal(a.periods, b.periods) && a.zone.String() == b.zone.String() &&
		a.owner == b.owner && a.daily == b.daily && a.lifetime == b.lifetime && a.spread == b.spread && a.hurry == b.hurry &&
		a.minor == b.minor && a.price == b.price && a.end == b.end
}

// plan is what a gate needs of it. The shape of the account's days is asked for each day anew.
func (c *course) plan(shape func() *pacing.Shape) *pacing.Plan {
	return &pacing.Plan{
		Daily: c.daily, Lifetime: c.lifetime, Ends: c.spread && c.end != 0, Hurry: c.hurry, Unit: c.price,
		Day: func(at int64) *pacing.Day { return c.on(dayOf(time.UnixMilli(at), c.zone), shape()) },
	}
}

// on is one day of the budget.
func (c *course) on(number int32, shape *pacing.Shape) *pacing.Day {
	start, end, weights := c.weigh(number, shape)
	raise := c.raise(start, end, weights)
	d := pacing.NewDay(number, start*1000, end*1000, weights)
	d.Raise = raise
	if c.end == 0 || c.end < end {
		d.Ends = c.end * 1000
		return d
	}
	var masses [7]float64 // of whole days
	for q, w := range shape {
		for day := range masses {
			if c.hours == nil || c.hours[day][q/4] {
				masses[day] += w
			}
		}
	}
	last := dayOf(time.Unix(c.end, 0), c.zone)
	for day := number + 1; day < last; day++ {
		d.Later += masses[(day+4)%7] // 1970-01-01 was a Thursday
	}
	_, _, weights = c.weigh(last, shape)
	for _, w := range weights {
		d.Later += w
	}
	return d
}

// weigh is when a day begins and ends, in unix seconds, and its traffic in each quarter hour in which the budget may be spent.
func (c *course) weigh(number int32, shape *pacing.Shape) (start, end int64, weights []float64) {
	const quarter = pacing.QuarterHour / 1000
	start, end = object.DayStart(int64(number), c.zone).Unix(), object.DayStart(int64(number)+1, c.zone).Unix()
	for at := start; at < end; at += quarter {
		local := time.Unix(at, 0).In(c.zone)
		w := shape[local.Hour()*4+local.Minute()/15]
		if c.hours != nil && !c.hours[local.Weekday()][local.Hour()] {
			w = 0
		}
		if c.end != 0 {
			w *= float64(min(quarter, max(0, c.end-at))) / quarter
		}
		weights = append(weights, w)
	}
	return start, end, weights
}

// raise is what the periods of higher demand add to a day's budget, in the proportion in which a period, or a day of a longer one, is in it. What
// they add is to be spent within them, so the traffic of their hours counts for more.
func (c *course) raise(start, end int64, weights []float64) (raise int64) {
	var all float64
	for _, w := range weights {
		all += w
	}
	for _, p := range c.periods {
		from, until := max(start, p.start), min(end, p.end)
		if c.daily == 0 || from >= until {
			continue
		}
		value := p.value * c.minor
		if p.percent {
			value = c.daily / 100 * p.value
		}
		more := value * (until - from) / min(24*60*60, p.end-p.start)
		raise += more
		first, last := (from-start)*1000/pacing.QuarterHour, ((until-start)*1000+pacing.QuarterHour-1)/pacing.QuarterHour
		within := weights[first:min(last, int64(len(weights)))]
		var traffic float64
		for _, w := range within {
			traffic += w
		}
		for i := range within {
			if traffic > 0 {
				within[i] *= 1 + float64(more)/float64(c.daily)*all/traffic
			}
		}
	}
	return raise
}
