package pacing

import "testing"

// TestBefore has the traffic of a quarter hour come evenly, and of one in which the run ends until then.
func TestBefore(t *testing.T) {
	t.Parallel()
	const minute = 60_000
	d := NewDay(1, 0, 60*minute, []float64{1, 2, 1, 0})
	d.Ends = 40 * minute
	for at, want := range map[int64]float64{-1: 0, 0: 0, 15 * minute: 1, 30 * minute: 3, 35 * minute: 3.5, 40 * minute: 4, 44 * minute: 4, 50 * minute: 4, 90 * minute: 4} {
		if got := d.Before(at); got != want {
			t.Errorf("minute %d: %v, want %v", at/minute, got, want)
		}
	}
}
