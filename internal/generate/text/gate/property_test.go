package gate

import (
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"github.com/marquetry/marquetry/internal/generate/text/units"
)

// english is what the sources of these tests are written in.
func english() units.Language { return units.Language{Code: "en", Script: "Latin"} }

// advert draws an advertiser's text of whole sentences, each with figures that no other has.
func advert(t *rapid.T) []string {
	thing := rapid.SampledFrom([]string{"oak stools", "rain jackets", "desk lamps", "copper pans", "picture frames"}).Draw(t, "thing")
	pools := [][]string{
		{"Get 30% off all " + thing + ".", "Our " + thing + " start at $48.", "Save up to 30% on " + thing + "."},
		{"We ship to 17 countries from Leeds.", "Each one takes 9 hours to make.", "There are 64 colours to see."},
		{"Shop now.", "See the whole range.", "Find yours in the workshop."},
		{"Family owned since 1926.", "No subscription, no small print.", "Pick them up in Hull."},
	}
	var out []string
	for i, pool := range pools {
		out = append(out, rapid.SampledFrom(pool).Draw(t, string(rune('a'+i))))
	}
	return out
}

// TestPermutations: whole sentences in another order pass.
func TestPermutations(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := advert(t)
		source := strings.Join(parts, " ")
		text := strings.Join(rapid.Permutation(parts).Draw(t, "order"), " ")
		want := Code("")
		if text == source {
			want = "copy"
		}
		if got := New(Sources{Message: source}, english()).Check(text); got != want {
			t.Fatalf("%q of %q: %q, want %q", text, source, got, want)
		}
	})
}

// TestLegalLinesStay: a legal line that is moved or changed is noticed.
func TestLegalLinesStay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := advert(t)
		const legal = "Terms and conditions apply."
		g := New(Sources{Message: strings.Join(append(parts, legal), " ")}, english())
		turned := []string{parts[1], parts[0], parts[2], parts[3]}
		if got := g.Check(strings.Join(append(turned, legal), " ")); got != "" {
			t.Fatalf("at the end: %q", got)
		}
		turned = append([]string{legal}, turned...)
		if got := g.Check(strings.Join(turned, " ")); got != "legal" {
			t.Fatalf("in front: %q", got)
		}
	})
}

// TestAnyDigit: whatever digit is changed, the text is refused.
func TestAnyDigit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := advert(t)
		source := strings.Join(parts, " ")
		runes := []rune(strings.Join([]string{parts[1], parts[0], parts[2], parts[3]}, " "))
		var digits []int
		for i, r := range runes {
			if unicode.IsDigit(r) {
				digits = append(digits, i)
			}
		}
		at := rapid.SampledFrom(digits).Draw(t, "digit")
		runes[at] = '0' + (runes[at]-'0'+rune(rapid.IntRange(1, 9).Draw(t, "step")))%10
		if got := New(Sources{Message: source}, english()).Check(string(runes)); got == "" {
			t.Fatalf("%q of %q passes", string(runes), source)
		}
	})
}

// TestRewordings: the source passes with any of these said otherwise.
func TestRewordings(t *testing.T) {
	source := "Save up to 30% on desk lamps until Sunday. Free delivery on orders over $48. No subscription needed. Find yours today."
	parts := [][]string{
		{"Save up to 30% on desk lamps until Sunday.", "Until Sunday, take up to 30% off desk lamps.", "Desk lamps, up to 30% off until Sunday."},
		{"Free delivery on orders over $48.", "Orders over $48 ship free.", "Delivery is free when you spend more than $48."},
		{"No subscription needed.", "No subscription required.", "You don't need a subscription."},
		{"Find yours today.", "Get yours now.", "Shop the range."},
	}
	g := New(Sources{Message: source, Most: 200}, english())
	rapid.Check(t, func(t *rapid.T) {
		order := rapid.Permutation([]int{0, 1, 2, 3}).Draw(t, "order")
		var words []string
		for _, i := range order {
			words = append(words, rapid.SampledFrom(parts[i]).Draw(t, "form"))
		}
		text := strings.Join(words, " ")
		if got := g.Check(text); got != "" && got != "copy" {
			t.Fatalf("%q: %q", text, got)
		}
	})
}

// FuzzCheck: no text and no source makes it panic, and the answer is always the same and always one of the codes.
func FuzzCheck(f *testing.F) {
	f.Add("Save 20% on tea until Sunday.", "Until Sunday, tea is 20% off!", "en")
	f.Add("{{product.name}} ab 9,90 € – «gut» 👩‍👧 +49 30 123456", "“a {{ ]( 1.2.3.4 US$ 5 7pm @x. #", "de")
	f.Add("L'été à 19h30, d'un coup", "'’l' 24/7 50+ .", "fr")
	known := map[Code]bool{"": true}
	for _, c := range Codes() {
		known[c.Code] = true
	}
	f.Fuzz(func(t *testing.T, source, text, language string) {
		s := Sources{Message: source, Also: []string{text}, Excluded: []string{language}, Taken: []string{source + text}, Model: len(text)%2 == 0}
		first := New(s, units.Language{Code: language}).Check(text)
		if again := New(s, units.Language{Code: language}).Check(text); again != first || !known[first] {
			t.Fatalf("%q, then %q", first, again)
		}
		s.Also = nil
		New(s, units.Language{Code: language}).Check(text)
	})
}

// BenchmarkCheck measures one candidate of 120 characters that passes, the dearest case.
func BenchmarkCheck(b *testing.B) {
	g := New(Sources{
		Message: "Get 30% off all garden tools this weekend only. Free shipping on orders over $60. Shop now!",
		Also:    []string{"Tools that last. 40 years in Leeds.", "Our new rakes are here."},
		Taken:   []string{"Garden tools for everyone, at 30% off this weekend only."},
	}, english())
	const text = "This weekend only: save 30% on all of our garden tools. Orders over $60 ship free, so find yours and shop the range now."
	if c := g.Check(text); c != "" {
		b.Fatal(c)
	}
	b.ReportAllocs()
	for b.Loop() {
		g.Check(text)
	}
}

// BenchmarkNew measures the reading of the sources, once a request.
func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		New(Sources{Message: "Get 30% off all garden tools this weekend only. Free shipping on orders over $60. Shop now!"}, english())
	}
}
