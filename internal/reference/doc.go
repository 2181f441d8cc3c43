// Package reference writes what there is to know about the declarations: a page for each object, the compatibility page, and the OpenAPI
// document. Nothing in them is written by hand, so nothing in them can be wrong while the program is right.
//
// The package is pure.
package reference

import (
	"fmt"
	"strings"

	"github.com/marquetry/marquetry/internal/object"
)

// notice begins every page.
const notice = "<!-- Written from internal/object; change it with: go test . -update -->"

// page is a Markdown page under construction.
type page struct{ strings.Builder }

// line adds one line.
func (p *page) line(format string, args ...any) { fmt.Fprintf(p, format+"\n", args...) }

// code is a list of words as code.
func code(words ...string) string { return "`" + strings.Join(words, "`, `") + "`" }

// cell keeps text from ending its table cell.
func cell(text string) string { return strings.ReplaceAll(text, "|", `\|`) }

// sendable reports whether a caller can send a field.
func sendable(f *object.Field) bool { return f.Mode&(object.Create|object.Update) != 0 }

// verbs are the methods that an edge answers.
func verbs(e *object.Edge) []string {
	var list []string
	if e.By != "" || e.Via != "" || e.Resolve != "" || e.Get != "" {
		list = append(list, "GET")
	}
	if e.Create || e.Action != "" {
		list = append(list, "POST")
	}
	if e.Delete != "" {
		list = append(list, "DELETE")
	}
	return list
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

// kindName is a kind in lower case.
func kindName(k object.Kind) string {
	return map[object.Kind]string{
		object.String: "string", object.Bool: "bool", object.Int: "int", object.Float: "float", object.Money: "money", object.ID: "id",
		object.Time: "time", object.Enum: "enum", object.List: "list", object.Object: "object", object.Any: "anything",
	}[k]
}

// supportNames are the words of the compatibility page, by Support.
func supportNames() []string { return []string{"supported", "stored", "ignored", "refused"} }
