package units

import "testing"

// TestLanguage holds texts with the language that each is in; "" where nobody could tell for certain.
func TestLanguage(t *testing.T) {
	for lang, texts := range map[string][]string{
		"en": {
			"Handmade oak dining tables", "Buy some cool LED TV at cheap price", "Shop now", "Sale", "Grain-free dog food", "Fresh bagels daily", "Summer reading sorted.",
			"Small-batch gin from the Scottish coast.", "Fern & Fig sells plants in York.", "Get fit.", "Try our new cold brew concentrate.", "Solar garden lights",
			"No contract, cancel anytime.", "We're hiring!", "Ramen. Gyoza. Sake.", "Book now", "Waterproof hiking boots", "Join FitHub for $9.99/month.", "Learn Spanish in 10 minutes a day",
		},
		"de": {"Kabellose Kopfhörer mit 30 Stunden Akkulaufzeit.", "Jetzt kaufen und sparen", "Frische Brötchen bis vor die Tür.", "Unsere neuen Kleider sind da.", "Nur heute: 20 % Rabatt auf alle Schuhe"},
		"fr": {"Partez à Marrakech dès 199 € par personne.", "Découvrez notre nouvelle collection", "Livraison gratuite en France", "Des meubles faits à la main pour votre salon."},
		"es": {"Renueva tu armario con hasta un 40% de descuento.", "Envío gratis en pedidos superiores a 30 €.", "Muebles hechos a mano para tu casa", "Aprende inglés desde casa"},
		"pt": {"Frete grátis em todo o Brasil.", "Descubra a nossa nova coleção de verão", "Compre agora e receba em casa", "Móveis feitos à mão para a sua casa"},
		"it": {"Divani su misura, fatti a mano in Puglia.", "Consegna gratuita in tutta Italia", "Scopri la nostra nuova collezione", "Acquista ora e risparmia"},
		"nl": {"Ontdek onze nieuwe meubels voor jouw huis", "Gratis verzending vanaf € 30 bij ons"},
		"sv": {"Upptäck våra nya möbler för ditt hem", "Köp nu och få fri frakt på allt"},
		"pl": {"Zamów teraz, darmowa dostawa do domu i na wynos"},
		"tr": {"Kışlık montlarda %30 indirim! Hemen alışverişe başla.", "Tüm siparişlerde kargo bedava"},
		"ru": {"Курсы английского онлайн", "Запишитесь сегодня!"},
		"uk": {"Купуйте зараз, безкоштовна доставка по Україні"},
		"ar": {"تسوق الآن!"}, "fa": {"همین حالا خرید کنید، پیک رایگان"}, "he": {"קנו עכשיו"}, "hi": {"अभी खरीदें"}, "th": {"ซื้อเลย"}, "ko": {"지금 구매하세요"},
		"ja": {"毎日のスキンケアに。", "送料無料です"}, "zh": {"立即购买"}, "el": {"Αγοράστε τώρα"},
		"": {"https://shop.example", "", "Zora Lumi", "🔥🔥", "50%", "Gratis!"},
	} {
		for _, s := range texts {
			if got := Detect(s); got.Code != lang {
				t.Errorf("%q: got %+v, want %q", s, got, lang)
			}
		}
	}
	for _, s := range []string{"Shop the new sale today with us. Jetzt kaufen und sparen, nur heute bei uns.", "Get your free trial today. Prueba gratis ahora con tu amigo y tu familia."} {
		if !Detect(s).Mixed {
			t.Errorf("%q: not mixed", s)
		}
	}
	if l := Detect("Buy our new shoes for the summer, and get the best of it in Köln."); l.Mixed || l.Code != "en" {
		t.Errorf("got %+v", l)
	}
}
