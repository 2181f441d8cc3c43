package deliver

import (
	"context"

	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/frequency"
)

// How much of the log is read again at the start, in events: the first in any case, the other where windows of frequency caps reach back so far.
const (
	rememberedTail = 20_000
	longestTail    = 1_000_000
)

// recall takes in the impressions at the end of the log, the latest first, in portions.
func (s *Service) recall(ctx context.Context) error {
	objects := s.snapshot.Load().objects
	since := s.sources.Now().UnixMilli() - objects.longestCap()
	last, err := s.events.Last(ctx)
	if err != nil {
		return err
	}
	for end := last; end > 0 && last-end < longestTail; end -= maxBatch {
		events, err := s.events.Read(ctx, max(0, end-maxBatch), int(min(end, maxBatch)))
		if err != nil || len(events) == 0 {
			return err
		}
		s.sawAll(events, true)
		if last-end >= rememberedTail && events[0].At < since {
			break
		}
	}
	s.recalled, s.followed = objects, max(s.followed, last)
	return nil
}

// remember keeps up with what other ways than this process's own intake have brought: caps that were set, and what other processes logged.
func (s *Service) remember(ctx context.Context) error {
	if err := s.recallNew(ctx); err != nil || !s.cfg.SharedLog {
		return err
	}
	return s.follow(ctx)
}

// recallNew is recall when an object has a cap, or a longer one, of which nothing was counted before it was set.
func (s *Service) recallNew(ctx context.Context) error {
	objects := s.snapshot.Load().objects
	if s.recalled == objects {
		return nil
	}
	for owner, window := range objects.caps {
		if s.recalled.caps[owner] < window {
			return s.recall(ctx)
		}
	}
	s.recalled = objects
	return nil
}

// follow takes in the impressions that other processes have logged since the last time.
func (s *Service) follow(ctx context.Context) error {
	for {
		events, err := s.events.Read(ctx, s.followed, maxBatch)
		if err != nil || len(events) == 0 {
			return err
		}
		s.sawAll(events, false)
		s.followed = events[len(events)-1].Seq
	}
}

// sawAll takes in what some events say viewers were shown and what they looked at.
func (s *Service) sawAll(events []eventlog.Event, before bool) {
	for i := range events {
		switch e := &events[i]; {
		case e.Kind == eventlog.Impression && e.Exposure != nil && e.Invalid == "":
			s.saw(e.Exposure, before)
		case e.Kind == eventlog.Conversion:
			s.looks.add(e.Outcome, e.At)
		}
	}
}

// longestCap is the longest window of any cap, in milliseconds.
func (x *index) longestCap() (window int64) {
	for _, w := range x.caps {
		window = max(window, w)
	}
	return window
}

// noteCaps remembers how far back caps look.
func (x *index) noteCaps(caps []*frequency.Capped) {
	for _, c := range caps {
		x.caps[c.Owner] = max(x.caps[c.Owner], c.Longest())
	}
}
