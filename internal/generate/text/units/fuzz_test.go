package units

import (
	"reflect"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// FuzzParse feeds any text: nothing panics, units cover the clean text, offsets lie where they say, the clean text is stable, and two runs
// agree.
func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"", "Get 20% off <b>all</b> shoes!!! 🔥 Shop now | Free returns", "“So good!” – Dana R. Call 0113 496 0123.", "{{a}} at $9.99/month, 1. Mai", "&amp;lt;b&gt;<<i>x",
		"SALE NOW AT IKEA\n• one\n• two 👩\u200d👩\u200d👧 1\ufe0f\u20e3", "¡Compra ahora! 初回1,980円 ٥٠٪ $", "a\u200b.b@c.d #1 @x ... ?!", "12 000 € 5-7 2027-01-01 9am–5pm (555) 010-9999",
	} {
		f.Add(s, "Zora")
	}
	f.Fuzz(func(t *testing.T, raw, page string) {
		if len(raw) > 2000 {
			return
		}
		got := Parse(raw, page)
		if !reflect.DeepEqual(got, Parse(raw, page)) {
			t.Fatal("two runs differ")
		}
		if again := Parse(got.Clean, page); again.Clean != got.Clean {
			t.Fatalf("not stable: %q then %q", got.Clean, again.Clean)
		}
		if !utf8.ValidString(got.Clean) {
			t.Fatal("not UTF-8")
		}
		check(t, got)
		got.Brief(page, "", "")
	})
}

// check holds a text against what the types promise.
func check(t *testing.T, got Text) {
	t.Helper()
	at := 0
	for _, u := range got.Units {
		if u.Start < at || strings.TrimFunc(got.Clean[at:u.Start], unicode.IsSpace) != "" {
			t.Fatalf("%q: unit %q does not follow on", got.Clean, u.Text)
		}
		at = u.Start + u.Len
		if !strings.Contains(got.Clean[u.Start:at], u.Text) || u.Class == "" {
			t.Fatalf("%q: unit %+v", got.Clean, u)
		}
		for _, a := range u.Atoms {
			if u.Text[a.Start:a.Start+a.Len] != a.Text {
				t.Fatalf("%q: atom %+v", u.Text, a)
			}
		}
	}
	if strings.TrimFunc(got.Clean[at:], unicode.IsSpace) != "" {
		t.Fatalf("%q: no unit covers %q", got.Clean, got.Clean[at:])
	}
	end := 0
	for _, a := range got.Atoms {
		if a.Start < end || got.Clean[a.Start:a.Start+a.Len] != a.Text {
			t.Fatalf("%q: atom %+v", got.Clean, a)
		}
		end = a.Start + a.Len
	}
}

// BenchmarkParse takes an ad of about 120 characters apart.
func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		Parse("Get 20% off all running shoes this weekend only. Free shipping on orders over $50, and free 60-day returns. Shop now!", "Stride")
	}
}
