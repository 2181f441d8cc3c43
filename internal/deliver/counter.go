package deliver

import (
	"slices"
	"time"

	"github.com/marquetry/marquetry/internal/frequency"
	"github.com/marquetry/marquetry/internal/object"
)

// counterVersion is the first byte of a counter; no token begins with it.
const counterVersion = 0x81

// counterLife is how long after its last answer a counter is believed, as no window is longer.
const counterLife = object.MaxFrequencyDays * frequency.Day // milliseconds

// openCounter is what a client without a viewer's id says was shown; nothing when that is not of our making. Then it is counted as refused.
func (s *Service) openCounter(text string, dated bool, now int64) frequency.Counter {
	body, err := s.signer.Load().unseal(text, counterVersion)
	if err != nil {
		s.refuseToken(err)
		return frequency.Counter{}
	}
	c, ok := frequency.ReadCounter(body)
	switch {
	case !ok:
		s.refuseToken(ErrMalformed)
		return frequency.Counter{}
	case !dated && (now-c.Issued > counterLife || c.Issued-now > int64(maxFutureSkew/time.Millisecond)):
		s.refuseToken(ErrStale)
		return frequency.Counter{}
	}
	return c
}

// counter is what a client without a viewer's id is to send back the next time, nil when nothing with a cap was shown. What no window has any more
// is left out. Fresh is a number for a client that had none.
func (s *Service) counter(objects *index, q *query, fresh uint64) []byte {
	if q.viewer != 0 || len(q.seen.Past) == 0 {
		return nil
	}
	c := frequency.Counter{Viewer: q.seen.Viewer, Issued: q.seen.Now, Past: slices.DeleteFunc(q.seen.Past, func(p frequency.Past) bool {
		return p.At <= q.seen.Now-objects.caps[p.Owner]
	})}
	if c.Viewer == 0 {
		c.Viewer = max(1, frequency.Mix(fresh, counterVersion))
	}
	signer := s.signer.Load()
	return signer.seal(nil, c.Append(signer.header(nil, counterVersion)))
}
