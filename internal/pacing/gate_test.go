package pacing

import (
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"pgregory.net/rapid"
)

const (
	second = int64(1000)
	whole  = 24 * 60 * 60 * second // a day
)

// evenPlan spends so much on each day, without regard to traffic.
func evenPlan(daily, unit int64) *Plan {
	return &Plan{Daily: daily, Unit: unit, Day: func(at int64) *Day {
		return NewDay(int32(at/whole), at/whole*whole, (at/whole+1)*whole, slices.Repeat([]float64{1.0 / Quarters}, Quarters))
	}}
}

// chosen is a claim on its way to an impression.
type chosen struct {
	at, price int64
	by        int
}

// TestNeverOver lets several processes claim and show in any order, over midnights, and lets claims lapse. What is seen later than they lapse
// is the only thing that may come on top.
func TestNeverOver(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 4).Draw(t, "processes")
		budget, start := rapid.Int64Range(1, 100_000).Draw(t, "budget"), rapid.Int64Range(0, 2*whole).Draw(t, "start")
		plan := evenPlan(budget, rapid.Int64Range(0, 100).Draw(t, "unit"))
		plan.Hurry = rapid.Bool().Draw(t, "hurry")
		gates := make([]*Gate, n)
		for i := range gates {
			gates[i] = NewGate(plan, Delivered{}, Alone())
		}
		days, late, now := map[int32]int64{}, map[int32]int64{}, start
		var ever int64
		var open, seen []chosen
		settle := func() {
			for _, c := range seen {
				gates[c.by].Shown(c.at, c.price)
			}
			seen = nil
			for _, g := range gates {
				g.Settle(now, now, Delivered{maps.Clone(days), ever}, Standing{Share: 1 / float64(n)})
			}
		}
		settle()
		t.Repeat(map[string]func(*rapid.T){
			"claim": func(t *rapid.T) {
				c := chosen{now, rapid.Int64Range(0, 500).Draw(t, "price"), rapid.IntRange(0, n-1).Draw(t, "by")}
				for range rapid.IntRange(1, 50).Draw(t, "times") {
					if Claim(gates[c.by:c.by+1], now, c.price) {
						open = append(open, c)
					}
				}
			},
			"show": func(t *rapid.T) {
				for range rapid.IntRange(1, 50).Draw(t, "times") {
					if len(open) == 0 {
						return
					}
					i := rapid.IntRange(0, len(open)-1).Draw(t, "which")
					c, today := open[i], int32(now/whole)
					open = slices.Delete(open, i, i+1)
					days[today], ever = days[today]+c.price, ever+c.price
					if Lapsed(c.at, now) {
						late[today] += c.price
					} else {
						seen = append(seen, c)
					}
				}
			},
			"wait": func(t *rapid.T) { now += rapid.Int64Range(0, 20*second).Draw(t, "ms") },
			"midnight": func(t *rapid.T) {
				settle()
				now = (now/whole+1)*whole + rapid.Int64Range(-second, second).Draw(t, "ms")
			},
			"settle": func(*rapid.T) { settle() },
			"": func(t *rapid.T) {
				for day, spent := range days {
					if spent > budget+late[day] {
						t.Fatalf("%d spent of %d on day %d, %d of it late", spent, budget, day, late[day])
					}
				}
			},
		})
	})
}

// TestSpread spends a budget for which there are always requests, as fast as it goes, and says when how much is gone.
func TestSpread(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		from, until int64 // of requests
		hurry       bool
		want        [3]float64 // of the budget after six, twelve and eighteen hours
	}{
		"all day":         {0, whole, false, [3]float64{0.25, 0.5, 0.75}},
		"from noon":       {whole / 2, whole, false, [3]float64{0, 0, 0.5}},
		"with a gap":      {whole / 4, whole, false, [3]float64{0, 1.0 / 3, 2.0 / 3}},
		"without pacing":  {whole / 4, whole, true, [3]float64{0, 1, 1}},
		"nobody at night": {0, whole / 2, false, [3]float64{0.25, 0.5, 0.5}},
	} {
		plan := evenPlan(1_000_000, 100)
		plan.Hurry = c.hurry
		g := NewGate(plan, Delivered{Ever: 1}, Alone()) // not fresh
		spent := map[int32]int64{}
		var got [3]float64
		for now := int64(0); now < whole; now += second {
			if now%(whole/4) == 0 && now > 0 {
				got[now/(whole/4)-1] = float64(spent[0]) / 1_000_000
			}
			for now >= c.from && now < c.until && Claim([]*Gate{g}, now, 100) {
				g.Shown(now, 100)
				spent[0] += 100
			}
			g.Settle(now, now, Delivered{maps.Clone(spent), spent[0] + 1}, Alone())
		}
		for i := range got {
			if d := got[i] - c.want[i]; d < -0.01 || d > 0.01 {
				t.Errorf("%s: %.3f, want %.3f", name, got, c.want)
				break
			}
		}
	}
}

// TestAnswers says why there is nothing.
func TestAnswers(t *testing.T) {
	t.Parallel()
	g := NewGate(evenPlan(1000, 10), Delivered{Days: map[int32]int64{0: 995}, Ever: 995}, Alone())
	if got := g.Ask(0, 10); got != Spent {
		t.Errorf("with less than a price left: %d", got)
	}
	if got := g.Ask(whole, 10); got != Free {
		t.Errorf("on the next day: %d", got)
	}
	for Claim([]*Gate{g}, whole, 10) {
		continue
	}
	if got := g.Ask(whole, 10); got != Wait {
		t.Errorf("when all that may be is handed out: %d", got)
	}
	if s := g.State(whole); s.Outstanding == 0 || s.Allowance >= 10 || s.Delivered != 0 {
		t.Errorf("state %+v", s)
	}
}

// TestFree hands out again what was given back, and learns nothing from it of how many claims are shown.
func TestFree(t *testing.T) {
	t.Parallel()
	plan := evenPlan(1000, 10)
	plan.Hurry = true
	g := NewGate(plan, Delivered{}, Alone())
	claim := func(now int64) (n int) {
		for Claim([]*Gate{g}, now, 10) {
			n++
		}
		return n
	}
	first := claim(0)
	for range 60 {
		g.Free(0, 10)
	}
	g.Settle(second, second, Delivered{}, Alone())
	if again := claim(second); first != 100 || again != 60 {
		t.Errorf("%d claims, %d after 60 were given back", first, again)
	}
	for range 100 {
		g.Shown(0, 10)
	}
	done := Delivered{Days: map[int32]int64{0: 1000}, Ever: 1000}
	for now := 2 * second; now < 3*Lapse; now += second {
		g.Settle(now, now, done, Alone())
	}
	if s := g.State(3 * Lapse); s.ShowRate != 1 || s.Outstanding != 0 {
		t.Errorf("%+v after all that was not given back was shown", s)
	}
}

// TestClaimAllOrNone takes nothing of an ample budget when a small one over the same ad is spent.
func TestClaimAllOrNone(t *testing.T) {
	t.Parallel()
	ample, small := NewGate(evenPlan(1_000_000, 10), Delivered{}, Alone()), NewGate(evenPlan(20, 10), Delivered{}, Alone())
	n := 0
	for Claim([]*Gate{ample, small}, 0, 10) {
		n++
	}
	if got := ample.State(0).Outstanding; n != 2 || got != 20 {
		t.Errorf("%d claims, %d outstanding", n, got)
	}
}

// TestBehind compares what was spent with the traffic that came.
func TestBehind(t *testing.T) {
	const day, hour = 24 * 3600_000, 3600_000
	for name, c := range map[string]struct {
		now, since, spent int64
		want              float64
	}{
		"on schedule":                 {12 * hour, 0, 500, 0},
		"nothing at noon":             {12 * hour, 0, 0, 0.5},
		"all at noon":                 {12 * hour, 0, 1000, -0.5},
		"made at noon, half of it on": {18 * hour, 12 * hour, 250, 0.25},
		"made later today":            {11 * hour, 12 * hour, 0, 0},
		"made long ago":               {6 * hour, -9 * day, 0, 0.25},
	} {
		g := NewGate(evenPlan(1000, 1), Delivered{Days: map[int32]int64{0: c.spent}, Ever: c.spent}, Alone())
		got, ok := g.Behind(c.now, c.since)
		if !ok || got < c.want-0.001 || got > c.want+0.001 {
			t.Errorf("%s: %v %v, want %v", name, got, ok, c.want)
		}
	}
	hurried := evenPlan(1000, 1)
	hurried.Hurry = true
	if _, ok := NewGate(hurried, Delivered{}, Alone()).Behind(0, 0); ok {
		t.Error("a budget in a hurry has a schedule")
	}
}

// TestConcurrentClaims has many claim while the books are kept and the plan changes.
func TestConcurrentClaims(t *testing.T) {
	t.Parallel()
	const budget, price = 10_000, 5
	g := NewGate(evenPlan(budget, price), Delivered{}, Alone())
	var claimed, clock atomic.Int64
	var claimers sync.WaitGroup
	for range 4 {
		claimers.Go(func() {
			for range 20_000 {
				if Claim([]*Gate{g}, clock.Add(1), price) {
					claimed.Add(price)
				}
			}
		})
	}
	for i := range 200 {
		plan := evenPlan(budget, price)
		plan.Hurry = i%2 == 0
		g.Change(plan)
		g.Settle(clock.Load(), clock.Load(), Delivered{}, Alone())
	}
	claimers.Wait()
	if got := claimed.Load(); got == 0 || got > budget || got != g.Outstanding() {
		t.Errorf("%d of %d claimed, %d outstanding", got, budget, g.Outstanding())
	}
}

// TestUnusual spends a budget evenly where impressions cost many times the usual, and where all of them come after their claims have lapsed.
func TestUnusual(t *testing.T) {
	t.Parallel()
	const budget = 20_000_000
	for name, c := range map[string]struct{ price, delay int64 }{
		"dear":     {60_000, 3 * second},
		"late":     {5_000, 150 * second},
		"as usual": {5_000, 3 * second},
	} {
		g := NewGate(evenPlan(budget, 5000), Delivered{Ever: 1}, Alone())
		spent, waiting := int64(0), []int64{}
		var noon int64
		for now := int64(0); now < whole; now += second {
			if now == whole/2 {
				noon = spent
			}
			for range 3 {
				if Claim([]*Gate{g}, now, c.price) {
					waiting = append(waiting, now)
				}
			}
			for len(waiting) > 0 && waiting[0]+c.delay <= now {
				spent += c.price
				if Lapsed(waiting[0], now) {
					g.Late(c.price)
				} else {
					g.Shown(waiting[0], c.price)
				}
				waiting = waiting[1:]
			}
			g.Settle(now, now, Delivered{map[int32]int64{0: spent}, spent + 1}, Alone())
		}
		if half, all := float64(noon)/budget, float64(spent)/budget; half < 0.48 || half > 0.52 || all < 0.98 || all > 1.01 {
			t.Errorf("%s: %.3f at noon, %.3f in all", name, half, all)
		}
	}
}
