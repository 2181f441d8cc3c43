package deliver

import (
	"encoding/json"
	"strings"
)

// Limits of what is kept of the items that an outcome names; what is beyond is left out.
const (
	maxContents    = 10
	maxContentSize = 100 // bytes
)

// contentsOf are the shop's numbers of the items that an outcome is about: content_ids, a list or JSON of one or words with commas, and the ids of
// contents. Whatever is something else names nothing.
func contentsOf(ids, contents any) []string {
	var named []any
	for _, elem := range listOf(contents) {
		if content, ok := elem.(map[string]any); ok {
			named = append(named, content["id"])
		}
	}
	var items []string
	for _, id := range append(listOf(ids), named...) {
		text := ""
		switch id := id.(type) {
		case string:
			text = strings.TrimSpace(id)
		case json.Number:
			text = id.String()
		}
		if text != "" && len(text) <= maxContentSize && len(items) < maxContents {
			items = append(items, text)
		}
	}
	return items
}

// listOf is a list, or what a text holds: JSON of a list, or words with commas.
func listOf(value any) []any {
	switch value := value.(type) {
	case []any:
		return value
	case string:
		if strings.HasPrefix(strings.TrimSpace(value), "[") {
			d := json.NewDecoder(strings.NewReader(value))
			d.UseNumber()
			var list []any
			_ = d.Decode(&list) // what is no list names nothing
			return list
		}
		var list []any
		for word := range strings.SplitSeq(value, ",") {
			list = append(list, word)
		}
		return list
	}
	return nil
}
