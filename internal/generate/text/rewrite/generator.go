package rewrite

import (
	"cmp"
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/marquetry/marquetry/internal/generate/text"
	"github.com/marquetry/marquetry/internal/generate/text/units"
)

// Generator is the embedded generator: rules, no model, no network. The same request gets the same candidates, byte for byte.
type Generator struct{ book *book }

// New reads the rules that the program holds.
func New() (*Generator, error) {
	rules, err := loadRules(ruleFiles)
	if err != nil {
		return nil, err
	}
	return &Generator{book: newBook(rules)}, nil
}

// Name is the one that variations carry.
func (*Generator) Name() string { return "embedded" }

// Candidates proposes texts of a kind. It errs only when the context has ended.
func (g *Generator) Candidates(ctx context.Context, r text.Request, kind text.Kind) (text.Proposal, error) {
	if err := ctx.Err(); err != nil {
		return text.Proposal{}, err
	}
	w := newWork(g.book, r)
	if kind == text.Body {
		w.bodies()
	} else {
		w.shorts(kind)
	}
	return text.Proposal{Candidates: w.best()}, nil
}

// most is how many candidates are proposed.
const most = 400

// work is one request on its way: the text taken apart, and what has been made of it.
type work struct {
	*book
	text.Request
	source   units.Text
	brief    units.Brief
	language string // "" when it is not certain or has no rules: no word is changed
	marks    marks
	names    map[string]bool // words that keep their capital everywhere
	random   *rand.Rand
	parts    []*part      // what may be arranged, in the source's order
	tail     []units.Unit // legal lines and hashtags: they end every text, verbatim
	pictures []string     // emoji of the source, each once
	habit    string       // the emoji that the account ends texts with, "" when fewer than a third of them have one
	out      []draft
	seen     map[string]bool
	longest  int // characters that a text may have
}

// callsTo says whether a phrase that opens a unit is none: Turn spare rooms into income.
func callsTo(phrase string, t units.Text) bool {
	first, _, _ := strings.Cut(fold(phrase), " ")
	return callers(first) && slices.ContainsFunc(t.Units, func(u units.Unit) bool { return strings.HasPrefix(u.Text, phrase) && u.Class != units.Offer })
}

// vague are nouns that calls to action name and nobody sells.
func vague(w string) bool {
	switch w {
	case "collection", "range", "selection", "menu", "sale", "shop", "store", "offer", "deal", "deals", "quote", "demo", "trial",
		"place", "spot", "seat", "look", "difference", "website", "site", "page":
		return true
	}
	return false
}

// draft is a candidate with what is odd about it: the lower, the more a writer would have written it.
type draft struct {
	text.Candidate
	cost float64
}

// newWork takes a request apart.
func newWork(b *book, r text.Request) *work {
	w := &work{book: b, Request: r, source: units.Parse(r.Message, r.PageName), seen: map[string]bool{}}
	w.brief = w.source.Brief(r.PageName, "", "")
	if p := w.brief.Product; vague(fold(p.Head)) || callsTo(p.Text, w.source) {
		w.brief.Product = units.Phrase{}
	}
	w.longest = fit
	if n := utf8.RuneCountInString(w.source.Clean); n > fit {
		w.longest = n + 10
	}
	w.random = rand.New(rand.NewPCG(r.Seed, 0x6d617271))
	if l := w.source.Language; !l.Mixed && (len(b.by[l.Code]) > 0 || len(b.free[l.Code]) > 0) {
		w.language = l.Code
	}
	w.marks = marksOf(w.source)
	w.names = namesOf(w.source, w.brief, r.PageName)
	for _, u := range w.source.Units {
		switch u.Class {
		case units.Injection:
		case units.Legal, units.Tags:
			w.tail = append(w.tail, u)
		default:
			w.parts = append(w.parts, w.newPart(u))
		}
	}
	w.seen[w.source.Clean] = true
	w.learnPictures()
	return w
}

// namesOf are the words that are written with a capital wherever they stand. A word of the language that opens a sentence is none, though
// units may take it for one before another name: Try Loop.
func namesOf(t units.Text, b units.Brief, page string) map[string]bool {
	names := map[string]bool{}
	for _, u := range t.Units {
		for _, a := range u.Atoms {
			first, _, _ := strings.Cut(a.Text, " ")
			switch {
			case a.Kind != units.Name:
			case a.Start == 0 && t.Language.Code == "en" && ordinary(fold(first)) && (first == a.Text || units.IsVerb(fold(first))):
				addNames(names, a.Text[len(first):])
			default:
				addNames(names, a.Text)
				if head, ok := strings.CutSuffix(u.Text[:a.Start], " "); ok && t.Language.Code == "en" && heads(head) {
					addNames(names, head) // Puzzle Harbour
				}
			}
		}
	}
	if !ordinary(fold(b.Brand)) || strings.Contains(page, b.Brand) {
		addNames(names, b.Brand)
	}
	addNames(names, page)
	return names
}

// heads says whether the first word of a sentence belongs to the name behind it: a noun, and nothing that adverts call with or describe by.
func heads(w string) bool {
	k := fold(w)
	return units.IsNoun(k) && !callers(k) && !units.IsAdjective(k) && !units.IsFunction(k) && !units.IsPlural(k)
}

// ordinary says whether English has the word for something that is no name.
func ordinary(w string) bool {
	return units.IsVerb(w) || units.IsFunction(w) || units.IsAdjective(w) || units.IsNoun(w)
}

// addNames adds the words of a name.
func addNames(names map[string]bool, phrase string) {
	for _, word := range strings.Fields(phrase) {
		names[strings.Trim(word, ".,:;!?'’\"")] = true
	}
}

// best are the candidates, those that read best first.
func (w *work) best() []text.Candidate {
	slices.SortStableFunc(w.out, func(a, b draft) int { return cmp.Compare(a.cost, b.cost) })
	all := make([]text.Candidate, len(w.out))
	for i, d := range w.out {
		all[i] = d.Candidate
	}
	return all
}

// propose adds a candidate unless it was proposed before.
func (w *work) propose(c text.Candidate, cost float64) {
	if c.Text == "" || w.seen[c.Text] || utf8.RuneCountInString(c.Text) > w.longest || len(w.out) >= most {
		return
	}
	w.seen[c.Text] = true
	w.out = append(w.out, draft{c, cost})
}
