package rewrite

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/marquetry/marquetry/internal/generate/text"
)

// update writes the golden file anew.
var update = flag.Bool("update", false, "write the golden file anew")

// TestGolden compares what our own adverts become by the core rules alone with what it was when somebody last read it: after a change of
// the generator or of these rules run it with -update, and read the difference as a customer would.
func TestGolden(t *testing.T) {
	var b strings.Builder
	w := &text.Writer{Embedded: &Generator{book: coreBook(t)}}
	for _, r := range sources() {
		fmt.Fprintf(&b, "# %s\n", strings.ReplaceAll(r.Message, "\n", " | "))
		res := write(t, w, r)
		for _, v := range res.Variations {
			fmt.Fprintf(&b, "%-11s %s", v.Kind, strings.ReplaceAll(v.Text, "\n", " | "))
			if len(v.Evidence) > 0 {
				fmt.Fprintf(&b, "  (%s)", strings.Join(v.Evidence, ", "))
			}
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "            language %q, button %q, flags %v\n\n", res.Language, res.Button, res.Flags)
	}
	golden(t, filepath.Join("testdata", "golden.txt"), b.String())
}

// coreBook has the core rules only, so that rules of a trade do not move the golden file.
func coreBook(t *testing.T) *book {
	t.Helper()
	rules, err := loadRules(ruleFiles)
	if err != nil {
		t.Fatal(err)
	}
	return newBook(slices.DeleteFunc(rules, func(r *rule) bool { return r.File != "en-core.rules" }))
}

// golden compares with a file, or writes it.
func golden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("texts have changed; read them and run with -update\n%s", difference(string(want), got))
	}
}

// difference shows the lines that two texts do not share.
func difference(want, got string) string {
	var b strings.Builder
	old, now := strings.Split(want, "\n"), strings.Split(got, "\n")
	for _, l := range old {
		if !slices.Contains(now, l) {
			fmt.Fprintln(&b, "-", l)
		}
	}
	for _, l := range now {
		if !slices.Contains(old, l) {
			fmt.Fprintln(&b, "+", l)
		}
	}
	return b.String()
}
