package deliver

import (
	"hash/fnv"
	"slices"

	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/frequency"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// capped says whether the viewer has seen an ad, its set or its campaign as often as they may.
func (s *Service) capped(a *ad, q *query) reason {
	if len(a.caps) > 0 && s.seen.capped.Full(&q.seen, a.caps) {
		return frequencyCapped
	}
	return eligible
}

// claimShown takes a place under the caps over an ad for a decision. Another request may have taken the last one since capped was asked.
func (s *Service) claimShown(a *ad, q *query, decision uint64) reason {
	if len(a.caps) == 0 {
		return eligible
	}
	if !s.seen.capped.Claim(&q.seen, a.caps, uint32(decision)) {
		return frequencyCapped
	}
	if q.sandbox || q.viewer == 0 { // the memory does not tell the other ads of this answer, nor a client's counter
		for _, c := range a.caps {
			q.seen.Past = append(q.seen.Past, frequency.Past{Owner: c.Owner, At: q.seen.Now})
		}
	}
	return eligible
}

// releaseShown gives back what claimShown took for a decision that is not made after all.
func (s *Service) releaseShown(w award, q *query) {
	if len(w.ad.caps) == 0 {
		return
	}
	s.seen.capped.Release(&q.seen, w.ad.caps, uint32(w.id))
	for _, c := range w.ad.caps {
		if i := slices.Index(q.seen.Past, frequency.Past{Owner: c.Owner, At: q.seen.Now}); i >= 0 {
			q.seen.Past = slices.Delete(q.seen.Past, i, i+1)
		}
	}
}

// saw takes in what a viewer was shown, however often it is told of, before all that is remembered or just now.
func (s *Service) saw(x *eventlog.Exposure, before bool) {
	if x.Viewer == 0 {
		return
	}
	a := s.snapshot.Load().objects.ads[x.AdID]
	s.seen.add(x.Viewer, keyOf(x.AdID), x.At, before)
	if a == nil || len(a.caps) == 0 {
		return
	}
	keep := s.seen.capped.Keep
	if before {
		keep = s.seen.capped.Recall
	}
	keep(x.Viewer, a.caps, frequency.Showing{At: x.At, Mark: uint32(x.Decision)}, x.Sandbox)
}

// capsOf are the frequency caps of an object; none when it has none.
func capsOf(o *store.Object) []*frequency.Capped {
	caps := object.FrequencyCaps(o.Data)
	if len(caps) == 0 {
		return nil
	}
	c := &frequency.Capped{Owner: keyOf(o.ID)}
	for _, limit := range caps {
		c.Caps = append(c.Caps, frequency.Cap{Window: limit.Days * frequency.Day, Most: int(limit.Most)})
	}
	return []*frequency.Capped{c}
}

// keyOf is an id as a number.
func keyOf(id string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(id))
	return h.Sum64()
}
