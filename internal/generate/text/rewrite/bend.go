package rewrite

import (
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/generate/text/units"
)

// bend puts a capture into another form. Verbs bend at the first word, nouns at the head, before "of".
func bend(tokens []token, form string) []token {
	tokens = slices.Clone(tokens)
	at, f := 0, func(w string) string { return w }
	switch form {
	case "ing":
		f = func(w string) string { return units.Ing(bare(w)) }
	case "s":
		f = func(w string) string { return units.ThirdPerson(bare(w)) }
	case "base":
		f = bare
	case "ed":
		f = units.Participle
	case "plural":
		at, f = head(tokens), units.Plural
	case "singular":
		at, f = head(tokens), units.Singular
	case "third":
		f = third
	case "bare":
		return undetermined(tokens)
	case "a":
		return withArticle(tokens)
	case "are", "it", "its":
		return []token{agreeing(tokens, form)}
	}
	t := &tokens[at]
	if w := f(t.key); w != t.key {
		t.text, t.key = w, w
	}
	return tokens
}

// undetermined is a noun phrase without its determiner.
func undetermined(tokens []token) []token {
	if len(tokens) > 1 && determiners(tokens[0].key) && tokens[0].kind == "" {
		return tokens[1:]
	}
	return tokens
}

// withArticle is a noun phrase with a or an before it, unless it has a determiner or takes none.
func withArticle(tokens []token) []token {
	h := tokens[head(tokens)]
	named := h.kind == units.Name && h.text != strings.ToUpper(h.text)
	if determiners(tokens[0].key) || tokens[0].kind == units.Number && !strings.Contains(tokens[0].key, "-") || named || manyOrMuch(h.key) || isGerund(h.key) {
		return tokens
	}
	return append([]token{literalToken("a")}, tokens...)
}

// agreeing is the verb or pronoun that goes with a noun phrase: is or are, it or they, it's or they're.
func agreeing(tokens []token, form string) token {
	several := units.IsPlural(tokens[head(tokens)].key) || slices.ContainsFunc(tokens, func(t token) bool { return t.key == "and" })
	switch {
	case form == "are" && !several:
		return literalToken("is")
	case form == "it" && several:
		return literalToken("they")
	case form == "its" && several:
		return literalToken("they're")
	case form == "its":
		return literalToken("it's")
	}
	return literalToken(form)
}

// manyOrMuch says whether a noun takes no article: a plural or a mass.
func manyOrMuch(noun string) bool { return units.IsPlural(noun) || units.IsMass(noun) }

// coordinated bends the verbs that and or a comma joins to one that was bent: track habits and build streaks → tracking habits and building
// streaks. It fails where a word may be a verb or a noun, unless an object follows.
func coordinated(tokens []token, form string) (bent []token, ok bool) {
	tokens = slices.Clone(tokens)
	for i := 1; i < len(tokens); i++ {
		t := &tokens[i]
		object := i+1 < len(tokens) && (determiners(tokens[i+1].key) || objects(tokens[i+1].key))
		third := isThird(t.key) || object && strings.HasSuffix(t.key, "s") && !units.IsNoun(t.key) && !units.IsFunction(t.key)
		joint, verb := tokens[i-1].key, form == "base" && third || form == "ing" && units.IsVerb(t.key)
		if !verb || joint != "and" && joint != "or" && joint != "," || t.kind != "" || t.fresh {
			continue
		}
		if !object && units.IsNoun(t.key) {
			return nil, false
		}
		t.text = bare(t.key)
		if form == "ing" {
			t.text = units.Ing(t.key)
		}
		t.key = t.text
	}
	return tokens, true
}

// objects are the pronouns that only a verb stands before.
func objects(w string) bool {
	switch w {
	case "it", "them", "you", "us", "me", "him", "everyone", "everything", "something":
		return true
	}
	return false
}

// bare is the bare form of a verb, also of one that no list has: a rule that bends a word knows that it is a verb.
func bare(w string) string {
	b := units.Base(w)
	if b != w || units.IsVerb(w) || !strings.HasSuffix(w, "s") || strings.HasSuffix(w, "ss") {
		return b
	}
	return units.Singular(w)
}

// head is the index of the noun that a phrase is about.
func head(tokens []token) int {
	for i, t := range tokens {
		if i > 0 && (t.key == "of" || t.key == "for" || t.key == "with" || t.key == "from") {
			return i - 1
		}
	}
	return len(tokens) - 1
}

// third says something of us or you as of others: our pots → the pots.
func third(w string) string {
	switch w {
	case "our", "my", "your":
		return "the"
	}
	return w
}
