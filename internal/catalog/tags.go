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
// has not becomes empty; what is no tag of a product stays as it is. Now, in unix seconds, tells whether a sale is on. The values are not
// escaped: that is for whoever puts the text into a page.
func Fill(text string, item Item, now int64) string {
	return fill(text, item, now, func(_, value, _ string) string { return value })
}

// FillLink is Fill for an address: a value stays within the part of the address in which its tag stands, whatever it holds. A tag at the very
// beginning is an address itself and stays as it is, and so does a value that the template encodes.
func FillLink(text string, item Item, now int64) string {
	return fill(text, item, now, func(before, value, filters string) string {
		switch {
		case strings.TrimSpace(before) == "" || encodes(filters):
			return value
		case strings.ContainsAny(before, "?#"):
			return url.QueryEscape(value)
		}
		return url.PathEscape(value)
	})
}

// encodes reports whether one of a tag's filters is for addresses.
func encodes(filters string) bool {
	for name := range strings.SplitSeq(filters, "|") {
		if strings.EqualFold(strings.TrimSpace(name), "urlencode") {
			return true
		}
	}
	return false
}

// fill replaces the tags by what escape makes of the text before them, the filtered value and the filters.
func fill(text string, item Item, now int64, escape func(before, value, filters string) string) string {
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
		out.WriteString(escape(out.String(), filtered(item.tag(field, now), filters), filters))
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
