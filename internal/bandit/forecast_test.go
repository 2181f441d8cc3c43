package bandit_test

import (
	"math"
	"slices"
	"testing"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/bandit/sim"
)

// look is what was forecast of one simulated ad on a day.
type look struct {
	day  float64 // the last with data
	over bool
	exit bandit.Forecast
}

// looks serves an ad of 18 combinations, 5,000 impressions a day, looking every second day.
func looks(t *testing.T, name string, seed uint64) []look {
	t.Helper()
	preset, err := sim.NewPreset(name, 3)
	if err != nil {
		t.Fatal(err)
	}
	var path []look
	world := sim.NewWorld(preset, bandit.Space{Sizes: []int{3, 3, 2}}, seed)
	err = sim.Watch(world, bandit.DefaultOptions(), sim.Config{Impressions: 100_000, Batch: 10_000, Day: 5_000}, func(n int, l *bandit.Learned) {
		path = append(path, look{float64(n) / 5_000, l.State == bandit.StableWinner || l.State == bandit.StableEven, l.Exit})
	})
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// TestForecastsAreCalibrated compares forecasts with what came: the exit is between two looks, or after the last.
func TestForecastsAreCalibrated(t *testing.T) {
	t.Parallel()
	forecasts, inside, early := 0, 0, 0
	for _, name := range []string{"real", "base", "loud"} {
		for seed := range uint64(20) {
			path := looks(t, name, 901+seed)
			after, until := path[len(path)-1].day, math.Inf(1)
			if end := slices.IndexFunc(path, func(l look) bool { return l.over }); end >= 0 {
				after, until, path = path[max(0, end-1)].day, path[end].day, path[:end]
			}
			for _, l := range path[:min(len(path), 5)] {
				if !l.exit.Known {
					continue
				}
				forecasts++
				if l.day+l.exit.LowDays <= until && l.day+l.exit.HiDays >= after {
					inside++
				} else if l.day+l.exit.LowDays > until {
					early++
				}
			}
		}
	}
	t.Logf("%d of %d forecasts hold, %d exits came earlier", inside, forecasts, early)
	if share := float64(inside) / float64(forecasts); forecasts < 60 || share < 0.80 || share > 0.98 {
		t.Errorf("%d of %d intervals of 90 %% hold", inside, forecasts)
	}
}

// TestForecastAtTheEdges has no uncertainty to speak of.
func TestForecastAtTheEdges(t *testing.T) {
	t.Parallel()
	daily := slices.Repeat([]int64{1_000}, 8)
	standing := func(remaining float64, events int64, days int32) bandit.Standing {
		return bandit.Standing{Progress: bandit.Progress{Events: events, Days: days, Recent: events}, Remaining: remaining, Low: -0.1, High: 0.5, Any: 1}
	}
	over := standing(0.01, 8_000, 8)
	over.High = 0.01
	for _, c := range []struct {
		name     string
		standing bandit.Standing
		events   []int64
		known    bool
		low, hi  float64 // bounds of the interval
	}{
		{"over", over, daily, true, 0, 0},
		{"no pace", standing(0.2, 0, 8), make([]int64, 8), false, 0, 0},
		{"no days", standing(0.2, 0, 0), nil, false, 0, 0},
		{"only certainty is missing", standing(0.01, 8_000, 8), daily, false, 0, 0},
		{"only days are missing", standing(0.01, 3_000, 3), daily[:3], true, 4, 4},
		{"some events are missing", standing(0.01, 10, 10), []int64{1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, true, 15, 120},
		{"never", standing(50, 8, 8), slices.Repeat([]int64{1}, 8), false, 0, math.Inf(1)},
	} {
		f := bandit.DefaultRule().Forecast(c.standing, c.events, float64(c.standing.Events))
		if f.Known != c.known || f.LowDays < c.low || f.HiDays > c.hi {
			t.Errorf("%s: %+v", c.name, f)
		}
		if f.Known && (math.IsInf(f.Days, 0) || f.LowDays > f.Days || f.Days > f.HiDays) {
			t.Errorf("%s: %+v is in no order", c.name, f)
		}
	}
}
