package rewrite

import (
	"strings"

	"github.com/marquetry/marquetry/internal/generate/text/units"
)

// timeWords name a time by themselves.
func timeWords(w string) bool {
	switch w {
	case "today", "tonight", "tomorrow", "midnight", "noon", "weekend", "weekends", "weekday", "weekdays":
		return true
	}
	return false
}

// periods name a time behind a periodic word.
func periods(w string) bool {
	switch w {
	case "day", "week", "month", "season", "year", "morning", "afternoon", "evening", "night", "fortnight", "quarter":
		return true
	}
	return false
}

// periodic words lead to a period: every week.
func periodic(w string) bool {
	switch w {
	case "every", "each", "this", "next", "all":
		return true
	}
	return false
}

// continuing words join two times and begin none.
func continuing(w string) bool {
	switch w {
	case "to", "and", "end", "of":
		return true
	}
	return false
}

// timeJoints lead to a time or follow it.
func timeJoints(w string) bool {
	switch w {
	case "until", "till", "by", "before", "from", "on", "at", "this", "next", "every", "each", "through", "only", "the", "all", "to",
		"and", "end", "of":
		return true
	}
	return false
}

// governs are prepositions that a time phrase cannot leave behind.
func governs(w string) bool {
	switch w {
	case "for", "of", "since", "during", "into", "to", "with", "about":
		return true
	}
	return false
}

// unnominal are the words that are in no noun phrase: prepositions, pronouns, auxiliaries, subordinators, adverbs of time and place.
func unnominal(w string) bool {
	switch w {
	case "in", "on", "at", "by", "for", "from", "with", "without", "to", "into", "onto", "over", "under", "through", "across", "near",
		"via", "per", "about", "than", "as", "like", "until", "till", "before", "after", "during", "since", "between", "among",
		"against", "toward", "towards", "inside", "outside", "up", "down", "off", "out", "i", "you", "we", "he", "she", "it", "they",
		"me", "us", "him", "them", "who", "whom", "which", "that", "what", "when", "where", "while", "why", "how", "if", "because",
		"so", "unless", "although", "whether", "is", "are", "was", "were", "be", "been", "being", "am", "has", "have", "had", "do",
		"does", "did", "can", "could", "will", "would", "shall", "should", "may", "might", "must", "isn't", "aren't", "don't",
		"doesn't", "won't", "can't", "it's", "that's", "we're", "you're", "they're", "i'm", "we've", "you've", "they've", "you'll",
		"we'll", "let's", "here's", "there's", "what's", "gives", "makes", "keeps", "helps", "means", "brings", "gets", "lets", "goes",
		"comes", "takes", "pays", "feeds", "lasts", "using", "not", "never", "now", "then", "here", "there", "online", "just", "even",
		"also", "too", "still", "again", "already", "ever", "always", "abroad", "overseas", "indoors", "outdoors", "away", "back", "together":
		return true
	}
	return false
}

// determiners begin a noun phrase and are never all of it.
func determiners(w string) bool {
	switch w {
	case "a", "an", "the", "this", "that", "these", "those", "my", "your", "our", "his", "her", "its", "their", "some", "any", "every",
		"each", "all", "both", "no", "another", "more":
		return true
	}
	return false
}

// distributive determiners go with a singular: what looks like a plural behind them is a verb, as in every basket pays.
func distributive(w string) bool {
	switch w {
	case "every", "each", "another", "a", "an", "this":
		return true
	}
	return false
}

// predicates end a statement without a verb, not a noun phrase: breakfast included, first lesson free.
func predicates(w string) bool {
	switch w {
	case "free", "included", "welcome", "available", "open", "closed", "guaranteed", "required", "needed", "inclusive", "left", "too", "daily",
		"weekly", "monthly", "safe", "back", "here", "gone", "ready":
		return true
	}
	return false
}

// compounding plurals stand before a noun.
func compounding(w string) bool {
	switch w {
	case "sports", "kids", "sales", "goods", "news", "ladies", "arts", "crafts", "games", "savings", "rewards", "glasses":
		return true
	}
	return false
}

// possessives that a rule writes take the place of the articles that its captures bring.
func possessives(w string) bool {
	switch w {
	case "our", "your", "their", "the", "a", "an":
		return true
	}
	return false
}

// articles give way to possessives.
func articles(w string) bool {
	switch w {
	case "a", "an", "the", "our", "your":
		return true
	}
	return false
}

// thirds are verbs that open units without a subject: Comes with a pen. Nouns in the plural are not among them.
func thirds(w string) bool {
	switch w {
	case "comes", "starts", "works", "fits", "lasts", "makes", "keeps", "gives", "takes", "includes", "arrives", "begins", "leaves",
		"sleeps", "weighs", "syncs", "pairs", "feeds", "goes", "gets", "has", "is":
		return true
	}
	return false
}

// joints may stand inside a noun phrase, and not at its ends.
func joints(w string) bool {
	switch w {
	case "and", "or", "&", "of":
		return true
	}
	return false
}

// proper are words that keep their capital though units may not know them as names.
func proper(w string) bool {
	if day, several := strings.CutSuffix(w, "days"); several {
		return proper(day + "day")
	}
	switch w {
	case "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "april", "june", "july",
		"august", "september", "october", "november", "december", "christmas", "easter", "halloween", "thanksgiving", "ramadan", "eid",
		"diwali", "hanukkah", "valentine's", "mother's", "father's", "english", "french", "german", "italian", "spanish", "portuguese",
		"dutch", "belgian", "swiss", "austrian", "polish", "czech", "danish", "swedish", "norwegian", "finnish", "icelandic", "irish",
		"scottish", "welsh", "british", "greek", "turkish", "russian", "ukrainian", "american", "canadian", "mexican", "brazilian",
		"argentinian", "peruvian", "cuban", "japanese", "chinese", "korean", "thai", "vietnamese", "indian", "persian", "lebanese",
		"moroccan", "egyptian", "ethiopian", "african", "asian", "european", "australian", "scandinavian", "nordic", "mediterranean",
		"caribbean", "london", "paris", "berlin", "rome", "madrid", "lisbon", "barcelona", "amsterdam", "dublin", "edinburgh", "vienna",
		"prague", "venice", "florence", "milan", "istanbul", "tokyo", "york", "chicago", "boston", "austin", "dallas", "texas",
		"california", "florida", "london's", "europe", "africa", "asia", "america", "australia", "france", "germany", "italy", "spain",
		"portugal", "greece", "turkey", "japan", "china", "india", "mexico", "canada", "ireland", "scotland", "england", "wales",
		"britain":
		return true
	}
	return false
}

// germanSmall are the German words that are written small inside a sentence, of those that begin units.
func germanSmall(w string) bool {
	switch w {
	case "der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer", "eines", "unser", "unsere", "unseren",
		"unserem", "unserer", "dein", "deine", "deinen", "deinem", "deiner", "ihr", "ihre", "ihren", "ihrem", "ihrer", "sein", "seine",
		"mein", "meine", "kein", "keine", "keinen", "alle", "alles", "jede", "jeder", "jedes", "jeden", "mit", "ohne", "für", "von",
		"vom", "zum", "zur", "zu", "ab", "bis", "nur", "jetzt", "heute", "morgen", "noch", "schon", "in", "im", "an", "am", "auf",
		"aus", "bei", "beim", "nach", "seit", "über", "unter", "vor", "durch", "gegen", "um", "und", "oder", "aber", "so", "wie", "was",
		"wer", "wo", "wann", "warum", "wenn", "weil", "dass", "ob", "neu", "neue", "neuer", "neues", "neuen", "frisch", "frische",
		"frischer", "frisches", "gratis", "kostenlos", "kostenlose", "kostenloser", "kostenloses", "bequem", "einfach", "schnell",
		"günstig", "günstige", "jetzige", "handgemachte", "handgemachter", "handgefertigte", "kabellose", "bestellen", "entdecken",
		"sichern", "kaufen", "buchen", "sparen", "testen", "probieren", "holen", "finden", "starten", "erleben", "genießen", "bestelle",
		"entdecke", "sichere", "kaufe", "buche", "spare", "teste", "probiere", "hol", "hole", "finde", "starte", "erlebe", "genieße",
		"erhalte", "erhalten", "jetzt's", "es", "er", "sie", "wir", "du", "ich", "hier", "dort", "versandkostenfrei",
		"versandkostenfreie", "lieferbar", "erhältlich":
		return true
	}
	return false
}

// nominal says whether a token can be in a noun phrase.
func nominal(t *token) bool {
	return (!t.mark || t.key == "&") && !unnominal(t.key)
}

// commands says whether the token at opens a unit as an imperative. A word that is noun and verb is a verb where adverts call with it, or
// where an object follows: book hotels, light the way; but bike repairs.
func (m *matcher) commands(at int) bool {
	w := m.tokens[at].key
	if at+1 < len(m.tokens) && m.tokens[at+1].key == "as" && units.IsAdjective(w) {
		return false // light as a letter
	}
	object := at+1 < len(m.tokens) && (determiners(m.tokens[at+1].key) || objects(m.tokens[at+1].key))
	return units.IsVerb(w) && (object || callers(w) || !units.IsNoun(w) && !units.IsAdjective(w))
}

// callers are the nouns that adverts open with as verbs.
func callers(w string) bool {
	switch w {
	case "turn", "track", "build", "set", "feel", "treat", "run", "play", "walk", "pick", "love", "use", "make", "cut", "catch", "help",
		"hold", "go", "come", "meet", "book", "shop", "order", "call", "try", "visit", "start", "look", "save", "plan", "switch",
		"share", "test", "fit", "match", "check", "change", "swap", "buy", "gift", "rent", "need", "want", "support", "claim", "offer",
		"ride", "drive", "travel", "experience", "stock", "store", "plug", "trade", "post", "pack", "cook", "bake", "wash", "view",
		"watch", "contact", "sample", "stop", "taste", "reserve", "design", "dress", "click", "text", "chat", "download", "upgrade",
		"reward", "donate", "sign", "register", "apply", "measure", "hire", "spend":
		return true
	}
	return false
}

// nounPhrase says whether a range of nominal tokens is a noun phrase: with a noun, no joint at an end, no verb that opens the unit, and no
// time behind it: Friday night dinners are one, dinners every Friday and coffee today are not.
func (m *matcher) nounPhrase(from, to int) bool {
	first, last := &m.tokens[from], &m.tokens[to-1]
	opener := m.starts(from) && first.kind == "" && (thirds(first.key) || m.commands(from))
	for i := from + 1; i < to; i++ {
		if m.endsPhrase(i, i == to-1) {
			return false
		}
	}
	if isQuality(first.key) && first.kind == "" && !units.IsNoun(first.key) && strings.HasSuffix(first.key, "ed") && last.kind == "" && !units.IsNoun(units.Singular(last.key)) {
		return false // delivered bare-root
	}
	if from == 0 && to > 1 && isThird(first.key) && first.kind == "" && governed(&m.tokens[1]) {
		return false // carries two kids
	}
	if to-from > 1 && m.tokens[to-2].kind == units.Name && isThird(last.key) {
		return false // Ledgerly sorts
	}
	switch {
	case distributive(first.key) && units.IsPlural(last.key), to > from+1 && predicates(last.key):
		return false
	case to > from+1 && first.kind == units.Day && last.kind == units.Day:
		return false // Saturdays and Sundays
	case to == from+1 && (last.kind == units.Clock || last.kind == units.Number || last.kind == units.Day && strings.HasSuffix(strings.TrimSuffix(last.key, "s"), "day")):
		return false
	case to == from+1 && last.kind == "" && units.IsVerb(last.key) && !units.IsNoun(last.key) && m.listed(from):
		return false
	case last.kind == "" && isQuality(last.key) && !units.IsNoun(last.key):
		return false
	case strings.HasSuffix(last.key, "ly") && last.kind == "" && !units.IsNoun(last.key) && !units.IsAdjective(last.key):
		return false
	}
	return !opener && !joints(first.key) && !joints(last.key) && !determiners(last.key) && last.kind != "qualifier"
}

// listed says whether the token at is an item of a list of single words: measure, click, hang.
func (m *matcher) listed(at int) bool {
	return at > 0 && m.tokens[at-1].key == "," || at == 0 && len(m.tokens) > 1 && m.tokens[1].key == ","
}

// endsPhrase says whether the token at, which follows others and may be the last, can be in no noun phrase with them: a time, or the verb
// of a plural (dogs stay, pets welcome).
func (m *matcher) endsPhrase(at int, last bool) bool {
	t, before := &m.tokens[at], &m.tokens[at-1]
	switch {
	case t.kind == units.Clock, t.key == "today", t.key == "tonight", t.key == "tomorrow", last && periodic(before.key) && m.timed(at):
		return true
	case determiners(t.key) && !determiners(before.key) && !joints(before.key):
		return true // behind a verb: reads your meal
	case opensPredicate(t.key), t.key == "costs" && at+1 < len(m.tokens) && m.tokens[at+1].kind == units.Price:
		return true
	case t.kind != "" || before.kind != "":
		return false
	}
	return units.IsVerb(t.key) && units.IsPlural(before.key) && !compounding(before.key)
}

// isThird says whether a word is a verb as it stands after he, she, it.
func isThird(w string) bool {
	b := units.Base(w)
	return b != w && units.IsVerb(b) && units.ThirdPerson(b) == w
}

// opensPredicate says whether a word is a verb behind any noun of an advert, though some are nouns in the plural: our autumn menu starts.
func opensPredicate(w string) bool {
	switch w {
	case "starts", "begins", "opens", "closes", "comes", "lasts", "enough":
		return true
	}
	return false
}

// governed says whether a token begins what only a verb has behind it: a number, an article, a preposition.
func governed(t *token) bool {
	return t.kind == units.Number || determiners(t.key) || unnominal(t.key) && t.key != "for" && t.key != "with" && t.key != "in" && t.key != "from" && t.key != "at" && t.key != "on"
}

// isDeed says whether a word is the bare form of a verb that says what a firm does for others: fix, bake; not have or love.
func isDeed(w string) bool { return units.IsVerb(w) && !states(w) && units.Participle(w) != "" }

// states are verbs of having, thinking and moving.
func states(w string) bool {
	switch w {
	case "have", "be", "do", "can", "will", "would", "could", "should", "must", "may", "might", "need", "want", "like", "love", "hate",
		"know", "think", "believe", "mean", "hope", "wish", "see", "hear", "feel", "seem", "keep", "give", "get", "take", "go", "come",
		"work", "live", "care", "stay", "wait", "promise", "stand", "understand", "listen", "use", "start", "begin", "stop", "try", "treat",
		"let", "make", "put", "please", "thank", "accept", "open", "close", "charge", "run", "lift", "add", "offer", "provide",
		"help", "mind", "guarantee", "never", "only", "also", "always":
		return true
	}
	return false
}

// isGerund says whether a word is the -ing form of a verb.
func isGerund(w string) bool { return strings.HasSuffix(w, "ing") && units.IsVerb(units.Base(w)) }

// isQuality says whether a word says what something is like: an adjective, or a participle such as handmade, built, slow-cooked.
func isQuality(w string) bool {
	return units.IsAdjective(w) || participles(w) || len(w) > 4 && (strings.HasSuffix(w, "ed") || strings.HasSuffix(w, "-free")) && !units.IsVerb(w)
}

// participles are those that do not end in -ed.
func participles(w string) bool {
	switch w {
	case "made", "built", "cut", "grown", "sewn", "woven", "spun", "born", "cast", "drawn", "driven", "hung", "known", "laid", "led",
		"run", "set", "shot", "shown", "sold", "spread", "taught", "thrown", "won", "worn", "written", "handmade", "hand-made",
		"homemade":
		return true
	}
	return false
}
