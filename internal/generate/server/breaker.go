package server

import (
	"sync"
	"time"
)

// When a server is left alone.
const (
	MostFailures = 5                // in a row, before it is
	Rest         = 30 * time.Second // how long; then one request tries it
)

// Breaker leaves a server alone that does not answer, or asks for it, so that nobody waits for it in vain.
type Breaker struct {
	Now func() time.Time

	mu    sync.Mutex
	fails int
	until time.Time // no request before this
}

// Allows reports whether to ask. Of the many that wait for the end of a rest one goes first; its failure begins another.
func (b *Breaker) Allows() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := b.Now()
	if now.Before(b.until) {
		return false
	}
	if b.fails >= MostFailures {
		b.until = now.Add(Rest)
	}
	return true
}

// Good ends a row of failures.
func (b *Breaker) Good() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.fails, b.until = 0, time.Time{}
}

// Bad counts a failure of a server that asked to be left alone for a while, 0 if it did not.
func (b *Breaker) Bad(after time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.fails++
	if b.fails >= MostFailures {
		after = max(after, Rest)
	}
	if until := b.Now().Add(after); until.After(b.until) {
		b.until = until
	}
}
