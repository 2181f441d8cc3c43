package units

import (
	"strings"
)

// isImperative says whether English words begin with a verb in its bare form that the next word does not make a noun.
func isImperative(words []string) bool {
	i := 0
	for i < len(words) && has(openers, words[i]) {
		i++
	}
	if i < len(words) && (words[i] == "don't" || words[i] == "do" || words[i] == "let" || words[i] == "let's") {
		return true
	}
	if i+1 < len(words) && words[i] == "open" && !isDeterminer(words[i+1]) {
		return false // Open May to October
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
	if invites(words[i]) && leads(words[i+1]) {
		return true
	}
	return !kind(words[i], "nma") || followsVerb(words[i+1], kind(words[i], "a"))
}

// invites says whether a word that is a noun, too, mostly is a verb where a preposition follows: Sleep in a lighthouse. Learn to surf.
func invites(w string) bool {
	switch w {
	case "sleep", "stay", "eat", "dine", "swim", "walk", "play", "ride", "sail", "learn", "cook", "relax", "dance", "drive", "fly", "ski", "surf", "wake", "live",
		"work", "shop", "come", "escape", "camp", "switch", "snack", "run":
		return true
	}
	return false
}

// leads says whether a word is a preposition of a place or a company.
func leads(w string) bool {
	switch w {
	case "in", "on", "at", "by", "with", "like", "under", "to", "near", "through", "along", "from", "without":
		return true
	}
	return false
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
	if w == "may" && i+1 < len(words) && (words[i+1] == "to" || words[i+1][0] == '#') {
		return false // the month
	}
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
	case "who", "that", "which":
		return false // a clause of a phrase: dogs who hate the rain
	case "we", "you", "they", "i", "people", "it", "he", "she":
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
