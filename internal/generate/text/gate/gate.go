package gate

import (
	"strings"
	"unicode/utf8"

	"github.com/marquetry/marquetry/internal/generate/text/units"
)

// Version names the rules of this package; it is kept with every text that passed them, and grows with every change of a rule.
const Version = "1"

// Sources are what a text may take its facts from.
type Sources struct {
	Message  string   // the advertiser's text: what has to be kept is in here
	Page     string   // its name, which tells a brand from a word
	Also     []string // Page posts, the creative's headline and description: they license, and need not be kept
	Excluded []string // words and phrases of the account that may not occur
	Taken    []string // texts that must not come again
	Model    bool     // the text is a model's: words that are neither in the sources nor known as paraphrases are limited, too
	Most     int      // characters that a text may have; 0 for max(125, the source's + 10)
	Short    bool     // the text is a headline or description: parts of the message may be missing
}

// Gate checks texts against one set of sources. It is immutable, and safe for use by many at once.
type Gate struct {
	sources  Sources
	lex      *lexicon
	safe     bool // the language cannot be judged: only whole sentences of the source pass
	most     int
	brief    brief
	facts    facts
	others   []*lexicon // of the other languages that are known
	excluded [][]string // stems
	taken    []outline
}

// New reads the sources once. language is what the message is written in; a language that the gate has no words for, an unknown one and a
// mixed one let whole sentences of the source pass and nothing else.
func New(s Sources, language units.Language) *Gate {
	all := lexicons()
	g := &Gate{sources: s, lex: all[language.Code], most: s.Most}
	if g.lex == nil || language.Code == "" || language.Mixed {
		g.lex, g.safe = all[""], true
	}
	for _, code := range [...]string{"de", "en", "es", "fr", "it", "pt"} {
		if code != language.Code {
			g.others = append(g.others, all[code])
		}
	}
	if g.most == 0 {
		g.most = max(125, characters(s.Message)+10)
	}
	g.sources.Message = g.briefly()
	g.facts = g.gather()
	for _, term := range s.Excluded {
		if stems := tokensOf(g.lex, term); len(stems) > 0 {
			g.excluded = append(g.excluded, stems)
		}
	}
	for _, text := range append([]string{s.Message, g.sources.Message}, s.Taken...) {
		g.taken = append(g.taken, outlineOf(g.lex.read(text)))
	}
	return g
}

// Check returns why a text may not be used, "" if it may. It never fails, whatever the text is, and returns the same for the same text.
func (g *Gate) Check(text string) Code {
	if strings.TrimSpace(text) == "" {
		return "empty"
	}
	if !utf8.ValidString(text) {
		return "control"
	}
	if c := g.surface(text); c != "" {
		return c
	}
	d := g.lex.read(text)
	for _, rule := range [...]func(*Gate, *document) Code{
		(*Gate).injected, (*Gate).disguised, (*Gate).tags, (*Gate).legal, (*Gate).script, (*Gate).language, (*Gate).terms, (*Gate).atoms, (*Gate).dated,
		(*Gate).attached, (*Gate).qualified, (*Gate).conditions, (*Gate).denied, (*Gate).quoted, (*Gate).personal, (*Gate).claims,
		(*Gate).names, (*Gate).pictures, (*Gate).wording, (*Gate).kept, (*Gate).novel, (*Gate).copied,
	} {
		if c := rule(g, d); c != "" {
			return c
		}
	}
	return ""
}

// characters counts what a reader sees as characters; an upper bound that is exact for text without combining marks.
func characters(s string) int { return utf8.RuneCountInString(s) }

// tokensOf returns the stems of a term.
func tokensOf(l *lexicon, term string) []string {
	d := l.read(term)
	stems := make([]string, len(d.tokens))
	for i, t := range d.tokens {
		stems[i] = t.stem
	}
	return stems
}
