package creative

import "strconv"

// dig descends through objects; nil when one of them is missing or is something else.
func dig(v map[string]any, path ...string) map[string]any {
	for _, name := range path {
		v, _ = v[name].(map[string]any)
	}
	return v
}

// elems is a member that holds a list; nil when it is missing or is something else.
func elems(v map[string]any, name string) []any {
	list, _ := v[name].([]any)
	return list
}

// count is the number of elements of a member that should be a list. Something else in its place counts as one: that it is no list
// is a fault of its own.
func count(v map[string]any, name string) int {
	switch v := v[name].(type) {
	case nil:
		return 0
	case []any:
		return len(v)
	}
	return 1
}

// str is a member that holds a string, an id or a hash; "" when it is missing or is something else.
func str(v map[string]any, name string) string { return id(v[name]) }

// few phrases the advice on a list of n assets.
func few(name string, n int) string {
	return name + ": " + strconv.Itoa(n) + " sent; with " + strconv.Itoa(maxTexts) + " or more of a kind there is more to learn from"
}
