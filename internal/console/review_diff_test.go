package console

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// marked writes a difference in one line: -removed- and +added+.
func marked(parts []part) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(map[string]string{kept: p.Text, removed: "[-" + p.Text + "-]", added: "[+" + p.Text + "+]"}[p.Kind])
	}
	return b.String()
}

// TestDifference compares texts as variations differ from what they were made of.
func TestDifference(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, a, b, want string }{
		{"the same", "Mugs. Order today.", "Mugs. Order today.", "Mugs. Order today."},
		{"nothing before", "", "Order today.", "[+Order today.+]"},
		{"nothing after", "Order today.", "", "[-Order today.-]"},
		{"a word", "Order yours today.", "Get yours today.", "[-Order-][+Get+] yours today."},
		{"words at the end", "Order yours today.", "Order yours now, please.", "Order yours[- today-][+ now, please+]."},
		{"a sentence moved", "Made by hand. Free shipping over $50.", "Free shipping over $50. Made by hand.", "[-Made by hand. -]Free shipping over $50.[+ Made by hand.+]"},
		{"a sentence left out", "Made by hand. Order today.", "Order today.", "[-Made by hand. -]Order today."},
		{"a number is one word", "From $1,250.50 only.", "From $1,250.60 only.", "From $[-1,250.50-][+1,250.60+] only."},
		{"case counts", "order today", "Order today", "[-order-][+Order+] today"},
		{"a line break", "Made by hand. Order.", "Made by hand.\nOrder.", "Made by hand.[- -][+\n+]Order."},
		{"a space at the end", "Order ", "Order", "Order[- -]"},
		{"emoji", "Mugs 🧑‍🍳 here", "Mugs ☕ here", "Mugs[- 🧑‍🍳-][+ ☕+] here"},
		{"Arabic", "اطلب الآن", "اشتر الآن", "[-اطلب-][+اشتر+] الآن"},
		{"Japanese", "今日注文", "明日注文", "[-今-][+明+]日注文"},
		{"markup is text", "<b>Mugs</b>", "<i>Mugs</i>", "<[-b-][+i+]>Mugs</[-b-][+i+]>"},
	} {
		if diff := cmp.Diff(c.want, marked(difference(c.a, c.b))); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

// TestDifferenceIsWhole checks for any two texts that both can be read from their difference, and that parts alternate.
func TestDifferenceIsWhole(t *testing.T) {
	t.Parallel()
	texts := rapid.OneOf(rapid.String(), rapid.Map(rapid.SliceOf(rapid.SampledFrom([]string{"a", "mug", " ", "\n", ".", "é", "ab", "한국", "  "})), func(p []string) string { return strings.Join(p, "") }))
	rapid.Check(t, func(r *rapid.T) {
		a, b := texts.Draw(r, "a"), texts.Draw(r, "b")
		parts := difference(a, b)
		if got := joined(without(added, parts)); got != a {
			r.Errorf("the first reads %q", got)
		}
		if got := joined(without(removed, parts)); got != b {
			r.Errorf("the second reads %q", got)
		}
		for i, p := range parts {
			if p.Text == "" || i > 0 && parts[i-1].Kind == p.Kind {
				r.Errorf("part %d of %v", i, parts)
			}
		}
		if a == b && len(parts) > 1 {
			r.Errorf("equal texts differ: %v", parts)
		}
	})
}

// joined is the text of parts.
func joined(parts []part) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(p.Text)
	}
	return b.String()
}

// TestDifferenceOfLongTexts checks that texts beyond any ad's length are compared at once.
func TestDifferenceOfLongTexts(t *testing.T) {
	t.Parallel()
	a, b := "The "+strings.Repeat("a b ", 5000), "The "+strings.Repeat("b a ", 5000)
	parts := difference(a, b)
	if joined(without(added, parts)) != a || joined(without(removed, parts)) != b || len(parts) != 3 {
		t.Errorf("%d parts", len(parts))
	}
}
