package insights

import (
	"fmt"
	"strings"
	"time"

	"github.com/marquetry/marquetry/internal/object"
)

// Day is a calendar day of an ad account: days since 1970-01-01 in its time zone.
type Day int64

// dayOf is the day in which a time falls at a place.
func dayOf(unixMilli int64, loc *time.Location) Day {
	return Day(object.Day(time.UnixMilli(unixMilli), loc))
}

// date is the day of a calendar date; days and months outside their range carry over as in time.Date.
func date(y int, m time.Month, d int) Day {
	return Day(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60))
}

// time is midnight of the day in UTC, for calendar arithmetic.
func (d Day) time() time.Time { return time.Unix(int64(d)*24*60*60, 0).UTC() }

// String writes the day as reports do: 2026-01-31.
func (d Day) String() string { return d.time().Format(time.DateOnly) }

// parseDay reads 2026-01-31.
func parseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, strings.TrimSpace(s))
	if err != nil {
		return 0, fmt.Errorf("%q is not a date in the form YYYY-MM-DD", s)
	}
	return date(t.Date()), nil
}

// Range is an interval of days, both ends included.
type Range struct {
	Since, Until Day
}

// Retention is how many months back a report may reach, as on the platform.
const Retention = 37

// oldest is the first day that a report made today may begin with.
func oldest(today Day) Day {
	t := today.time()
	return date(t.Year(), t.Month()-Retention, t.Day())
}

// presets lists the values of date_preset.
func presets() []string {
	return []string{"today", "yesterday", "this_month", "last_month", "this_quarter", "maximum", "data_maximum", "last_3d", "last_7d",
		"last_14d", "last_28d", "last_30d", "last_90d", "last_week_mon_sun", "last_week_sun_sat", "last_quarter", "last_year",
		"this_week_mon_today", "this_week_sun_today", "this_year"}
}

// preset is what a date_preset means on a day. The periods named last_*d end yesterday; the ones named this_* end today.
func preset(name string, today Day) (Range, bool) {
	var n int
	if k, _ := fmt.Sscanf(name, "last_%dd", &n); k == 1 && n > 0 {
		return Range{today - Day(n), today - 1}, true
	}
	now := today.time()
	year, month, quarter := now.Year(), now.Month(), (now.Month()-1)/3*3+1
	sunday := today - Day(now.Weekday())
	monday := today - Day((now.Weekday()+6)%7)
	switch name {
	case "today":
		return Range{today, today}, true
	case "yesterday":
		return Range{today - 1, today - 1}, true
	case "this_month":
		return Range{date(year, month, 1), today}, true
	case "last_month":
		return Range{date(year, month-1, 1), date(year, month, 1) - 1}, true
	case "this_quarter":
		return Range{date(year, quarter, 1), today}, true
	case "last_quarter":
		return Range{date(year, quarter-3, 1), date(year, quarter, 1) - 1}, true
	case "this_year":
		return Range{date(year, 1, 1), today}, true
	case "last_year":
		return Range{date(year-1, 1, 1), date(year, 1, 1) - 1}, true
	case "this_week_mon_today":
		return Range{monday, today}, true
	case "this_week_sun_today":
		return Range{sunday, today}, true
	case "last_week_mon_sun":
		return Range{monday - 7, monday - 1}, true
	case "last_week_sun_sat":
		return Range{sunday - 7, sunday - 1}, true
	case "maximum", "data_maximum", "lifetime": // the last is what maximum was called before
		return Range{oldest(today), today}, true
	}
	return Range{}, false
}

// Monthly as an Increment cuts a range at the ends of calendar months.
const Monthly = -1

// cut divides a range into the periods of an increment: a number of days, Monthly, or 0 for one period.
func (r Range) cut(increment int) []Range {
	if increment == 0 {
		return []Range{r}
	}
	var out []Range
	for since := r.Since; since <= r.Until; {
		next := since + Day(increment)
		if increment == Monthly {
			t := since.time()
			next = date(t.Year(), t.Month()+1, 1)
		}
		out = append(out, Range{since, min(next-1, r.Until)})
		since = next
	}
	return out
}
