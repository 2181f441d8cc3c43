package object

import "strconv"

// The functions below read members of decoded data whose types nobody has checked yet. What is missing and what is something else
// read the same.

// Text is a member that holds a string, or an id sent as a number; else "".
func Text(data map[string]any, name string) string {
	switch v := data[name].(type) {
	case string:
		return v
	case int64:
		return strconv.FormatInt(v, 10)
	}
	return ""
}

// Whole is a member that holds a whole number, perhaps as text; else zero.
func Whole(data map[string]any, name string) int64 {
	switch v := data[name].(type) {
	case int64:
		return v
	case float64:
		return int64(v)
	case string:
		n, _ := strconv.ParseInt(v, 10, 64) // what is no number counts as missing
		return n
	}
	return 0
}

// Members descends through objects; nil when one of them is missing or something else.
func Members(data map[string]any, path ...string) map[string]any {
	for _, name := range path {
		data, _ = data[name].(map[string]any)
	}
	return data
}

// Listed is a member that holds a list; else nil.
func Listed(data map[string]any, name string) []any {
	list, _ := data[name].([]any)
	return list
}

// IDs reads one id or a list of them; what is no text is left out.
func IDs(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		var list []string
		for _, elem := range v {
			if id, ok := elem.(string); ok {
				list = append(list, id)
			}
		}
		return list
	}
	return nil
}
