package graph

import (
	"maps"
	"math"
	"sync"
	"time"
)

// minutes is how long usage is remembered: allowances are an hour's.
const minutes = 60

// span is over how many minutes an account's points are summed.
const span = 5

// maxMeters is how many meters are kept before those that have been idle for an hour are dropped.
const maxMeters = 10_000

// usage counts what applications and accounts asked for in the last hour, in memory and for this process alone.
type usage struct {
	config UsageConfig
	mu     sync.Mutex
	by     map[string]*meter
}

// meter is the last hour of an application, an account, or one use of an account, by minute.
type meter struct {
	minute [minutes]int64 // unix minute that a slot stands for
	calls  [minutes]int
	points [minutes]int
	busy   [minutes]time.Duration

	last    int64 // unix second of the last write
	writes  int   // in that second
	blocked int64 // unix second until which an account that used up its points is refused
}

// newUsage starts at zero.
func newUsage(config UsageConfig) *usage {
	return &usage{config: config, by: map[string]*meter{}}
}

// points is what a call costs an account: the platform charges a read one and a write three.
func points(verb string) int {
	if verb == "get" {
		return 1
	}
	return 3
}

// meter finds or makes a key's meter. The caller holds the lock.
func (u *usage) meter(key string, at time.Time) *meter {
	m := u.by[key]
	if m == nil {
		if len(u.by) >= maxMeters {
			maps.DeleteFunc(u.by, func(_ string, m *meter) bool { return m.sum(minutes, at).calls == 0 })
		}
		m = &meter{}
		u.by[key] = m
	}
	return m
}

// charge adds one finished call to a key's meter.
func (u *usage) charge(key, verb string, at time.Time, took time.Duration) {
	u.mu.Lock()
	defer u.mu.Unlock()
	m := u.meter(key, at)
	now := at.Unix() / 60
	slot := now % minutes
	if m.minute[slot] != now {
		m.minute[slot], m.calls[slot], m.points[slot], m.busy[slot] = now, 0, 0, 0
	}
	m.calls[slot]++
	m.points[slot] += points(verb)
	m.busy[slot] += took
}

// wrote counts a write in its second.
func (u *usage) wrote(key string, at time.Time) {
	u.mu.Lock()
	defer u.mu.Unlock()
	m := u.meter(key, at)
	if m.last != at.Unix() {
		m.last, m.writes = at.Unix(), 0
	}
	m.writes++
}

// total is what a meter has counted over some minutes; oldest is the unix minute of the first of it.
type total struct {
	calls, points int
	busy          time.Duration
	oldest        int64
}

// sum adds up the last minutes.
func (m *meter) sum(last int64, at time.Time) total {
	now := at.Unix() / 60
	t := total{oldest: now}
	for slot, minute := range m.minute {
		if minute > now-last {
			t.calls += m.calls[slot]
			t.points += m.points[slot]
			t.busy += m.busy[slot]
			t.oldest = min(t.oldest, minute)
		}
	}
	return t
}

// level is how much of each allowance is used, in percent, and when the oldest counted point is forgotten.
type level struct {
	calls, time int
	points      float64
	reset       int // seconds
}

// level reads a key's meter against so many calls in an hour.
func (u *usage) level(key string, allowed int, at time.Time) level {
	u.mu.Lock()
	defer u.mu.Unlock()
	m := u.by[key]
	if m == nil {
		return level{}
	}
	hour, recent := m.sum(minutes, at), m.sum(span, at)
	return level{
		calls:  percent(float64(hour.calls), float64(allowed)),
		time:   percent(hour.busy.Seconds(), u.config.TimePerHour),
		points: math.Round(float64(recent.points)*10000/float64(u.config.PointsPerSpan)) / 100,
		reset:  max(int((recent.oldest+span)*60-at.Unix()), int(m.blocked-at.Unix())),
	}
}

// percent is a whole number of percent, rounded up so that some use is never shown as none.
func percent(used, allowed float64) int { return int(math.Ceil(used * 100 / allowed)) }
