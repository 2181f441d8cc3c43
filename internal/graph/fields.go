package graph

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/marquetry/marquetry/internal/object"
)

// Limits of a `fields` parameter.
const (
	maxFieldsText  = 64 << 10 // bytes
	maxFieldsDepth = 8        // nested braces
	maxFieldsCount = 1000     // fields and edges in all
)

// selectionOf parses the `fields` parameter in any of the shapes in which clients send it: a comma list, a list, and either of
// them as JSON text. Nil means that nothing was asked for.
func selectionOf(raw any) (*Selection, error) {
	if raw == nil {
		return nil, nil
	}
	field := object.Field{Name: "fields", Kind: object.List, Elem: object.String}
	text, isText := raw.(string)
	if !isText || strings.HasPrefix(strings.TrimSpace(text), "[") || strings.HasPrefix(strings.TrimSpace(text), `"`) {
		items, bad := field.Coerce("fields", raw, nil)
		if bad != nil {
			return nil, bad
		}
		list, _ := items.([]any)
		parts := make([]string, len(list))
		for i, item := range list {
			parts[i], _ = item.(string)
		}
		text = strings.Join(parts, ",")
	}
	sel, err := parseFields(text)
	if err != nil || len(sel.Fields) == 0 {
		return nil, err
	}
	return sel, nil
}

// parseFields reads name{…}, name.modifier(value){…} and so on. Errors have code 2500 and the position.
func parseFields(text string) (*Selection, error) {
	if len(text) > maxFieldsText {
		return nil, fault(codeSyntax, fmt.Sprintf("fields is %d bytes long, at most %d are read", len(text), maxFieldsText), "fields")
	}
	p := fieldParser{text: text}
	sel := p.selection(0)
	if p.err == nil && p.pos < len(p.text) {
		p.fail("end of string")
	}
	if p.err != nil {
		return nil, p.err
	}
	return sel, nil
}

// fieldParser is a position in the text; the first error stays and stops it.
type fieldParser struct {
	text  string
	pos   int // byte
	count int
	err   error
}

// selection reads a comma list until a closing brace or the end. Empty items mean nothing.
func (p *fieldParser) selection(depth int) *Selection {
	sel := &Selection{}
	if depth > maxFieldsDepth {
		p.refuse(fmt.Sprintf("fields is nested more than %d levels deep", maxFieldsDepth))
	}
	for p.err == nil {
		switch c := p.peek(); {
		case c == ',':
			p.pos++
		case isName(c):
			sel.add(p.item(depth))
			if next := p.peek(); next != ',' && next != '}' && next != 0 {
				p.fail("end of string")
			}
		default:
			return sel
		}
	}
	return sel
}

// item reads one field with its modifiers and what is asked below it; modifiers may stand before or behind the braces.
func (p *fieldParser) item(depth int) Selected {
	if p.count++; p.count > maxFieldsCount {
		p.refuse(fmt.Sprintf("fields asks for more than %d fields", maxFieldsCount))
	}
	s := Selected{Name: p.name()}
	s.As = s.Name
	for p.err == nil {
		switch p.peek() {
		case '.':
			p.pos++
			p.modifier(&s, depth)
		case '{':
			p.pos++
			s.Below = p.selection(depth + 1)
			p.expect('}')
		default:
			return s
		}
	}
	return s
}

// modifier reads name(value). The value's text is kept as it was written, without the parentheses.
func (p *fieldParser) modifier(s *Selected, depth int) {
	name := p.name()
	p.expect('(')
	start := p.pos
	p.balanced()
	value := strings.TrimSpace(p.text[start:p.pos])
	p.expect(')')
	if p.err != nil {
		return
	}
	switch name {
	case "as":
		if s.As = strings.Trim(value, `"'`); s.As == "" || !allNames(s.As) {
			p.refuse("as() takes a name of letters, digits and underscores")
		}
	case "fields": // the older spelling of braces
		below := fieldParser{text: value, count: p.count}
		s.Below = below.selection(depth + 1)
		if below.err != nil || below.pos < len(value) {
			p.pos = start + below.pos
			p.fail("a list of fields")
		}
		p.count = below.count
	default:
		if s.Args == nil {
			s.Args = map[string]string{}
		}
		s.Args[name] = value
	}
}

// balanced skips to the parenthesis that closes the one before it. Brackets count, quotes hide.
func (p *fieldParser) balanced() {
	open := 0
	var quote byte
	for ; p.pos < len(p.text); p.pos++ {
		switch c := p.text[p.pos]; {
		case quote != 0 && c == '\\':
			p.pos++
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '(' || c == '[' || c == '{':
			open++
		case open == 0 && c == ')':
			return
		case c == ')' || c == ']' || c == '}':
			open--
		}
	}
	p.pos = len(p.text)
}

// name reads letters, digits and underscores.
func (p *fieldParser) name() string {
	p.peek()
	start := p.pos
	for p.pos < len(p.text) && isName(p.text[p.pos]) {
		p.pos++
	}
	if start == p.pos {
		p.fail("a name")
	}
	return p.text[start:p.pos]
}

// peek skips space and returns the next byte, 0 at the end.
func (p *fieldParser) peek() byte {
	for p.pos < len(p.text) && strings.IndexByte(" \t\r\n", p.text[p.pos]) >= 0 {
		p.pos++
	}
	if p.pos >= len(p.text) {
		return 0
	}
	return p.text[p.pos]
}

// expect takes one byte.
func (p *fieldParser) expect(c byte) {
	if p.peek() != c {
		p.fail("'" + string(c) + "'")
		return
	}
	p.pos++
}

// fail reports what stands here instead of what was expected.
func (p *fieldParser) fail(expected string) {
	here := "the end"
	if p.pos < len(p.text) {
		r, _ := utf8.DecodeRuneInString(p.text[p.pos:])
		here = "'" + string(r) + "'"
	}
	p.refuse(fmt.Sprintf("Expected %s instead of %s", expected, here))
}

// refuse keeps the first error, with its position in characters from one.
func (p *fieldParser) refuse(what string) {
	if p.err == nil {
		at := utf8.RuneCountInString(p.text[:min(p.pos, len(p.text))]) + 1
		p.err = fault(codeSyntax, fmt.Sprintf("Syntax error \"%s\" at character %d of fields", what, at), "fields")
	}
}

// isName reports whether a byte may stand in a name.
func isName(c byte) bool {
	return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

// allNames reports whether a text could be a name.
func allNames(s string) bool {
	for i := range len(s) {
		if !isName(s[i]) {
			return false
		}
	}
	return true
}
