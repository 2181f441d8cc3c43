package sim

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/marquetry/marquetry/internal/bandit"
)

// read fails the test when a file is not a world.
func read(tb testing.TB, path string) World {
	tb.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	w, err := ReadWorld(data)
	if err != nil {
		tb.Fatal(err)
	}
	return w
}

func TestReadWorld(t *testing.T) {
	t.Parallel()
	w := read(t, "testdata/world.json")
	if w.Name == "" || len(w.Slots) != 2 || len(w.Segments) != 2 || w.Space.Size() != 6 || w.Before[1][5] != 0.031 || w.Converts()[0][0] != 0.1 {
		t.Errorf("%+v", w)
	}
	tournament := Tournament{World: w.Worlds, FirstSeed: 1, Instances: 2, Config: Config{Impressions: 4000, Batch: 500, Conversions: true}}
	if r := play(t, tournament, "default"); r.Checkpoints[0].Cumulative <= 0 {
		t.Errorf("%+v", r)
	}
}

// TestReadTable: what a table does not have may not be shown, and percent of optimal is out of what may.
func TestReadTable(t *testing.T) {
	t.Parallel()
	w := read(t, "testdata/creatives.txt")
	want := []bandit.Pair{{SlotA: 0, AssetA: 0, SlotB: 1, AssetB: 2}, {SlotA: 0, AssetA: 1, SlotB: 1, AssetB: 0}}
	if diff := cmp.Diff(want, w.Legal.Forbidden); diff != "" {
		t.Error(diff)
	}
	tournament := Tournament{World: w.Worlds, FirstSeed: 1, Instances: 2, Config: Config{Impressions: 4000, Batch: 500}}
	uniform := play(t, tournament, "uniform").Checkpoints[0]
	if even := 100 * (0.010 + 0.012 + 0.011 + 0.020) / 4 / 0.020; uniform.Cumulative < even-2 || uniform.Cumulative > even+2 {
		t.Errorf("uniform reaches %v, want about %v", uniform.Cumulative, even)
	}
}

func TestReadWorldRefuses(t *testing.T) {
	t.Parallel()
	for data, want := range map[string]string{
		`{`:                                      "unexpected EOF",
		`{"space":[2],"probabilities":[[0,1]]}x`: "follows",
		`{"colour":1}`:                           "colour",
		`{"space":[]}`:                           "at least one slot",
		`{"space":[2],"slots":["a","b"]}`:        "slots: 2 names",
		`{"space":[2],"segments":["a","a"],"probabilities":[[0,1],[0,1]]}`:  `"a" is empty, twice`,
		`{"space":[2],"probabilities":[]}`:                                  "probabilities: 0 lines, wanted 1",
		`{"space":[2],"probabilities":[[0.1]]}`:                             "line 0 has 1 numbers, wanted 2",
		`{"space":[2],"probabilities":[[0.1,2]]}`:                           "2 is no probability",
		`{"space":[2],"probabilities":[[0,0]]}`:                             "all are 0",
		`{"space":[2],"probabilities":[[0,1]],"conversions":[[0,1],[0,1]]}`: "conversions: 2 lines",
		"":                     "line 1: wanted an id",
		"1 0 0.1\n2 1 0 0.1":   "line 2: 2 assets, and 1",
		"1 x 0.1":              `asset "x"`,
		"1 0 7":                `"7" is no rate`,
		"1 0 0.1\n2 0 0.1":     "line 2: these assets were there before",
		"1 0 0 0.1\n2 1 1 0.1": "",
		"1 0 0 0 .1\n2 0 1 1 .1\n3 1 0 1 .1\n4 1 1 0 .1": "4 creatives, but 8",
	} {
		if _, err := ReadWorld([]byte(data)); (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %q", data, err, want)
		}
	}
}

func FuzzReadWorld(f *testing.F) {
	for _, path := range []string{"testdata/world.json", "testdata/creatives.txt"} {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		w, err := ReadWorld(data)
		if err != nil {
			return
		}
		if _, err := bandit.NewRotation(w.Space, w.Legal); err != nil || len(w.Before) != len(w.Segments) || len(w.Before[0]) != w.Space.Size() {
			t.Errorf("world %+v: %v", w, err)
		}
	})
}
