package deliver

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/creative"
)

// feedOf makes a feed: a pool is its name and the ids of its assets.
func feedOf(pools ...[]string) creative.Feed {
	var f creative.Feed
	for _, p := range pools {
		pool := creative.Pool{Name: p[0]}
		for _, id := range p[1:] {
			pool.Assets = append(pool.Assets, creative.Asset{ID: id})
		}
		f.Pools = append(f.Pools, pool)
	}
	return f
}

// evenly counts a different number of impressions of each combination.
func evenly(f creative.Feed) former {
	var cells []bandit.Cell
	for k := range f.Combinations() {
		cells = append(cells, bandit.Cell{Combination: k, Impressions: int64(1000 + k)})
	}
	return former{f, cells}
}

func TestDescend(t *testing.T) {
	t.Parallel()
	first := feedOf([]string{"image", "i1", "i2"}, []string{"title", "t1", "t2"})
	for name, c := range map[string]struct {
		present creative.Feed
		legal   *bandit.Legal
		sizes   []int
		legally *bandit.Legal
		cells   []bandit.Cell
	}{
		"the same": {first, nil, []int{2, 2}, nil, evenly(first).cells},
		"another order, and one more": {feedOf([]string{"image", "i2", "i3", "i1"}, []string{"title", "t1", "t2"}), nil, []int{3, 2}, nil,
			[]bandit.Cell{{Combination: 4, Impressions: 1000}, {Combination: 5, Impressions: 1001}, {Combination: 0, Impressions: 1002}, {Combination: 1, Impressions: 1003}}},
		"one is gone": {feedOf([]string{"image", "i2"}, []string{"title", "t1", "t2"}), &bandit.Legal{Stopped: [][]bool{{false}, {false, true}}}, []int{2, 2},
			&bandit.Legal{Stopped: [][]bool{{false, true}, {false, true}}},
			[]bandit.Cell{{Combination: 2, Impressions: 1000}, {Combination: 3, Impressions: 1001}, {Combination: 0, Impressions: 1002}, {Combination: 1, Impressions: 1003}}},
		"a slot is new": {feedOf([]string{"image", "i1", "i2"}, []string{"title", "t1", "t2"}, []string{"description", "d1"}), nil, []int{2, 2, 2},
			&bandit.Legal{Stopped: [][]bool{{false, false}, {false, false}, {false, true}}},
			[]bandit.Cell{{Combination: 1, Impressions: 1000}, {Combination: 3, Impressions: 1001}, {Combination: 5, Impressions: 1002}, {Combination: 7, Impressions: 1003}}},
		"a slot is no more": {feedOf([]string{"title", "t1", "t2"}), nil, []int{2}, nil,
			[]bandit.Cell{{Combination: 0, Impressions: 1000}, {Combination: 1, Impressions: 1001}, {Combination: 0, Impressions: 1002}, {Combination: 1, Impressions: 1003}}},
	} {
		got := descend(c.present, c.legal, nil, []former{evenly(first)})
		if diff := cmp.Diff(lineage{bandit.Space{Sizes: c.sizes}, c.legally, nil, c.cells}, got, cmp.AllowUnexported(lineage{})); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// TestDescendKeepsWhatWasShownMost has more assets of the past than there is room for.
func TestDescendKeepsWhatWasShownMost(t *testing.T) {
	t.Parallel()
	ids := []string{"image"}
	for i := range 12 {
		ids = append(ids, fmt.Sprint("i", i))
	}
	got := descend(feedOf([]string{"image", "i0", "new"}), nil, nil, []former{evenly(feedOf(ids))})
	if got.space.Sizes[0] != 2+maxFormer || len(got.cells) != 1+maxFormer {
		t.Errorf("a space of %v, %d cells", got.space, len(got.cells))
	}
	for _, c := range got.cells {
		if c.Impressions != 1000 && c.Impressions < 1012-maxFormer {
			t.Errorf("a cell of %d impressions was kept before others of more", c.Impressions)
		}
	}
}

// TestDescendLosesNothing maps any two creatives of few assets onto a third: nothing that was counted is lost or doubled, everything lies in
// the space, and the present assets come first.
func TestDescendLosesNothing(t *testing.T) {
	t.Parallel()
	pools := rapid.Custom(func(t *rapid.T) creative.Feed {
		all := [][]string{{"image"}, {"title"}, {"body"}}
		for i := range all {
			for _, id := range rapid.Permutation([]string{"1", "2", "3"}).Draw(t, "ids")[:rapid.IntRange(1, 3).Draw(t, "n")] {
				all[i] = append(all[i], all[i][0]+id)
			}
		}
		return feedOf(all[:rapid.IntRange(1, 3).Draw(t, "slots")]...)
	})
	rapid.Check(t, func(t *rapid.T) {
		present := pools.Draw(t, "present")
		before := []former{evenly(pools.Draw(t, "first")), evenly(pools.Draw(t, "second"))}
		var want, got int64
		for _, b := range before {
			for _, c := range b.cells {
				want += c.Impressions
			}
		}
		l := descend(present, nil, nil, before)
		for _, c := range l.cells {
			if got += c.Impressions; c.Combination < 0 || c.Combination >= l.space.Size() {
				t.Fatalf("%+v lies outside of %v", c, l.space)
			}
		}
		if got != want {
			t.Fatalf("of %d impressions %d are left", want, got)
		}
		even, err := bandit.NewRotation(l.space, l.legal)
		if err != nil || even.Size() != present.Combinations() {
			t.Fatalf("%v, of %d combinations of the creative %d may be shown", err, present.Combinations(), even.Size())
		}
	})
}
