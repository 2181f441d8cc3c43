package units

import (
	"slices"
	"strings"
)

// Brief gathers what the ad is about. The topic may be given; "" means that the words of the text decide. callToAction is the creative's own
// button, which counts when the text itself calls to nothing.
func (t Text) Brief(page, callToAction, topic string) Brief {
	b := Brief{Brand: t.brand(page), Product: t.product(), Offer: t.offer(), When: t.when(), Intent: t.intent(), Topic: topic}
	if b.Intent == "" && callToAction != "NO_BUTTON" {
		b.Intent = callToAction
	}
	guess, delicate := t.topic(b.Product.Head)
	if topic == "" {
		b.Topic = guess
	}
	if b.Intent == "BOOK_NOW" && b.Topic == "travel" {
		b.Intent = "BOOK_TRAVEL"
	}
	b.Delicate = delicate || isDelicate(b.Topic)
	return b
}

// isDelicate says whether a topic is one where no questions are put to the reader.
func isDelicate(topic string) bool {
	switch topic {
	case "health", "finance", "insurance", "dating", "legal", "housing", "jobs":
		return true
	}
	return false
}

// topic guesses the kind of business by the words: each word of the list has one vote, the head of the product two more. It also says whether
// a word makes the ad delicate.
func (t Text) topic(head string) (string, bool) {
	counts := map[string]int{}
	best, delicate := "", false
	for _, w := range Words(t.Clean) {
		entry, ok := look(topics, w.Lower)
		if !ok {
			entry, ok = look(topics, Singular(w.Lower))
		}
		if w.Mark || !ok {
			continue
		}
		for topic := range strings.FieldsSeq(entry) {
			if topic == "delicate" {
				delicate = true
				continue
			}
			counts[topic]++
			if w.Text == head {
				counts[topic] += 2
			}
			if best == "" || counts[topic] > counts[best] {
				best = topic
			}
		}
	}
	return best, delicate
}

// offer is the lead offer: the first price, percentage off or half price, with its qualifier.
func (t Text) offer() string {
	for _, u := range t.Units {
		if u.Class == Legal || u.Class == Injection || u.Class == Quotation {
			continue
		}
		for i, a := range u.Atoms {
			end := a.Start + a.Len
			half := a.Kind == Number && a.Value == "0.5" && strings.HasPrefix(lower(u.Text[end:]), " price")
			if half {
				end += len(" price")
			}
			if a.Kind != Price && !half && (a.Kind != Percent || u.Class != Offer) {
				continue
			}
			if i > 0 && u.Atoms[i-1].Kind == Qualified && strings.TrimSpace(u.Text[u.Atoms[i-1].Start+u.Atoms[i-1].Len:a.Start]) == "" {
				return u.Text[u.Atoms[i-1].Start:end]
			}
			return u.Text[a.Start:end]
		}
	}
	return ""
}

// intent is the button that the first call to action asks for; without one, what the text tells the reader to do, if that is more than to look.
func (t Text) intent() string {
	for _, u := range t.Units {
		if u.Class != Action {
			continue
		}
		if intent, _ := action(lowText(u.Text)); intent != "" {
			return strings.TrimSuffix(intent, "!")
		}
	}
	for _, u := range t.Units {
		if u.Class != Imperative && u.Class != Offer {
			continue
		}
		intent, _ := action(lowText(u.Text))
		if intent = strings.TrimSuffix(intent, "!"); intent != "" && intent != "SHOP_NOW" && intent != "LEARN_MORE" {
			return intent
		}
	}
	return ""
}

// lowText is the words of a text in the form that phrases are matched in.
func lowText(s string) []string {
	f := &finder{s: s, tokens: scan(s)}
	return lowWords(f, 0, len(f.tokens)-1)
}

// when is the first time phrase that limits the offer or the call: not a bare season or feast, and nothing that has passed.
func (t Text) when() string {
	for _, u := range t.Units {
		phrase := TimePhrase(u)
		first, _, several := strings.Cut(lower(phrase), " ")
		if phrase != "" && (several || first == "today" || first == "tonight" || first == "tomorrow") && !strings.HasSuffix(phrase, "this morning") {
			return phrase
		}
	}
	return ""
}

// TimePhrase is the first time phrase of a unit, as written: "this weekend only", "until Sunday", "by 30 November"; "" for none.
func TimePhrase(u Unit) string {
	for _, a := range u.Atoms {
		if a.Kind != Day && a.Kind != Date && a.Kind != Clock {
			continue
		}
		start, end := a.Start, a.Start+a.Len
		for _, w := range [...]string{"this", "next", "every", "all", "on", "until", "till", "by", "before", "through", "from", "bis", "nur", "vor", "am", "dieses", "jusqu'au", "avant", "le", "ce",
			"hasta", "antes", "del", "el", "este", "até", "antes", "do", "entro", "fino", "a", "questo", "only"} {
			for _, form := range [...]string{w + " ", w + " the "} {
				if at := start - len(form); at >= 0 && lower(u.Text[at:start]) == form && (at == 0 || u.Text[at-1] == ' ') && form != "a " {
					start = at
				}
			}
		}
		if rest := lower(u.Text[end:]); rest == " only" || strings.HasPrefix(rest, " only ") || strings.HasPrefix(rest, " only,") {
			end += len(" only")
		}
		return u.Text[start:end]
	}
	return ""
}

// brand is the Page's name where the text has it, else a name that does something or that something is at, with or from.
func (t Text) brand(page string) string {
	if page != "" {
		if at := strings.Index(lower(t.Clean), lower(page)); at >= 0 && len(lower(t.Clean)) == len(t.Clean) {
			return t.Clean[at : at+len(page)]
		}
	}
	for _, u := range t.Units {
		for _, a := range u.Atoms {
			if a.Kind == Name && t.acts(u, a, page) {
				return a.Text
			}
		}
	}
	return ""
}

// acts says whether a name is used as a company's or a product's: as subject of a verb, after at, with, from or Join, or as on the Page.
func (t Text) acts(u Unit, a Atom, page string) bool {
	if has(acronyms, a.Value) || strings.Contains(lower(page), a.Value) && page == "" {
		return false
	}
	before := strings.Fields(lower(u.Text[:a.Start]))
	after := strings.Fields(lower(u.Text[a.Start+a.Len:]))
	if len(after) > 0 && a.Start == 0 {
		base := Base(after[0])
		if base != after[0] && IsVerb(base) || after[0] == "is" || after[0] == "has" || after[0] == "makes" {
			return true
		}
	}
	if len(before) == 0 {
		return false
	}
	switch before[len(before)-1] {
	case "with", "join", "meet", "download", "try", "by", "bei", "mit", "chez", "avec", "con", "com":
		return true
	case "to":
		return len(before) > 1 && slices.Contains([]string{"switch", "upgrade", "hello", "welcome", "subscribe"}, before[len(before)-2])
	case "at", "from":
		return len(before) < 2 || !kind(before[len(before)-2], "")
	}
	return false
}
