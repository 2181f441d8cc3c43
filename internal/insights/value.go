package insights

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// encodings is how often clients have been seen to encode a value as JSON, one inside the other.
const encodings = 3

// scalar reads a parameter that is one word or number, however it was sent.
func scalar(v any) (string, error) {
	switch v := v.(type) {
	case nil:
		return "", nil
	case string:
		return bare(v), nil
	case json.Number:
		return v.String(), nil
	case bool, int, int64:
		return fmt.Sprint(v), nil
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64), nil
	}
	return "", fmt.Errorf("must be a single value")
}

// bare takes the JSON quotes off a word, as often as clients put them on.
func bare(word string) string {
	for range encodings {
		word = strings.TrimSpace(word)
		var inner string
		if json.Unmarshal([]byte(word), &inner) != nil {
			return word
		}
		word = inner
	}
	return word
}

// list reads a parameter that is a list of words: a JSON list, a list in a string, a comma list or one bare word.
func list(v any) ([]string, error) {
	v, err := decoded(v)
	if err != nil {
		return nil, err
	}
	items, ok := v.([]any)
	if words, isWords := v.([]string); isWords {
		for _, w := range words {
			items = append(items, w)
		}
		ok = true
	}
	if !ok {
		s, err := scalar(v)
		if err != nil {
			return nil, fmt.Errorf("must be a list")
		}
		for word := range strings.SplitSeq(s, ",") {
			items = append(items, word)
		}
	}
	var out []string
	for _, item := range items {
		s, err := scalar(item)
		if err != nil {
			return nil, fmt.Errorf("must be a list of single values")
		}
		if s != "" {
			out = append(out, s)
		}
	}
	if len(out) > maxList {
		return nil, fmt.Errorf("has %d members, at most %d are allowed", len(out), maxList)
	}
	return out, nil
}

// decoded parses a string that holds a JSON list or object; other values come back as they are.
func decoded(v any) (any, error) {
	for range encodings {
		s, ok := v.(string)
		if !ok {
			return v, nil
		}
		s = strings.TrimSpace(s)
		if s == "" || !strings.ContainsRune(`[{"`, rune(s[0])) {
			return v, nil
		}
		dec := json.NewDecoder(strings.NewReader(s))
		dec.UseNumber()
		var inner any
		if err := dec.Decode(&inner); err != nil {
			return nil, fmt.Errorf("is not valid JSON")
		}
		v = inner
	}
	return v, nil
}

// objects reads a parameter that is a list of JSON objects; a single object is a list of one.
func objects(v any) ([]map[string]any, error) {
	v, err := decoded(v)
	if err != nil {
		return nil, err
	}
	if one, ok := v.(map[string]any); ok {
		v = []any{one}
	}
	var items []any
	switch v := v.(type) {
	case nil:
	case string:
		if v != "" {
			return nil, fmt.Errorf("must be a list of objects")
		}
	case []any:
		items = v
	default:
		return nil, fmt.Errorf("must be a list of objects")
	}
	if len(items) > maxList {
		return nil, fmt.Errorf("has %d members, at most %d are allowed", len(items), maxList)
	}
	var out []map[string]any
	for i, item := range items {
		item, err := decoded(item)
		if err != nil {
			return nil, fmt.Errorf("%d: %w", i, err)
		}
		o, ok := item.(map[string]any)
		if !ok {
			return nil, fmt.Errorf("%d: must be an object", i)
		}
		out = append(out, o)
	}
	return out, nil
}

// truth reads a flag: true, 1, "true", "1".
func truth(v any) bool {
	s, _ := scalar(v)
	return s == "1" || strings.EqualFold(s, "true")
}
