package rewrite

import (
	"slices"

	"github.com/marquetry/marquetry/internal/generate/text/units"
)

// opensAbroad says whether a part of a text that is not English may be moved to its front: a statement of some length that leans on nothing,
// a question, or the lead offer where it says what it is for. Fragments and calls to action stay where they are.
func opensAbroad(p *part) bool {
	tokens := p.forms[0].tokens
	if p.bound || p.refers || len(tokens) < 4 || slices.ContainsFunc(tokens, func(t token) bool { return shipping(t.key) || standsFor(t.key) }) {
		return false
	}
	switch p.Class {
	case units.Statement, units.Question:
		return true
	case units.Offer:
		return p.lead && names(tokens)
	}
	return false
}

// names says whether an offer says what it is for: a percentage is off something; a price alone, or one at the end of a list, is not.
func names(tokens []token) bool {
	marked := slices.ContainsFunc(tokens, func(t token) bool { return t.mark })
	off := slices.ContainsFunc(tokens, func(t token) bool { return t.kind == units.Percent })
	return off || len(tokens) > 4 && !marked && tokens[0].kind == ""
}

// answered says whether every question among the parts has what followed it in the source behind it, or the call to action that ends the text.
func (w *work) answered(parts []*part) bool {
	last := len(parts) - 1
	for i, p := range parts {
		if p.Class != units.Question || i == last && p.index == len(w.parts)-1 {
			continue
		}
		if i == last || parts[i+1].index != p.index+1 && (i+1 < last || parts[last].Class != units.Action) {
			return false
		}
	}
	return true
}

// thins says whether a single part that is left of a text in another language says too little: what called to something is gone.
func (w *work) thins(parts []*part) bool {
	return len(parts) == 1 && slices.ContainsFunc(w.parts, func(p *part) bool { return p.Class == units.Action && p != parts[0] })
}

// mustStay says whether a part of a text in another language is more than a trim may take: an offer, a time, the place of a call to action, and
// what is sold where the text opens with a slogan that leads up to it.
func (w *work) mustStay(p *part) bool {
	timed := slices.ContainsFunc(p.Atoms, func(a units.Atom) bool { return a.Kind == units.Day || a.Kind == units.Date || a.Kind == units.Clock })
	tokens := len(p.forms[0].tokens)
	switch p.Class {
	case units.Offer:
		return true
	case units.Action:
		return len(p.Atoms) > 0 || tokens > 6
	case units.Fragment:
		return timed || p.index == 1 && tokens > 3 && w.parts[0].leadsUp()
	}
	return timed
}

// leadsUp says whether the first part of a text is likely to be a slogan: a sentence, a list, a few words.
func (p *part) leadsUp() bool {
	tokens := p.forms[0].tokens
	return p.Class == units.Statement || len(tokens) < 4 || slices.ContainsFunc(tokens, func(t token) bool { return t.mark })
}

// calls says whether a part asks the reader to do something, and little else.
func (w *work) calls(p *part) bool {
	return p.Class == units.Action || w.language != "en" && p.Class == units.Imperative && len(p.forms[0].tokens) < 5
}

// standsFor are pronouns that stand for what another sentence names.
func standsFor(w string) bool {
	return isAny(w, "ils", "elles", "elas", "ele", "ela", "ellos", "ellas", "essi", "esse", "loro")
}

// shipping are the words of sentences that come second: what is sold comes before what its delivery costs.
func shipping(w string) bool {
	return isAny(w, "versand", "lieferung", "versandkostenfrei", "envío", "envíos", "entrega", "livraison", "spedizione", "consegna",
		"frete", "envio", "portes",
		"verzending", "bezorging", "dostawa", "доставка", "kargo", "شحن", "توصيل", "משלוח", "डिलीवरी", "frakt", "livrare", "doprava",
		"liefern",
		"entregamos",
		"enviamos", "livrons", "consegniamo", "levererar", "leverer", "leveren", "bezorgen", "доставляем", "geliefert", "retouren",
		"rückgaberecht")
}

// leansAbroad says whether the word that begins a sentence refers to the sentence before. In Spanish, Italian and Portuguese a verb
// without its subject does.
func leansAbroad(language string, tokens []token) bool {
	if len(tokens) == 0 {
		return false
	}
	w := tokens[0].key
	switch language {
	case "de":
		return isAny(w, "denn", "dann", "so", "dabei", "dafür", "davon", "darin", "deshalb", "daher", "sowie", "auch", "zudem",
			"dies", "ihn",
			"ihm", "seine", "sein", "jede", "jeder", "jedes", "wenn", "damit")
	case "es":
		return isAny(w, "él", "ellos", "ellas", "también", "o", "e", "así", "entonces", "es", "son", "está", "están", "tiene",
			"tienen", "dura",
			"duran",
			"incluye", "incluyen", "cada", "lo", "viene", "vienen", "se", "con", "porque", "si", "todos", "todas")
	case "fr":
		return isAny(w, "il", "chaque", "ça", "c'est", "ce", "ces", "ou", "puis", "aussi", "leur", "leurs", "donc", "ainsi", "car",
			"son", "sa",
			"ses", "avec", "si", "tous", "toutes")
	case "it":
		return isAny(w, "anche", "ogni", "lo", "quindi", "ed", "oppure", "è", "sono", "ha", "hanno", "dura", "include", "si", "così", "con",
			"se", "tutti", "tutte", "lui", "lei", "loro")
	case "pt":
		return isAny(w, "cada", "ele", "ela", "elas", "também", "ou", "então", "é", "são", "está", "estão", "tem", "têm", "dura", "inclui",
			"vem", "vêm", "com", "se",
			"esse", "essa", "este", "esta", "todos", "todas")
	case "nl":
		return isAny(w, "hij", "zij", "ze", "deze", "dit", "dat", "en", "maar", "of", "ook", "dus", "want", "dan", "met", "zo")
	case "sv", "da", "no":
		return isAny(w, "den", "det", "de", "denna", "dessa", "och", "og", "men", "eller", "også", "också", "så", "med")
	case "pl":
		return isAny(w, "to", "on", "ona", "ono", "oni", "ten", "ta", "te", "i", "a", "ale", "lub", "oraz", "także", "więc", "jest",
			"są", "z")
	case "ru", "uk":
		return isAny(w, "он", "она", "оно", "они", "это", "эти", "и", "а", "но", "или", "также", "поэтому", "с", "він", "вона",
			"воно", "вони",
			"це", "ці", "та", "але", "або", "також")
	case "tr":
		return isAny(w, "bu", "o", "ve", "ama", "da", "de", "bunlar", "ayrıca")
	case "ar", "he", "hi":
		return isAny(w, "هو", "هي", "هذا", "هذه", "وهو", "وهي", "أو", "لكن", "كما", "זה", "זו", "זאת", "הוא", "היא", "הם", "הן", "גם",
			"אבל",
			"או", "यह", "ये", "वह", "वे", "और", "या", "इसमें")
	}
	return false
}

// isAny says whether a word is one of several.
func isAny(w string, words ...string) bool { return has(words, w) }
