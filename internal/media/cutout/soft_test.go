package cutout

import (
	"fmt"
	"math"
	"testing"
)

// TestSoftEdgesAreAsWideAsTheProduct draws edges as an enlarged photograph has them: half alpha must stay where it is, at most half a pixel too wide or too narrow.
func TestSoftEdgesAreAsWideAsTheProduct(t *testing.T) {
	for _, width := range []float64{1, 3, 6, 9} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			c := Cut(shot(func(x, y float64) (rgb, float64) {
				in := min(max((60-math.Hypot(x-120, y-120))/width+0.5, 0), 1)
				v := 110 + 15*float32(math.Sin(x)*math.Cos(y*0.8))
				return rgb{v, 60, 40}, in * in * (3 - 2*in)
			}))
			area := 0.0
			for _, a := range c.Alpha.Pix {
				if a >= 128 {
					area++
				}
			}
			if radius := math.Sqrt(area / math.Pi); math.Abs(radius-60) > 0.5 {
				t.Errorf("the radius is %.2f, want 60", radius)
			}
		})
	}
}

func TestDepthsCountFromTheEdge(t *testing.T) {
	const side = 9
	mask := make([]bool, side*side)
	for y := 1; y < side-1; y++ {
		for x := 1; x < side-1; x++ {
			mask[y*side+x] = true
		}
	}
	deep := depths(mask, side, side)
	for at, want := range map[int]int{0: 0, side + 1: 1, 4*side + 1: 1, 4*side + 2: 2, 4*side + 4: 4} {
		if deep[at] != want {
			t.Errorf("depth at %d,%d is %d, want %d", at%side, at/side, deep[at], want)
		}
	}
}
