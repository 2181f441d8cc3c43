package creative

import "strings"

// Fill replaces catalogue tags such as {{product.name}} and {{product.name | titleize}} by the values of their names. A tag without a value, or
// with a filter that is not known, stays.
func Fill(text string, values map[string]string) string {
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(text, "{{")
		tag, after, closed := strings.Cut(rest, "}}")
		if !found || !closed {
			out.WriteString(text)
			return out.String()
		}
		out.WriteString(before)
		name, filter, _ := strings.Cut(tag, "|")
		value, known := values[strings.TrimSpace(name)]
		shown, sensible := filtered(value, strings.TrimSpace(filter))
		if known && sensible {
			out.WriteString(shown)
		} else {
			out.WriteString("{{" + tag + "}}")
		}
		text = after
	}
}

// filtered applies the filter of a tag.
func filtered(value, filter string) (string, bool) {
	switch filter {
	case "":
		return value, true
	case "lowercase":
		return strings.ToLower(value), true
	case "uppercase":
		return strings.ToUpper(value), true
	case "strip":
		return strings.TrimSpace(value), true
	case "titleize":
		words := strings.Fields(strings.ToLower(value))
		for i, word := range words {
			runes := []rune(word)
			words[i] = strings.ToUpper(string(runes[:1])) + string(runes[1:])
		}
		return strings.Join(words, " "), true
	}
	return "", false
}
