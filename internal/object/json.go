package object

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// maxDepth is the deepest nesting of a JSON value that a request may carry.
const maxDepth = 32

// DecodeJSON decodes exactly one JSON value, numbers as json.Number. Text that is no JSON gets a second chance with its single quotes
// read as double ones: the platform's documentation writes {'since':'2026-01-31'}. An error names the spot: what was
// written there is most often a placeholder or comment that was pasted along.
func DecodeJSON(text string) (any, error) {
	value, err := decodeStrict(text)
	if err != nil && strings.Contains(text, "'") {
		if value, err := decodeStrict(doubleQuoted(text)); err == nil {
			return value, nil
		}
	}
	return value, err
}

// doubleQuoted rewrites 'text' outside of "text" as "text".
func doubleQuoted(text string) string {
	var out strings.Builder
	var open byte
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\' && open != 0 && i+1 < len(text):
			i++
			if open != '\'' || text[i] != '\'' {
				out.WriteByte(c)
			}
			out.WriteByte(text[i])
		case open == '\'' && c == '"':
			out.WriteString(`\"`)
		case c == '\'' && open != '"':
			out.WriteByte('"')
			open ^= '\''
		case c == '"':
			out.WriteByte(c)
			open ^= '"'
		default:
			out.WriteByte(c)
		}
	}
	return out.String()
}

// decodeStrict decodes what the standard calls JSON.
func decodeStrict(text string) (any, error) {
	if deepest(text) > maxDepth {
		return nil, fmt.Errorf("JSON is nested more than %d levels deep", maxDepth)
	}
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var value any
	if err := d.Decode(&value); err != nil {
		return nil, located(text, err)
	}
	rest := d.InputOffset()
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("there is more after the end of the JSON value, at character %d near %q", rest+1, near(text, rest))
	}
	return value, nil
}

// located says where the decoder stopped.
func located(text string, err error) error {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		at := max(syntax.Offset-1, 0)
		return fmt.Errorf("%w, at character %d near %q", err, at+1, near(text, at))
	}
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return errors.New("the JSON value ends too early")
	}
	return err
}

// near is a short piece of text from byte at on, in whole characters.
func near(text string, at int64) string {
	rest := strings.ToValidUTF8(text[min(int(at), len(text)):], "")
	runes := []rune(rest[:min(len(rest), 80)])
	return strings.ToValidUTF8(string(runes[:min(len(runes), 20)]), "")
}

// deepest is how many brackets are open at once at most, strings left out.
func deepest(text string) int {
	depth, most, quoted := 0, 0, false
	for i := 0; i < len(text); i++ {
		switch ch := text[i]; {
		case quoted && ch == '\\':
			i++
		case ch == '"':
			quoted = !quoted
		case quoted:
		case ch == '{' || ch == '[':
			depth++
			most = max(most, depth)
		case ch == '}' || ch == ']':
			depth--
		}
	}
	return most
}
