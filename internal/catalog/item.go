package catalog

import (
	"net/url"
	"slices"
	"strings"
)

// Item is a product under the names of the API, in the types of its declaration: price and sale_price are minor units of currency.
type Item map[string]any

// Text is a member that holds text; else "".
func (it Item) Text(name string) string {
	s, _ := it[name].(string)
	return s
}

// Amount is a member that holds a whole number.
func (it Item) Amount(name string) (int64, bool) {
	n, ok := it[name].(int64)
	return n, ok
}

// CurrentPrice is what a buyer pays at a time, in minor units: the sale price while the sale lasts. A sale without dates lasts.
func (it Item) CurrentPrice(now int64) (int64, bool) {
	sale, on := it.Amount("sale_price")
	start, starts := it.Amount("sale_price_start_date")
	end, ends := it.Amount("sale_price_end_date")
	if on && (!starts || start <= now) && (!ends || now < end) {
		return sale, true
	}
	return it.Amount("price")
}

// Problem is something wrong with one item. The words of Rule are stable.
type Problem struct {
	Rule    string // "missing_field", "invalid_price", …
	Field   string // as the caller spells it
	Message string
	Fatal   bool // the item is not taken
}

// fatal makes a problem that keeps an item out.
func fatal(rule, field, message string) Problem {
	return Problem{Rule: rule, Field: field, Message: message, Fatal: true}
}

// Fatal reports whether one of the problems keeps the item out.
func Fatal(problems []Problem) bool {
	return slices.ContainsFunc(problems, func(p Problem) bool { return p.Fatal })
}

// Sound checks what is in an item against itself: currency, addresses, the order of dates. The names are those of the API.
func (it Item) Sound() []Problem {
	var problems []Problem
	if currency := it.Text("currency"); currency != "" && !IsCurrency(currency) {
		problems = append(problems, fatal("invalid_currency", "currency", "currency must be a code of ISO 4217, such as USD"))
	}
	for _, name := range []string{"url", "image_url", "mobile_link", "checkout_url"} {
		if link := it.Text(name); link != "" && !IsLink(link) {
			problems = append(problems, fatal("invalid_link", name, name+" must be an http or https address"))
		}
	}
	more, _ := it["additional_image_urls"].([]any)
	if len(more) > MaxImages {
		problems = append(problems, fatal("too_many_images", "additional_image_urls", "at most 20 additional images are allowed"))
	}
	for _, link := range more {
		if text, _ := link.(string); !IsLink(text) {
			problems = append(problems, fatal("invalid_link", "additional_image_urls", "each additional image must be an http or https address"))
			break
		}
	}
	start, starts := it.Amount("sale_price_start_date")
	end, ends := it.Amount("sale_price_end_date")
	if starts && ends && end <= start {
		problems = append(problems, fatal("invalid_date", "sale_price_end_date", "a sale must end after it starts"))
	}
	price, priced := it.Amount("price")
	if sale, on := it.Amount("sale_price"); on && priced && sale > price {
		problems = append(problems, Problem{Rule: "sale_price", Field: "sale_price", Message: "the sale price is higher than the price"})
	}
	return problems
}

// MaxImages is the most pictures beside the first.
const MaxImages = 20

// Missing names what a listed item must have and this one has not, in a feed's words. A brand can be told by a trade number.
func (it Item) Missing() []Problem {
	var problems []Problem
	for _, need := range []struct{ feed, api string }{
		{"id", "retailer_id"}, {"title", "name"}, {"description", "description"}, {"availability", "availability"}, {"condition", "condition"},
		{"price", "price"}, {"link", "url"}, {"image_link", "image_url"}, {"brand", "brand"},
	} {
		known := it[need.api] != nil && it[need.api] != ""
		if need.feed == "brand" {
			known = known || it.Text("gtin") != "" || it.Text("manufacturer_part_number") != ""
		}
		if !known {
			problems = append(problems, fatal("missing_field", need.feed, need.feed+" is required"))
		}
	}
	return problems
}

// IsLink reports whether text is an address of the web.
func IsLink(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && !strings.ContainsAny(text, " \t\r\n")
}
