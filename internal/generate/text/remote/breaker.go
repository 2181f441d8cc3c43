package remote

import (
	"sync"
	"time"
)

const (
	mostFailures = 5                // in a row, before a server is left alone
	rest         = 30 * time.Second // how long; then one request tries it
)

// breaker leaves a server alone that does not answer, so that nobody waits for it in vain.
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
	if b.fails < mostFailures {
		return true
	}
	if now.Before(b.until) {
		return false
	}
	b.until = now.Add(rest)
	return true
}

// record counts how a request went.
func (b *breaker) record(good bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if good {
		b.fails = 0
		return
	}
	b.fails++
	b.until = b.now().Add(rest)
}
