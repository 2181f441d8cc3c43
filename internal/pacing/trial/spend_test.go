package trial

import "testing"

// TestSpend keeps the order of magnitude of what the benchmark measures: no overspending, and a curve like that of the traffic once a day is known.
func TestSpend(t *testing.T) {
	t.Parallel()
	for _, splits := range [][]float64{nil, {0.1, 0.2, 0.3, 0.4}} {
		days := Spend(Traffic{Peak: 20, Noise: 0.1, Shown: 0.7, Delay: 3, Splits: splits}, Paced, 0.3, 2, 1)
		for i, d := range days {
			if d.Over > 0.01 || d.Under > 0.02 || d.Apart > 0.1 || i > 0 && d.Mean > 0.06 {
				t.Errorf("%d processes, day %d: %+v", len(splits), i+1, d)
			}
		}
	}
	even := Traffic{Peak: 20, Noise: 0.1, Shown: 0.7, Delay: 3}
	if d := Spend(even, HardStop, 0.3, 1, 1)[0]; d.Apart < 0.5 || d.Near > 0.1 {
		t.Errorf("a hard stop: %+v", d)
	}
	if curve, day := Spend(even, Curve, 0.3, 1, 1)[0], Spend(even, Hindsight, 0.3, 1, 1)[0]; day.Near < 1 || day.Hour > curve.Hour {
		t.Errorf("told the day %+v, the curve %+v", day, curve)
	}
}
