package units

import (
	"strings"
	"testing"
)

// TestAtoms holds texts with all their atoms but names: "kind text=value".
func TestAtoms(t *testing.T) {
	for text, want := range map[string]string{
		"Now $9.99/month":                                        "price $9.99/month=9.99 USD/month",
		"Only £1,450 a month":                                    "qualifier Only=only; price £1,450 a month=1450 GBP/month",
		"Für nur 79,90 € statt 1.299,00 €":                       "qualifier nur=only; price 79,90 €=79.9 EUR; price 1.299,00 €=1299 EUR",
		"Dès 199 € par personne":                                 "qualifier Dès=from; price 199 € par personne=199 EUR/person",
		"À partir de 12 000 € avec cela":                         "qualifier À partir de=from; price 12 000 €=12000 EUR",
		"EUR 30 or USD20 or 40 GBP or Rs. 500":                   "price EUR 30=30 EUR; price USD20=20 USD; price 40 GBP=40 GBP; number 500=500",
		"R$ 49,90 ou 10x":                                        "price R$ 49,90=49.9 BRL; number 10x=10 times",
		"初回限定1,980円(税込)":                                         "price 1,980円=1980 JPY",
		"₪45 שקל":                                                "price ₪45=45 ILS",
		"500 TL üzeri, %30 indirim":                              "price 500 TL=500 TRY; percent %30=30%",
		"٥٠٪ خصم على ١٬٢٠٠ ريال":                                 "percent ٥٠٪=50%; price ١٬٢٠٠ ريال=1200 SAR",
		"छूट ५०% आज":                                             "percent ५०%=50%",
		"$20–$40 each, $5-7":                                     "price $20–$40=20 USD-40 USD; price $5-7=5-7 USD",
		"$10k and €2M and 99p":                                   "price $10k=10000 USD; price €2M=2000000 EUR; number 99p=99 p",
		"Save 20 per cent or 15 percent or 20 %":                 "percent 20 per cent=20%; percent 15 percent=15%; percent 20 %=20%",
		"Up to 70% off":                                          "qualifier Up to=up to; percent 70%=70%",
		"Orders over $50":                                        "qualifier over=over; price $50=50 USD",
		"Your first 3 boxes":                                     "qualifier Your first=first; number 3=3",
		"14-day trial, 14 days, 5000mAh, 16-inch":                "number 14-day=14 day; number 14=14 day; number 5000mAh=5000 mah; number 16-inch=16 inch",
		"Two pizzas, twenty-five stars, a two-week":              "number Two=2; number twenty-five=25 star; number two-week=2 week",
		"gives one family water; the one for you":                "number one=1",
		"#1 choice, 24/7 help, 18+ only, 2,000+ fans":            "number #1=1; number 24/7=24/7; number 18+=18; number 2,000+=2000",
		"Book by 30 November, on June 12–14, 2027":               "date 30 November=--11-30; date June 12–14, 2027=2027-06-12-14",
		"31/05/2027 or 2027-05-31 or 5.31.27":                    "date 31/05/2027=2027-05-31; date 2027-05-31=2027-05-31; date 5.31.27=2027-05-31",
		"Réservez avant le 15 janvier et le 1er mai":             "date 15 janvier=--01-15; date 1er mai=--05-01",
		"Am 15. Januar und bis 3. Mai für Sie":                   "date 15. Januar=--01-15; qualifier bis=up to; date 3. Mai=--05-03",
		"Hasta el 15 de enero de 2027":                           "qualifier Hasta=up to; date 15 de enero de 2027=2027-01-15",
		"May we help? See you in May, 3rd of July":               "date May=--05; date 3rd of July=--07-03",
		"This weekend, tonight and every Friday":                 "day This weekend=this weekend; day tonight=tonight; day Friday=friday",
		"7pm, 7:30 p.m., 23:00, 9am–5pm, midnight":               "clock 7pm=19:00; clock 7:30 p.m.=19:30; clock 23:00=23:00; clock 9am=09:00; clock 5pm=17:00; clock midnight=00:00",
		"Um 8 Uhr da":                                            "clock 8 Uhr=08:00",
		"Ouvert jusqu'à 19h30 pour vous":                         "qualifier jusqu'à=up to; clock 19h30=19:30",
		"See shop.example/sale, or https://a.example/x?y=1&z=2.": "link shop.example/sale=shop.example/sale; link https://a.example/x?y=1&z=2=https://a.example/x?y=1&z=2",
		"Write to hi@bakery.example.":                            "email hi@bakery.example=hi@bakery.example",
		"Call 0113 496 0123 or +44 20 7946 0000":                 "phone 0113 496 0123=01134960123; phone +44 20 7946 0000=442079460000",
		"Call (555) 010-9999 or 555-010-9999":                    "phone (555) 010-9999=5550109999; phone 555-010-9999=5550109999",
		"Follow @sunset.flow #yoga, #beach":                      "handle @sunset.flow=@sunset.flow; hashtag #yoga=#yoga; hashtag #beach=#beach",
		"Use code SPRING or SUMMER15":                            "code SPRING=SPRING; code SUMMER15=SUMMER15",
		"{{product.name | titleize}} at {{product.price}}":       "tag {{product.name | titleize}}={{product.name | titleize}}; tag {{product.price}}={{product.price}}",
		"“So good!” she said, 'my new pan' and «très bon»":       "quote “So good!”=So good!; quote 'my new pan'=my new pan; quote «très bon»=très bon",
		"It's the dogs' favourite, don't wait":                   "",
		"I ❤️ it 👩‍👩‍👧 1️⃣ 🇬🇧":                                   "emoji ❤️=❤️; emoji 👩‍👩‍👧=👩‍👩‍👧; emoji 1️⃣=1️⃣; emoji 🇬🇧=🇬🇧",
	} {
		var got []string
		for _, a := range Parse(text, "").Atoms {
			if a.Kind != Name {
				got = append(got, string(a.Kind)+" "+a.Text+"="+a.Value)
			}
		}
		if s := strings.Join(got, "; "); s != want {
			t.Errorf("%q:\n got %s\nwant %s", text, s, want)
		}
	}
}

// TestNames holds texts with the names in them.
func TestNames(t *testing.T) {
	for _, c := range []struct{ text, page, want string }{
		{"Drop in at Marlow Garage, no appointment needed.", "", "Marlow Garage"},
		{"Download Realm Rush free today!", "", "Realm Rush"},
		{"Order with DashBite. Available on iOS and Android.", "", "DashBite; iOS; Android"},
		{"Ledgerly sends your invoices. Try Ledgerly today.", "", "Ledgerly; Ledgerly"},
		{"Northbeam Cost finds idle servers.", "", "Northbeam Cost"},
		{"Handmade Oak Dining Tables For Every Home", "", ""},
		{"Buy some cool LED TV at cheap price", "", "LED TV"},
		{"Peckish tonight? Zingy curries await.", "", ""},
		{"Fern & Fig sells plants. Visit Fern & Fig in York.", "Fern & Fig", "Fern & Fig; Fern & Fig; York"},
		{"SALE AT ZORA TODAY", "ZORA", "ZORA"},
		{"Kabellose Kopfhörer mit App für Ihr Zuhause", "", ""},
		{"Divani fatti a mano in Puglia.", "", "Puglia"},
	} {
		var got []string
		for _, a := range Parse(c.text, c.page).Atoms {
			if a.Kind == Name {
				got = append(got, a.Text)
			}
		}
		if s := strings.Join(got, "; "); s != c.want {
			t.Errorf("%q: got %q, want %q", c.text, s, c.want)
		}
	}
}
