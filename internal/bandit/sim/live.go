package sim

import (
	"math/rand/v2"
	"runtime"
	"time"

	"github.com/marquetry/marquetry/internal/bandit"
)

// How long a live ad has been shown at most, and how often.
const (
	life  = 30 * 24 * time.Hour
	stale = 100_000 // impressions
)

// Live is many ads that are shown at once, as an account has them, each of an age drawn evenly from 30 days or 100,000 impressions. It measures what learning
// from them costs, not what it brings.
type Live struct {
	World     func(seed uint64) World
	FirstSeed uint64
	Truths    int     // different worlds that the ads share
	Ads       int     //
	Rate      float64 // impressions per second, of all ads together
	Seconds   int     // simulated
	Options   bandit.Options
	Now       func() time.Time // processor time
}

// Load is what learning cost.
type Load struct {
	Ads         int     `json:"ads"`
	Rate        float64 `json:"impressions_per_second"`
	Seconds     int     `json:"seconds"`
	Events      int     `json:"events"`
	Refits      int     `json:"refits"`
	Folding     float64 `json:"folding_cpu_seconds_per_second"`
	Refitting   float64 `json:"refitting_cpu_seconds_per_second"`
	LongestMS   float64 `json:"longest_refit_ms"`
	Impressions float64 `json:"mean_impressions_at_refit"`
	ModelBytes  float64 `json:"model_bytes"` // that are kept of one ad
}

// liveAd is one of the ads.
type liveAd struct {
	world          World
	before         int           // impressions at the start
	events, fitted int64         // all so far, and those at the last refit
	fresh          *book         // counters since the start
	policy         bandit.Policy // nil until the first refit that is measured; until then it rotates
}

// live is a simulation under way.
type live struct {
	Live
	source *rand.Rand
	even   *bandit.Rotation
	ads    []liveAd
	load   Load
}

// Run simulates. Every second the events of that second are counted, and the ads that are due by the server's rule are fitted again, from
// all their counters.
func (l Live) Run() (Load, error) {
	s := &live{Live: l, source: rand.New(rand.NewPCG(l.FirstSeed, 505)), load: Load{Ads: l.Ads, Rate: l.Rate, Seconds: l.Seconds}}
	truths := make([]World, l.Truths)
	for i := range truths {
		truths[i] = l.World(l.FirstSeed + uint64(i))
	}
	var err error
	if s.even, err = bandit.NewRotation(truths[0].Space, truths[0].Legal); err != nil {
		return s.load, err
	}
	for i := range l.Ads {
		s.ads = append(s.ads, s.born(truths[i%l.Truths].Worlds(l.FirstSeed+uint64(i))))
	}
	waiting := 0.0
	for range l.Seconds {
		var touched []*liveAd
		for waiting += l.Rate; waiting >= 1; waiting-- {
			a := &s.ads[s.source.IntN(len(s.ads))]
			s.show(a)
			touched = append(touched, a)
		}
		if err := s.learn(touched); err != nil {
			return s.load, err
		}
	}
	s.load.Folding /= float64(l.Seconds)
	s.load.Refitting /= float64(l.Seconds)
	s.load.Impressions /= float64(max(1, s.load.Refits))
	cells := Serve(truths[0], s.even, int(s.load.Impressions))
	var learned *bandit.Learned
	s.load.ModelBytes, err = retained(cells, func() (err error) {
		learned, err = s.fit(truths[0], cells)
		return err
	})
	runtime.KeepAlive(learned)
	return s.load, err
}

// born is an ad of any age up to 30 days, somewhere between two refits.
func (s *live) born(world World) liveAd {
	oldest := min(stale, life.Seconds()*s.Rate/float64(s.Ads))
	a := liveAd{world: world, fresh: newBook(world), before: int(s.source.Float64() * oldest)}
	a.events = int64(a.before)
	since := s.source.Float64()
	for a.fitted = a.events; a.fitted > 0 && !bandit.Due(a.fitted, a.events); {
		a.fitted -= max(1, a.fitted/100)
	}
	a.fitted += int64(since * float64(a.events-a.fitted))
	return a
}

// show shows an ad to a visitor; what comes of it waits to be counted.
func (s *live) show(a *liveAd) {
	var policy bandit.Policy = s.even
	if a.policy != nil {
		policy = a.policy
	}
	segment := s.source.IntN(len(a.world.Segments))
	k := policy.Choose(a.world.Segments[segment], s.source.Uint64()).Combination
	click := s.source.Float64() < a.world.Before[segment][k]
	a.fresh.pending = append(a.fresh.pending, event{place{0, segment, k}, click})
	a.events++
	if click {
		a.events++
	}
}

// learn counts what waits and fits the ads that are due.
func (s *live) learn(touched []*liveAd) error {
	start := s.Now()
	for _, a := range touched {
		s.load.Events += len(a.fresh.pending)
		a.fresh.deliver(0)
	}
	s.load.Folding += s.Now().Sub(start).Seconds()
	for _, a := range touched {
		if !bandit.Due(a.fitted, a.events) {
			continue
		}
		cells := append(Serve(a.world, s.even, a.before), a.fresh.cells()...)
		start := s.Now()
		learned, err := s.fit(a.world, cells)
		if err != nil {
			return err
		}
		took := s.Now().Sub(start).Seconds()
		a.policy, a.fitted = learned.Policy, a.events
		s.load.Refits++
		s.load.Refitting += took
		s.load.LongestMS = max(s.load.LongestMS, 1000*took)
		s.load.Impressions += float64(a.before + a.fresh.delivered)
	}
	return nil
}

// fit learns all that delivery publishes of an ad, not only how to choose.
func (s *live) fit(world World, cells []bandit.Cell) (*bandit.Learned, error) {
	return bandit.Learn(world.Space, world.Context(), cells, world.shape(s.Options), bandit.TotalsOf(cells), bandit.DefaultRule())
}
