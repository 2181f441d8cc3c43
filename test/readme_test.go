package test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestReadmeWalkThrough runs the README's curl lines as they stand, in the shell, against a fresh server; only the port is another.
func TestReadmeWalkThrough(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	block := regexp.MustCompile("(?s)```sh\n(.*?)```").FindSubmatch(readme)
	if block == nil {
		t.Fatal("README.md has no ```sh block")
	}
	data, dir := t.TempDir(), t.TempDir()
	s := serve(t, data)
	if err := os.WriteFile(filepath.Join(dir, "photo.jpg"), square(t), 0o600); err != nil {
		t.Fatal(err)
	}
	token, err := command(t.Context(), t, "token", "create", "--data", data).Output()
	if err != nil {
		t.Fatal(err)
	}

	script := strings.ReplaceAll(string(block[1]), "http://127.0.0.1:8080", s.Base)
	sh := exec.CommandContext(t.Context(), "bash", "-euo", "pipefail", "-c", script)
	sh.Dir, sh.Env, sh.Stderr = dir, append(os.Environ(), "TOKEN="+strings.TrimSpace(string(token))), os.Stderr
	out, err := sh.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var decision struct {
		CombinationID string `json:"combination_id"`
		Propensity    float64
		Title         string
		ClickURL      string `json:"click_url"`
	}
	if err := json.Unmarshal(out, &decision); err != nil {
		t.Fatalf("%v in %s", err, out)
	}
	if decision.CombinationID == "" || decision.Title == "" || decision.Propensity <= 0 || !strings.HasPrefix(decision.ClickURL, s.Base) {
		t.Errorf("the walk-through ends with %s", out)
	}
}
