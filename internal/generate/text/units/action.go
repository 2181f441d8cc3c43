package units

import "strings"

// Words that may stand before the verb of a call to action do not count: "Today, book …", "Hurry and order …", "Jetzt kaufen".

// isAction says whether a unit calls to action and says little else: the verb is one of a button, and what follows is a time, a possessive, a
// pronoun, or a word for the offer as a whole. A price or percentage makes it an offer.
func isAction(u Unit, words []string) bool {
	if holds(u.Atoms, Price, Percent) || len(words) > 15 {
		return false
	}
	intent, rest := action(words)
	if intent == "" || isDeal(words) {
		return false
	}
	if rest == nil || strings.HasSuffix(intent, "!") {
		return true
	}
	if before := words[len(words)-len(rest)-1]; before == "your" || before == "yours" {
		return len(rest) < 4
	}
	return closes(rest)
}

// isDeal says whether the words are an offer in the imperative: buy 2, get 1 free.
func isDeal(words []string) bool {
	return len(words) > 1 && (words[0] == "buy" || words[0] == "get" || words[0] == "save") && words[1][0] == '#'
}

// closes says whether what follows the verb of a call to action adds nothing that an ad would miss.
func closes(rest []string) bool {
	if len(rest) == 0 || has(closers, rest[0]) {
		return true
	}
	last := rest[len(rest)-1]
	if has(closings, last) && len(rest) < 7 {
		return true
	}
	if isDeterminer(rest[0]) || rest[0] == "for" || rest[0] == "to" {
		for _, w := range rest[1:min(len(rest), 5)] {
			if has(generics, w) {
				return true
			}
		}
		return false
	}
	return has(generics, rest[0])
}

// action finds the verb of a call to action and what follows it. A "!" after the intent says that the verb is enough by itself.
func action(words []string) (string, []string) {
	i := 0
	for i < len(words) && i < 3 && has(openers, words[i]) {
		i++
	}
	if i >= len(words) {
		return "", nil
	}
	for n := min(3, len(words)-i); n > 0; n-- {
		if intent, ok := look(actions, strings.Join(words[i:i+n], " ")); ok {
			return intent, words[i+n:]
		}
	}
	if i > 0 && len(words) < 7 {
		if intent, ok := look(infinitives, words[len(words)-1]); ok {
			return intent, nil
		}
	}
	if len(words) < 5 {
		if intent, ok := look(infinitives, words[len(words)-1]); ok {
			return intent, nil
		}
	}
	return "", nil
}

// startsWithAction says whether the words begin with the verb of a call to action.
func startsWithAction(words []string) bool {
	intent, _ := action(words)
	return intent != ""
}

// isImperative says whether English words begin with a verb in its bare form that the next word does not make a noun.
func isImperative(words []string) bool {
	i := 0
	for i < len(words) && has(openers, words[i]) {
		i++
	}
	if i < len(words) && (words[i] == "don't" || words[i] == "do" || words[i] == "let" || words[i] == "let's") {
		return true
	}
	if i >= len(words) || !IsVerb(words[i]) || kind(words[i], "f") {
		return false
	}
	if i+1 == len(words) {
		return !IsNoun(words[i]) && !IsAdjective(words[i])
	}
	if startsIn(words[i], "stop", "start", "keep", "try") && strings.HasSuffix(words[i+1], "ing") {
		return true
	}
	return !kind(words[i], "nma") || followsVerb(words[i+1], kind(words[i], "a"))
}

// followsVerb says whether a word is more likely after a verb than after the noun or adjective that is spelled alike.
func followsVerb(next string, adjective bool) bool {
	if adjective {
		return IsFunction(next) && next != "and" && next != "or" && next != "for" && next != "in" && next != "at" && next != "on" && next != "from"
	}
	switch next {
	case "for", "in", "at", "of", "from", "by", "is", "are", "and", "or", "with", "on", "that", "to", "as", "has", "can", "will", "was", "without":
		return false
	}
	return IsFunction(next) || next[0] == '#' || kind(next, "ad")
}

// isFinite says whether word i is the finite verb of an English sentence.
func isFinite(words []string, i int) bool {
	w := words[i]
	switch w {
	case "is", "are", "am", "was", "were", "has", "have", "had", "does", "do", "did", "can", "will", "should", "could", "would", "must", "may", "might", "it's", "we're", "you're",
		"they're", "that's", "here's", "there's", "i'm", "we've", "you'll", "we'll", "i've", "don't", "doesn't", "isn't", "aren't", "won't", "can't":
		return true
	}
	if i == 0 {
		return false
	}
	before := words[i-1]
	switch before {
	case "we", "you", "they", "i", "who", "that", "people", "it", "he", "she":
		if IsVerb(Base(w)) && !kind(w, "f") {
			return true
		}
	}
	base := Base(w)
	return base != w && IsVerb(base) && w == ThirdPerson(base) && (!kind(base, "n") || finiteAfter(words, i))
}

// finiteAfter says whether a word that could be a plural noun is a verb by what surrounds it: "the fabric feels", "broth simmers for".
func finiteAfter(words []string, i int) bool {
	if i+1 >= len(words) {
		return false
	}
	switch next := words[i+1]; next {
	case "you", "your", "a", "an", "the", "us", "me", "it", "like", "every", "everything", "up", "down", "away", "them":
		return !IsPlural(words[i-1]) && (IsNoun(words[i-1]) || !knownForm(words[i-1]))
	}
	return false
}
