package world

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// played is an outcome in which every visit was shown what choose says.
func played(t *testing.T, visits int, choose func(w *World, segment, visit int) int) *Outcome {
	t.Helper()
	w, err := New(11, demoSlots(), demoPair())
	if err != nil {
		t.Fatal(err)
	}
	o := newOutcome(w, visits)
	for i := range o.shown {
		s := w.Visit(i, visits).Segment
		o.shown[i] = shown{segment: s, combination: choose(w, s, i)}
	}
	return o
}

func TestPercentOfOptimal(t *testing.T) {
	t.Parallel()
	best := played(t, 1000, func(w *World, segment, _ int) int { return w.best[segment] })
	if got := best.PercentOfOptimal(9, 10); math.Abs(got.Shown-100) > 1e-9 || got.Uniform >= 60 {
		t.Errorf("showing the best gives %+v", got)
	}
	rotation := played(t, 108_000, func(_ *World, _, visit int) int { return visit % 108 })
	if got := rotation.PercentOfOptimal(0, 1); math.Abs(got.Shown-got.Uniform) > 0.5 {
		t.Errorf("uniform rotation gives %+v", got)
	}
	late := played(t, 1000, func(w *World, segment, visit int) int {
		if visit < 900 {
			return 107
		}
		return w.best[segment]
	})
	if got := late.PercentOfOptimal(9, 10).Shown; math.Abs(got-100) > 1e-9 {
		t.Errorf("the last tenth counts %v of what came before", got)
	}
	if got := newOutcome(late.world, 0).PercentOfOptimal(0, 1); got != (Share{}) {
		t.Errorf("nobody was shown %+v", got)
	}
}

func TestFavouriteIsOfTheLastTenth(t *testing.T) {
	t.Parallel()
	o := played(t, 1000, func(_ *World, segment, visit int) int {
		if visit < 900 || visit%4 == 0 {
			return 5
		}
		return 40 + segment
	})
	for s := range o.world.Segments() {
		slots, share := o.Favourite(s)
		if diff := cmp.Diff(o.world.combination(40+s), slots); diff != "" || share < 0.5 {
			t.Errorf("segment %d: share %v, %s", s, share, diff)
		}
	}
	if slots, share := newOutcome(o.world, 0).Favourite(0); share != 0 || len(slots) != 5 {
		t.Errorf("nobody's favourite is %v with share %v", slots, share)
	}
}

func TestTruthPrints(t *testing.T) {
	t.Parallel()
	w, err := New(1, demoSlots(), demoPair())
	if err != nil {
		t.Fatal(err)
	}
	out := w.Truth().String()
	lines := strings.Split(strings.TrimRight(out, "\n"), "\n")
	if len(lines) != 1+len(w.Segments()) || !strings.Contains(lines[2], "young families") {
		t.Errorf("printed\n%s", out)
	}
}
