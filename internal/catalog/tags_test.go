package catalog

import (
	"net/url"
	"strings"
	"testing"
)

func TestFill(t *testing.T) {
	item := Item{"name": "red running shoe", "description": "<b>Light</b> &amp; fast", "price": int64(129900), "sale_price": int64(999), "sale_price_end_date": int64(100), "currency": "USD",
		"brand": "Acme", "retailer_id": "sku 1", "custom_label_0": "new", "custom_number_0": int64(4), "tags": []any{"x"}}
	for text, want := range map[string]string{
		"Buy {{product.name}}!":                                 "Buy red running shoe!",
		"{{ product.name | titleize }}":                         "Red Running Shoe",
		"{{product.description|strip_html|upcase}}":             "LIGHT & FAST",
		"{{product.price}} now {{product.current_price}}":       "$1,299.00 now $9.99",
		"{{product.sale_price}}":                                "$9.99",
		"?sku={{product.retailer_id | urlencode}}":              "?sku=sku+1",
		"[{{product.color}}{{product.tags}}]":                   "[]",
		"{{product.custom_label_0}}{{product.custom_number_0}}": "new4",
		"{{product.name | sparkle}}":                            "red running shoe",
		"{{user.name}} {{product.brand":                         "{{user.name}} {{product.brand",
		"{{{{product.brand}}":                                   "{{Acme",
		"{<--}":                                                 "{<--}",
	} {
		if got := Fill(text, item, 50); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if got := Fill("{{product.current_price}}", item, 100); got != "$1,299.00" {
		t.Errorf("after the sale it costs %s", got)
	}
}

// FuzzFill fills anything; without tags a text stays as it is, and no text grows beyond the limit.
func FuzzFill(f *testing.F) {
	for _, seed := range []string{"{{product.name | titleize}}", "{{{{", "}}{{product.", "{{product.description|strip_html}}"} {
		f.Add(seed, "<p>Ünïcode shoe")
	}
	f.Fuzz(func(t *testing.T, text, name string) {
		got := Fill(text, Item{"name": name, "description": name}, 0)
		if len(got) > maxFilled {
			t.Errorf("%d bytes", len(got))
		}
		if !strings.Contains(text, "{{") && len(text) <= maxFilled && got != text {
			t.Errorf("%q became %q", text, got)
		}
	})
}

func TestFillLink(t *testing.T) {
	item := Item{"name": "mug & plate?", "url": "https://shop.example/m?a=1", "brand": "A/B #1", "retailer_id": "sku 1"}
	for template, want := range map[string]string{
		"{{product.url}}&utm={{product.name}}":                 "https://shop.example/m?a=1&utm=mug+%26+plate%3F",
		"https://t.example/?u={{product.url}}&n=1":             "https://t.example/?u=https%3A%2F%2Fshop.example%2Fm%3Fa%3D1&n=1",
		"https://t.example/?u={{product.url | urlencode}}":     "https://t.example/?u=https%3A%2F%2Fshop.example%2Fm%3Fa%3D1",
		"https://t.example/{{product.brand}}/x#{{product.id}}": "https://t.example/A%2FB%20%231/x#sku+1",
		"https://t.example/?s={{user.name}}":                   "https://t.example/?s={{user.name}}",
	} {
		if got := FillLink(template, item, 0); got != want {
			t.Errorf("%s: %s, want %s", template, got, want)
		}
	}
}

// FuzzFillLink: a value changes neither where an address leads nor what its other parameters are, and arrives as it is.
func FuzzFillLink(f *testing.F) {
	for _, seed := range []string{"a&b=c", "../..", "#x", "%26", "{{product.name}}", "//evil.example", "\u2028\n", "a+b c"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, value string) {
		filled := FillLink("https://shop.example/p/{{product.name}}/end?first=1&n={{product.name}}&e={{product.name|urlencode}}&last=2#f", Item{"name": value}, 0)
		u, err := url.Parse(filled)
		if len(value) > 10_000 {
			t.Skip() // what is too long is cut
		}
		if err != nil {
			t.Fatal(err)
		}
		q := u.Query()
		if u.Host != "shop.example" || u.Fragment != "f" || len(q) != 4 || q.Get("n") != value || q.Get("e") != value || q.Get("last") != "2" || strings.Count(u.EscapedPath(), "/") != 3 {
			t.Errorf("%q gives %s", value, filled)
		}
	})
}
