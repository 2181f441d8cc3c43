package gate

import (
	"embed"
	"sort"
	"strings"
	"sync"
)

// Word lists, one file a language; data/README.md explains the form.
//
//go:embed data/*.txt
var files embed.FS

// lexicons holds what is known of each language, by its code; "" is for every other.
var lexicons = sync.OnceValue(loadLexicons) //nolint:gochecknoglobals // immutable data, parsed once: a request takes less time than parsing

// set is a group of single words; a word may be in several.
type set uint16

const (
	function     set = 1 << iota // articles, prepositions, pronouns, auxiliaries, conjunctions: no content
	neutral                      // what any ad may say without saying something new: shop, discover, today
	bridge                       // function words over which "free" reaches
	split                        // conjunctions that part one offer from the next
	either                       // conjunctions over which a denial reaches: no X or Y
	dangling                     // may not end a sentence
	abbreviation                 // written with a full stop that ends no sentence
	domain                       // top-level names of bare links
	known                        // names that are known as such wherever they stand: brands, cities, countries
	doubled                      // may stand twice in a row
	allowed                      // emoji that say nothing
)

// lexicon is what the gate knows of a language.
type lexicon struct {
	code       string
	sets       map[string]set
	phrases    map[string][]phrase // by first stem, longest first
	numbers    map[string]string   // number words with their value
	currencies map[string]string   // words and codes with their sign
	synonyms   map[string]string   // words for the same thing, by stem: television is tv
}

// phrase is a sequence of stems that means something.
type phrase struct {
	stems []string
	category
	class string // within the category: superlative, max, order, …
	group string // phrases of a group say the same
	very  bool   // a source has to have the group of the claim, not just the class; of a condition: a text meets it so, a source does not state it
}

// category is what kind of meaning a phrase has.
type category uint8

const (
	claim category = iota
	qualifier
	condition
	negation
	personal
	injection
	profanity
	day
	rate
	hanging // phrases that may end a sentence although their last word may not
	categories
)

// hit is a phrase at its place in a document.
type hit struct {
	*phrase
	from, to int // tokens [from, to)
}

// in reports whether a word, in lower case, is in a set.
func (l *lexicon) in(norm string, s set) bool { return l.sets[norm]&s != 0 }

// match finds the phrases of a document: at each place the longest of each category, none over another of its category.
func (l *lexicon) match(d *document) {
	var until [categories]int
	for i := range d.tokens {
		for k := range l.phrases[d.tokens[i].stem] {
			p := &l.phrases[d.tokens[i].stem][k]
			if i < until[p.category] || !p.at(d.tokens[i:]) {
				continue
			}
			until[p.category] = i + len(p.stems)
			d.hits = append(d.hits, hit{p, i, i + len(p.stems)})
		}
	}
}

// at reports whether the phrase stands at the start of tokens, within one sentence.
func (p *phrase) at(tokens []token) bool {
	if len(tokens) < len(p.stems) || tokens[0].sent != tokens[len(p.stems)-1].sent {
		return false
	}
	for i, stem := range p.stems {
		if tokens[i].stem != stem {
			return false
		}
	}
	return true
}

// loadLexicons parses every file once. All languages share what common.txt holds.
func loadLexicons() map[string]*lexicon {
	all := map[string]*lexicon{}
	for _, code := range [...]string{"", "de", "en", "es", "fr", "it", "pt"} {
		l := &lexicon{
			code: code, sets: map[string]set{}, phrases: map[string][]phrase{},
			numbers: map[string]string{}, currencies: map[string]string{}, synonyms: map[string]string{},
		}
		l.load("data/common.txt")
		if code != "" {
			l.load("data/" + code + ".txt")
		}
		for _, list := range l.phrases {
			sort.SliceStable(list, func(i, j int) bool { return len(list[i].stems) > len(list[j].stems) })
		}
		all[code] = l
	}
	return all
}

// load reads one file into the lexicon.
func (l *lexicon) load(name string) {
	content, err := files.ReadFile(name)
	if err != nil {
		panic(err) // the file is part of the program
	}
	var section []string
	for _, line := range strings.Split(string(content), "\n") {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "//"):
		case line[0] == '[':
			section = strings.Fields(strings.Trim(line, "[]"))
		default:
			l.entry(section, line)
		}
	}
}

// entry takes one line of a section.
func (l *lexicon) entry(section []string, line string) {
	if s, ok := setNames()[section[0]]; ok {
		for _, w := range strings.Fields(line) {
			l.sets[w] |= s
			if s == neutral {
				l.sets[l.stem(w)] |= s
			}
		}
		return
	}
	switch section[0] {
	case "number", "currency", "synonym":
		value, words, _ := strings.Cut(line, " ")
		for _, w := range strings.Split(words, "|") {
			l.value(section[0], strings.TrimSpace(w), value)
		}
	default:
		l.phraseGroup(section, line)
	}
}

// value takes one word with what it stands for.
func (l *lexicon) value(section, w, value string) {
	switch section {
	case "number":
		l.numbers[w] = value
	case "currency":
		l.currencies[w] = value
	default:
		l.synonyms[l.stem(w)] = l.stem(value)
	}
}

// phraseGroup takes a line of phrases that say the same. "=" before it, or an option in the section's head, sets its flag: a claim with it
// asks for the very group, a condition with it only answers to others.
func (l *lexicon) phraseGroup(section []string, line string) {
	very := len(section) > 2 || line[0] == '='
	class := ""
	if len(section) > 1 {
		class = section[1]
	}
	parts := strings.Split(strings.TrimPrefix(line, "="), "|")
	group := class + ":" + strings.TrimSpace(parts[0])
	for _, part := range parts {
		stems := l.stems(part)
		if len(stems) > 0 {
			p := phrase{stems: stems, category: categoryNames()[section[0]], class: class, group: group, very: very}
			l.phrases[stems[0]] = append(l.phrases[stems[0]], p)
		}
	}
}

// stems splits a phrase as the lexer would; "#", "$" and "%" stand for a number, a price and a percentage.
func (l *lexicon) stems(text string) []string {
	var out []string
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '-' }) {
		if w == "#" || w == "$" || w == "%" {
			out = append(out, w)
			continue
		}
		if cut := l.elision(w); cut > 0 {
			out = append(out, lower(w[:cut]))
			w = strings.TrimLeft(w[cut:], "'’")
		}
		out = append(out, l.stem(lower(w)))
	}
	return out
}

func setNames() map[string]set {
	return map[string]set{
		"function": function, "neutral": neutral, "bridge": bridge, "split": split, "either": either, "dangling": dangling, "abbreviation": abbreviation,
		"domain": domain, "known": known, "doubled": doubled, "emoji": allowed,
	}
}

func categoryNames() map[string]category {
	return map[string]category{
		"claim": claim, "qualifier": qualifier, "condition": condition, "negation": negation, "personal": personal,
		"injection": injection, "profanity": profanity, "day": day, "rate": rate, "hanging": hanging,
	}
}
