package rewrite

import (
	"strings"

	"github.com/marquetry/marquetry/internal/generate/text/units"
)

// book is all rules, by what they ask of a unit.
type book struct {
	rules []*rule
	by    map[string]map[string][]int // language → folded word → rules that need it, in order
	free  map[string][]int            // language → rules that need no word
}

// newBook indexes rules by the first word that each needs.
func newBook(rules []*rule) *book {
	b := &book{rules: rules, by: map[string]map[string][]int{}, free: map[string][]int{}}
	for i, r := range rules {
		keys := r.needs()
		if keys == nil {
			b.free[r.Language] = append(b.free[r.Language], i)
		}
		for _, k := range keys {
			if b.by[r.Language] == nil {
				b.by[r.Language] = map[string][]int{}
			}
			b.by[r.Language][k] = append(b.by[r.Language][k], i)
		}
	}
	return b
}

// needs are words of which a unit must have one for the rule to fit; nil when it may fit any.
func (r *rule) needs() []string {
	var best []string
	for _, e := range r.pattern {
		if len(e.words) > 0 && !e.optional && (best == nil || len(e.words[0]) > len(best[0])) {
			best = e.words
		}
	}
	return best
}

// step is what a rule made of a unit.
type step struct {
	rule   *rule
	tokens []token
	end    string // "" leaves the unit's
}

// steps are what the rules of a language make of a unit's tokens, each alone, in the order of the rules.
func (b *book) steps(language string, s *subject, allowed func(*rule) bool) []step {
	var out []step
	for _, i := range b.fitting(language, s) {
		r := b.rules[i]
		if !allowed(r) {
			continue
		}
		if took, ok := r.match(s); ok {
			if tokens, end, ok := r.apply(s, took); ok {
				out = append(out, step{rule: r, tokens: tokens, end: end})
			}
		}
	}
	return out
}

// fitting are the indexes of the rules that may fit, sorted.
func (b *book) fitting(language string, s *subject) []int {
	seen := make([]bool, len(b.rules))
	for _, i := range b.free[language] {
		seen[i] = true
	}
	for i := range s.tokens {
		for _, r := range b.by[language][s.tokens[i].key] {
			seen[r] = true
		}
	}
	var out []int
	for i, ok := range seen {
		if ok {
			out = append(out, i)
		}
	}
	return out
}

// newSubject makes a unit ready for rules.
func newSubject(u units.Unit, b units.Brief, names map[string]bool, language string) *subject {
	s := &subject{tokens: tokenise(u, names, language), question: u.End == "?"}
	s.brand, s.product, s.written = keysOf(b.Brand), keysOf(b.Product.Text), b.Brand
	return s
}

// signedBy makes the Page's name the brand that rules may bring in, when the text has none and the name is one.
func (s *subject) signedBy(page string) *subject {
	if s.written == "" && len(strings.Fields(page)) <= 3 {
		s.written = page
	}
	return s
}

// productTokens are the words of the brief's product.
func (s *subject) productTokens() []token {
	var tokens []token
	for _, w := range s.product {
		tokens = append(tokens, token{text: w, key: w})
	}
	return tokens
}

// keysOf are the folded words of a phrase.
func keysOf(phrase string) []string {
	var keys []string
	for _, t := range words(nil, phrase, phrase, 0) {
		keys = append(keys, t.key)
	}
	return keys
}

// endOf is the end mark that a unit has after the step, when it had the given one.
func (s step) endOf(had string) string {
	switch {
	case s.end == "." && had == "?":
		return "."
	case s.end == "" || s.end == "." && had == "":
		return had
	case s.end == "." && had == "!":
		return had
	}
	return s.end
}

// opened is a Spanish sentence with the mark that opens what ends in ? or !.
func opened(s, end string) string {
	switch end {
	case "?":
		return "¿" + s
	case "!":
		return "¡" + s
	}
	return s
}
