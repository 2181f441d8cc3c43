package pacing

import (
	"maps"
	"math"
	"testing"
)

// TestHours spends a budget for two fifths of the requests of a day, of which some hours are busier or quieter than was known, and compares each hour's
// share of the spending with its share of the requests. What went along with all of the busy hours before the last would leave it a sixth short, and what is
// handed out a tenth too late all day would leave it a fifth too much.
func TestHours(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		hours map[int]float64 // requests, of those that were expected
		share float64         // of what is left that this process is sure of
		most  float64
	}{
		"as expected":           {nil, 1, 0.01},
		"a busy morning":        {map[int]float64{8: 1.5, 9: 1.5}, 1, 0.1},
		"busy before the last":  {map[int]float64{21: 1.2, 22: 1.2}, 1, 0.15},
		"quiet before the last": {map[int]float64{21: 0.8, 22: 0.8}, 1, 0.2},
		"shares that move":      {nil, 0.9, 0.02},
	} {
		for hour, off := range strayed(c.hours, Standing{Share: c.share, Flow: 1}) {
			if math.Abs(off) > c.most {
				t.Errorf("%s: the share of hour %d is off by %.3f", name, hour, off)
			}
		}
	}
}

// strayed is by how much the share of each hour in the spending of a day is off its share of the requests, relative to that. The day before is as expected.
func strayed(hours map[int]float64, standing Standing) (off [24]float64) {
	const step, expected, budget = 20 * second, 50.0, 43_200 / 2 // requests in a step; each impression costs one
	plan, spent, requests, ever := evenPlan(budget, 1), map[int32]int64{}, [24]float64{}, int64(1)
	g := NewGate(plan, Delivered{Ever: 1}, standing)
	var pulse Pulse
	for now := int64(0); now < 2*whole; now += step {
		n, day, hour := expected, int32(now/whole), int(now%whole/3600/second)
		if more, surprise := hours[hour]; surprise && day == 1 {
			n *= more
		}
		standing.Pulse = pulse.Beat(plan.Day(now), now, n/20)
		for i := range int64(n) {
			if at := now + i*step/int64(n); Claim([]*Gate{g}, at, 1) {
				g.Shown(at, 1)
				spent[day]++
				ever++
				off[hour] += float64(day)
			}
		}
		requests[hour] += n * float64(day)
		g.Settle(now+step, now+step, Delivered{maps.Clone(spent), ever}, standing)
	}
	all := 0.0
	for _, n := range requests {
		all += n
	}
	for hour := range off {
		off[hour] = off[hour]/float64(spent[1])/(requests[hour]/all) - 1
	}
	return off
}
