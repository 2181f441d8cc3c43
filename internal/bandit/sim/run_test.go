package sim

import (
	"testing"
	"time"

	"github.com/marquetry/marquetry/internal/bandit"
)

func TestExplore(t *testing.T) {
	for _, preset := range []string{"real", "hill"} {
		p, _ := NewPreset(preset, 5)
		for _, name := range []string{"default", "asset-beta"} {
			var a, b float64
			start := time.Now()
			for seed := uint64(101); seed < 105; seed++ {
				w := NewWorld(p, bandit.Space{Sizes: []int{10, 5, 5, 5, 5}}, seed)
				c, _ := NewContender(name, bandit.DefaultOptions())
				pts, err := Run(w, c, Config{Impressions: 30000, Batch: 500, Checkpoints: []int{10000}})
				if err != nil {
					t.Fatal(err)
				}
				a += pts[0].Cumulative / 4
				b += pts[1].Cumulative / 4
				t.Log(preset, name, seed, pts)
			}
			t.Logf("%s %s 10k %.1f 30k %.1f  %v", preset, name, a, b, time.Since(start))
		}
	}
}
