package graph

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// update rewrites the responses in testdata with what the handler answers now.
var update = flag.Bool("update", false, "rewrite golden files")

// Every file of testdata is a conversation: requests, each followed by the response that it must get. All requests of
// a file meet one fixture. {1/campaign/0} in a request is the id of that object.
func TestGolden(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no golden files", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			converse(t, file)
		})
	}
}

// part is one section of a golden file, below a line "-- name --".
type part struct{ name, text string }

// parts splits a golden file.
func parts(text string) []part {
	marks := regexp.MustCompile(`(?m)^-- (.+) --\n`).FindAllStringSubmatchIndex(text, -1)
	var all []part
	for i, m := range marks {
		end := len(text)
		if i+1 < len(marks) {
			end = marks[i+1][0]
		}
		all = append(all, part{text[m[2]:m[3]], text[m[1]:end]})
	}
	return all
}

// converse plays one file.
func converse(t *testing.T, file string) {
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	f := newFixture(t)
	var out strings.Builder
	for _, p := range parts(string(text)) {
		if name, isRequest := strings.CutSuffix(p.name, " request"); isRequest {
			fmt.Fprintf(&out, "-- %s --\n%s-- %s response --\n%s", p.name, p.text, name, f.play(t, p.text))
		}
	}
	if *update {
		if err := os.WriteFile(file, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(text), out.String()); diff != "" {
		t.Errorf("(-want +got, -update accepts it):\n%s", diff)
	}
}

// play sends one request: a line "METHOD target token", headers, an empty line, the body.
func (f *fixture) play(t *testing.T, text string) string {
	t.Helper()
	for key, id := range f.ids {
		text = strings.ReplaceAll(text, "{"+key+"}", id)
	}
	head, body, _ := strings.Cut(text, "\n\n")
	lines := strings.Split(strings.TrimSpace(head), "\n")
	words := strings.Fields(lines[0])
	token := ""
	if len(words) > 2 {
		token = "mq_" + words[2]
	}
	var headers []string
	for _, line := range lines[1:] {
		name, value, _ := strings.Cut(line, ": ")
		headers = append(headers, name, value)
	}
	if strings.Contains(strings.Join(headers, " "), "multipart") {
		body = strings.ReplaceAll(body, "\n", "\r\n")
	} else {
		body = strings.TrimSpace(body)
	}
	return shown(t, f.do(words[0], words[1], token, body, headers...))
}

// shown is a response as the golden files have it: status, version, indented body.
func shown(t *testing.T, w *httptest.ResponseRecorder) string {
	t.Helper()
	var indented bytes.Buffer
	if err := json.Indent(&indented, bytes.TrimSpace(w.Body.Bytes()), "", "  "); err != nil {
		t.Fatalf("%v in %s", err, w.Body)
	}
	return fmt.Sprintf("%d %s\n%s\n", w.Code, w.Header().Get("facebook-api-version"), indented.String())
}
