package units

import "testing"

// TestBrief holds ads with what each is about.
func TestBrief(t *testing.T) {
	for _, c := range []struct {
		text, page                  string
		brand, product, offer, when string
		intent, topic               string
		sure, delicate              bool
	}{
		{"Get 20% off all running shoes this weekend only. Shop now!", "", "", "running shoes", "20%", "this weekend only", "SHOP_NOW", "fashion", true, false},
		{"Buy some cool LED TV at cheap price", "", "", "cool LED TV", "", "", "BUY_NOW", "electronics", true, false},
		{"Ledgerly sends your invoices. From $9 a month. Start your free trial.", "", "Ledgerly", "", "From $9 a month", "", "SIGN_UP", "software", false, false},
		{"Handmade oak dining tables. Order by 30 November.", "", "", "Handmade oak dining tables", "", "by 30 November", "ORDER_NOW", "home", true, false},
		{"We bake sourdough bread at Miller & Daughter. Visit us today.", "Miller & Daughter", "Miller & Daughter", "sourdough bread", "", "today", "VISIT_WEBSITE", "food", true, false},
		{"Looking for garden furniture? Up to 30% off until Sunday.", "", "", "garden furniture", "Up to 30%", "until Sunday", "", "home", true, false},
		{"Find a sitter. Nestly checks every one. Free to join.", "", "Nestly", "", "", "", "", "", false, false},
		{"Switch to Brio and keep your number.", "", "Brio", "", "", "", "", "", false, false},
		{"Our wool rugs warm any room.", "", "", "wool rugs", "", "", "", "home", true, false},
		{"Transform your patio with ceramic planters.", "", "", "ceramic planters", "", "", "", "garden", true, false},
		{"Personal loans from 6.9% APR. Subject to status.", "", "", "", "", "", "", "finance", false, true},
		{"We're hiring nurses in Leeds. Apply today.", "", "", "", "", "today", "APPLY_NOW", "jobs", false, true},
		{"Book your stay in Porto. 3 nights from €199.", "", "", "", "from €199", "", "BOOK_TRAVEL", "travel", false, false},
		{"Free shipping on all orders.", "", "", "", "", "", "", "", false, false},
		{"Join Glowhub for yoga classes near you.", "", "Glowhub", "", "", "", "SIGN_UP", "fitness", false, false},
	} {
		b := Parse(c.text, c.page).Brief(c.page, "", "")
		if b.Brand != c.brand || b.Product.Text != c.product || b.Offer != c.offer || b.When != c.when || b.Intent != c.intent || b.Topic != c.topic ||
			b.Product.Sure != c.sure || b.Delicate != c.delicate {
			t.Errorf("%q:\n got %+v\nwant %+v", c.text, b, c)
		}
	}
	if b := Parse("Oak tables.", "").Brief("", "LEARN_MORE", "b2b"); b.Intent != "LEARN_MORE" || b.Topic != "b2b" {
		t.Errorf("given: %+v", b)
	}
}

// TestProduct holds ads with the product that each sells: what is sold, not the trouble that it mends.
func TestProduct(t *testing.T) {
	for text, want := range map[string]string{
		"Back pain? Our hybrid mattress supports your spine. Try it at home.":              "hybrid mattress",
		"Puncture? Worn brakes? We fix bikes at your home. Most repairs done in an hour.":  "bikes",
		"Rainy half-term? Book a pottery workshop for the kids. 90 minutes, ages 5 to 12.": "pottery workshop",
		"Full valet from £45. Drive in, grab a coffee, drive out sparkling.":               "Full valet",
		"Beginners' yoga on Tuesday evenings in Hackney. First class free.":                "Beginners' yoga",
		"Spreadsheets slowing you down? Tallybird tracks stock across all your shops.":     "Spreadsheets",
		"New season knitwear is here. Shop the drop.":                                      "season knitwear",
		"Ethically mined? Sapphires from a family we know by name.":                        "Sapphires",
		"The only backpack you need for a weekend away. Fits under the seat.":              "backpack",
		"A raincoat for dogs who hate the rain. Three buckles, zero fuss.":                 "raincoat",
		"Our oat milk foams like a dream. Try a carton in your next latte.":                "oat milk",
	} {
		if got := Parse(text, "").Brief("", "", "").Product.Text; got != want {
			t.Errorf("%q sells %q, want %q", text, got, want)
		}
	}
}
