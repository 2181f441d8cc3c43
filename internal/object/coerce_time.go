package object

import (
	"strconv"
	"strings"
	"time"
)

// maxTime is the last second of the year 9999.
const maxTime = 253402300799

// time reads unix seconds or a date in one of the spellings that clients use. Zero is a value: an end_time of 0 means no end.
func (c coercion) time(s string) (any, *Fault) {
	at, ok := parseTime(s, c.zone)
	if !ok || at < 0 || at > maxTime {
		return nil, c.fault(Time, "must be a time: unix seconds, 2026-01-31T08:00:00-0800 or 2026-01-31 08:00:00 PST")
	}
	return at, nil
}

// parseTime returns unix seconds. A time without a zone is in the given one.
func parseTime(s string, zone *time.Location) (int64, bool) {
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		return n, true
	}
	if zone == nil {
		zone = time.UTC
	}
	text := s
	if rest, name, ok := cutLast(s); ok {
		if hours, known := zoneHours(name); known {
			text, zone = rest, time.FixedZone(name, int(hours*3600))
		}
	}
	for _, layout := range []string{
		"2006-01-02T15:04:05Z07:00", "2006-01-02T15:04:05Z0700", "2006-01-02T15:04Z07:00", "2006-01-02T15:04Z0700",
		"2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05-0700",
		"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02",
	} {
		if t, err := time.ParseInLocation(layout, text, zone); err == nil {
			return t.Unix(), true
		}
	}
	return 0, false
}

// cutLast splits off the last word.
func cutLast(s string) (rest, last string, ok bool) {
	i := strings.LastIndexByte(s, ' ')
	if i < 0 {
		return s, "", false
	}
	return strings.TrimSpace(s[:i]), s[i+1:], true
}

// zoneHours is how far a zone that goes by its letters is ahead of UTC. The letters are ambiguous in the world at large; these are the
// readings of the platform's documentation.
func zoneHours(name string) (float64, bool) {
	switch name {
	case "UTC", "GMT", "WET":
		return 0, true
	case "BST", "CET", "WEST":
		return 1, true
	case "CEST", "EET":
		return 2, true
	case "EEST", "MSK":
		return 3, true
	case "EDT":
		return -4, true
	case "EST", "CDT":
		return -5, true
	case "CST", "MDT":
		return -6, true
	case "MST", "PDT":
		return -7, true
	case "PST", "AKDT":
		return -8, true
	case "AKST":
		return -9, true
	case "HST":
		return -10, true
	case "IST":
		return 5.5, true
	case "SGT":
		return 8, true
	case "JST", "KST":
		return 9, true
	case "AEST":
		return 10, true
	case "AEDT":
		return 11, true
	}
	return 0, false
}
