package judge

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// update rewrites the golden report with what the judge says now.
var update = flag.Bool("update", false, "rewrite golden files")

// still is a clock that stands.
func still() time.Time { return time.Time{} }

// written reads the built-in open items and the good texts that were written for some of them by hand.
func written(t *testing.T) (items []Item, answers []Answer) {
	t.Helper()
	file, err := os.Open("testdata/good.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	if answers, err = Answers(file); err != nil {
		t.Fatal(err)
	}
	open, _, err := Own()
	if err != nil {
		t.Fatal(err)
	}
	for _, it := range open {
		for _, a := range answers {
			if a.ID == it.ID {
				items = append(items, it)
			}
		}
	}
	return items, answers
}

// TestCalibration keeps the scale where it was set: texts written by hand near 0.9 with hardly a false alarm, and four bad systems low.
func TestCalibration(t *testing.T) {
	t.Parallel()
	items, answers := written(t)
	j := New()
	m, err := Bench{Judge: j, Systems: append([]System{Recorded("by hand", answers)}, Baselines(still)...)}.Run(t.Context(), Set{Open, items})
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range []struct{ least, most float64 }{{0.9, 1}, {0, 0}, {0, 0.25}, {0, 0.1}, {0, 0.15}} {
		f := m.Systems[i]
		if f.CDYEnglish < c.least || f.CDYEnglish > c.most {
			t.Errorf("%s: CDY@4 %.3f is not between %.2f and %.2f", f.System, f.CDYEnglish, c.least, c.most)
		}
	}
	if f := m.Systems[0]; 100*(1-f.CleanTexts) > 1.4 || !m.Repeatable {
		t.Errorf("by hand: %.1f %% of good texts were found fault with: %v", 100*(1-f.CleanTexts), f.Classes)
	}
	if f := m.Systems[3]; f.PerHundred[faith] < 100 || f.PerHundred[lost] < 50 {
		t.Errorf("canned texts get away with too much: %v", f.PerHundred)
	}
}

// TestSourcesBreakOnlyWhatTheyMust checks the built-in items: a source breaks what it forbids itself, or shouts, and nothing else.
func TestSourcesBreakOnlyWhatTheyMust(t *testing.T) {
	t.Parallel()
	open, held, err := Own()
	if err != nil {
		t.Fatal(err)
	}
	j := New()
	for _, it := range append(open, held...) {
		for _, v := range j.Check(&it, it.Source) {
			if v.Class != "forbid" && v.Group != policy {
				t.Errorf("%s: %v", it.ID, v)
			}
		}
	}
}

// fixture is a small set of items and what a system wrote for them.
const fixture = `{"id":"open-1","lang":"en","tags":["percent"],"source":"Save 20% on coats this weekend. Shop now.","keep_any":[["coat"]],"min_variations":2}
{"id":"open-2","lang":"en","tags":["percent"],"source":"Capital at risk. Invest with Nutshell.","keep_all":["Capital at risk"],"min_variations":1}
{"id":"open-3","lang":"es","source":"Compra tu abrigo ahora.","min_variations":0}`

// answered are its answers.
const answered = `{"id":"open-1","variations":["This weekend: coats at 20% off.","Shop now. Save 20% on coats this weekend.","The best coats: 25% off."],"ms":2}
{"id":"open-2","variations":["Nutshell is how to invest. Capital at risk.","Invest with Nutshell."],"ms":4}`

// TestReport compares the printed report of the fixture with its golden file.
func TestReport(t *testing.T) {
	t.Parallel()
	items, err := Items(strings.NewReader(fixture))
	if err != nil {
		t.Fatal(err)
	}
	answers, err := Answers(strings.NewReader(answered))
	if err != nil {
		t.Fatal(err)
	}
	b := Bench{Judge: New(), Systems: []System{Recorded("answers", answers), Baselines(still)[0]}}
	m, err := b.Run(t.Context(), Set{Open, items})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := m.Print(&out); err != nil {
		t.Fatal(err)
	}
	if err := m.PrintKinds(&out); err != nil {
		t.Fatal(err)
	}
	m.PrintWorst(&out, 3)
	if *update {
		if err := os.WriteFile("testdata/report.golden", out.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/report.golden")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), out.String()); diff != "" {
		t.Errorf("(-want +got, -update accepts it):\n%s", diff)
	}
}
