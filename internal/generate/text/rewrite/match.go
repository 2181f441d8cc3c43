package rewrite

import (
	"slices"

	"github.com/marquetry/marquetry/internal/generate/text/units"
)

// subject is what a rule is tried on: a unit's tokens in their present form, and the brief of the text.
type subject struct {
	tokens   []token
	question bool
	brand    []string // folded words of the brief's brand
	product  []string // and of its product
	written  string   // the brand as it is written
	joint    bool     // the tokens are of two units
}

// joint stands between the tokens of two units that a rule makes one.
const joint = "|"

// starts says whether the token at begins a unit.
func (s *subject) starts(at int) bool { return at == 0 || s.tokens[at-1].key == joint }

// inUnit says whether a token is part of a unit: the joint is of none.
func (t *token) inUnit() bool { return t.key != joint }

// binding is the range of tokens that an element of a pattern took.
type binding struct{ from, to int }

// budget bounds the steps of one match: patterns are short, and what takes longer is no match.
const budget = 4000

// matcher tries one rule on one subject.
type matcher struct {
	*rule
	*subject
	took  []binding // by element
	steps int
}

// match finds the first place where the rule fits, and what its elements took there. ok is false when it fits nowhere.
func (r *rule) match(s *subject) (took []binding, ok bool) {
	if r.joins != s.joint {
		return nil, false
	}
	if r.leans && len(s.product) == 0 || r.signs && !s.signable() || r.question && !s.question || r.last && !r.question && s.question {
		return nil, false
	}
	if n := len(s.tokens); n > 1 && r.presents() && predicates(s.tokens[n-1].key) && !unnominal(s.tokens[n-2].key) {
		return nil, false
	}
	if r.whole() && r.relative() && s.predicated() {
		return nil, false
	}
	m := matcher{rule: r, subject: s, took: make([]binding, len(r.pattern))}
	for from := range s.tokens {
		if m.boundary(from) && m.try(0, from) {
			return m.took, true
		}
		if r.first {
			break
		}
	}
	return nil, false
}

// predicated says whether a clause with "that" has a verb of its own behind it: the coat that went to Everest now comes in sizes.
func (s *subject) predicated() bool {
	that := slices.IndexFunc(s.tokens, func(t token) bool { return t.key == "that" })
	for i := max(that, 0) + 2; that >= 0 && i < len(s.tokens); i++ {
		t, before := &s.tokens[i], s.tokens[i-1].key
		if t.kind == "" && isThird(t.key) && !units.IsNoun(units.Base(t.key)) && before != "and" && before != "or" && before != "," && before != "that" {
			return true
		}
	}
	return false
}

// signable says whether there is a brand that the unit does not name.
func (s *subject) signable() bool {
	keys := keysOf(s.written)
	return len(keys) > 0 && !slices.ContainsFunc(s.tokens, func(t token) bool { return t.key == keys[0] })
}

// try matches the elements from e on at the token at.
func (m *matcher) try(e, at int) bool {
	if m.steps++; m.steps > budget {
		return false
	}
	if e == len(m.pattern) {
		return (!m.last || at == len(m.tokens)) && m.boundary(at)
	}
	el := &m.pattern[e]
	if el.capture == "" || len(el.words) > 0 {
		if m.literal(el, at) {
			m.took[e] = binding{at, at + 1}
			if m.try(e+1, at+1) {
				return true
			}
		}
	} else if m.capture(e, el, at) {
		return true
	}
	if el.optional {
		m.took[e] = binding{at, at}
		return m.try(e+1, at)
	}
	return false
}

// boundary says whether a match or a capture may begin or end before the token at: never inside an atom, between a number and what
// limits it, or where no space is.
func (m *matcher) boundary(at int) bool {
	if at <= 0 || at >= len(m.tokens) {
		return true
	}
	before, after := &m.tokens[at-1], &m.tokens[at]
	if before.span != 0 && before.span == after.span {
		return false
	}
	if before.kind == units.Qualified && after.kind != "" {
		return false
	}
	return !after.glue || after.mark || before.mark
}

// literal says whether a word of a pattern is the token at.
func (m *matcher) literal(el *element, at int) bool {
	if at >= len(m.tokens) {
		return false
	}
	t := &m.tokens[at]
	if t.fresh || t.kind == units.Name && !el.exact && at > 0 || t.kind == units.Quote || t.kind == units.Tag {
		return false
	}
	if at > 0 && !el.exact && m.Language == "en" && t.kind == "" && t.text[0] >= 'A' && t.text[0] <= 'Z' && len(t.text) > 1 {
		return false // a name that nobody knows
	}
	for _, w := range el.words {
		if w == t.key {
			return true
		}
	}
	return false
}

// capture tries the lengths that a capture of its kind may have at the token at.
func (m *matcher) capture(e int, el *element, at int) bool {
	if at >= len(m.tokens) || !m.boundary(at) && !m.limited(e, at) {
		return false
	}
	longest := false
	most := 0
	switch el.kind {
	case "":
		most = m.run(at, 6, func(t *token) bool { return !t.mark })
	case "any":
		most = m.run(at, 16, (*token).inUnit)
	case "goods":
		if beginsGoods(m.Language, m.tokens[at:]) {
			most = m.run(at, 6, func(t *token) bool { return !t.mark && t.kind != units.Price && t.kind != units.Percent })
		}
	case "bare":
		if t := &m.tokens[at]; t.kind == "" && !goodsArticles(t.key) && beginsGoods(m.Language, m.tokens[at:]) {
			most = 1
		}
	case "item":
		if m.lists(at) {
			most = m.run(at, 7, func(t *token) bool { return !t.mark && t.key != "and" && t.key != "or" && t.key != "&" })
		}
	case "alone":
		most = m.run(at, 16, func(t *token) bool { return !t.mark && !references(t.key) })
	case "np", "nps", "npc":
		most, longest = m.run(at, 6, func(t *token) bool { return nominal(t) }), true
	case "rest":
		most, longest = m.run(at, len(m.tokens), (*token).inUnit), true
	case "clause":
		most = m.clause(at)
		longest = true
	case "ing":
		most = m.run(at, 1, func(t *token) bool { return isGerund(t.key) })
	case "word":
		most = m.run(at, 1, func(t *token) bool { return !t.mark })
	case "verb":
		most = m.run(at, 1, func(t *token) bool {
			return t.kind == "" && t.key != "please" && units.IsVerb(t.key) && (!m.starts(at) || m.commands(at) || m.adverbial(at+1))
		})
	case "deed":
		most = m.run(at, 1, func(t *token) bool { return t.kind == "" && isDeed(t.key) })
		if at+1 < len(m.tokens) && (objects(m.tokens[at+1].key) || m.tokens[at+1].key == "our") {
			most = 0 // we bring them round, we take our time
		}
	case "verbs":
		most = m.run(at, 1, func(t *token) bool { return t.kind == "" && isThird(t.key) })
	case "acts":
		most = m.run(at, 1, func(t *token) bool { return t.kind == "" && isThird(t.key) && t.key != "is" && t.key != "has" })
	case "adj":
		most = m.run(at, 1, func(t *token) bool { return t.kind == "" && isQuality(t.key) })
	case "brand":
		return m.exactly(e, at, at+m.follows(at, m.brand))
	case "product":
		return m.exactly(e, at, at+m.follows(at, m.product))
	default:
		if el.kind == "when" && e > 0 && m.pattern[e-1].capture != "" && at > 0 && timeJoints(m.tokens[at-1].key) && !m.tokens[at-1].mark {
			return false // sing on, Mondays
		}
		return m.exactly(e, at, at+m.atom(at, el.kind))
	}
	for n := 1; n <= most; n++ {
		to := at + n
		if longest {
			to = at + most + 1 - n
		}
		if longest && !m.phraseOf(el.kind, at, to) {
			continue
		}
		if m.exactly(e, at, to) {
			return true
		}
	}
	return false
}

// lists says whether an item of a list can begin with the token: what joins or calls to something cannot.
func (m *matcher) lists(at int) bool {
	switch t := &m.tokens[at]; t.key {
	case "and", "or", "but", "so", "then", "just", "only", "even", "plus", "now", "not", "yet", "too", "also", "because", "if", "when", "while", "which", "who",
		"we", "you", "it", "they", "was", "is", "are":
		return false
	default:
		return t.kind == units.Number || t.kind == units.Price || t.kind == "" && (isQuality(t.key) || !m.commands(at))
	}
}

// phraseOf says whether a range is a noun phrase of the kind: np of any, nps of many things or a mass, npc of one thing. Other kinds are not
// asked.
func (m *matcher) phraseOf(kind string, from, to int) bool {
	switch kind {
	case "np", "nps", "npc":
		several := manyOrMuch(m.tokens[to-1].key)
		return m.nounPhrase(from, to) && (kind != "nps" || several) && (kind != "npc" || !several)
	}
	return true
}

// adverbial says whether a preposition or pronoun stands at the token, as behind the verb of Sleep under the stars; but light as a letter.
func (m *matcher) adverbial(at int) bool {
	return at < len(m.tokens) && unnominal(m.tokens[at].key) && m.tokens[at].key != "as"
}

// clause counts the tokens up to a mark that begins something else. A comma does not where a quality or a preposition follows: ready in 3
// minutes, with breakfast.
func (m *matcher) clause(at int) int {
	n := 0
	for at+n < len(m.tokens) {
		t := &m.tokens[at+n]
		if t.mark && t.key != "&" && (t.key != "," || at+n+1 >= len(m.tokens) || !qualifies(m.tokens[at+n+1].key)) {
			break
		}
		n++
	}
	return n
}

// qualifies says whether a word leads to more about what was said: an adjective, a participle, a preposition.
func qualifies(w string) bool { return isQuality(w) || unnominal(w) }

// exactly binds a capture to a range and goes on behind it.
func (m *matcher) exactly(e, at, to int) bool {
	if to <= at || !m.boundary(to) {
		return false
	}
	m.took[e] = binding{at, to}
	return m.try(e+1, to)
}

// limited says whether the word that limits the number at the token at was written out in the pattern.
func (m *matcher) limited(e, at int) bool {
	return e > 0 && m.pattern[e-1].capture == "" && m.took[e-1].to == at && m.took[e-1].from < at && m.tokens[at-1].kind == units.Qualified
}

// run counts the tokens from at on, at most most, that are as wanted.
func (m *matcher) run(at, most int, wanted func(*token) bool) int {
	n := 0
	for n < most && at+n < len(m.tokens) && wanted(&m.tokens[at+n]) {
		n++
	}
	return n
}

// follows counts the words when they are the tokens from at on, else 0.
func (m *matcher) follows(at int, words []string) int {
	if at+len(words) > len(m.tokens) {
		return 0
	}
	for i, w := range words {
		if m.tokens[at+i].key != w {
			return 0
		}
	}
	return len(words)
}

// atom counts the tokens of an atom of the kind with its qualifier, or of a time phrase, that begins at the token at.
func (m *matcher) atom(at int, kind string) int {
	if kind == "when" {
		return m.when(at)
	}
	n := m.run(at, 4, func(t *token) bool { return t.kind == units.Qualified })
	if at+n >= len(m.tokens) || m.tokens[at+n].kind != units.AtomKind(kind) {
		return 0
	}
	span := m.tokens[at+n].span
	return n + m.run(at+n, len(m.tokens), func(t *token) bool { return t.span == span })
}

// when counts the tokens of a time phrase: until Sunday, this weekend only, by 30 November, on Friday at 7pm.
func (m *matcher) when(at int) int {
	if at > 0 && governs(m.tokens[at-1].key) {
		return 0
	}
	n, timed := 0, false
	if at < len(m.tokens) && continuing(m.tokens[at].key) {
		return 0
	}
	for at+n < len(m.tokens) {
		t := &m.tokens[at+n]
		switch {
		case m.timed(at + n):
			timed = true
		case !timeJoints(t.key) || t.mark:
			return m.whenEnd(at, n, timed)
		}
		n++
	}
	return m.whenEnd(at, n, timed)
}

// whenEnd cuts joints that join nothing from the end of a time phrase of n tokens.
func (m *matcher) whenEnd(at, n int, timed bool) int {
	if !timed {
		return 0
	}
	for n > 0 {
		if m.timed(at+n-1) || m.tokens[at+n-1].key == "only" {
			return n
		}
		n--
	}
	return 0
}

// timed says whether the token at names a time: a day, a date, an hour, or a period behind every, each, this, next or all.
func (m *matcher) timed(at int) bool {
	t := &m.tokens[at]
	if t.kind == units.Day || t.kind == units.Date || t.kind == units.Clock || timeWords(t.key) {
		return true
	}
	return periods(t.key) && at > 0 && periodic(m.tokens[at-1].key)
}
