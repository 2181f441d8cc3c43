package cutout

import (
	"testing"

	"pgregory.net/rapid"
)

// TestCutIsTheLeast compares the cost of the cut with that of every possible one, on grids of up to nine pixels.
func TestCutIsTheLeast(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, h := rapid.IntRange(1, 3).Draw(t, "w"), rapid.IntRange(1, 3).Draw(t, "h")
		net := newNetwork(w * h)
		pole := make([]int32, w*h)
		for i := range pole {
			pole[i] = rapid.Int32Range(-20, 20).Draw(t, "pole")
		}
		copy(net.pole, pole)
		type edge struct{ a, b, capacity int32 }
		var edges []edge
		for i := range int32(w * h) {
			for direction, s := range [4][2]int{{1, 0}, {-1, 1}, {0, 1}, {1, 1}} {
				x, y := int(i)%w+s[0], int(i)/w+s[1]
				if x < 0 || x >= w || y >= h {
					continue
				}
				e := edge{i, int32(y*w + x), rapid.Int32Range(0, 15).Draw(t, "capacity")}
				edges = append(edges, e)
				net.link(e.a, e.b, direction, e.capacity)
			}
		}
		cost := func(source func(i int32) bool) (sum int32) {
			for i, c := range pole {
				if source(int32(i)) {
					sum += max(-c, 0)
				} else {
					sum += max(c, 0)
				}
			}
			for _, e := range edges {
				if source(e.a) != source(e.b) {
					sum += e.capacity
				}
			}
			return sum
		}
		net.cut()
		got, least := cost(net.isSource), int32(1<<30)
		for set := range 1 << (w * h) {
			least = min(least, cost(func(i int32) bool { return set>>i&1 == 1 }))
		}
		if got != least {
			t.Fatalf("the cut costs %d, the least one %d", got, least)
		}
	})
}
