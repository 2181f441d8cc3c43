package traffic

import "sync"

// Limits of clicks on one ad within a minute. Many people can share an address.
const (
	PerViewer  = 10
	PerAddress = 30
)

// minute is the span in which clicks are counted, in milliseconds.
const minute = 60_000

// maxCounted bounds the keys of one minute; what comes after them is not counted.
const maxCounted = 1 << 16

// Counter counts by key within about the last minute. The zero value is ready; it is safe for concurrent use.
type Counter struct {
	mu          sync.Mutex
	at          int64 // the present minute
	now, before map[uint64]int
}

// Add counts one of a key at a time (unix milliseconds) and returns how many there were within a minute: those of the present minute, and of
// the one before as many as fall into the span if they came evenly.
func (c *Counter) Add(key uint64, at int64) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch m := at / minute; {
	case m == c.at+1:
		c.at, c.before, c.now = m, c.now, nil
	case m > c.at:
		c.at, c.before, c.now = m, nil, nil
	}
	if c.now == nil {
		c.now = map[uint64]int{}
	}
	if _, known := c.now[key]; !known && len(c.now) >= maxCounted {
		return 0
	}
	c.now[key]++
	left := max(0, minute-at%minute)
	return c.now[key] + int(int64(c.before[key])*left/minute)
}
