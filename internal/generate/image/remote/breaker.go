package remote

import (
	"sync"
	"time"
)

const (
	mostFailures = 5                // in a row, before a server is left alone
	rest         = 30 * time.Second // how long; then one request tries it
)

// breaker leaves a server alone that does not answer, or asks for it, so that nobody waits for it in vain.
type breaker struct {
	now func() time.Time

	mu    sync.Mutex
	fails int
	until time.Time // no request before this
}

// allows reports whether to ask. Of the many that wait for the end of a rest one goes first; its failure begins another.
func (b *breaker) allows() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := b.now()
	if now.Before(b.until) {
		return false
	}
	if b.fails >= mostFailures {
		b.until = now.Add(rest)
	}
	return true
}

// good ends a row of failures.
func (b *breaker) good() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.fails, b.until = 0, time.Time{}
}

// bad counts a failure of a server that asked to be left alone for a while, 0 if it did not.
func (b *breaker) bad(after time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.fails++
	if b.fails >= mostFailures {
		after = max(after, rest)
	}
	if until := b.now().Add(after); until.After(b.until) {
		b.until = until
	}
}
