package judge

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// TestClasses goes through testdata/classes.txt: a variation has a violation of the class that it should have, or none.
func TestClasses(t *testing.T) {
	t.Parallel()
	table, err := os.ReadFile("testdata/classes.txt")
	if err != nil {
		t.Fatal(err)
	}
	j := New()
	for line := range strings.Lines(string(table)) {
		part := strings.Split(strings.TrimSuffix(line, "\n"), " | ")
		if strings.HasPrefix(line, "# ") || len(part) != 4 {
			continue
		}
		found := j.Check(&Item{Lang: part[1], Source: part[2]}, part[3])
		has := slices.ContainsFunc(found, func(v Violation) bool { return v.Class == part[0] })
		if part[0] == "clean" && len(found) > 0 || part[0] != "clean" && !has {
			t.Errorf("%s: %v", strings.TrimSpace(line), found)
		}
		for _, v := range j.Check(&Item{Lang: part[1], Source: part[2]}, part[2]) {
			t.Errorf("the source itself: %s: %v", part[2], v)
		}
	}
}

// TestKept tells lost content from kept.
func TestKept(t *testing.T) {
	t.Parallel()
	it := &Item{Lang: "en", KeepAny: [][]string{{"tea", "chai"}}, KeepAll: []string{"up to 30%", "Text PICK"}}
	for text, want := range map[string]string{
		"Up to 30% off chais. Text PICK.":       "",
		"Up to 30% off for the team. Text PICK": "tea|chai",
		"Tea, 30% off. Text PICK":               "up to 30%",
		"Tea, up to 30% off. Text pick.":        "Text PICK",
	} {
		r := New().read(text)
		if got := strings.Join(append(missing(it, r), astray(it, r)...), ","); got != want {
			t.Errorf("%q lost %q, want %q", text, got, want)
		}
	}
}
