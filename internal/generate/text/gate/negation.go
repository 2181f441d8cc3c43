package gate

// How a token is denied.
const (
	soft  uint8 = 1 << iota // stop, avoid, tired of
	hard                    // no, not, never, without
	alone                   // nothing follows it: "no subscription"
)

// denials returns for every token whether it is denied. "No" reaches the next two content words of its clause, "not" the next `reach` and the
// two before, a soft denial the next three; "-free" the word it hangs on.
func (d *document) denials(l *lexicon, reach int) []uint8 {
	scope := make([]uint8, len(d.tokens))
	for i := range d.hits {
		h := &d.hits[i]
		if h.category != negation || h.class == "none" {
			continue
		}
		switch h.class {
		case "no":
			d.deny(l, scope, h.to, 1, 2, hard)
		case "not":
			d.deny(l, scope, h.to, 1, reach, hard)
			d.deny(l, scope, h.from-1, -1, 2, soft)
		default:
			d.deny(l, scope, h.to, 1, 3, soft)
		}
	}
	for i := 1; i < len(d.tokens); i++ {
		if t := &d.tokens[i]; t.glued && (t.norm == "free" || t.norm == "less") {
			scope[i-1] |= soft
			scope[i] |= soft
		}
	}
	return scope
}

// deny marks up to n content words from token i on, in steps of one, as far as no mark, no conjunction and, behind the first of them, no
// function word parts them. Behind an "or" it begins anew, and words that ads use of anything do not count: "you don't need a credit card".
func (d *document) deny(l *lexicon, scope []uint8, i, step, n int, how uint8) {
	for left, far := n, 0; i >= 0 && i < len(d.tokens) && left > 0 && far < 6; i, far = i+step, far+1 {
		t := &d.tokens[i]
		switch {
		case step > 0 && !t.near && !t.glued:
			return
		case l.in(t.norm, either):
			left, far = n, 0
		case l.in(t.norm, split):
			return
		case l.in(t.norm, function):
			if step > 0 && left < n {
				return // no limits to every class
			}
		default:
			scope[i] |= how
			if !t.plain {
				left--
			} else if i+1 == len(d.tokens) || !d.tokens[i+1].near || l.in(d.tokens[i+1].norm, split) {
				scope[i] |= alone
			}
		}
		if step < 0 && !t.near {
			return
		}
	}
}

// denied refuses a text that states what the sources only deny, or denies what they do not.
func (g *Gate) denied(d *document) Code {
	scope := d.denials(g.lex, 3)
	for i := range d.tokens {
		if t := &d.tokens[i]; t.kind == word && scope[i] == 0 && g.facts.refused[t.stem] && !g.facts.affirmed[t.stem] {
			return "negation"
		}
	}
	for i := range d.hits {
		h := &d.hits[i]
		if h.category != negation || h.class != "no" && h.class != "not" || d.within(h.from, claim) {
			continue
		}
		one := make([]uint8, len(d.tokens))
		d.deny(g.lex, one, h.to, 1, 3, hard)
		d.deny(g.lex, one, h.from-1, -1, 2, hard)
		if !g.deniedBefore(d, one) {
			return "negation"
		}
	}
	return ""
}

// deniedBefore reports whether a source denies one of the marked words.
func (g *Gate) deniedBefore(d *document, marked []uint8) bool {
	for i := range marked {
		if marked[i] != 0 && g.facts.denied[d.tokens[i].stem] {
			return true
		}
	}
	return false
}
