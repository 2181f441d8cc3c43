package marquetry_test

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/marquetry/marquetry"
	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/reference"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

// update rewrites the generated pages: go test . -update.
var update = flag.Bool("update", false, "rewrite generated files")

// TestReference compares the pages of docs/reference that are written from the declarations with what they say now, or writes them
// with -update.
func TestReference(t *testing.T) {
	t.Parallel()
	types := object.Types()
	pages := map[string]string{
		"objects/README.md": reference.Objects(types),
		"compatibility.md":  reference.Compatibility(types),
	}
	examples := exemplaries(t)
	for _, typ := range types {
		pages["objects/"+typ.Name+".md"] = reference.Object(typ, shown(examples, typ.Name+"_"))
	}
	pages["errors.md"] = errorPage(examples)
	for name, page := range pages {
		generated(t, filepath.Join("docs/reference", name), page)
	}
	kept, err := filepath.Glob("docs/reference/objects/*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range kept {
		if pages["objects/"+filepath.Base(path)] == "" {
			t.Errorf("%s is of no object; delete it", path)
		}
	}
}

// shown are the examples whose names begin so, as Markdown; "" for none.
func shown(list []exemplary, prefix string) string {
	var b strings.Builder
	for _, x := range list {
		if !strings.HasPrefix(x.name, prefix) {
			continue
		}
		if b.Len() == 0 {
			b.WriteString("## Examples\n\n")
		}
		b.WriteString(x.title + "\n\n```\n")
		for i, part := range x.archive.Files {
			if i > 0 {
				b.WriteString("\n")
			}
			b.Write(part.Data)
		}
		b.WriteString("```\n\n")
	}
	return b.String()
}

// errorPage is every error of the examples: its numbers, who caused it, and what is answered.
func errorPage(list []exemplary) string {
	var b strings.Builder
	b.WriteString("<!-- Written from testdata/exemplary; change it with: go test . -update -->\n# Errors\n\n" +
		"What is refused and how, from requests that are carried out in every test run. The wording is ours; the numbers are the platform's\n" +
		"([difference 10](../differences.md#10-one-answer-names-every-fault)). A request with the header `X-Marquetry-Explain: 1` is told more.\n\n" +
		"| code | subcode | what was wrong | message |\n|---|---|---|---|\n")
	for _, x := range list {
		if !strings.HasPrefix(x.name, "error_") {
			continue
		}
		var answer struct {
			Error struct {
				Code    int    `json:"code"`
				Subcode int    `json:"error_subcode"`
				Message string `json:"message"`
			} `json:"error"`
		}
		_, body, _ := strings.Cut(string(x.archive.Files[len(x.archive.Files)-1].Data), "\n")
		if json.Unmarshal([]byte(body), &answer) != nil {
			continue // an example that is not yet answered
		}
		subcode := ""
		if answer.Error.Subcode != 0 {
			subcode = strconv.Itoa(answer.Error.Subcode)
		}
		fmt.Fprintf(&b, "| %d | %s | %s | %s |\n", answer.Error.Code, subcode, x.title, strings.ReplaceAll(answer.Error.Message, "|", `\|`))
	}
	return b.String()
}

// generated compares a file with what it should hold, or writes it with -update.
func generated(t *testing.T, path, want string) {
	t.Helper()
	if *update {
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o750), os.WriteFile(path, []byte(want), 0o600)); err != nil {
			t.Fatal(err)
		}
		return
	}
	if have, err := os.ReadFile(path); err != nil || string(have) != want {
		t.Errorf("%s does not say what the declarations do; run go test . -update (%v)", path, err)
	}
}

// TestDocumentsLinks follows every link between the documents, to the heading if it names one; pictures are not documents.
func TestDocumentsLinks(t *testing.T) {
	t.Parallel()
	documents := []string{"README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"}
	for _, pattern := range []string{"docs/*.md", "docs/*/*.md", "docs/*/*/*.md"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		documents = append(documents, found...)
	}
	link := regexp.MustCompile(`\]\(([^)\s]+)\)`)
	for _, from := range documents {
		for _, m := range link.FindAllStringSubmatch(read(t, from), -1) {
			if strings.Contains(m[1], "://") || strings.HasSuffix(m[1], ".png") {
				continue
			}
			path, heading, _ := strings.Cut(m[1], "#")
			to := from
			if path != "" {
				to = filepath.Join(filepath.Dir(from), path)
			}
			if _, err := os.Stat(to); err != nil {
				t.Errorf("%s links to %s: %v", from, m[1], err)
			} else if heading != "" && !slices.Contains(anchors(read(t, to)), heading) {
				t.Errorf("%s links to %s: there is no such heading", from, m[1])
			}
		}
	}
}

// read is a file as text.
func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// anchors are the names by which a page's headings are linked to: lower case, without punctuation, hyphens for spaces.
func anchors(text string) (names []string) {
	for _, m := range regexp.MustCompile(`(?m)^#+ (.+)$`).FindAllStringSubmatch(text, -1) {
		name := regexp.MustCompile(`[^\p{L}\p{N} _-]`).ReplaceAllString(strings.ToLower(m[1]), "")
		names = append(names, strings.ReplaceAll(name, " ", "-"))
	}
	return names
}

// TestOwnSiteGuide runs the guide's shell blocks as they stand, one after the other, against a fresh server; only the port is another.
func TestOwnSiteGuide(t *testing.T) {
	t.Parallel()
	s, c := start(t, marquetry.Config{Data: storetest.Dir(t)})
	dir := t.TempDir()
	for _, name := range []string{"mug.jpg", "jar.jpg"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(read(t, "cmd/marquetry/demo/"+name)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	runGuide(t, s, c, "docs/guide/own-site.md", dir, `"events_received":1`, `"offsite_conversion.fb_pixel_purchase"`, `"LEARNING"`)
}

// TestCatalogGuide does the same with the guide on catalogs.
func TestCatalogGuide(t *testing.T) {
	t.Parallel()
	s, c := start(t, marquetry.Config{Data: storetest.Dir(t)})
	runGuide(t, s, c, "docs/guide/catalogs.md", t.TempDir(), `"num_invalid_items":1`, `"error_type":"invalid_price.price"`, `"price":"$8.50"`,
		`"availability":"out of stock"`, `"product_count":1`, `"retailer_id":"mug"`)
}

// runGuide runs a guide's shell blocks in a directory and looks for what they must show.
func runGuide(t *testing.T, s *marquetry.Server, c *client.Client, guide, dir string, shown ...string) {
	t.Helper()
	pixel, err := c.Get(t.Context(), s.Fresh.PixelID, client.Params{"fields": "code"})
	if err != nil {
		t.Fatal(err)
	}
	base := regexp.MustCompile(`https?://[^/]+`).FindString(pixel.String("code"))
	var script strings.Builder
	for _, block := range regexp.MustCompile("(?s)```sh\n(.*?)```").FindAllStringSubmatch(read(t, guide), -1) {
		script.WriteString(block[1])
	}
	sh := exec.CommandContext(t.Context(), "bash", "-euo", "pipefail", "-c", strings.ReplaceAll(script.String(), "http://127.0.0.1:8080", base))
	sh.Dir, sh.Env = dir, append(os.Environ(), "TOKEN="+s.Fresh.Token)
	out, err := sh.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, said := range shown {
		if !strings.Contains(string(out), said) {
			t.Errorf("the guide never shows %s:\n%s", said, out)
		}
	}
}
