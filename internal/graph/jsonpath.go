package graph

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Limits of a path into an earlier answer.
const (
	maxPathSteps = 16
	maxPathFound = 5000    // values that it may lead to
	maxPathLooks = 200_000 // values that it may look at on the way
)

// jsonPath is a way into a JSON value: the part of JSONPath that batches use, which is $, .member, [n], [*] and the same below ..
type jsonPath []pathStep

// pathStep leads from a value to some of its members: the named one, the one at an index, or all.
type pathStep struct {
	deep bool   // .. : from the value and from everything below it
	name string // "" for an element
	at   int    // index of an element, everyElement for all members or elements
}

// everyElement is the index of [*].
const everyElement = -1

// parseJSONPath reads $.data[*].id and the like. An error says where it stopped.
func parseJSONPath(text string) (jsonPath, error) {
	rest, ok := strings.CutPrefix(text, "$")
	if !ok {
		return nil, fmt.Errorf("a path begins with $, not %.20q", text)
	}
	var path jsonPath
	for rest != "" {
		if len(path) == maxPathSteps {
			return nil, fmt.Errorf("the path has more than %d steps", maxPathSteps)
		}
		st, after, ok := cutStep(rest)
		if !ok {
			return nil, fmt.Errorf("a path goes on with .name, [n], [*] or .., not %.20q", rest)
		}
		path, rest = append(path, st), after
	}
	return path, nil
}

// cutStep reads one step; rest is what follows.
func cutStep(text string) (st pathStep, rest string, ok bool) {
	after, dots := text, 0
	for strings.HasPrefix(after, ".") && dots < 2 {
		after, dots = after[1:], dots+1
	}
	st.deep = dots == 2
	switch {
	case strings.HasPrefix(after, "[") && dots != 1:
		inside, rest, closed := strings.Cut(after[1:], "]")
		n, err := strconv.Atoi(inside)
		if inside == "*" {
			n, err = everyElement, nil
		} else if n < 0 {
			closed = false
		}
		st.at = n
		return st, rest, closed && err == nil
	case strings.HasPrefix(after, "*") && dots > 0:
		st.at = everyElement
		return st, after[1:], true
	}
	end := strings.IndexFunc(after, func(r rune) bool { return r == '.' || r == '[' })
	if end < 0 {
		end = len(after)
	}
	st.name = after[:end]
	return st, after[end:], dots > 0 && st.name != ""
}

// find returns the values that the path leads to, in their order; members of an object in the order of their names.
func (p jsonPath) find(root any) ([]any, error) {
	found, looks := []any{root}, 0
	for _, st := range p {
		from := found
		if st.deep {
			from = nil
			for _, value := range found {
				from = below(value, from, &looks)
			}
		}
		found = nil
		for _, value := range from {
			found = append(found, st.from(value)...)
		}
		if looks += len(found); len(found) > maxPathFound || looks > maxPathLooks {
			return nil, fmt.Errorf("the path leads to more than %d values", maxPathFound)
		}
	}
	return found, nil
}

// below appends a value and everything in it.
func below(value any, all []any, looks *int) []any {
	if *looks++; *looks > maxPathLooks {
		return all
	}
	all = append(all, value)
	for _, inner := range (pathStep{at: everyElement}).from(value) {
		all = below(inner, all, looks)
	}
	return all
}

// from takes the step from one value; where it does not lead anywhere it finds nothing.
func (st pathStep) from(value any) []any {
	switch v := value.(type) {
	case map[string]any:
		if inner, ok := v[st.name]; ok && st.name != "" {
			return []any{inner}
		}
		if st.name == "" && st.at == everyElement {
			all := make([]any, 0, len(v))
			for _, name := range slices.Sorted(maps.Keys(v)) {
				all = append(all, v[name])
			}
			return all
		}
	case []any:
		switch {
		case st.name == "" && st.at == everyElement:
			return v
		case st.name == "" && st.at < len(v):
			return v[st.at : st.at+1]
		}
	}
	return nil
}

// listed writes found values as a request carries them: joined by commas, text as it stands, the rest as JSON.
func listed(values []any) string {
	parts := make([]string, len(values))
	for i, value := range values {
		if text, ok := value.(string); ok {
			parts[i] = text
		} else if raw, err := json.Marshal(value); err == nil { // it was JSON before
			parts[i] = string(raw)
		}
	}
	return strings.Join(parts, ",")
}
