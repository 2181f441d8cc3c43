package creative

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// update rewrites the golden files with what the code does: go test ./internal/creative -update.
var update = flag.Bool("update", false, "rewrite golden files")

// golden compares text with a file, or writes the file with -update.
func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

// parse decodes a JSON object as the protocol does, with numbers as json.Number.
func parse(t testing.TB, text []byte) map[string]any {
	t.Helper()
	var spec map[string]any
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	if err := dec.Decode(&spec); err != nil {
		t.Fatal(err)
	}
	return spec
}

// pretty is v as indented JSON.
func pretty(t testing.TB, v any) string {
	t.Helper()
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		t.Fatal(err)
	}
	return buf.String()
}

// TestNormaliseGolden runs every testdata/normalise/*.sent.json through Check and Complete; the golden file shows what is stored, what
// was changed and which faults remain, blamed as sent.
func TestNormaliseGolden(t *testing.T) {
	t.Parallel()
	sent, err := filepath.Glob("testdata/normalise/*.sent.json")
	if err != nil || len(sent) == 0 {
		t.Fatal("no test data: ", err)
	}
	for _, path := range sent {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			n, faults := Check(parse(t, text), Rules{})
			Complete(n.Spec)
			golden(t, path[:len(path)-len(".sent.json")]+".golden.json", pretty(t, map[string]any{
				"stored": n.Spec, "informal": n.Informal, "changes": n.Changes, "faults": faults, "advice": n.Advice(),
			}))
		})
	}
}
