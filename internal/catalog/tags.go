package catalog

import (
	"html"
	"net/url"
	"regexp"
	"strings"
	"unicode"
)

// maxFilled is how long a text may become when its tags are filled, in bytes; what is beyond is left out.
const maxFilled = 256 << 10

// Fill replaces the template tags of a catalog ad, such as {{product.name}} or {{product.name | titleize}}, by what an item has. What it
// has not becomes empty; what is no tag of a product stays as it is. Now, in unix seconds, tells whether a sale is on.
func Fill(text string, item Item, now int64) string {
	var out strings.Builder
	for text != "" && out.Len() < maxFilled {
		before, rest, found := strings.Cut(text, "{{")
		out.WriteString(before)
		if !found {
			break
		}
		tag, after, closed := strings.Cut(rest, "}}")
		name, filters, _ := strings.Cut(tag, "|")
		field, ours := strings.CutPrefix(strings.TrimSpace(name), "product.")
		if !closed || !ours {
			out.WriteString("{{")
			text = rest
			continue
		}
		out.WriteString(filtered(item.tag(field, now), filters))
		text = after
	}
	if out.Len() > maxFilled {
		return strings.ToValidUTF8(out.String()[:maxFilled], "")
	}
	return out.String()
}

// tag is what a tag shows of an item: prices as a shop writes them, lists not at all.
func (it Item) tag(field string, now int64) string {
	minor, known := it.Amount(field)
	switch field {
	case "current_price":
		minor, known = it.CurrentPrice(now)
		fallthrough
	case "price", "sale_price":
		if known {
			return FormatPrice(minor, it.Text("currency"))
		}
		return ""
	case "id":
		field = "retailer_id"
	case "title":
		field = "name"
	}
	return scalarText(it[field])
}

// markup is a tag of HTML.
var markup = regexp.MustCompile(`<[^<>]*>`)

// filtered applies the filters behind a tag's name, from left to right. One that nobody knows changes nothing.
func filtered(value, filters string) string {
	for name := range strings.SplitSeq(filters, "|") {
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "titleize":
			value = titleized(value)
		case "strip_html":
			value = strings.TrimSpace(html.UnescapeString(markup.ReplaceAllString(value, "")))
		case "upcase":
			value = strings.ToUpper(value)
		case "downcase":
			value = strings.ToLower(value)
		case "urlencode":
			value = url.QueryEscape(value)
		}
	}
	return value
}

// titleized gives every word a capital letter and leaves the others as they are.
func titleized(text string) string {
	begins := true
	return strings.Map(func(r rune) rune {
		first := begins
		begins = unicode.IsSpace(r) || r == '-'
		if first {
			return unicode.ToTitle(r)
		}
		return r
	}, text)
}
