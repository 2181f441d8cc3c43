package rewrite

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/generate/text"
	"github.com/marquetry/marquetry/internal/generate/text/units"
)

// found is a sentence from elsewhere with what speaks for it.
type found struct {
	unit     units.Unit
	evidence string
	score    float64
}

// added is how many sentences from elsewhere are tried.
const added = 4

// withHistory are plans with one sentence more: from an earlier ad that did well, or from a post of the Page.
func (w *work) withHistory(plans []plan) []plan {
	sentences := append(w.pastSentences(), w.postSentences()...)
	slices.SortStableFunc(sentences, func(a, b found) int { return cmp.Compare(b.score, a.score) })
	var all []plan
	for i, s := range sentences[:min(len(sentences), added)] {
		for _, base := range plans[:min(len(plans), 4)] {
			p := w.newPart(s.unit)
			p.evidence, p.forms = s.evidence, p.forms[:1]
			all = append(all, w.insert(base, p, i)...)
		}
	}
	return all
}

// insert are the plans with a further part: before the call to action, or at the end where there is none; and at the front.
func (w *work) insert(base plan, p *part, rank int) []plan {
	at := len(base.parts)
	if at > 0 && base.parts[at-1].Class == units.Action && !base.parts[at-1].product {
		at--
	}
	cost := base.cost + 0.1*float64(rank)
	all := []plan{{parts: slices.Insert(slices.Clone(base.parts), at, p), label: "history", cost: cost}}
	if at > 0 && !leaning(p.forms[0].tokens) && base.parts[0].Class != units.Question {
		all = append(all, plan{parts: append([]*part{p}, base.parts...), label: "history", cost: cost})
	}
	return all
}

// pastSentences are the evergreen sentences of the account's ads that did not do badly.
func (w *work) pastSentences() []found {
	var shown, clicked int64
	for _, p := range w.Past {
		shown, clicked = shown+p.Impressions, clicked+p.Clicks
	}
	if shown == 0 || clicked == 0 {
		return nil
	}
	mean := float64(clicked) / float64(shown)
	var out []found
	for _, p := range w.Past {
		rate := text.Shrunk(p.Clicks, p.Impressions, mean)
		if rate < 0.8*mean {
			continue
		}
		for _, u := range units.Parse(p.Text, w.PageName).Units {
			if near := w.relevance(u.Text); near > 0 && evergreen(u, false) {
				out = append(out, found{unit: u, evidence: "ad:" + p.ID, score: rate / mean * near})
			}
		}
	}
	return out
}

// postSentences are the sentences of the Page's posts that speak of what is sold.
func (w *work) postSentences() []found {
	var out []found
	for i, post := range w.PagePosts {
		for _, u := range units.Parse(post, w.PageName).Units {
			s := newSubject(u, w.brief, w.names, w.language)
			if w.brief.Product.Head == "" || !evergreen(u, true) || !w.mentions(s.tokens, w.headKey()) {
				continue
			}
			out = append(out, found{unit: w.pronounced(u), evidence: fmt.Sprintf("post:%d", i+1), score: 1.5})
		}
	}
	return out
}

// pronounced is a sentence about our product that is about it, since the text has named it: Our concentrate steeps … → It steeps …
func (w *work) pronounced(u units.Unit) units.Unit {
	whole := "our " + fold(w.brief.Product.Text) + " "
	if !strings.HasPrefix(fold(u.Text), whole) {
		return u
	}
	word := "It "
	if units.IsPlural(w.headKey()) {
		word = "They "
	}
	cut := len(whole) - len(word)
	u.Text = word + u.Text[len(whole):]
	u.Atoms = slices.Clone(u.Atoms)
	u.Atoms = slices.DeleteFunc(u.Atoms, func(a units.Atom) bool { return a.Start < len(whole) })
	for i := range u.Atoms {
		u.Atoms[i].Start -= cut
	}
	return u
}

// evergreen says whether a sentence is true on any day: without a date, a price, a code or scarcity, and without a number unless the
// Page says it today.
func evergreen(u units.Unit, numbers bool) bool {
	if u.Class != units.Statement && u.Class != units.Fragment && u.Class != units.Reassuring {
		return false
	}
	for _, a := range u.Atoms {
		counts := a.Kind == units.Number || a.Kind == units.Qualified
		if a.Kind != units.Name && (!numbers || !counts) {
			return false
		}
	}
	n := len(strings.Fields(u.Text))
	return n >= 4 && n <= 16
}

// relevance says how much a sentence has to do with what is advertised: the share of its longer words that the message, the Page's name
// or its posts have, too.
func (w *work) relevance(sentence string) float64 {
	known := map[string]bool{}
	for _, s := range append([]string{w.Message, w.PageName}, w.PagePosts...) {
		for _, k := range keysOf(s) {
			known[stem(k)] = true
		}
	}
	total, hits := 0.0, 0.0
	for _, k := range keysOf(sentence) {
		if len(k) > 3 && !unnominal(k) && !determiners(k) {
			total++
			if known[stem(k)] {
				hits++
			}
		}
	}
	if total == 0 {
		return 0
	}
	return hits / total
}

// stem is enough of a word to know its kin: roasted and roasters.
func stem(w string) string {
	if len(w) > 5 {
		return w[:5]
	}
	return strings.TrimSuffix(w, "s")
}
