package catalog

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/marquetry/marquetry/internal/object"
)

func TestParsePrice(t *testing.T) {
	for text, want := range map[string]string{
		"9.99 USD": "999 USD", "USD 9.99": "999 USD", " 9.9 usd": "990 USD", "9 EUR": "900 EUR", "1,299.00 USD": "129900 USD", "500 JPY": "500 JPY",
		"500.00 JPY": "500 JPY", "9.99": "999 GBP", "0 USD": "0 USD",
	} {
		minor, currency, err := ParsePrice(text, "GBP")
		if got := fmt.Sprint(minor, " ", currency); err != nil || got != want {
			t.Errorf("%q is %s, %v, want %s", text, got, err, want)
		}
	}
	for _, text := range []string{"", "free", "-1 USD", "9,99 EUR", "9.999 USD", "5.5 JPY", "9.99 XYZ", "9.99 USD EUR", "1e3 USD", "1,29 USD", "99999999999999 USD"} {
		if minor, currency, err := ParsePrice(text, "USD"); err == nil {
			t.Errorf("%q is %d %s", text, minor, currency)
		}
	}
	if _, _, err := ParsePrice("9.99", ""); err == nil {
		t.Error("a price without a currency was read")
	}
}

func TestFormatPrice(t *testing.T) {
	for want, price := range map[string]struct {
		minor    int64
		currency string
	}{"$9.99": {999, "USD"}, "$1,299.05": {129905, "USD"}, "¥1,234,567": {1234567, "JPY"}, "€0.00": {0, "EUR"}, "CHF12.50": {1250, "CHF"}} {
		if got := FormatPrice(price.minor, price.currency); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// What is written with the currency's decimals reads back.
func TestPricesReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		minor := rapid.Int64Range(0, 1e12-1).Draw(t, "minor")
		currency := rapid.SampledFrom([]string{"USD", "JPY", "CHF"}).Draw(t, "currency")
		text := fmt.Sprintf("%d %s", minor, currency)
		if object.Decimals(currency) == 2 {
			text = fmt.Sprintf("%d.%02d %s", minor/100, minor%100, currency)
		}
		got, code, err := ParsePrice(text, "")
		if err != nil || got != minor || code != currency {
			t.Errorf("%q is %d %s, %v", text, got, code, err)
		}
	})
}
