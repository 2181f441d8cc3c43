package world

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// demoSlots is the feed of the demonstration: 108 combinations.
func demoSlots() []Slot {
	return []Slot{{"image", 3}, {"title", 3}, {"body", 3}, {"description", 2}, {"call_to_action", 2}}
}

// demoPair is its first picture with its first title.
func demoPair() Pair { return Pair{Place{0, 0}, Place{1, 0}} }

// drawWorld is any small world.
func drawWorld(t *rapid.T) *World {
	slots := make([]Slot, rapid.IntRange(2, 6).Draw(t, "slots"))
	for i := range slots {
		slots[i] = Slot{string(rune('a' + i)), rapid.IntRange(1, 4).Draw(t, "size")}
	}
	a := rapid.IntRange(0, len(slots)-2).Draw(t, "a")
	b := rapid.IntRange(a+1, len(slots)-1).Draw(t, "b")
	pair := Pair{
		Place{a, rapid.IntRange(0, slots[a].Size-1).Draw(t, "asset of a")},
		Place{b, rapid.IntRange(0, slots[b].Size-1).Draw(t, "asset of b")},
	}
	w, err := New(rapid.Uint64().Draw(t, "seed"), slots, pair)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestRatesAreProbabilitiesAndBestIsBest(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		for s := range w.Segments() {
			best, rate := w.Best(s)
			if rate != w.Rate(s, best) || rate < w.Uniform(s) {
				t.Errorf("best %v has rate %v, uniform rotation %v", best, rate, w.Uniform(s))
			}
			for k := range w.click[s] {
				click, buy := w.Rates(s, w.combination(k))
				if !(click > 0 && click < 1 && buy > 0 && buy < 1) || click*buy > rate {
					t.Errorf("combination %d: click %v, buy %v, best %v", k, click, buy, rate)
				}
				if w.number(w.combination(k)) != k {
					t.Errorf("combination %d is numbered %d", k, w.number(w.combination(k)))
				}
			}
		}
	})
}

func TestMeansAreAsPublished(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		var click, buy float64
		for s, segment := range w.Segments() {
			for k := range w.click[s] {
				click += segment.Share * w.click[s][k] / float64(len(w.click[s]))
				buy += segment.Share * w.buy[s][k] / float64(len(w.click[s]))
			}
		}
		if math.Abs(click-meanClick) > 1e-9 || math.Abs(buy-meanBuy) > 1e-9 {
			t.Errorf("mean click rate %v, mean purchase rate %v", click, buy)
		}
	})
}

func TestPairOnlyWorksTogether(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w, err := New(rapid.Uint64().Draw(t, "seed"), demoSlots(), demoPair())
		if err != nil {
			t.Fatal(err)
		}
		for s, segment := range w.Segments() {
			none, one, both := w.byPair(s)
			if one >= none || both <= 1.5*none {
				t.Errorf("%s: %v without, %v with one, %v with both", segment.Name, none, one, both)
			}
		}
	})
}

func TestEveryDemoHasSomethingToLearn(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w, err := New(rapid.Uint64().Draw(t, "seed"), demoSlots(), demoPair())
		if err != nil {
			t.Fatal(err)
		}
		var best, uniform float64
		for s, segment := range w.Segments() {
			_, rate := w.Best(s)
			best, uniform = best+segment.Share*rate, uniform+segment.Share*w.Uniform(s)
		}
		if ratio := best / uniform; ratio < 1.8 || ratio > 5 {
			t.Errorf("the best sells %.2f times as much as uniform rotation", ratio)
		}
	})
}

func TestSameSeedSameWorld(t *testing.T) {
	t.Parallel()
	make := func(seed uint64) Truth {
		w, err := New(seed, demoSlots(), demoPair())
		if err != nil {
			t.Fatal(err)
		}
		return w.Truth()
	}
	compare := cmp.AllowUnexported(Segment{})
	if diff := cmp.Diff(make(7), make(7), compare); diff != "" {
		t.Error(diff)
	}
	if cmp.Equal(make(7).Segments, make(8).Segments, compare) {
		t.Error("two seeds give the same world")
	}
}

func TestNewNamesWhatIsWrong(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		slots []Slot
		pair  Pair
	}{
		"no slots":             {nil, demoPair()},
		"empty slot":           {[]Slot{{"image", 0}, {"title", 2}}, Pair{Place{0, 0}, Place{1, 0}}},
		"one slot":             {demoSlots(), Pair{Place{1, 0}, Place{1, 2}}},
		"asset out of range":   {demoSlots(), Pair{Place{0, 3}, Place{1, 0}}},
		"slot out of range":    {demoSlots(), Pair{Place{0, 0}, Place{5, 0}}},
		"negative":             {demoSlots(), Pair{Place{0, -1}, Place{1, 0}}},
		"too many altogether":  {[]Slot{{"a", 1000}, {"b", 101}}, demoPair()},
		"too many to multiply": {[]Slot{{"a", 1 << 40}, {"b", 1 << 40}}, demoPair()},
	}
	for name, test := range tests {
		if _, err := New(1, test.slots, test.pair); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestViewersFollowTheShares(t *testing.T) {
	t.Parallel()
	w, err := New(1, demoSlots(), demoPair())
	if err != nil {
		t.Fatal(err)
	}
	const n = 20_000
	rng := rand.New(rand.NewPCG(1, 2))
	counts := make([]float64, len(w.Segments()))
	for range n {
		s, v := w.Viewer(rng)
		counts[s]++
		if !slices.ContainsFunc(w.Segments()[s].Ages, func(m Mix) bool { return m.Value == v.Age }) {
			t.Fatalf("%s of age %s", w.Segments()[s].Name, v.Age)
		}
	}
	for s, segment := range w.Segments() {
		if math.Abs(counts[s]/n-segment.Share) > 0.02 {
			t.Errorf("%s: share %v, seen %v", segment.Name, segment.Share, counts[s]/n)
		}
	}
}

func TestSharesSumToOne(t *testing.T) {
	t.Parallel()
	total := 0.0
	for _, s := range segments() {
		total += s.Share
		for _, mix := range [][]Mix{s.Ages, s.Genders, s.Devices, s.Placements} {
			sum := 0.0
			for _, m := range mix {
				sum += m.Share
			}
			if math.Abs(sum-1) > 1e-9 {
				t.Errorf("%s: %v sums to %v", s.Name, mix, sum)
			}
		}
	}
	if math.Abs(total-1) > 1e-9 {
		t.Errorf("segments sum to %v", total)
	}
}

func TestReactionsFollowTheRates(t *testing.T) {
	t.Parallel()
	w, err := New(3, demoSlots(), demoPair())
	if err != nil {
		t.Fatal(err)
	}
	const n = 60_000
	slots := []int{0, 0, 1, 0, 1}
	var clicks, buys, wantClicks, wantBuys float64
	for i := range n {
		v := w.Visit(i, n)
		clicked, bought, basket := w.Reaction(v, slots)
		if bought != (basket > 0) || bought && !clicked {
			t.Fatalf("clicked %v, bought %v for %d", clicked, bought, basket)
		}
		if clicked {
			clicks++
		}
		if bought {
			buys++
		}
		click, buy := w.Rates(v.Segment, slots)
		wantClicks, wantBuys = wantClicks+click, wantBuys+click*buy
	}
	if math.Abs(clicks-wantClicks) > 5*math.Sqrt(wantClicks) || math.Abs(buys-wantBuys) > 5*math.Sqrt(wantBuys) {
		t.Errorf("%v clicks (expected %.0f), %v purchases (expected %.0f)", clicks, wantClicks, buys, wantBuys)
	}
}

func TestPeopleComeBackUnchanged(t *testing.T) {
	t.Parallel()
	w, err := New(3, demoSlots(), demoPair())
	if err != nil {
		t.Fatal(err)
	}
	people := map[string]Visit{}
	for i := range 1000 {
		v := w.Visit(i, 100)
		before, known := people[v.Viewer.ID]
		if known && (!cmp.Equal(before.Viewer, v.Viewer) || before.Segment != v.Segment) {
			t.Errorf("%+v came back as %+v", before.Viewer, v.Viewer)
		}
		people[v.Viewer.ID] = v
	}
	if len(people) > 100 || len(people) < 90 {
		t.Errorf("%d people in 1000 visits of 100 people", len(people))
	}
}
