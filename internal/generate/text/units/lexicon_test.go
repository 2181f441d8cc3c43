package units

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestLists holds that every list is sorted, without a key twice, and that each of its keys is found.
func TestLists(t *testing.T) {
	files, err := filepath.Glob("data/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		last := ""
		for line := range strings.Lines(string(data)) {
			key, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
			if key <= last {
				t.Errorf("%s: %q does not come after %q", name, key, last)
			}
			if got, ok := look(string(data), key); !ok || got != rest {
				t.Errorf("%s: %q: got %q, %v", name, key, got, ok)
			}
			if has(string(data), key+"~") || has(string(data), "~"+key) {
				t.Errorf("%s: %q is found where it is not", name, key)
			}
			last = key
		}
	}
}
