package rewrite

import (
	"slices"

	"github.com/marquetry/marquetry/internal/generate/text/units"
)

// opensAbroad says whether a part of a text that is not English may be moved to its front: a sentence of some length that leans on nothing, a
// question, or the lead offer where it says what it is for. Fragments and calls to action stay where they are.
func opensAbroad(p *part) bool {
	if p.bound || p.refers || len(p.forms[0].tokens) < 4 {
		return false
	}
	switch p.Class {
	case units.Statement, units.Imperative, units.Question:
		return true
	case units.Offer:
		return p.lead && !slices.ContainsFunc(p.forms[0].tokens, func(t token) bool { return shipping(t.key) })
	}
	return false
}

// shipping are the words of offers that come second: what is sold comes before what its delivery costs.
func shipping(w string) bool {
	return isAny(w, "versand", "lieferung", "versandkostenfrei", "envío", "envíos", "entrega", "livraison", "spedizione", "consegna", "frete", "envio", "portes",
		"verzending", "bezorging", "dostawa", "доставка", "kargo", "شحن", "توصيل", "משלוח", "डिलीवरी", "frakt", "livrare", "doprava")
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
		return isAny(w, "denn", "dann", "so", "dabei", "dafür", "davon", "darin", "deshalb", "daher", "sowie", "auch", "zudem", "dies", "ihn", "ihm", "seine", "sein", "wenn", "damit")
	case "es":
		return isAny(w, "él", "ellos", "ellas", "también", "o", "e", "así", "entonces", "es", "son", "está", "están", "tiene", "tienen", "dura", "duran",
			"incluye", "incluyen", "viene", "vienen", "se", "con", "porque", "si", "todos", "todas")
	case "fr":
		return isAny(w, "il", "ça", "c'est", "ce", "ces", "ou", "puis", "aussi", "leur", "leurs", "donc", "ainsi", "car", "son", "sa", "ses", "avec", "si", "tous", "toutes")
	case "it":
		return isAny(w, "anche", "quindi", "ed", "oppure", "è", "sono", "ha", "hanno", "dura", "include", "si", "così", "con", "se", "tutti", "tutte", "lui", "lei", "loro")
	case "pt":
		return isAny(w, "ele", "ela", "eles", "elas", "também", "ou", "então", "é", "são", "está", "estão", "tem", "têm", "dura", "inclui", "vem", "vêm", "com", "se",
			"esse", "essa", "este", "esta", "todos", "todas")
	case "nl":
		return isAny(w, "hij", "zij", "ze", "deze", "dit", "dat", "en", "maar", "of", "ook", "dus", "want", "dan", "met", "zo")
	case "sv", "da", "no":
		return isAny(w, "den", "det", "de", "denna", "dessa", "och", "og", "men", "eller", "også", "också", "så", "med")
	case "pl":
		return isAny(w, "to", "on", "ona", "ono", "oni", "ten", "ta", "te", "i", "a", "ale", "lub", "oraz", "także", "więc", "jest", "są", "z")
	case "ru", "uk":
		return isAny(w, "он", "она", "оно", "они", "это", "эти", "и", "а", "но", "или", "также", "поэтому", "с", "він", "вона", "воно", "вони", "це", "ці", "та", "але", "або", "також")
	case "tr":
		return isAny(w, "bu", "o", "ve", "ama", "da", "de", "bunlar", "ayrıca")
	case "ar", "he", "hi":
		return isAny(w, "هو", "هي", "هذا", "هذه", "وهو", "وهي", "أو", "لكن", "كما", "זה", "זו", "זאת", "הוא", "היא", "הם", "הן", "גם", "אבל", "או", "यह", "ये", "वह", "वे", "और", "या", "इसमें")
	}
	return false
}

// isAny says whether a word is one of several.
func isAny(w string, words ...string) bool { return has(words, w) }
