package eventlog

import "sync"

// signal wakes everybody who waits for the next of something.
type signal struct {
	mu   sync.Mutex
	next chan struct{}
}

// newSignal has not happened yet.
func newSignal() *signal { return &signal{next: make(chan struct{})} }

// wait returns the channel that the next send closes.
func (s *signal) wait() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.next
}

// send wakes those who wait now.
func (s *signal) send() {
	s.mu.Lock()
	defer s.mu.Unlock()
	close(s.next)
	s.next = make(chan struct{})
}
