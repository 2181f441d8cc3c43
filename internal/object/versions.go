package object

import "time"

// Lifespan is how long the platform answers a version. Days are written 2026-01-31; "" is one that nobody has announced.
type Lifespan struct {
	Version   Version
	Released  string
	Marketing string // day from which on it refuses calls on ads objects
	Graph     string // day from which on it answers every other call as the next living version
}

// Lifespans are those of the versions from Oldest to Newest. Of the versions before v24 the platform's table has no Marketing day any
// more: the days here are those that it announced when they were released.
func Lifespans() []Lifespan {
	return []Lifespan{
		{190, "2024-01-23", "2025-02-04", "2026-05-21"},
		{200, "2024-05-21", "2025-05-06", "2026-09-24"},
		{210, "2024-10-02", "2025-09-09", "2027-01-21"},
		{220, "2025-01-21", "2026-02-10", "2027-05-20"},
		{230, "2025-05-29", "2026-06-09", "2027-10-08"},
		{240, "2025-10-08", "2026-10-06", "2028-02-18"},
		{250, "2026-02-18", "", "2028-07-29"},
		{260, "2026-07-29", "", ""},
	}
}

// MarketingEnded reports whether the platform refuses calls on ads objects in a version by now; versions before Oldest ended long ago.
func MarketingEnded(v Version, now time.Time) bool {
	for _, l := range Lifespans() {
		if l.Version == v {
			return over(l.Marketing, now)
		}
	}
	return v < Oldest
}

// OldestAlive is the version by which the platform answers calls in versions that have ended.
func OldestAlive(now time.Time) Version {
	for _, l := range Lifespans() {
		if !over(l.Graph, now) {
			return l.Version
		}
	}
	return Newest
}

// over reports whether a day has come.
func over(day string, now time.Time) bool {
	return day != "" && now.UTC().Format(time.DateOnly) >= day
}
