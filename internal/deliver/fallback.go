package deliver

import (
	"time"

	"github.com/marquetry/marquetry/internal/bandit"
)

// What decides when knowledge is old or broken. The objects of the last snapshot serve for as long as no new one can be made, and what they cost and
// who saw them is counted in memory all the same. A model that was not renewed for long, or that fails, gives way to even rotation over what
// may be shown, whose propensity is exact, too.

// freshWait is how long a request that found nothing to show waits for objects that have just changed.
const freshWait = 2 * time.Second

// stale reports whether a snapshot was not renewed for longer than a limit.
func (s *Snapshot) stale(now time.Time, limit time.Duration) bool { return now.Sub(s.renewed) > limit }

// modelOf is what decides for an ad on this occasion.
func (s *Service) modelOf(snapshot *Snapshot, a *ad, q *query) *bandit.Learned {
	learned := snapshot.learnedOf(a)
	if q.stale && learned != a.unlearned {
		s.fellBack("models are not renewed, ads rotate evenly", a, nil)
		return a.unlearned
	}
	return learned
}

// choice is a combination of an ad and the policy that chose it.
func (s *Service) choice(a *ad, q *query, learned *bandit.Learned, signature bandit.Signature, it *item, id uint64) (choice bandit.Choice, policy bandit.Policy) {
	choose := func(by *bandit.Learned) {
		policy = a.policyOf(by, q)
		choice = a.creative.settle(policy.Choose(signature, id), policy, signature, it, q.context.Placement, q.now.Unix())
	}
	defer func() {
		if failure := recover(); failure != nil {
			s.fellBack("a model cannot choose, its ad rotates evenly", a, failure)
			choose(a.unlearned)
		}
	}()
	choose(learned)
	return choice, policy
}

// fellBack counts a decision without the knowledge that there should be. Ever fewer are logged: the first, the second, the fourth, …
func (s *Service) fellBack(message string, a *ad, cause any) {
	if n := s.counts.fallbacks.Add(1); n&(n-1) == 0 {
		s.log.Error(message, "ad", a.id, "times", n, "cause", cause)
	}
}
