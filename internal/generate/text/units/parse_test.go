package units

import (
	"reflect"
	"strings"
	"testing"
)

// TestUnits holds texts with the units that they come apart into: emoji before, text, mark and emoji after.
func TestUnits(t *testing.T) {
	for text, want := range map[string][]string{
		"Tickets from $35. Book now!":                                       {"Tickets from $35.", "Book now!"},
		"Dr. Lee and Mr. J. R. Hart see you at 3 p.m. Call Clinic St. Ann.": {"Dr. Lee and Mr. J. R. Hart see you at 3 p.m.", "Call Clinic St. Ann."},
		"Free oil, vinegar, etc. Shop today":                                {"Free oil, vinegar, etc.", "Shop today"},
		"Great stuff (really!) for you. Yes":                                {"Great stuff (really!) for you.", "Yes"},
		"Now 1.5 l for $2.50 only… Hurry":                                   {"Now 1.5 l for $2.50 only…", "Hurry"},
		"Fresh daily | Open late | Order online":                            {"Fresh daily", "Open late", "Order online"},
		"Menu:\n• Soup\n• Bread\n\nOrder now":                               {"Menu:", "Soup", "Bread", "Order now"},
		"- One\n- Two":                                       {"One", "Two"},
		"✅ Free shipping ✅ Easy returns":                     {"✅Free shipping", "✅Easy returns"},
		"Yoga at 7pm 🌅 Bring a mat and a friend! #yoga #sea": {"Yoga at 7pm🌅", "Bring a mat and a friend!", "#yoga #sea"},
		"We ❤️ our customers. Do you?":                       {"We ❤️ our customers.", "Do you?"},
		"Sale!!! Really??? Yes!? 🔥🔥":                         {"Sale!", "Really?", "Yes?🔥🔥"},
		"“I sleep so well now!” – Dana R. See why.":          {"“I sleep so well now!” – Dana R.", "See why."},
		"He said “Buy it. Now.” and left. Then":              {"He said “Buy it. Now.” and left.", "Then"},
		"¿Tienes hambre? ¡Pide ya!":                          {"Tienes hambre?", "Pide ya!"},
		"Am 3. Tag gibt es für Sie mehr. Jetzt buchen":       {"Am 3. Tag gibt es für Sie mehr.", "Jetzt buchen"},
		"毎日のケアに。送料無料！":                                       {"毎日のケアに.", "送料無料!"},
		"Visit shop.example. Order today.":                   {"Visit shop.example.", "Order today."},
		"Meet Acme Inc. Today only.":                         {"Meet Acme Inc.", "Today only."},
		"Nr. 1 in Köln, z. B. für Sie. Und mehr":             {"Nr. 1 in Köln, z. B. für Sie.", "Und mehr"},
		"{{product.name}}. Get it. Now":                      {"{{product.name}}.", "Get it.", "Now"},
		"🔥🔥🔥":                                                {"🔥🔥🔥"},
		"":                                                   nil,
	} {
		var got []string
		for _, u := range Parse(text, "").Units {
			got = append(got, u.Before+u.Text+u.End+u.After)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%q:\n got %q\nwant %q", text, got, want)
		}
	}
}

// TestClean holds texts with what is left of them and what was odd.
func TestClean(t *testing.T) {
	for _, c := range []struct{ raw, page, clean, flags string }{
		{"<b>Big</b> savings &amp; more<script>alert(1)</script>", "", "Big savings & more", "markup"},
		{"One<br>Two &lt;i&gt;three&lt;/i&gt; <3 and 2 < 3", "", "One\nTwo three <3 and 2 < 3", "markup"},
		{"<style>p{}</style>Hi<img src=x onerror=alert(1)>", "", "Hi", "markup"},
		{"<scr<script>ipt>x", "", "script>x", "markup"},
		{"a\u200bb\u202ec\u0007", "", "abc", "hidden"},
		{"Buy \U000E0041\U000E0042now", "", "Buy now", "hidden"},
		{"👩\u200d🍳 ❤\ufe0f", "", "👩\u200d🍳 ❤\ufe0f", ""},
		{"UP TO 70% OFF EVERYTHING!!! ENDS MONDAY", "", "Up to 70% off everything! Ends Monday", "shouting"},
		{"LED TV AND USB CABLES", "", "LED TV and USB cables", "shouting"},
		{"LED TV and OLED for NASA fans", "", "LED TV and OLED for NASA fans", ""},
		{"FREE COFFEE AT ZORA", "ZORA", "Free coffee at ZORA", "shouting"},
		{"Use code SALE today. Big SALE now", "", "Use code SALE today. Big sale now", "shouting"},
		{"Hiring now. Text START to 5577.", "", "Hiring now. Text START to 5577.", ""},
		{"Dayton, OH and IT jobs", "", "Dayton, OH and IT jobs", ""},
		{"e\u0301t\u00e9  \t x\r\n\r\n\r\n y", "", "été x\n\ny", ""},
		{"Wait...  what?!", "", "Wait… what?", ""},
		{"see https://a.example/x?a=1&copy=2", "", "see https://a.example/x?a=1&copy=2", ""},
	} {
		got := Parse(c.raw, c.page)
		var flags []string
		for _, f := range got.Flags {
			flags = append(flags, string(f))
		}
		if got.Clean != c.clean || strings.Join(flags, " ") != c.flags {
			t.Errorf("%q: got %q %v, want %q %s", c.raw, got.Clean, flags, c.clean, c.flags)
		}
	}
}
