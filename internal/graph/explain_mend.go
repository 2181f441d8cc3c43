package graph

import (
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/inspect"
	"github.com/marquetry/marquetry/internal/object"
)

// dropped stands where an element is to be taken away, until all changes of a round are made: positions must not move meanwhile.
type dropped struct{}

// mend applies the fixes of faults to parameters and returns those that changed something.
func mend(params Params, faults object.Faults) (done []inspect.Fix) {
	for _, f := range faults {
		for _, fix := range append(slices.Clip(f.Fixes), renamed(params, f)...) {
			if len(fix.Path) == 0 {
				continue
			}
			value, changed := put(map[string]any(params), fix.Path, fix)
			if members, ok := value.(map[string]any); ok && changed {
				params[fix.Path[0]] = members[fix.Path[0]]
				done = append(done, inspect.Fix{Path: fix.Path, Set: fix.Value, Drop: fix.Drop})
			}
		}
	}
	for name, value := range params {
		if params[name] = swept(value); params[name] == (dropped{}) {
			delete(params, name)
		}
	}
	return done
}

// put makes one change below a value and reports whether it changed anything. Text that holds JSON or a comma list is taken apart for it.
func put(value any, path []string, fix object.Fix) (any, bool) {
	if len(path) == 0 {
		want := any(dropped{})
		if !fix.Drop {
			want = cloneValue(fix.Value)
		}
		return want, !reflect.DeepEqual(value, want)
	}
	at, isIndex := digit(path[0])
	switch v := apart(value, isIndex).(type) {
	case map[string]any:
		inner, there := v[path[0]]
		if !there && fix.Drop {
			return value, false
		}
		below, changed := put(inner, path[1:], fix)
		if changed {
			v[path[0]] = below
		}
		return v, changed
	case []any:
		if !isIndex || at > len(v) || at == len(v) && fix.Drop {
			return value, false
		}
		if at == len(v) {
			v = append(v, nil)
		}
		below, changed := put(v[at], path[1:], fix)
		if changed {
			v[at] = below
		}
		return v, changed
	case nil:
		if fix.Drop || isIndex {
			return nil, false
		}
		below, changed := put(nil, path[1:], fix)
		return map[string]any{path[0]: below}, changed
	}
	return value, false
}

// apart is the object or list that a value stands for; as a list also a comma list, or the one value itself.
func apart(value any, list bool) any {
	for range 4 { // as often as JSON may be encoded in JSON
		text, isText := value.(string)
		if !isText {
			break
		}
		decoded, err := object.DecodeJSON(text)
		if err != nil {
			if parts := strings.Split(text, ","); list && strings.TrimSpace(text) != "" {
				items := make([]any, len(parts))
				for i, part := range parts {
					items[i] = strings.TrimSpace(part)
				}
				return items
			}
			return value
		}
		value = decoded
	}
	switch value.(type) {
	case nil, dropped, map[string]any, []any:
		return value
	}
	if list {
		return []any{value}
	}
	return value
}

// swept is a value without what was dropped from it.
func swept(value any) any {
	switch v := value.(type) {
	case map[string]any:
		for name, member := range v {
			if v[name] = swept(member); v[name] == (dropped{}) {
				delete(v, name)
			}
		}
	case []any:
		kept := v[:0]
		for _, item := range v {
			if item = swept(item); item != (dropped{}) {
				kept = append(kept, item)
			}
		}
		return kept
	}
	return value
}

// renamed is the change of `fields` that asks for the nearest known name instead of one that does not exist.
func renamed(params Params, f *object.Fault) []object.Fix {
	text, isText := params["fields"].(string)
	if !isText || len(f.Known) == 0 || len(f.Path) != 1 || f.Rule != "protocol" {
		return nil
	}
	word := regexp.MustCompile(`\b` + regexp.QuoteMeta(f.Path[0]) + `\b`)
	return []object.Fix{{Path: []string{"fields"}, Value: word.ReplaceAllLiteralString(text, f.Known[0])}}
}
