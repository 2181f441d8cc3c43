package rewrite

import "github.com/marquetry/marquetry/internal/generate/text/units"

// asking are the sentences that say in English what a button says, by the button's type.
func asking(button string) string {
	return map[string]string{
		"SHOP_NOW": "Shop now", "ORDER_NOW": "Order now", "BUY_NOW": "Buy now", "BOOK_TRAVEL": "Book now", "BOOK_NOW": "Book now", "SIGN_UP": "Sign up",
		"SUBSCRIBE": "Subscribe", "LEARN_MORE": "Learn more", "DOWNLOAD": "Download it", "INSTALL_MOBILE_APP": "Get the app", "CONTACT_US": "Contact us",
		"APPLY_NOW": "Apply now", "GET_QUOTE": "Get a quote", "DONATE_NOW": "Donate now", "SEE_MENU": "See the menu", "MESSAGE_PAGE": "Send us a message",
		"GET_OFFER": "Get the offer", "WATCH_MORE": "Watch more", "PLAY_GAME": "Play now", "REQUEST_TIME": "Request a time",
	}[button]
}

// asks is the call to action that the button makes and the text does not; ok is false when there is none.
func (w *work) asks() (*part, bool) {
	sentence := asking(w.CallToAction)
	if w.language != "en" || sentence == "" || w.brief.Intent != "" {
		return nil, false
	}
	p := w.newPart(units.Unit{Text: sentence, End: ".", Class: units.Action})
	p.bound = false
	return p, true
}

// withButton are the plans with the button's call to action at the end.
func (w *work) withButton(plans []plan) []plan {
	p, ok := w.asks()
	if !ok {
		return nil
	}
	var all []plan
	for _, base := range plans[:min(len(plans), 4)] {
		all = append(all, plan{parts: append(base.parts[:len(base.parts):len(base.parts)], p), label: "button", cost: base.cost + 0.1})
	}
	return all
}
