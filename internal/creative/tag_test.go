package creative

import "testing"

func TestFill(t *testing.T) {
	t.Parallel()
	values := map[string]string{"product.name": "garden LAMP", "product.price": "9.00 EUR"}
	for text, want := range map[string]string{
		"Test {{product.name | titleize}} now":            "Test Garden Lamp now",
		"{{product.name|lowercase}}, {{ product.price }}": "garden lamp, 9.00 EUR",
		"{{product.brand}} {{product.name | sing}} {{":    "{{product.brand}} {{product.name | sing}} {{",
	} {
		if got := Fill(text, values); got != want {
			t.Errorf("%q fills to %q, want %q", text, got, want)
		}
	}
}
