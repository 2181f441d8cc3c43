package archive

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// table is a small archive of n tests; the second headline of each is twice as good.
func table(n int) string {
	var b strings.Builder
	b.WriteString("test_id,test_week,headline,excerpt,image_id,impressions,clicks,problem\n")
	for i := range n {
		for j, clicks := range []int{40, 80, 42} {
			fmt.Fprintf(&b, "t%02d,%d,\"Headline %d, of %d\",,img,4000,%d,0\n", i, 201301+i, j, i, clicks)
		}
	}
	return b.String()
}

func TestReadLeavesOutWhatIsNoTest(t *testing.T) {
	t.Parallel()
	rows := "b,201301,H1,,i,10,1,0\nb,201301,H2,,i,10,2,0\nalone,201301,H1,,i,10,1,0\nbad,201330,H1,,i,10,1,1\nbad,201330,H2,,i,10,1,1\na,201302,H1,,i,10,1,0\na,201302,H1,,j,10,1,0\n"
	tests, err := Read(strings.NewReader(table(0) + rows))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, test := range tests {
		got = append(got, fmt.Sprint(test.ID, test.Week, len(test.Arms), newDesign(test).slots[0].Name))
	}
	if diff := cmp.Diff([]string{"a201302 2image", "b201301 2title"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestReadNamesTheLine(t *testing.T) {
	t.Parallel()
	for rows, want := range map[string]string{
		"a,201301,H,,i,10,11,0\n": "line 2: 11 clicks on 10 impressions",
		"a,x,H,,i,10,1,0\n":       "line 2",
		"a\n":                     "wrong number of fields",
	} {
		if _, err := Read(strings.NewReader(table(0) + rows)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", rows, err, want)
		}
	}
}

func TestCrossedTestsAreAdsOfTwoSlots(t *testing.T) {
	t.Parallel()
	d := newDesign(Test{Arms: []Arm{{Headline: "A", Image: "x"}, {Headline: "B", Image: "y"}, {Headline: "B", Image: "x"}, {Headline: "A", Image: "y"}}})
	if diff := cmp.Diff([]int{0, 3, 2, 1}, d.arm); diff != "" || len(d.slots) != 2 {
		t.Error(diff, d.slots)
	}
}

func TestContestComparesPolicies(t *testing.T) {
	t.Parallel()
	tests, err := Read(strings.NewReader(table(12)))
	if err != nil {
		t.Fatal(err)
	}
	c := Config{Policies: Policies(), Truth: "measured", Batch: 500, Traffic: 1, Folds: 3, Seed: 1, Workers: 2}
	rows, prize, err := Contest(tests, c)
	if err != nil {
		t.Fatal(err)
	}
	if want := 80.0/54 - 1; prize < want-1e-9 || prize > want+1e-9 {
		t.Errorf("the prize is %.4f, want %.4f", prize, want)
	}
	for _, r := range rows {
		if least := map[string]float64{"uniform": -0.1}[r.Policy]; r.Capture < least || r.Capture > 1 || r.Policy == "learnt" && r.Capture < 0.5 {
			t.Errorf("%+v", r)
		}
	}
	c.Workers = 1
	again, _, err := Contest(tests, c)
	if diff := cmp.Diff(rows, again); err != nil || diff != "" {
		t.Errorf("one worker differs: %v %s", err, diff)
	}
}

func TestSplitTruthHasTwoHalves(t *testing.T) {
	t.Parallel()
	test := Test{Arms: []Arm{{Impressions: 100, Clicks: 10}, {Impressions: 200, Clicks: 30}}}
	got, err := truthOf("split", test, newDesign(test), rand.NewPCG(1, 1))
	if err != nil {
		t.Fatal(err)
	}
	for k, a := range test.Arms {
		if sum := (got.real[k] + got.counted[k]) * float64(a.Impressions) / 2; sum < float64(a.Clicks)-1e-9 || sum > float64(a.Clicks)+1e-9 {
			t.Errorf("arm %d: halves have %.2f clicks of %d", k, sum, a.Clicks)
		}
	}
}
