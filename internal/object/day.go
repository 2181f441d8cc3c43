package object

import "time"

// Day is the calendar day of a moment in a time zone, as days since 1970-01-01. Learning and reports date what happened by it.
func Day(t time.Time, zone *time.Location) int64 {
	y, m, d := t.In(zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60)
}
