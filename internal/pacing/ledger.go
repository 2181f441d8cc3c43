package pacing

// Claims are kept by the time of their decision, in slots of some seconds.
const (
	slotLength = 5_000 // milliseconds
	slots      = 32
)

// Lapse is after how many milliseconds a claim that was not shown gives its money back; well below the length of all slots.
const Lapse = 90_000

// What is learnt of how many claims are shown, in impressions: the weight of the first guess, that all are, and how many are remembered.
const (
	priorShown = 20
	remembered = 2000
)

// Delivered is what was spent of a budget, on each day and ever. The map is not changed once it is handed over.
type Delivered struct {
	Days map[int32]int64
	Ever int64
}

// Standing is what a process knows of the moment, and of the others that spend the same budget.
type Standing struct {
	Share    float64 // of what is left that is for this process; those of all add up to one at most
	Flow     float64 // of what is spent at this moment that is for this process; those of all add up to one, so that they are not late. 0 is as the share
	Pulse    float64 // how much busier it is than the day so far says, see [Pulse]; 0 is not known
	Reserved int64   // claimed by processes that have ended, and not known to be delivered
	Until    int64   // when the share ends unless it is renewed, in unix milliseconds; 0 is never
}

// at is the share at a moment.
func (s *Standing) at(now int64) float64 {
	if s.Until != 0 && now >= s.Until {
		return 0
	}
	return s.Share
}

// flow is the part of a moment.
func (s *Standing) flow(now int64) float64 {
	if share := s.at(now); share == 0 || s.Flow == 0 {
		return share
	}
	return s.Flow
}

// busy is the pulse, 1 where it is not known.
func (s *Standing) busy() float64 {
	if s.Pulse == 0 {
		return 1
	}
	return s.Pulse
}

// Alone is the standing of the only process.
func Alone() Standing { return Standing{Share: 1} }

// Books is what is known of a budget at one moment. Delivered and settled are of the same moment, so that no claim is in neither.
type Books struct {
	Delivered
	Standing
	settled  int64   // of what was claimed here: shown, given back or lapsed
	expected float64 // of what was claimed here: shown yet to be, as far as one knows
	rate     float64 // of claims that are shown
}

// ledger is what a gate's keeper remembers; nobody else looks at it.
type ledger struct {
	shown  [slots]int64 // of what was claimed in a slot
	freed  [slots]int64 // of it, what will not be shown
	lapsed int64        // of slots that are over, all that was claimed
	tried  float64      // of slots that are over, fading
	seen   float64      // of it, shown
}

// bucketOf numbers the slots of all time.
func bucketOf(at int64) int64 { return at / slotLength }

// slotOf is where the claims of a moment are.
func slotOf(at int64) int64 { return bucketOf(at) & (slots - 1) }

// Lapsed reports whether claims of a time have lapsed when all is known up to another: what is shown of them later is not theirs.
func Lapsed(at, known int64) bool { return bucketOf(at) < bucketOf(known-Lapse) }

// Shown notes an impression of a claim that was made here at a time and has not lapsed.
func (g *Gate) Shown(at, price int64) { g.ledger.shown[slotOf(at)] += price }

// Free gives back a claim that was made here at a time and has not lapsed: what it was for will not be shown. Each is to be given back once.
func (g *Gate) Free(at, price int64) { g.ledger.freed[slotOf(at)] += price }

// Late notes an impression of a claim that was made here and has lapsed, so that as many are not taken for lost.
func (g *Gate) Late(price int64) {
	l := &g.ledger
	l.seen = min(l.tried, l.seen+float64(price))
}

// Settle brings the books up to date. Delivered has in it all impressions that Shown was told of; known is the time up to which those are
// all there are, and what was claimed long before it has lapsed.
func (g *Gate) Settle(now, known int64, d Delivered, s Standing) {
	l, unit := &g.ledger, float64(max(1, g.plan.Load().Unit))
	newest := bucketOf(max(now, known))
	for i := range int64(slots) {
		if last := newest - (newest-i)&(slots-1); last < bucketOf(known-Lapse) {
			claimed := g.recent[i].Swap(0)
			l.lapsed += claimed
			if tried := claimed - l.freed[i]; tried > 0 {
				fade := 1 / (1 + float64(tried)/remembered/unit)
				l.tried, l.seen = fade*l.tried+float64(tried), fade*l.seen+float64(min(tried, l.shown[i]))
			}
			l.shown[i], l.freed[i] = 0, 0
		}
	}
	next := &Books{Delivered: d, Standing: s, settled: l.lapsed, rate: (l.seen + priorShown*unit) / (l.tried + priorShown*unit)}
	for i := range l.shown {
		claimed := g.recent[i].Load()
		next.settled += min(claimed, l.shown[i]+l.freed[i])
		next.expected += max(0, next.rate*float64(claimed-l.freed[i])-float64(l.shown[i]))
	}
	g.books.Store(next)
	g.expire()
}

// Outstanding is what was claimed, and neither shown nor lapsed.
func (g *Gate) Outstanding() int64 { return g.claimed.Load() - g.books.Load().settled }

// Idle reports whether nothing was claimed lately, so that Settle would change nothing by the passing of time alone.
func (g *Gate) Idle() bool {
	for i := range g.recent {
		if g.recent[i].Load() != 0 {
			return false
		}
	}
	return true
}
