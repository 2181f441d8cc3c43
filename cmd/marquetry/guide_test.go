package main

import (
	"context"
	"os"
	"regexp"
	"slices"
	"strings"
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

// TestGuideCommands parses the commands of the guides that need a model's server or a running demonstration, or take long.
func TestGuideCommands(t *testing.T) {
	t.Parallel()
	guides := ""
	for _, name := range []string{"text", "images", "learning"} {
		guide, err := os.ReadFile("../../docs/guide/" + name + ".md")
		if err != nil {
			t.Fatal(err)
		}
		guides += string(guide)
	}
	blocks := strings.Join(regexp.MustCompile("(?s)```shell\n.*?```").FindAllString(guides, -1), "")
	told := regexp.MustCompile(`(?m)^(?:\w+=\S+ )?marquetry (.*?) *(?:[>#].*)?$`).FindAllStringSubmatch(blocks, -1)
	told = append(told, regexp.MustCompile("\\| `marquetry ([^`]+)`").FindAllStringSubmatch(guides, -1)...) // the benchmarks, in a table
	if len(told) < 40 {
		t.Errorf("only %d commands", len(told))
	}
	for _, command := range told {
		words := regexp.MustCompile(`"[^"]*"|\S+`).FindAllString(command[1], -1)
		for i, word := range words {
			if strings.HasSuffix(word, ".jsonl") || word == "photo.jpg" || word == "mine.json" {
				words[i] = "guide_test.go" // a file that exists
			}
		}
		parser, err := kong.New(&commands{}, kong.BindTo(t.Context(), (*context.Context)(nil)), kong.Bind(streams{}))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := parser.Parse(words); err != nil {
			t.Errorf("marquetry %s: %v", command[1], err)
		}
	}
}
