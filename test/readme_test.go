package test

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestReadmeWalkThrough runs the README's curl lines.
func TestReadmeWalkThrough(t *testing.T) {
	t.Parallel()
	s, _, out := walk(t, "../README.md")
	var decision struct {
		CombinationID string `json:"combination_id"`
		Propensity    float64
		Title         string
		ClickURL      string `json:"click_url"`
	}
	if err := json.Unmarshal([]byte(out), &decision); err != nil {
		t.Fatalf("%v in %s", err, out)
	}
	if decision.CombinationID == "" || decision.Title == "" || decision.Propensity <= 0 || !strings.HasPrefix(decision.ClickURL, s.Base) {
		t.Errorf("the walk-through ends with %s", out)
	}
}

// TestGuides runs the shell blocks of the guides, and looks for the output that a guide shows behind a block.
func TestGuides(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"serving", "own-site", "sandbox", "catalogs", "text", "review", "images"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, text, out := walk(t, "../docs/guide/"+name+".md")
			for _, shown := range regexp.MustCompile("(?m)^```\n\n((?:    .*\n)+)").FindAllStringSubmatch(text, -1) {
				for line := range strings.Lines(shown[1]) {
					if line = strings.TrimSpace(line); !strings.Contains(out, line+"\n") {
						t.Errorf("the guide shows %s, which is not in:\n%s", line, out)
					}
				}
			}
			if strings.Contains(out, `"error"`) {
				t.Errorf("a request failed:\n%s", out)
			}
		})
	}
}

// walk runs the ```sh blocks of a page as they stand, in one shell, against a fresh server; only the port is another. It gives the server,
// the page, and what the commands printed. The working directory holds the demo's pictures; the command is on the path.
func walk(t *testing.T, page string) (s *server, text, out string) {
	t.Helper()
	content, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	text = string(content)
	var script strings.Builder
	for _, block := range regexp.MustCompile("(?s)```sh\n(.*?)```").FindAllStringSubmatch(text, -1) {
		script.WriteString(block[1])
	}
	if script.Len() == 0 {
		t.Fatalf("%s has no ```sh block", page)
	}
	data, dir := t.TempDir(), t.TempDir()
	s = serve(t, data)
	if err := errors.Join(os.CopyFS(dir, os.DirFS("../cmd/marquetry/demo")), os.Link(filepath.Join(dir, "mug.jpg"), filepath.Join(dir, "photo.jpg"))); err != nil {
		t.Fatal(err)
	}
	create := command(t.Context(), t, "token", "create", "--data", data, "--scopes", "admin")
	token, err := create.Output()
	if err != nil {
		t.Fatal(err)
	}
	sh := exec.CommandContext(t.Context(), "bash", "-euo", "pipefail", "-c", strings.ReplaceAll(script.String(), "http://127.0.0.1:8080", s.Base))
	sh.Dir, sh.Stderr = dir, os.Stderr
	sh.Env = append(os.Environ(), "TOKEN="+strings.TrimSpace(string(token)), "DATA="+data, "PATH="+filepath.Dir(create.Path)+":"+os.Getenv("PATH"))
	printed, err := sh.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", page, err, printed)
	}
	return s, text, string(printed)
}
