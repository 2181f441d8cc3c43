package rewrite

import (
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/generate/text/units"
)

// part is a unit that may be arranged, with its forms.
type part struct {
	units.Unit
	index    int
	through  int           // index of the last part that it is made of
	pair     []units.Class // of the two units that it is made of; nil for one
	forms    []form        // the first is the source's own
	bound    bool          // it leans on the one before: It opens like a suitcase.
	refers   bool          // it speaks of something as it or them, which something before has to name
	product  bool          // it names what is sold
	brand    bool
	lead     bool   // it holds the lead offer
	evidence string // where it came from when not from the source
}

// form is one way to say a unit.
type form struct {
	tokens  []token
	end     string // its end mark
	text    string // with end mark
	labels  []string
	whole   bool // a move made it: no other is tried on it
	casual  bool
	weaker  bool
	asks    bool // a question that the source does not ask: it can only open a text
	answer  bool // it names the product as one that was asked for: it only stands behind such a question
	opens   bool // it can only open a text
	named   bool // it names what is sold
	branded bool // it names the brand
	framed  bool // words of ours stand around it: With us, you can …
	joint   bool // it is two units that no rule has joined yet
	leans   bool // it speaks of what is sold as it: something before has to name it
}

// cost is what is odd about a form.
func (f form) cost() float64 {
	c := 0.12 * float64(max(0, len(f.labels)-1))
	if f.weaker {
		c += 0.25
	}
	if f.casual {
		c += 0.15
	}
	if f.framed {
		c += 0.2
	}
	return c
}

// Limits of the forms that are tried for one unit: of one rule, of two and of three.
func breadth() [3]int { return [3]int{40, 48, 24} }

// newPart finds out what a unit does, and its forms.
func (w *work) newPart(u units.Unit) *part {
	p := &part{Unit: u, index: len(w.parts), through: len(w.parts)}
	s := w.subject(u)
	p.product, p.brand = w.mentions(s.tokens, w.headKey()), w.mentions(s.tokens, s.brand...)
	if n := len(w.parts); n > 0 {
		p.bound = leaning(s.tokens) || leansAbroad(w.source.Language.Code, s.tokens) || n > 1 && w.parts[n-1].Class == units.Question && (w.language == "en" || u.Class != units.Action)
		p.refers = !p.product && slices.ContainsFunc(s.tokens, func(t token) bool { return references(t.key) })
	}
	p.lead = w.brief.Offer != "" && strings.Contains(u.Text, w.brief.Offer)
	own := form{tokens: s.tokens, end: u.End, named: p.product, branded: p.brand}
	own.text = w.sentence(u, own)
	p.forms = []form{own}
	if w.language != "" && u.Class != units.Quotation {
		w.grow(p, s)
	}
	return p
}

// subject makes a unit ready for rules.
func (w *work) subject(u units.Unit) *subject {
	return newSubject(u, w.brief, w.names, w.language).signedBy(w.PageName)
}

// headKey is the folded head of the product, with its other number.
func (w *work) headKey() string { return fold(w.brief.Product.Head) }

// mentions says whether tokens hold all the words, one at least.
func (w *work) mentions(tokens []token, keys ...string) bool {
	found := 0
	for _, k := range keys {
		if k != "" && slices.ContainsFunc(tokens, func(t token) bool { return t.key == k || units.Singular(t.key) == units.Singular(k) }) {
			found++
		}
	}
	return found > 0 && found == len(keys)
}

// leaning says whether a sentence needs the one before it: it begins with a pronoun or a conjunction.
func leaning(tokens []token) bool {
	if len(tokens) > 1 && tokens[0].key == "this" && tokens[1].kind == units.Day {
		return false
	}
	return len(tokens) > 0 && leaners(tokens[0].key)
}

// leaners begin sentences that lean on the one before.
func leaners(w string) bool {
	switch w {
	case "it", "it's", "its", "they", "they're", "their", "them", "this", "that", "that's", "these", "those", "he", "she", "his", "her",
		"so", "and", "but", "or", "plus", "also", "because", "then", "either", "both", "each", "one", "ones", "which", "same",
		"instead", "otherwise", "that'll", "it'll", "they'll", "just", "with", "on", "when", "if", "valid", "excludes", "offer",
		"applies", "whether", "er", "sie", "es", "dieser", "diese", "dieses", "damit", "dazu", "außerdem", "und", "oder", "aber",
		"esto", "esta", "este", "estos", "estas", "y", "pero", "además", "ella", "ello", "ils", "elle", "elles", "cela", "et", "mais",
		"questo", "questa", "questi", "queste", "e", "ma", "inoltre", "isso", "isto", "mas":
		return true
	}
	return false
}

// references are words that stand for something named before.
func references(w string) bool {
	switch w {
	case "it", "it's", "them", "they", "they're", "theirs", "ours", "yours":
		return true
	}
	return false
}

// grow finds the forms of a part: what each rule makes of it, and what further rules make of that.
func (w *work) grow(p *part, s *subject) {
	seen := map[string]bool{p.forms[0].text: true}
	level := p.forms[:1:1]
	for _, most := range breadth() {
		var next []form
		for _, f := range level {
			next = w.rewritten(p, s, f, next, seen)
		}
		if len(next) > most {
			w.random.Shuffle(len(next), func(i, j int) { next[i], next[j] = next[j], next[i] })
			next = next[:most]
		}
		p.forms = append(p.forms, next...)
		level = next
	}
}

// rewritten appends what single rules make of a form.
func (w *work) rewritten(p *part, s *subject, f form, to []form, seen map[string]bool) []form {
	sub := &subject{tokens: f.tokens, question: f.end == "?", brand: s.brand, product: s.product, written: s.written, joint: f.joint}
	steps := w.steps(w.language, sub, func(r *rule) bool {
		return r.allows(p.classFor(r), w.brief.Topic, w.brief.Delicate) && (!r.casual || !f.casual) && (!f.whole || !r.whole()) && r.follows(p.pair)
	})
	for _, st := range steps {
		g := form{tokens: st.tokens, end: st.endOf(f.end), labels: append(slices.Clone(f.labels), st.rule.Label), named: w.mentions(st.tokens, w.headKey())}
		g.whole, g.casual, g.weaker = f.whole || st.rule.whole(), f.casual || st.rule.casual, f.weaker || st.rule.weaker
		g.asks = f.asks || g.end == "?" && p.End != "?"
		g.opens = f.opens || strings.HasPrefix(st.rule.Label, "open.") || strings.HasPrefix(st.rule.Label, "hook.")
		g.framed = f.framed || frames(st.tokens) || strings.HasPrefix(st.rule.Label, "frame.")
		g.branded = w.mentions(st.tokens, s.brand...) || st.rule.signs
		g.leans = f.leans || st.rule.leans
		g.answer = f.answer || strings.HasPrefix(st.rule.Label, "answer.")
		g.text = w.sentence(p.Unit, g)
		if asking := slices.ContainsFunc(g.tokens, func(t token) bool { return t.fresh && t.key == "?" }); asking && w.brief.Delicate {
			continue
		}
		if g.asks && !p.product && (p.index > 0 || w.brief.Product.Head != "") && p.Class != units.Imperative && p.Class != units.Question {
			continue // a question for what goes with the product
		}
		if g.asks && (w.brief.Delicate || !w.asksSafely() && strings.HasPrefix(st.rule.Label, "hook.")) || seen[g.text] {
			continue
		}
		seen[g.text] = true
		to = append(to, g)
	}
	return to
}

// frames says whether a sentence begins with words that rules put around a unit: one such in a text is enough.
func frames(tokens []token) bool {
	return len(tokens) > 2 && tokens[0].fresh && tokens[1].fresh && slices.ContainsFunc(tokens[:min(len(tokens), 5)], func(t token) bool {
		return t.fresh && (t.key == "you" || t.key == "you'll" || t.key == "your" || t.key == "know" || t.key == "time")
	})
}

// classFor is the class that a rule asks for: of the first of two units where it joins them.
func (p *part) classFor(r *rule) units.Class {
	if r.joins && len(p.pair) == 2 {
		return p.pair[0]
	}
	return p.Class
}

// asksSafely says whether "Looking for …?" reads well with the product: it is sure, and does not begin with what may be a verb.
func (w *work) asksSafely() bool {
	first, _, _ := strings.Cut(fold(w.brief.Product.Text), " ")
	return w.brief.Product.Sure && (!units.IsVerb(first) || units.IsAdjective(first) || first == w.headKey())
}

// sentence is a form as it stands in a text, with the emoji of its unit.
func (w *work) sentence(u units.Unit, f form) string {
	s := render(f.tokens, w.source.Language.Code) + w.marks.of(f.end)
	if w.source.Language.Code == "es" && (u.Open != "" && f.end == u.End || f.end != u.End) {
		s = opened(s, f.end)
	}
	return strings.TrimSpace(u.Before + " " + s + " " + u.After)
}
