package pacing

import (
	"math"
	"testing"
)

// TestPulse is 1 as long as requests come by the shape of the day, however many, and follows what differs from it.
func TestPulse(t *testing.T) {
	t.Parallel()
	plan := evenPlan(0, 0)
	var p Pulse
	got := map[int64]float64{}
	for now := int64(0); now < 2*whole; now += second {
		rate := 50.0
		switch hour := now / 3600 / second; hour {
		case 12:
			rate = 75
		case 24 + 6:
			rate = 500
		case 24 + 7:
			rate = 0
		}
		beat := p.Beat(plan.Day(now), now, rate)
		if now%3600_000 == 1800_000 {
			got[now/3600_000] = beat
		}
	}
	for hour, want := range map[int64]float64{0: 1, 6: 1, 12: 1.47, 24: 1, 30: 2, 31: 0.5} {
		if math.Abs(got[hour]-want) > 0.05 {
			t.Errorf("half past hour %d: %.3f, want %.2f", hour, got[hour], want)
		}
	}
}
