package catalog

import (
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
