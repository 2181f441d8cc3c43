package reference

import (
	"fmt"
	"strings"

	"github.com/marquetry/marquetry/internal/object"
)

// Objects is the page that leads to every object's page: totals, and how to read them.
func Objects(types []*object.Type) string {
	var p page
	p.line(notice)
	p.line("# Objects")
	p.line("")
	p.line("| object | in error messages | fields | settable | edges |")
	p.line("|---|---|---|---|---|")
	fields, edges, settable := 0, 0, 0
	for _, t := range types {
		mine := 0
		for i := range t.Fields {
			if sendable(&t.Fields[i]) {
				mine++
			}
		}
		p.line("| [%s](%s.md) | `%s` | %d | %d | %d |", t.Name, t.Name, t.Display, len(t.Fields), mine, len(t.Edges))
		fields, edges, settable = fields+len(t.Fields), edges+len(t.Edges), settable+mine
	}
	p.line("| **%d objects** | | **%d** | **%d** | **%d** |", len(types), fields, settable, edges)
	p.line("")
	p.line(`**Kind**: what a value is. Money is in minor units of the account's currency and reads back as a string of digits; a time goes in as unix seconds
or ISO 8601 and reads back as 2026-01-31T08:00:00-0800 in the account's time zone; a list takes JSON, commas or one bare value; an object takes JSON or a
string that holds it. **Mode**: "edit" can be set and changed, "fixed" is set on creation only, "change" after it only,
"read" is the server's; "write" can be sent and not read; "required" must be sent on
creation; "default" is answered when no fields are named. **Stored** fields are kept and read back and steer nothing, **ignored** ones are accepted or asked for
without effect, **refused** ones answer an error; [compatibility](../compatibility.md) counts them.`)
	return p.String()
}

// Object is one object's page. Examples come last, as Markdown; "" for none.
func Object(t *object.Type, examples string) string {
	var p page
	p.line(notice)
	p.line("# %s", t.Name)
	p.line("")
	p.line("%s", t.Doc)
	p.line("")
	if len(t.Fields) > 0 {
		p.line("| field | kind | mode | what it is |")
		p.line("|---|---|---|---|")
	}
	for i := range t.Fields {
		f := &t.Fields[i]
		p.line("| `%s` | %s | %s | %s |", f.Name, kindOf(f), modeOf(f), cell(describe(f)))
	}
	p.line("")
	p.edges(t)
	p.WriteString(examples)
	return strings.TrimRight(p.String(), "\n") + "\n"
}

// edges is the table of an object's edges; those that are refused are named below it.
func (p *page) edges(t *object.Type) {
	var refused []string
	head := false
	for i := range t.Edges {
		e := &t.Edges[i]
		if e.Support == object.Refused {
			refused = append(refused, e.Name)
			continue
		}
		if !head {
			p.line("| edge | methods | rows | what it is |")
			p.line("|---|---|---|---|")
			head = true
		}
		p.line("| `%s` | %s | %s | %s |", e.Name, strings.Join(verbs(e), ", "), rowsOf(e), cell(describeEdge(e)))
	}
	if head {
		p.line("")
	}
	if refused != nil {
		p.line("Known, and answered with error 3: %s.", code(refused...))
		p.line("")
	}
}

// kindOf is the wire type of a field, with what a list holds and what a reference leads to.
func kindOf(f *object.Field) string {
	kind := kindName(f.Kind)
	if f.Kind == object.List {
		kind = "list of " + kindName(f.Elem)
	}
	if f.Ref != "" {
		kind += fmt.Sprintf(" → [%s](%s.md)", f.Ref, f.Ref)
	}
	return kind
}

// modeOf is who may do what with a field, and what stands behind it.
func modeOf(f *object.Field) string {
	var words []string
	switch {
	case !sendable(f):
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
	if f.Support != object.Supported {
		words = append(words, supportNames()[f.Support])
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

// rowsOf is the object that an edge lists; rows that are no objects have no name.
func rowsOf(e *object.Edge) string {
	if e.Target == "" {
		return ""
	}
	return fmt.Sprintf("[%s](%s.md)", e.Target, e.Target)
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
