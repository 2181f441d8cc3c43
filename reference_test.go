package marquetry_test

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/marquetry/marquetry"
	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/object"
)

// update rewrites the generated pages: go test . -update.
var update = flag.Bool("update", false, "rewrite generated files")

// TestObjectReference compares docs/reference/objects.md with the declarations, or writes it with -update.
func TestObjectReference(t *testing.T) {
	t.Parallel()
	const path = "docs/reference/objects.md"
	got := objectReference(object.Types())
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s does not say what the declarations do; run go test . -update (-want +got):\n%s", path, diff)
	}
}

// TestDocumentsLinks follows every link between the documents, to the heading if it names one; pictures are not documents.
func TestDocumentsLinks(t *testing.T) {
	t.Parallel()
	documents := []string{"README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"}
	for _, pattern := range []string{"docs/*.md", "docs/*/*.md"} {
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
	s, c := start(t, marquetry.Config{Data: t.TempDir()})
	pixel, err := c.Get(t.Context(), s.Fresh.PixelID, client.Params{"fields": "code"})
	if err != nil {
		t.Fatal(err)
	}
	base := regexp.MustCompile(`https?://[^/]+`).FindString(pixel.String("code"))
	var script strings.Builder
	for _, block := range regexp.MustCompile("(?s)```sh\n(.*?)```").FindAllStringSubmatch(read(t, "docs/guide/own-site.md"), -1) {
		script.WriteString(block[1])
	}
	dir := t.TempDir()
	for _, name := range []string{"mug.jpg", "jar.jpg"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(read(t, "cmd/marquetry/demo/"+name)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	sh := exec.CommandContext(t.Context(), "bash", "-euo", "pipefail", "-c", strings.ReplaceAll(script.String(), "http://127.0.0.1:8080", base))
	sh.Dir, sh.Env = dir, append(os.Environ(), "TOKEN="+s.Fresh.Token)
	out, err := sh.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, said := range []string{`"events_received":1`, `"offsite_conversion.fb_pixel_purchase"`, `"LEARNING"`} {
		if !strings.Contains(string(out), said) {
			t.Errorf("the guide never shows %s:\n%s", said, out)
		}
	}
}

// page is a Markdown page under construction.
type page struct{ strings.Builder }

// line adds one line.
func (p *page) line(format string, args ...any) { fmt.Fprintf(p, format+"\n", args...) }

// objectReference is the page: totals, how to read it, then every object with its fields and edges.
func objectReference(types []*object.Type) string {
	var p page
	p.line("<!-- Written by reference_test.go from internal/object; change it with: go test . -update -->")
	p.line("# Objects")
	p.line("")
	p.totals(types)
	p.legend()
	for _, t := range types {
		p.object(t)
	}
	return p.String()
}

// totals is a table of how much there is.
func (p *page) totals(types []*object.Type) {
	fields, edges, settable := 0, 0, 0
	p.line("| object | in error messages | fields | settable | edges |")
	p.line("|---|---|---|---|---|")
	for _, t := range types {
		mine := 0
		for i := range t.Fields {
			if settableField(&t.Fields[i]) {
				mine++
			}
		}
		p.line("| [%s](#%s) | `%s` | %d | %d | %d |", t.Name, t.Name, t.Display, len(t.Fields), mine, len(t.Edges))
		fields, edges, settable = fields+len(t.Fields), edges+len(t.Edges), settable+mine
	}
	p.line("| **%d objects** | | **%d** | **%d** | **%d** |", len(types), fields, settable, edges)
	p.line("")
}

// settableField reports whether a caller can send a field.
func settableField(f *object.Field) bool { return f.Mode&(object.Create|object.Update) != 0 }

// legend says what the words of the tables mean.
func (p *page) legend() {
	p.line(`**Kind**: what a value is. Money is in minor units of the account's currency and reads back as a string of digits; a time goes in as unix seconds
or ISO 8601 and reads back as 2026-01-31T08:00:00-0800 in the account's time zone; a list takes JSON, commas or one bare value; an object takes JSON or a
string that holds it. **Mode**: "edit" can be set and changed, "fixed" is set on creation only, "change" after it only,
"read" is the server's; "write" can be sent and not read; "required" must be sent on
creation; "default" is answered when no fields are named. Fields that are stored and steer nothing say so nowhere here:
see [what delivery looks at](../differences.md#30-hours-and-frequency-caps-do-not-stop-delivery).`)
	p.line("")
}

// object is one object's section.
func (p *page) object(t *object.Type) {
	p.line("## %s", t.Name)
	p.line("")
	p.line("%s", t.Doc)
	p.line("")
	p.line("| field | kind | mode | what it is |")
	p.line("|---|---|---|---|")
	for i := range t.Fields {
		f := &t.Fields[i]
		p.line("| `%s` | %s | %s | %s |", f.Name, kindOf(f), modeOf(f), cell(describe(f)))
	}
	p.line("")
	if len(t.Edges) == 0 {
		return
	}
	p.line("| edge | methods | rows | what it is |")
	p.line("|---|---|---|---|")
	for i := range t.Edges {
		e := &t.Edges[i]
		p.line("| `%s` | %s | %s | %s |", e.Name, methodsOf(e), rowsOf(e), cell(describeEdge(e)))
	}
	p.line("")
}

// kindOf is the wire type of a field, with what a list holds and what a reference leads to.
func kindOf(f *object.Field) string {
	kind := kindName(f.Kind)
	if f.Kind == object.List {
		kind = "list of " + kindName(f.Elem)
	}
	if f.Ref != "" {
		kind += fmt.Sprintf(" → [%s](#%s)", f.Ref, f.Ref)
	}
	return kind
}

// kindName is a kind in lower case.
func kindName(k object.Kind) string {
	return map[object.Kind]string{
		object.String: "string", object.Bool: "bool", object.Int: "int", object.Float: "float", object.Money: "money", object.ID: "id",
		object.Time: "time", object.Enum: "enum", object.List: "list", object.Object: "object", object.Any: "anything",
	}[k]
}

// modeOf is who may do what with a field.
func modeOf(f *object.Field) string {
	var words []string
	switch {
	case !settableField(f):
		words = append(words, "read")
	case !f.Has(object.Read):
		words = append(words, "write")
	case f.Has(object.Editable):
		words = append(words, "edit")
	case f.Has(object.Update):
		words = append(words, "change")
	default:
		words = append(words, "fixed")
	}
	if f.Has(object.Required) {
		words = append(words, "required")
	}
	if f.Has(object.Default) {
		words = append(words, "default")
	}
	return strings.Join(words, ", ")
}

// describe is a field's sentence and what limits its value.
func describe(f *object.Field) string {
	parts := []string{f.Doc}
	if f.Kind == object.Enum || f.Elem == object.Enum {
		parts = append(parts, "One of "+code(f.Enum...)+".")
	}
	if f.MaxRunes > 0 {
		parts = append(parts, fmt.Sprintf("At most %d characters.", f.MaxRunes))
	}
	if f.Preset != nil {
		parts = append(parts, fmt.Sprintf("When not sent: %s.", code(fmt.Sprint(f.Preset))))
	}
	if len(f.Alias) > 0 {
		parts = append(parts, "Also "+code(f.Alias...)+".")
	}
	parts = append(parts, window(f.Since, f.Until)...)
	if f.Example != "" {
		parts = append(parts, "Example: "+code(f.Example))
	}
	return strings.Join(parts, " ")
}

// window says in which versions something exists; nothing when it always did.
func window(since, until object.Version) (parts []string) {
	if since != 0 {
		parts = append(parts, fmt.Sprintf("Since v%d.%d.", since/10, since%10))
	}
	if until != 0 {
		parts = append(parts, fmt.Sprintf("Until v%d.%d.", until/10, until%10))
	}
	return parts
}

// methodsOf are the verbs that an edge answers.
func methodsOf(e *object.Edge) string {
	var verbs []string
	if e.By != "" || e.Via != "" || e.Resolve != "" {
		verbs = append(verbs, "GET")
	}
	if e.Create || e.Action != "" {
		verbs = append(verbs, "POST")
	}
	if e.Delete != "" {
		verbs = append(verbs, "DELETE")
	}
	return strings.Join(verbs, ", ")
}

// rowsOf is the object that an edge lists; rows that are no objects have no name.
func rowsOf(e *object.Edge) string {
	if e.Target == "" {
		return ""
	}
	return fmt.Sprintf("[%s](#%s)", e.Target, e.Target)
}

// describeEdge is an edge's sentence, its other names and its own parameters.
func describeEdge(e *object.Edge) string {
	parts := []string{e.Doc}
	if len(e.Alias) > 0 {
		parts = append(parts, "Also "+code(e.Alias...)+".")
	}
	parts = append(parts, window(e.Since, e.Until)...)
	if len(e.Params) > 0 {
		names := make([]string, len(e.Params))
		for i, f := range e.Params {
			names[i] = f.Name
		}
		parts = append(parts, "Parameters: "+code(names...)+".")
	}
	return strings.Join(parts, " ")
}

// code is a list of words as code.
func code(words ...string) string { return "`" + strings.Join(words, "`, `") + "`" }

// cell keeps text from ending its table cell.
func cell(text string) string { return strings.ReplaceAll(text, "|", `\|`) }
