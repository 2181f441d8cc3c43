package rewrite

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/marquetry/marquetry/internal/generate/text/units"
)

// beginsGoods says whether tokens can begin with a phrase for what is sold, in a language whose words nobody here knows: an article or the
// like, a number, a plural; in German a noun or what describes one; in Italian, where plurals do not show, what is no verb that ads open with.
func beginsGoods(language string, tokens []token) bool {
	t := &tokens[0]
	switch {
	case t.mark || t.kind != "" && t.kind != units.Number && t.kind != units.Name || openings(t.key):
		return false
	case strings.HasSuffix(t.key, "-vous"), strings.HasSuffix(t.key, "-toi"), language == "fr" && (strings.HasSuffix(t.key, "és") || strings.HasSuffix(t.key, "ées")):
		return false
	case t.kind == units.Number || goodsArticles(t.key):
		return true
	case language == "de":
		r, _ := utf8.DecodeRuneInString(t.text)
		next, _ := utf8.DecodeRuneInString(tokens[min(1, len(tokens)-1)].text)
		if len(tokens) > 1 && unicode.IsUpper(r) && unicode.IsUpper(next) {
			return false // an adjective with the capital of a sentence's first word, or a name
		}
		if len(tokens) > 1 && (goodsArticles(tokens[1].key) || isAny(tokens[1].key, "sie", "dir", "dich", "jetzt", "eine", "einen", "einem", "einer", "ein")) {
			return false // a verb with its object
		}
		return unicode.IsUpper(r) || strings.HasSuffix(t.key, "e") || strings.HasSuffix(t.key, "er") || strings.HasSuffix(t.key, "es")
	case language == "it":
		return len(t.key) > 2
	}
	return strings.HasSuffix(t.key, "s") || strings.HasSuffix(t.key, "x")
}

// openings are the words that open sentences which are no phrases: verbs of calls to action, adverbs, prepositions, pronouns.
func openings(w string) bool {
	switch w {
	case "spare", "spar", "sparen", "sichere", "sichern", "hol", "hole", "holen", "buche", "buchen", "buch", "bestelle", "bestellen",
		"bestell", "kaufe", "kaufen", "entdecke", "entdecken", "erlebe", "erleben", "genieße", "genießen", "teste", "testen", "probiere",
		"probieren", "finde", "finden", "starte", "starten", "gönn", "gönne", "erhalte", "erhalten", "shoppe", "shoppen", "reise", "reisen",
		"lerne", "lernen", "wir", "du", "sie", "ich", "es", "er", "jetzt", "nur", "heute", "bis", "ab", "mit", "für", "schon", "noch", "so",
		"hier", "da", "wer", "was", "wie", "wo", "auf", "bei", "zu", "zum", "zur", "in", "im", "an", "am", "aus", "von", "vom", "nach",
		"ohne", "und", "oder", "auch", "sichert", "spart", "bekommst", "bekommen", "scopri", "prenota", "acquista", "ordina", "prova",
		"scegli", "regala", "regalati", "vola", "parti", "viaggia", "risparmia", "rinnova", "approfitta", "ottieni", "vieni", "visita",
		"scarica", "iscriviti", "impara", "inizia", "goditi", "porta", "compra", "trova", "vivi", "crea", "ricevi", "gusta", "assaggia",
		"chiama", "richiedi", "iscrivi", "solo", "oggi", "ora", "fino", "dal", "dalla", "con", "per", "su", "a", "di", "del", "della", "dei",
		"delle", "e", "o", "anche", "qui", "ti", "ci", "noi", "abbiamo", "offriamo", "puoi", "vuoi", "hai", "è", "sono", "ogni", "presso",
		"più", "scoprite", "prenotate", "acquistate", "ordinate", "provate", "scegliete", "approfittate", "visitate", "venite",
		"risparmiate", "faites", "dites", "après", "dès", "sans", "dans", "nous", "vous", "vos", "sous", "moins", "très", "jamais",
		"toujours", "alors", "chez", "depuis", "hors", "aux", "más", "menos", "después", "tras", "gracias", "tenemos", "ofrecemos", "somos",
		"estamos", "nos", "os", "pues", "además", "mais", "após", "temos", "oferecemos", "aos", "às", "é", "vamos", "pelas", "pelos", "nas",
		"llenos", "llenas", "libres", "ricos", "ricas", "cheios", "cheias", "livres", "pleins", "pleines", "riches", "pieni", "piene",
		"ricchi", "ricche", "liberi", "libere", "jolis", "jolies", "beaux", "belles", "grands", "grandes", "petits", "petites", "nouveaux",
		"nouvelles", "bons", "bonnes", "leggi", "offri", "senti", "dormi", "segui", "metti", "proteggi", "rendi", "prendi", "corri",
		"chiedi", "accendi", "spendi", "concediti", "rilassati", "lasciati", "preparati", "affidati", "registrati", "abbonati", "candidati",
		"geeignet", "über", "unter", "aber", "alles", "vor", "prêts", "prêtes", "fertig", "bereit", "ideal", "perfekt", "hergestellt",
		"gebaut", "gefertigt", "frei", "genug", "mehr", "probefahrt", "montage", "plus", "planos", "planes", "plans", "tarifs", "tarifas",
		"tarife", "preise", "piani", "prezzi", "precios", "preços", "prix":
		return true
	}
	return false
}

// goodsArticles begin phrases for goods.
func goodsArticles(w string) bool {
	switch w {
	case "alle", "unsere", "dein", "deine", "ihre", "ihr", "das", "die", "der", "den", "tutto", "tutta", "tutti", "tutte", "il", "lo",
		"la", "gli", "le", "i", "un", "una", "uno", "nostro", "nostra", "nostri", "nostre", "tuo", "tua", "tuoi", "tue", "l'intera",
		"l'intero", "el", "los", "las", "todo", "toda", "todos", "todas", "nuestro", "nuestra", "nuestros", "nuestras", "tu", "tus", "su",
		"sus", "unos", "unas", "les", "l'ensemble", "tout", "toute", "toutes", "tous", "notre", "nos", "votre", "vos", "ton", "ta", "tes",
		"une", "des", "o", "os", "as", "um", "uma", "nosso", "nossa", "nossos", "nossas", "seu", "sua", "seus", "suas":
		return true
	}
	return false
}
