package object

import (
	"sort"
	"time"
)

// Day is the calendar day of a moment in a time zone, as days since 1970-01-01. Learning and reports date what happened by it.
func Day(t time.Time, zone *time.Location) int64 {
	y, m, d := t.In(zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60)
}

// DayStart is the first moment of a calendar day in a time zone. Some days begin at one o'clock, some twice: the search finds the first moment
// whatever the clocks do.
func DayStart(day int64, zone *time.Location) time.Time {
	const around = 2 * 24 * 60 * 60 // no zone is further from UTC
	from := day*24*60*60 - around
	after := sort.Search(2*around, func(i int) bool { return Day(time.Unix(from+int64(i), 0), zone) >= day })
	return time.Unix(from+int64(after), 0)
}
