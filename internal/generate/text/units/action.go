package units

import "strings"

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

// action finds the verb of a call to action and what follows it; words such as "today," and "jetzt" before it do not count. A "!" after the intent says that the verb is enough by itself.
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
