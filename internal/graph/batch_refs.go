package graph

import (
	"fmt"
	"regexp"

	"github.com/marquetry/marquetry/internal/object"
)

// Limits of references.
const (
	maxReferred   = 1 << 20 // bytes that they may add to one operation
	maxLookedInto = 4 << 20 // bytes of an answer that they lead into
)

// referencePattern is {result=NAME:PATH}, which stands for a part of the answer to an earlier operation.
var referencePattern = regexp.MustCompile(`\{result=([^{}:]+):(\$[^{}]*)\}`)

// refersTo lists the names of the operations that a decoded value refers to, wherever the references stand in it.
func refersTo(value any) (names []string) {
	switch v := value.(type) {
	case string:
		for _, m := range referencePattern.FindAllStringSubmatch(v, -1) {
			names = append(names, m[1])
		}
	case []any:
		for _, item := range v {
			names = append(names, refersTo(item)...)
		}
	case map[string]any:
		for _, item := range v {
			names = append(names, refersTo(item)...)
		}
	}
	return names
}

// filler replaces references by what they stand for.
type filler struct {
	answers map[string]any // decoded answers by the name of their operation
	added   int            // bytes so far
}

// fill replaces the references in a decoded value. A reference that finds nothing is an error: what it leaves would mean something else.
func (f *filler) fill(value any) (any, error) {
	var err error
	switch v := value.(type) {
	case string:
		return f.text(v)
	case []any:
		out := make([]any, len(v))
		for i := range v {
			if out[i], err = f.fill(v[i]); err != nil {
				return nil, err
			}
		}
		return out, nil
	case map[string]any:
		out := make(map[string]any, len(v))
		for name := range v {
			if out[name], err = f.fill(v[name]); err != nil {
				return nil, err
			}
		}
		return out, nil
	}
	return value, nil
}

// text replaces the references in a text.
func (f *filler) text(text string) (string, error) {
	var failed error
	filled := referencePattern.ReplaceAllStringFunc(text, func(ref string) string {
		m := referencePattern.FindStringSubmatch(ref)
		found, err := f.look(m[1], m[2])
		if f.added += len(found); f.added > maxReferred {
			err = fault(codeParameter, fmt.Sprintf("(#100) The references of one operation stand for more than %d bytes", maxReferred), "batch")
		}
		if err != nil && failed == nil {
			failed = err
		}
		return found
	})
	return filled, failed
}

// look follows one reference.
func (f *filler) look(name, path string) (string, error) {
	way, err := parseJSONPath(path)
	var found []any
	if err == nil {
		found, err = way.find(f.answers[name])
	}
	if err == nil && len(found) == 0 {
		err = fmt.Errorf("there is no such value in its answer")
	}
	if err != nil {
		return "", &object.Fault{Code: codeParameter, Rule: "batch.reference", Path: []string{"batch"},
			Message: fmt.Sprintf("(#100) {result=%s:%s} cannot be read: %s", name, path, err)}
	}
	return listed(found), nil
}
