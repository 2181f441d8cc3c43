package creative

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/marquetry/marquetry/internal/object"
)

// decoded returns a deep copy of v in which every JSON string that stands where the shape wants an object or a list is decoded,
// however often it was encoded, ids sent as numbers are
// strings, truths and numbers sent as text are what they say, and members that are null are
// left out. What can't be decoded stays as it is, for Validate to name.
func decoded(s shape, v any) any {
	switch s.kind {
	case record:
		v = unquote(v)
		members, ok := v.(map[string]any)
		if !ok {
			return copied(v)
		}
		out := make(map[string]any, len(members))
		for name, inner := range members {
			if inner != nil {
				out[name] = decoded(s.part(name), inner)
			}
		}
		return out
	case list, crop:
		v = unquote(v)
		elems, ok := v.([]any)
		if !ok || s.elem == nil {
			return copied(v)
		}
		out := make([]any, len(elems))
		for i, inner := range elems {
			out[i] = decoded(*s.elem, inner)
		}
		return out
	case ident:
		if s := id(v); s != "" {
			return s
		}
	case boolean:
		if truth, err := strconv.ParseBool(fmt.Sprint(v)); err == nil {
			return truth
		}
	case number:
		if n, err := strconv.ParseInt(id(v), 10, 64); err == nil {
			return n
		}
	}
	return copied(v)
}

// part is the shape of a record's member; anything for one that it does not know.
func (s shape) part(name string) shape {
	if inner, ok := s.members[name]; ok {
		return inner
	}
	if s.elem != nil {
		return *s.elem
	}
	return shape{}
}

// unquote decodes a string that holds a JSON object or array, or a JSON string that holds one. Anything else stays as it is.
func unquote(v any) any {
	for inner := v; looksEncoded(inner); {
		decoded, err := object.DecodeJSON(inner.(string))
		if err != nil {
			return v
		}
		switch decoded.(type) {
		case map[string]any, []any:
			return decoded
		}
		inner = decoded
	}
	return v
}

// looksEncoded reports whether v is a string that can only have been meant as a JSON object or array, encoded once or more.
func looksEncoded(v any) bool {
	s, _ := v.(string)
	s = strings.TrimSpace(s)
	return s != "" && strings.IndexByte(`{["`, s[0]) >= 0
}

// copied is a deep copy of a JSON value.
func copied(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		for name, inner := range v {
			out[name] = copied(inner)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, inner := range v {
			out[i] = copied(inner)
		}
		return out
	}
	return v
}
