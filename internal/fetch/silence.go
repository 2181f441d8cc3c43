package fetch

import (
	"errors"
	"net/url"
	"sync"
	"time"

	"github.com/marquetry/marquetry/internal/object"
)

// Limits on what is known of hosts.
const (
	mostWaits = 3    // addresses of a host in a row that did not answer in time, before it is left alone
	mostHosts = 1000 // that are known at once
)

// silences knows the hosts that let callers wait for nothing, so that thousands of addresses of one are not waited for each in turn.
type silences struct {
	lasts time.Duration // how long such a host is left alone; 0 for not at all
	mu    sync.Mutex
	hosts map[string]silence
}

// silence is what is known of one host.
type silence struct {
	waits int       // addresses in a row
	last  time.Time // when the last of them was given up
}

// host is that of an address, as it is known by.
func host(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Host
}

// now reports whether a host is left alone. Once its time is over, one address that does not answer is enough for another time.
func (s *silences) now(host string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	known := s.hosts[host]
	return known.waits >= mostWaits && time.Since(known.last) < s.lasts
}

// note takes in how a fetch from a host ended.
func (s *silences) note(host string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var fault *object.Fault
	switch asked := errors.As(err, &fault); {
	case err != nil && !asked:
		return // whoever wanted it went away
	case err == nil || fault.Rule != "fetch.timeout":
		delete(s.hosts, host)
		return
	}
	if len(s.hosts) >= mostHosts {
		clear(s.hosts)
	}
	s.hosts[host] = silence{s.hosts[host].waits + 1, time.Now()}
}
