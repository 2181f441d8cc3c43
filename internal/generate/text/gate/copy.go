package gate

// outline is a text reduced to what a copy of it would share.
type outline struct {
	words []string
	sents [][]string
}

// outlineOf reduces a document.
func outlineOf(d *document) outline {
	var o outline
	for _, s := range d.sents {
		from := len(o.words)
		for i := s.from; i < s.to; i++ {
			if d.tokens[i].kind != emoji {
				o.words = append(o.words, d.tokens[i].key())
			}
		}
		if len(o.words) > from {
			o.sents = append(o.sents, o.words[from:len(o.words):len(o.words)])
		}
	}
	return o
}

// nearly is the similarity from which a text is a copy.
const nearly = 0.85

// copied refuses near-copies of the source and of texts that must not come again.
func (g *Gate) copied(d *document) Code {
	o := outlineOf(d)
	for i := range g.taken {
		if similarity(o, g.taken[i]) >= nearly {
			return "copy"
		}
	}
	return ""
}

// similarity tells how near two texts are, in 0 … 1: the share of words that both have in the same order. Whole sentences in another order
// count a fifth less, for a reader sees another opening.
func similarity(a, b outline) float64 {
	n := len(a.words) + len(b.words)
	if n == 0 {
		return 1
	}
	if 2*float64(min(len(a.words), len(b.words)))/float64(n) < nearly-0.2 {
		return 2 * float64(min(len(a.words), len(b.words))) / float64(n) // an upper bound will do
	}
	share := 2 * float64(common(a.words, b.words)) / float64(n)
	if share < 1 && reordered(a, b) {
		share *= 0.8
	}
	return share
}

// common is the length of the longest common subsequence.
func common(a, b []string) int {
	row := make([]int, len(b)+1)
	for i := range a {
		diagonal := 0
		for k := range b {
			above := row[k+1]
			if a[i] == b[k] {
				row[k+1] = diagonal + 1
			} else {
				row[k+1] = max(above, row[k])
			}
			diagonal = above
		}
	}
	return row[len(b)]
}

// reordered reports whether the sentences of a are those of b, more or less, in another order.
func reordered(a, b outline) bool {
	last := -1
	for _, s := range a.sents {
		best, at := 0.5, -1
		for k, o := range b.sents {
			if share := 2 * float64(common(s, o)) / float64(len(s)+len(o)); share > best {
				best, at = share, k
			}
		}
		if at >= 0 && at < last {
			return true
		}
		if at >= 0 {
			last = at
		}
	}
	return false
}

// Shares of content words without a source from which a model's text is refused. Faithful variations stay below them; a sentence of which
// half or more is new says something of its own: "Send us your password."
const (
	novelty         = 0.25
	sentenceNovelty = 0.5
)

// novel refuses a model's text that holds too many words of its own, in all or in one sentence.
func (g *Gate) novel(d *document) Code {
	if !g.sources.Model {
		return ""
	}
	strange, all := 0, 0
	for _, s := range d.sents {
		n, of := g.strange(d.tokens[s.from:s.to])
		if n > 0 && float64(n) >= sentenceNovelty*float64(of) {
			return "novelty"
		}
		strange, all = strange+n, all+of
	}
	if float64(strange) > novelty*float64(all) {
		return "novelty"
	}
	return ""
}

// strange counts the content words that no source has and ads do not use of anything, and all content words.
func (g *Gate) strange(tokens []token) (strange, all int) {
	for i := range tokens {
		t := &tokens[i]
		if t.kind != word || g.lex.in(t.norm, function) {
			continue
		}
		if all++; !t.plain && !g.facts.stems[t.stem] {
			strange++
		}
	}
	return strange, all
}
