package main

import (
	"os"
	"regexp"
	"slices"
	"testing"

	"github.com/alecthomas/kong"
	"github.com/google/go-cmp/cmp"
)

// TestGuideNamesEveryFlag compares the guide's table of the flags of serve with those that there are, and their defaults.
func TestGuideNamesEveryFlag(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile("../../docs/guide/sandbox.md")
	if err != nil {
		t.Fatal(err)
	}
	told := map[string]string{}
	for _, row := range regexp.MustCompile("(?m)^\\| `--([a-z-]+)` \\| (?:`([^`]*)`|off|drawn)? *\\|").FindAllStringSubmatch(string(guide), -1) {
		told[row[1]] = row[2]
	}
	parser, err := kong.New(&serveCmd{})
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]string{}
	for _, flag := range slices.Concat(parser.Model.AllFlags(false)...) {
		if flag.Name != "help" {
			known[flag.Name] = flag.Default
		}
	}
	if diff := cmp.Diff(known, told); diff != "" {
		t.Errorf("serve has what docs/guide/sandbox.md does not say (-) or says what there is not (+):\n%s", diff)
	}
}
