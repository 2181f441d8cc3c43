package object

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// maxEncodings is how often a value may be JSON inside a JSON string.
const maxEncodings = 4

// list coerces a JSON list, a string that holds one, a comma list or one bare value.
func (c coercion) list(raw any) (any, *Fault) {
	items, fault := c.items(raw)
	if fault != nil {
		return nil, fault
	}
	if len(items) > maxItems {
		fault := c.fault(List, fmt.Sprintf("must have at most %d elements, %d were sent", maxItems, len(items)))
		fault.Sent, fault.Limit = len(items), maxItems
		return nil, fault
	}
	out := make([]any, len(items))
	for i, item := range items {
		at := c
		at.path = append(slices.Clone(c.path), strconv.Itoa(i))
		if item != nil {
			if out[i], fault = at.value(c.field.Elem, item); fault != nil {
				return nil, fault
			}
		}
		if out[i] == nil {
			return nil, at.fault(c.field.Elem, "must be "+kindNoun(c.field.Elem)).Without()
		}
	}
	return out, nil
}

// items splits a raw list into raw elements.
func (c coercion) items(raw any) ([]any, *Fault) {
	for range maxEncodings {
		text, isText := raw.(string)
		switch {
		case isText && strings.TrimSpace(text) == "":
			return nil, nil
		case isText && strings.ContainsRune(`[{"`, rune(strings.TrimSpace(text)[0])):
			decoded, err := DecodeJSON(text)
			if err != nil {
				return nil, c.unread(List, "must be an array: "+err.Error(), text)
			}
			raw = decoded
		case isText && c.field.Elem != Object && c.field.Elem != Any:
			return split(text), nil
		default:
			if items, ok := raw.([]any); ok {
				return items, nil
			}
			return []any{raw}, nil
		}
	}
	return nil, c.fault(List, "must be an array")
}

// split cuts a comma list.
func split(text string) []any {
	parts := strings.Split(text, ",")
	items := make([]any, len(parts))
	for i, part := range parts {
		items[i] = strings.TrimSpace(part)
	}
	return items
}

// object coerces a JSON object or a string that holds one, however often it was encoded.
func (c coercion) object(raw any) (any, *Fault) {
	for range maxEncodings {
		switch v := raw.(type) {
		case map[string]any:
			return c.inside("", Exact(v)), nil
		case string:
			if strings.TrimSpace(v) == "" {
				return nil, nil
			}
			decoded, err := DecodeJSON(v)
			if err != nil {
				return nil, c.unread(Object, "must be an object: "+err.Error(), v)
			}
			raw = decoded
		case []any:
			if len(v) == 0 { // PHP writes an empty object so
				return map[string]any{}, nil
			}
			return nil, c.fault(Object, "must be an object, not an array")
		default:
			return nil, c.fault(Object, "must be an object")
		}
	}
	return nil, c.fault(Object, "must be an object")
}

// inside gives an exact value, and what is in it, the kinds that the field states for their names; a list's elements have its name. What
// does not fit stays for the rules to refuse. Each encoding makes a text longer, so the depth is bounded by the size.
func (c coercion) inside(name string, value any) any {
	if c.field.Inside == nil {
		return value
	}
	switch v := value.(type) {
	case map[string]any:
		for name, member := range v {
			v[name] = c.inside(name, member)
		}
		return v
	case []any:
		for i, member := range v {
			v[i] = c.inside(name, member)
		}
		return v
	}
	text, ok := scalar(value)
	if decoded, isJSON := compound(text); ok && isJSON {
		return c.inside(name, Exact(decoded))
	}
	if kind, stated := c.field.Inside[name]; ok && stated {
		if settled, bad := c.scalar(kind, text); bad == nil {
			return settled
		}
	}
	return value
}

// compound decodes text that is a whole JSON list or object.
func compound(text string) (any, bool) {
	trimmed := strings.TrimSpace(text)
	if trimmed == "" || (trimmed[0] != '{' && trimmed[0] != '[') {
		return nil, false
	}
	decoded, err := DecodeJSON(trimmed)
	return decoded, err == nil
}

// unread is the fault of text that should have been JSON, with what it was probably meant to be.
func (c coercion) unread(kind Kind, rest, text string) *Fault {
	fault := c.fault(kind, rest)
	if fixed, ok := Repair(text); ok {
		if value, err := DecodeJSON(fixed); err == nil {
			fault = fault.Put(value)
		}
	}
	return fault
}

// any keeps a value as it came; a string that is a whole JSON list or object comes as that, so that a form and a JSON body mean
// the same.
func (c coercion) any(raw any) (any, *Fault) {
	text, ok := raw.(string)
	if !ok {
		return c.inside("", Exact(raw)), nil
	}
	if decoded, ok := compound(text); ok {
		return c.inside("", Exact(decoded)), nil
	}
	return c.text(text)
}

// Exact replaces the numbers inside a decoded value as the store reads them back: int64 where that loses nothing, else float64. A
// number that no client could read exactly stays the text that it was.
func Exact(value any) any {
	switch v := value.(type) {
	case json.Number:
		if i, err := v.Int64(); err == nil {
			return i
		}
		if f, err := v.Float64(); err == nil {
			return f
		}
		return v.String()
	case map[string]any:
		out := make(map[string]any, len(v))
		for name, member := range v {
			out[name] = Exact(member)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, member := range v {
			out[i] = Exact(member)
		}
		return out
	}
	return value
}
