package rewrite

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/marquetry/marquetry/internal/generate/text"
	"github.com/marquetry/marquetry/internal/generate/text/units"
)

// Characters of a headline and a description: what the platform shows everywhere, and what it takes at most.
const (
	headlineFit, headlineMost = 27, 40
	descriptionMost           = 30
)

// phrase is a short text with what it is made from.
type phrase struct {
	text   string
	labels []string
	rank   int // lower is better
}

// shorts proposes headlines or descriptions: the product, its offer and the brand in a few words; what reassures is for descriptions.
func (w *work) shorts(kind text.Kind) {
	if w.language == "" {
		return
	}
	limit := headlineMost
	if kind == text.Description {
		limit = descriptionMost
	}
	all := w.named()
	for _, p := range w.parts {
		all = append(all, p.phrases(kind)...)
	}
	for i := range all {
		if utf8.RuneCountInString(all[i].text) > headlineFit {
			all[i].rank += 3
		}
	}
	slices.SortStableFunc(all, func(a, b phrase) int { return cmp.Compare(a.rank, b.rank) })
	for _, p := range all {
		if utf8.RuneCountInString(p.text) <= limit && strings.Contains(p.text, " ") {
			w.propose(text.Candidate{Text: p.text, Moves: p.labels}, float64(p.rank))
		}
	}
}

// named are the phrases of product, brand and offer alone.
func (w *work) named() []phrase {
	if w.brief.Product.Head == "" || !w.brief.Product.Sure {
		return nil
	}
	english := w.language == "en"
	tokens := words(nil, w.brief.Product.Text, w.brief.Product.Text, 0)
	tokens[0].text = inner(tokens[0], w.names, w.language)
	all := []phrase{{render(tokens, w.language), []string{"short.product"}, 2}}
	if w.brief.Brand != "" && !strings.Contains(w.brief.Product.Text, w.brief.Brand) {
		all = append(all, phrase{w.brief.Brand + ": " + joined(tokens), []string{"short.brand"}, 2})
	}
	for _, p := range w.parts {
		if low := fold(w.brief.Offer); english && p.lead && !p.product && fold(p.Text) == low && strings.HasPrefix(low, "from ") {
			all = append(all, phrase{render(tokens, w.language) + " " + low[:5] + w.brief.Offer[5:], []string{"short.offer"}, 0})
		}
		if !p.lead || !p.product || !english || p.lists(w.brief.Product.Text) {
			continue
		}
		offer := strings.TrimSpace(w.brief.Offer)
		switch low := fold(offer); {
		case strings.Contains(offer, "%") && slices.ContainsFunc(p.forms[0].tokens, func(t token) bool { return t.key == "off" }):
			all = append(all, phrase{strings.ToUpper(offer[:1]) + offer[1:] + " off " + joined(tokens), []string{"short.offer"}, 0})
		case strings.HasPrefix(low, "from "):
			all = append(all, phrase{render(tokens, w.language) + " " + low[:5] + offer[5:], []string{"short.offer"}, 0})
		}
	}
	return all
}

// lists says whether more is sold than the phrase says: canoes, cabins and campfires.
func (p *part) lists(product string) bool {
	_, rest, _ := strings.Cut(fold(p.Text), fold(product))
	return strings.HasPrefix(rest, ",") || strings.HasPrefix(rest, " and ") || strings.HasPrefix(rest, " & ")
}

// joined are tokens as they stand inside a sentence.
func joined(tokens []token) string {
	var b strings.Builder
	for i, t := range tokens {
		if i > 0 && !t.glue {
			b.WriteByte(' ')
		}
		b.WriteString(t.text)
	}
	return b.String()
}

// phrases are the forms of a part that can stand alone, without their full stop.
func (p *part) phrases(kind text.Kind) []phrase {
	if p.bound || p.Class == units.Quotation || p.Class == units.Contact {
		return nil
	}
	rank := 4
	switch {
	case p.lead && kind == text.Headline, p.Class == units.Reassuring && kind == text.Description:
		rank = 0
	case p.product && kind == text.Headline, p.Class == units.Offer && kind == text.Description:
		rank = 1
	case p.Class == units.Action && !p.product, p.Class == units.Question:
		rank = 6
	}
	var all []phrase
	for i, f := range p.forms {
		if f.answer {
			continue
		}
		labels := append([]string{"short"}, f.labels...)
		worth := rank + min(i, 1) + len(f.labels)/2
		if f.framed || f.asks {
			worth += 3 // few words, and these say nothing
		}
		all = append(all, phrase{strings.TrimSuffix(f.text, "."), labels, worth})
	}
	return append(all, p.pieces()...)
}

// pieces are what stands between the commas of a fragment, or before its first: Washable covers. An offer is left whole, for its conditions.
func (p *part) pieces() []phrase {
	if p.Class != units.Fragment && p.Class != units.Proof && p.Class != units.Negation && p.Class != units.Reassuring {
		return nil
	}
	var all []phrase
	var piece []token
	add := func() {
		if n := len(piece); n > 1 && n < len(p.forms[0].tokens) && !unnominal(piece[0].key) && !joints(piece[0].key) && !unnominal(piece[n-1].key) {
			all = append(all, phrase{render(piece, "en"), []string{"short.piece"}, 5})
		}
		piece = nil
	}
	for _, t := range p.forms[0].tokens {
		if t.key == "," || t.key == ":" {
			add()
			continue
		}
		piece = append(piece, t)
	}
	add()
	return all
}
