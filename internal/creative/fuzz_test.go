package creative

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// FuzzValidate feeds arbitrary JSON through the whole package: nothing panics, a second normalisation changes nothing, the number of
// faults is bounded, and what passes can be delivered.
func FuzzValidate(f *testing.F) {
	for _, seed := range []string{validClassic, validLink, validPlaces, `{"asset_feed_spec": "[[[["}`, `{"asset_feed_spec": {"images": [null, 1, {}, []]}}`} {
		f.Add([]byte(seed))
	}
	sent, _ := filepath.Glob("testdata/normalise/*.sent.json")
	for _, path := range sent {
		text, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var spec map[string]any
		if json.Unmarshal(text, &spec) != nil {
			return
		}
		n, faults := Check(spec, Rules{Objective: "OUTCOME_SALES"})
		if len(faults) > maxFaults {
			t.Fatalf("%d faults", len(faults))
		}
		if again := Normalise(n.Spec); len(again.Changes) > 0 {
			t.Fatalf("a second pass changed %v", again.Changes)
		}
		Complete(n.Spec)
		n.Advice()
		feed, err := FeedOf(n.Spec)
		if err != nil {
			return
		}
		slots := feed.Slots(feed.Combinations() / 2)
		feed.CombinationID(slots)
		if len(faults) == 0 && feed.Combinations() < 1 {
			t.Fatal("a valid feed without combinations")
		}
	})
}
