package gate

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/marquetry/marquetry/internal/generate/text/units"
)

// TestChecks runs the tables of testdata: a line "= text" begins a source, "key: value" lines add to it, and every other line is
// "code | text", with "pass" for texts that have to pass. There are as many of these as refusals: a false alarm costs a good text.
func TestChecks(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no tables: %v", err)
	}
	seen, triples := map[Code]bool{}, 0
	for _, path := range paths {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var s Sources
		var g *Gate
		language := units.Language{Code: strings.TrimSuffix(filepath.Base(path), ".txt")[:2], Script: "Latin"}
		if language.Code == "xx" {
			language.Code = ""
		}
		for line := range strings.SplitSeq(string(content), "\n") {
			line = strings.ReplaceAll(line, `\n`, "\n")
			switch key, value, _ := strings.Cut(line, " "); key {
			case "", "//":
			case "=":
				s, g = Sources{Message: value}, nil
			case "also:":
				s.Also = append(s.Also, value)
			case "excluded:":
				s.Excluded = append(s.Excluded, value)
			case "taken:":
				s.Taken = append(s.Taken, value)
			case "model:":
				s.Model = true
			case "short:":
				s.Short, s.Most = true, 40
			default:
				if g == nil {
					g = New(s, language)
				}
				text := strings.TrimPrefix(value, "| ")
				want := Code(strings.TrimSuffix(key, "|"))
				if want == "pass" {
					want = ""
				}
				triples++
				seen[want] = true
				if got := g.Check(text); got != want {
					t.Errorf("%s: %q\n  of %q\n  got %q, want %q", path, text, s.Message, got, want)
				}
			}
		}
	}
	for _, c := range Codes() {
		if !seen[c.Code] && c.Code != "empty" {
			t.Errorf("no triple is refused as %q", c.Code)
		}
	}
	if triples < 150 {
		t.Errorf("%d triples, want 150 or more", triples)
	}
}
