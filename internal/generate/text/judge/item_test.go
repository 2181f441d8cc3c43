package judge

import (
	"strings"
	"testing"
)

// TestItems reads good lines, and says of bad ones which line and what is wrong.
func TestItems(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ in, fault string }{
		"good":           {`{"id":"a","lang":"en","source":"Tea","keep_any":[["tea"]],"min_variations":2,"note":"kept"}` + "\n\n", ""},
		"no id":          {`{"source":"Tea"}`, "line 1: id is missing"},
		"no source":      {`{"id":"a","source":" "}`, "source of a"},
		"twice":          {`{"id":"a","source":"Tea"}` + "\n" + `{"id":"a","source":"Tea"}`, `line 2: id "a" comes twice`},
		"too many":       {`{"id":"a","source":"Tea","min_variations":5}`, "min_variations of a must be 0 to 4"},
		"bad expression": {`{"id":"a","source":"Tea","forbid":["("]}`, "forbid of a"},
		"empty group":    {`{"id":"a","source":"Tea","keep_any":[[]]}`, "keep_any and keep_all of a"},
		"no JSON":        {`{`, "line 1: unexpected end"},
	} {
		_, err := Items(strings.NewReader(c.in))
		if (err == nil) != (c.fault == "") || err != nil && !strings.Contains(err.Error(), c.fault) {
			t.Errorf("%s: %v, want %q", name, err, c.fault)
		}
	}
}

// TestHeldByThirds keeps every third item of a foreign file unseen.
func TestHeldByThirds(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]bool{"dev-003": true, "dev-004": false, "dev-012": true, "x": false, "dev-064": false, "a-3b": false, "open-003": false, "held-001": true} {
		if it := (Item{ID: id}); it.held() != want {
			t.Errorf("held(%q) is %t", id, !want)
		}
	}
}

// FuzzItems feeds the parser anything: it must not panic, and what it lets through is within its limits.
func FuzzItems(f *testing.F) {
	f.Add(`{"id":"a","source":"Tea","forbid":["x"],"keep_all":["Tea"],"context":{"past_ads":[{"text":"t","clicks":1}]}}`)
	f.Add("{\n{")
	j := New()
	f.Fuzz(func(t *testing.T, in string) {
		items, err := Items(strings.NewReader(in))
		for i := range items {
			it := &items[i]
			if err == nil && (it.ID == "" || len(it.Source) > maxText || len(it.forbid) != len(it.Forbid)) {
				t.Fatalf("let through %+v", it)
			}
			j.Check(it, it.Source)
		}
	})
}
