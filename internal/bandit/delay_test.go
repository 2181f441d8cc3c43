package bandit

import (
	"math"
	"math/rand/v2"
	"testing"
)

// drawDelay is a delay in days: half of the conversions are slow.
func drawDelay(source *rand.Rand) float64 {
	if source.Float64() < 0.5 {
		return source.Float64() * 0.2
	}
	return source.Float64() * 6
}

// TestFitDelayIsNotFooledByYoungDays: an ad that grows by 30 % a day has mostly young clicks, of whose conversions only fast ones have come.
func TestFitDelayIsNotFooledByYoungDays(t *testing.T) {
	t.Parallel()
	source := rand.New(rand.NewPCG(1, 2))
	const days = 45
	arrived, naive := Arrivals{}, [Ages]float64{}
	count := 0.0
	for day := range int32(days) {
		counts := [Ages]int64{}
		for range int(math.Pow(1.3, float64(day))) {
			delay := drawDelay(source)
			if float64(day)+source.Float64()+delay <= days {
				class := AgeOf(delay)
				counts[class]++
				naive[class]++
				count++
			}
		}
		arrived[day] = counts
	}
	delay := FitDelay(arrived, days)
	for i, edge := range edges() {
		want := 0.5*min(1, edge/0.2) + 0.5*min(1, edge/6)
		if math.Abs(delay[i]-want) > 0.06 {
			t.Errorf("%.2f of the conversions within %.2f days, want %.2f", delay[i], edge, want)
		}
	}
	if share := (naive[0] + naive[1] + naive[2]) / count; share < 0.65 {
		t.Errorf("%.2f of those that have come within a day: the test is too easy", share)
	}
}

// TestYoungAccountsHaveAPace: in the first week of an account all conversions come within the hour.
func TestYoungAccountsHaveAPace(t *testing.T) {
	t.Parallel()
	arrived := Arrivals{}
	for day := range int32(8) {
		arrived[day] = [Ages]int64{0: 70}
	}
	if delay := FitDelay(arrived, 8); delay[0] < 0.95 {
		t.Errorf("within an hour %.2f of the conversions are believed to come", delay[0])
	}
}

func TestDelayWithoutDataIsUsual(t *testing.T) {
	t.Parallel()
	for i, share := range FitDelay(nil, 20_000.5) {
		if math.Abs(share-UsualDelay()[i]) > 1e-12 {
			t.Errorf("class %d: %v, want %v", i, share, UsualDelay()[i])
		}
	}
}

// TestKnownIsTheMeanOverTheDay compares the closed form with a sum over the moments of a day.
func TestKnownIsTheMeanOverTheDay(t *testing.T) {
	t.Parallel()
	d, e := UsualDelay(), edges()
	at := func(age float64) float64 {
		if age <= e[0] {
			return d[0] * age / e[0]
		}
		for i := 1; i < Ages; i++ {
			if age <= e[i] {
				return d[i-1] + (d[i]-d[i-1])*math.Log(age/e[i-1])/math.Log(e[i]/e[i-1])
			}
		}
		return 1
	}
	for _, now := range []float64{100.02, 100.5, 101, 101.3, 103, 108, 129.5, 140} {
		const steps = 20_000
		oldest := now - 100
		youngest, sum := max(0, oldest-1), 0.0
		for i := range steps {
			sum += at(youngest+(oldest-youngest)*(float64(i)+0.5)/steps) / steps
		}
		if got := d.known(100, now); math.Abs(got-sum) > 1e-4 {
			t.Errorf("after %.2f days %.5f are known, want %.5f", oldest, got, sum)
		}
	}
	if got := (Delay{}).known(100, 100); got != 1 {
		t.Errorf("without a delay %v are known", got)
	}
}

// TestTrialsByShareAgreeWithChapelle finds the probability of conversion of clicks of many ages by Chapelle's EM and by counting clicks by
// the share of their conversions that has arrived.
func TestTrialsByShareAgreeWithChapelle(t *testing.T) {
	t.Parallel()
	type aged struct{ clicks, conversions, share float64 }
	all := []aged{{5000, 12, 0.1}, {4000, 60, 0.4}, {3000, 90, 0.6}, {6000, 290, 0.95}}
	var clicks, conversions, trials float64
	for _, a := range all {
		clicks, conversions, trials = clicks+a.clicks, conversions+a.conversions, trials+a.clicks*a.share
	}
	p := conversions / clicks
	for range 1000 {
		expected := conversions
		for _, a := range all {
			late := 1 - a.share
			expected += (a.clicks - a.conversions) * p * late / (1 - p + p*late)
		}
		p = expected / clicks
	}
	if ours := conversions / trials; math.Abs(ours/p-1) > p {
		t.Errorf("%.5f by share, %.5f by EM", ours, p)
	}
}

// TestLateConversionsDoNotMakeTheNewLookBad: both assets convert alike, the second is of today.
func TestLateConversionsDoNotMakeTheNewLookBad(t *testing.T) {
	t.Parallel()
	opt := DefaultOptions()
	opt.Objective, opt.Now = Conversions, 20.5
	space := Space{Sizes: []int{2}}
	late := UsualDelay().known(20, opt.Now)
	cells := []Cell{
		{Combination: 0, Day: 1, Impressions: 200_000, Clicks: 4000, Conversions: 400},
		{Combination: 1, Day: 20, Impressions: 200_000, Clicks: 4000, Conversions: int64(400 * late)},
	}
	ratio := func(opt Options) float64 {
		m, err := Fit(space, nil, cells, opt)
		if err != nil {
			t.Fatal(err)
		}
		return m.Rate("", 1).Mean / m.Rate("", 0).Mean
	}
	if got := ratio(opt); got > 0.7 {
		t.Errorf("the new asset seems %.2f times as good without a delay: the test is too easy", got)
	}
	opt.Delay = UsualDelay()
	if got := ratio(opt); got < 0.9 || got > 1.1 {
		t.Errorf("the new asset seems %.2f times as good", got)
	}
}
