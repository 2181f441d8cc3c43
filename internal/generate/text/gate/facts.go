package gate

import "strings"

// facts are what the sources say, in a form to look things up.
type facts struct {
	message   *document
	stems     map[string]bool     // of all words of all sources
	forms     map[string]bool     // words as they are written
	atoms     map[string]bool     // kind and canonical form of everything that has to be equal
	numbers   map[string][]figure // by unit and value
	nouns     map[string][]string // the values that a noun is counted with
	bound     map[string][]string // unit and value of the prices and percentages in the clauses of a content word
	classes   map[string]bool     // of claims
	groups    map[string]bool     // of claims, days and profanities
	free      map[string]bool     // stems of what is free; "" if it is nothing in particular: "free for 14 days"
	denied    map[string]bool     // stems that the sources deny, however softly
	refused   map[string]bool     // stems that they deny with a plain no or not
	affirmed  map[string]bool     // stems that they state
	sentences map[string]bool     // of the message, as keys
	quotes    []string            // without their marks
	emoji     map[string]bool
	scripts   map[string]bool
	dates     map[string]bool // month and day: "november 30"
	limits    []limit
}

// figure is a number at its place in a source.
type figure struct {
	limits uint8  // bits of the qualifiers that hold
	rate   string // month, person, …; "" for none
}

// gather reads all sources.
func (g *Gate) gather() facts {
	f := facts{
		message: g.lex.read(g.sources.Message), stems: map[string]bool{}, forms: map[string]bool{}, atoms: map[string]bool{},
		numbers: map[string][]figure{}, nouns: map[string][]string{}, bound: map[string][]string{}, classes: map[string]bool{},
		groups: map[string]bool{}, free: map[string]bool{}, denied: map[string]bool{}, refused: map[string]bool{}, affirmed: map[string]bool{},
		sentences: map[string]bool{}, emoji: map[string]bool{}, scripts: map[string]bool{}, dates: map[string]bool{},
	}
	f.take(g.lex, f.message)
	for _, text := range append([]string{g.sources.Page}, g.sources.Also...) {
		f.take(g.lex, g.lex.read(text))
	}
	for i := range f.message.sents {
		f.sentences[f.message.key(i)] = true
	}
	f.limits = limitsOf(g.lex, f.message)
	return f
}

// take adds one source.
func (f *facts) take(l *lexicon, d *document) {
	for i := range d.tokens {
		t := &d.tokens[i]
		f.stems[t.stem], f.forms[t.raw] = true, true
		f.atoms[t.key()] = true
		switch t.kind {
		case number:
			f.numbers[t.amount()] = append(f.numbers[t.amount()], figure{d.limits(i), d.rate(l, i)})
			if noun := d.noun(i); noun != "" {
				f.nouns[noun] = append(f.nouns[noun], t.amount())
			}
		case emoji:
			f.emoji[t.norm] = true
		}
		if month := d.monthDay(i); month != "" {
			f.dates[month] = true
		}
	}
	f.bind(d)
	f.assert(l, d)
	f.quotes = append(f.quotes, quotations(d.text)...)
	addScripts(f.scripts, d.text)
}

// bind notes which prices and percentages stand in a clause with which words.
func (f *facts) bind(d *document) {
	for i := range d.tokens {
		t := &d.tokens[i]
		if t.kind != word || t.plain {
			continue
		}
		for k := range d.tokens {
			if n := &d.tokens[k]; n.kind == number && n.unit != "" && n.clause == t.clause {
				f.bound[t.stem] = append(f.bound[t.stem], n.amount())
			}
		}
	}
}

// assert notes what a source claims and denies.
func (f *facts) assert(l *lexicon, d *document) {
	for i := range d.hits {
		h := &d.hits[i]
		f.groups[h.group] = true
		if h.category == condition && (h.class == "until" || h.class == "only" || h.class == "limited" || h.class == "stock") {
			f.classes["urgency"] = true
		}
		if h.category != claim {
			continue
		}
		f.classes[h.class] = true
		if h.class == "free" && !d.suffixed(h) {
			d.freeThings(l, h, f.free)
		}
	}
	scope := d.denials(l, 1)
	for i := range d.tokens {
		t := &d.tokens[i]
		if scope[i] == 0 {
			f.affirmed[t.stem] = true
			f.prefixed(l, t.norm)
			continue
		}
		f.denied[t.stem] = true
		f.refused[t.stem] = f.refused[t.stem] || scope[i]&hard != 0 && (!t.plain || scope[i]&alone != 0)
	}
}

// prefixed notes what an English word denies by its form: limits in unlimited, wires in wireless.
func (f *facts) prefixed(l *lexicon, norm string) {
	if l.code != "en" || len(norm) < 6 {
		return
	}
	if root, ok := strings.CutSuffix(norm, "less"); ok {
		f.denied[l.stem(root)] = true
	} else if root, ok := strings.CutPrefix(norm, "un"); ok {
		f.denied[l.stem(root)], f.refused[l.stem(root)] = true, true
	}
}

// key is what has to be equal for two tokens to be the same thing.
func (t *token) key() string {
	if t.kind == number {
		return t.amount()
	}
	return t.norm
}

// amount is the value of a number with its unit.
func (t *token) amount() string {
	if t.unit == "" {
		return t.norm
	}
	return t.unit + t.norm
}

// key is the words of a sentence, to find it again whatever its marks.
func (d *document) key(sent int) string {
	var b strings.Builder
	for _, t := range d.tokens[d.sents[sent].from:d.sents[sent].to] {
		b.WriteString(t.unit)
		b.WriteString(t.norm)
		b.WriteByte(' ')
	}
	return b.String()
}
