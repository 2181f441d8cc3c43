package deliver

import (
	"math"
	"testing"
)

func TestHorizon(t *testing.T) {
	t.Parallel()
	never := math.Inf(1)
	base := plan{price: 5000, lifetime: never, daily: never, days: never, pace: never, prior: 0.01}
	for name, c := range map[string]struct {
		change func(*plan)
		want   float64
	}{
		"nothing is known":             {func(*plan) {}, 0},
		"an end and no budget":         {func(p *plan) { p.days = 10 }, 0},
		"a budget for life":            {func(p *plan) { p.lifetime = 50e6 }, 100},
		"a budget per day, ten days":   {func(p *plan) { p.daily, p.days = 5e6, 10 }, 100},
		"a budget per day, no end":     {func(p *plan) { p.daily = 5e6 }, 300},
		"the smaller of two":           {func(p *plan) { p.daily, p.days, p.lifetime = 5e6, 10, 20e6 }, 40},
		"half is spent":                {func(p *plan) { p.lifetime, p.spent, p.impressions, p.events = 50e6, 25e6, 5000, 50 }, 50 + 50},
		"more is spent than there was": {func(p *plan) { p.lifetime, p.spent, p.impressions, p.events = 50e6, 60e6, 12_000, 120 }, 120},
		"its own rate":                 {func(p *plan) { p.lifetime, p.spent, p.impressions, p.events = 50e6, 25e6, 5000, 254 }, 254 + 5000*0.05},
		"fewer come than it can pay":   {func(p *plan) { p.daily, p.days, p.pace = 5e6, 10, 200 }, 20},
		"it costs nothing, to its end": {func(p *plan) { p.price, p.days, p.pace = 0, 10, 200 }, 20},
		"it costs nothing, for ever":   {func(p *plan) { p.price, p.pace = 0, 200 }, 0},
		"an end, by its pace":          {func(p *plan) { p.days, p.pace = 10, 200 }, 20},
		"over, with no budget":         {func(p *plan) { p.days, p.events, p.impressions = 0, 7, 100 }, 7},
		"over":                         {func(p *plan) { p.days, p.pace, p.events, p.impressions = 0, 50, 7, 100 }, 7},
	} {
		p := base
		c.change(&p)
		if got := p.horizon(); math.Abs(got-c.want) > 1e-9*max(1, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// TestPlanShares splits a budget over the ads that spend it, and counts days to the sooner end.
func TestPlanShares(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	set := adSetObject(theAdSet, noon.Unix())
	set.Data["end_time"] = noon.AddDate(0, 0, 10).Unix()
	other := adObject("120200000000000098", theAdSet, 0)
	f.put(t, set, other)
	f.play(t, 0, 30)
	f.learn(t)
	for status, want := range map[string]float64{"ACTIVE": 25e9, "PAUSED": 50e9} {
		other.Status = status
		f.put(t, other)
		s := f.Snapshot()
		p := s.planOf(s.objects.ads[theAd], 0.015)
		if p.daily != want || p.days != 10 || p.lifetime != math.Inf(1) || p.pace != math.Inf(1) || p.impressions == 0 || p.spent != 5000*p.impressions {
			t.Errorf("beside an ad that is %s: %+v, want %v a day", status, p, want)
		}
	}
}
