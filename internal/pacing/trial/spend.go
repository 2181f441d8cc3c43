package trial

import (
	"math/rand/v2"

	"github.com/marquetry/marquetry/internal/pacing"
)

// price is what every impression costs.
const price = 5000

// process is one of those that share the budget.
type process struct {
	gate   *pacing.Gate
	lag    int     // seconds after which it knows what was delivered
	share  float64 // by its last look at the others
	next   float64 // by the look before
	recent []int64 // requests, by second, of the last ten
}

// claim is when an ad was chosen, in ms, and by which process.
type claim struct {
	at int64
	by int
}

// Spend runs days, one after the other, and measures each. On the first nothing is known of the traffic. Size is the budget of a day as a part of what an even day could deliver.
func Spend(t Traffic, way Way, size float64, days int, seed uint64) []Day {
	budget := int64(size*t.expected()*t.Shown) * price
	traffic := rand.New(rand.NewPCG(seed, uint64(size*1e6))) // the same for all ways
	r := &run{Traffic: t, way: way, budget: budget, rng: rand.New(rand.NewPCG(seed, ^uint64(size*1e6))), shape: pacing.UsualShape()}
	r.open()
	var known []pacing.Observed
	var all []Day
	for number := range days {
		requests := t.day(traffic)
		all = append(all, r.day(number, requests))
		known = append(known, observed(requests))
		r.shape = pacing.ShapeOf(pacing.UsualShape(), known)
	}
	return all
}

// run is a simulation under way.
type run struct {
	Traffic
	way       Way
	budget    int64
	rest      []float64 // requests from each second of the day on, as far as an oracle is told
	promised  int64     // cost of the ads that were chosen on this day and will be seen
	rng       *rand.Rand
	shape     *pacing.Shape
	pulse     pacing.Pulse
	beat      float64 // the last of it
	processes []*process
	coming    [64][]claim     // impressions, by second
	late      [][]claim       // of the last seconds, the newest first
	delivered map[int32]int64 // by day
	ever      int64
	history   []pacing.Delivered // at the end of each of the last seconds, the newest first
}

// open starts the processes.
func (r *run) open() {
	r.delivered = map[int32]int64{}
	plan := &pacing.Plan{Daily: r.budget, Unit: price, Day: func(at int64) *pacing.Day {
		number := at / (daySeconds * 1000)
		return pacing.NewDay(int32(number), number*daySeconds*1000, (number+1)*daySeconds*1000, r.shape[:])
	}}
	first := pacing.Alone()
	if len(r.Splits) > 0 { // of several, none spends before it has met the others
		first = pacing.Standing{}
	}
	for i := range max(1, len(r.Splits)) {
		r.processes = append(r.processes, &process{gate: pacing.NewGate(plan, pacing.Delivered{}, first), lag: 1 + i%3, recent: make([]int64, 10)})
	}
}

// day runs one day.
func (r *run) day(number int, requests []int) Day {
	spent := make([]float64, daySeconds)
	r.promised, r.rest = 0, r.told(requests)
	for second, n := range requests {
		now := int64(number*daySeconds+second) * 1000
		r.count(number, second)
		r.share(second)
		for i := range n {
			p := r.receiver()
			r.processes[p].recent[second%10]++
			at := now + int64(i)*1000/int64(n)
			if r.allowed(p, number, at) && r.rng.Float64() < r.Shown {
				r.promised += price
				wait := min(60, int(r.rng.ExpFloat64()*r.Delay))
				r.coming[(second+wait)%64] = append(r.coming[(second+wait)%64], claim{at, p})
			}
		}
		spent[second] = float64(r.arrive(number, second))
		r.settle(now + 1000)
	}
	return r.measure(requests, spent)
}

// receiver draws which process gets a request.
func (r *run) receiver() int {
	u := r.rng.Float64()
	for i, part := range r.Splits {
		if u -= part; u < 0 {
			return i
		}
	}
	return max(0, len(r.Splits)-1)
}

// known is what was delivered some seconds ago.
func (r *run) known(lag int) pacing.Delivered {
	if lag > len(r.history) {
		return pacing.Delivered{}
	}
	return r.history[lag-1]
}

// arrive delivers the impressions of a second.
func (r *run) arrive(number, second int) int64 {
	seen := r.coming[second%64]
	r.coming[second%64] = nil
	cost := int64(len(seen)) * price
	r.delivered[int32(number)] += cost
	r.ever += cost
	r.late = append([][]claim{seen}, r.late[:min(len(r.late), 4)]...)
	now := pacing.Delivered{Days: map[int32]int64{int32(number): r.delivered[int32(number)]}, Ever: r.ever}
	r.history = append([]pacing.Delivered{now}, r.history[:min(len(r.history), 4)]...)
	return cost
}

// settle lets each process know what it can know.
func (r *run) settle(now int64) {
	if r.way != Paced {
		return
	}
	for i, p := range r.processes {
		if p.lag > len(r.late) {
			continue
		}
		for _, c := range r.late[p.lag-1] {
			if c.by == i {
				p.gate.Shown(c.at, price)
			}
		}
		standing := pacing.Alone()
		standing.Share, standing.Flow, standing.Pulse = min(p.share, p.next), p.next, r.beat
		p.gate.Settle(now, now-int64(p.lag)*1000, r.known(p.lag), standing)
	}
}

// count feels the pulse of the second before.
func (r *run) count(number, second int) {
	var n int64
	for _, p := range r.processes {
		n += p.recent[(second+9)%10]
	}
	start := int64(number) * daySeconds * 1000
	day := pacing.NewDay(int32(number), start, start+daySeconds*1000, r.shape[:]) //nolint:gosec // a few days
	r.beat = r.pulse.Beat(day, start+int64(second)*1000, float64(n))
}

// share divides the budget by the requests of the last seconds.
func (r *run) share(second int) {
	counts := make([]int64, len(r.processes))
	for i, p := range r.processes {
		for _, n := range p.recent {
			counts[i] += n
		}
		p.recent[second%10] = 0
	}
	for i, p := range r.processes {
		p.share, p.next = p.next, pacing.ShareOf(i, counts)
	}
}
