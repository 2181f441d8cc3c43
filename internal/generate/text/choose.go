package text

import (
	"math"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/generate/text/units"
)

// Limits of what is chosen. Above near two texts are one to a reader; a text of more than fit characters is cut off in most placements.
const (
	near = 0.745
	fit  = 125

	// enough texts need no further one that is only the source in another order.
	enough = 3
)

// entry is a candidate on its way to being chosen.
type entry struct {
	Variation
	shape
	id      int     // in the order in which entries were measured
	similar float64 // to the source
	score   float64 // without regard to its siblings
	free    bool    // a short kind: it may be as like the source as it wants
}

// chooser ranks candidates and picks a varied few.
type chooser struct {
	shaper
	source  shape
	content map[string]bool // words of the source that carry meaning
	locked  []string        // parts that every text ends in: they make texts alike that are not
	action  []string        // folded words of the source's call to action
	prior   map[string]float64
	count   int                // of the entries that were measured
	pairs   map[[2]int]float64 // similarity of entries by their ids: many choices are weighed, and ask for the same ones
	timid   bool               // few words can be changed in the language: another order has to do
}

// newChooser learns from the source what to compare with.
func newChooser(t units.Text, past []Past) *chooser {
	c := &chooser{shaper: shaper{numbers: map[string]int32{}}, content: map[string]bool{}, pairs: map[[2]int]float64{}, prior: anglePrior(past), timid: t.Language.Code != "en"}
	for _, u := range t.Units {
		if u.Class == units.Legal {
			c.locked = append(c.locked, u.Text)
		}
		if u.Class == units.Action && len(c.action) == 0 {
			c.action = contentWords(plainWords(u.Text))
		}
	}
	own := ""
	for _, u := range t.Units {
		if u.Class != units.Injection && u.Class != units.Legal {
			own += u.Text + u.End + " "
		}
	}
	words := plainWords(own)
	c.source = c.shape(words)
	for _, w := range contentWords(words) {
		c.content[w] = true
	}
	return c
}

// alike is the similarity of two entries.
func (c *chooser) alike(a, b *entry) float64 {
	pair := [2]int{min(a.id, b.id), max(a.id, b.id)}
	s, ok := c.pairs[pair]
	if !ok {
		s = a.similarity(b.shape)
		c.pairs[pair] = s
	}
	return s
}

// strip takes out what every text has.
func (c *chooser) strip(s string) string {
	for _, l := range c.locked {
		s = strings.ReplaceAll(s, l, " ")
	}
	return s
}

// entry measures a candidate; rank is its place in its generator's order, from 0 to 1, which decides among short texts.
func (c *chooser) entry(v Variation, rank float64) entry {
	words := plainWords(c.strip(v.Text))
	c.count++
	e := entry{Variation: v, shape: c.shape(words), id: c.count, free: v.Kind != Body}
	if e.free {
		e.score = -rank
		return e
	}
	e.similar = e.similarity(c.source)
	content := contentWords(words)
	e.score = 1.1*min(c.recall(content), 0.85) + 0.9*min(1-e.similar, 0.5) + c.actionKept(content) + c.prior[v.Angle] - 0.4*rank
	e.score -= 0.04 * float64(max(0, len(v.Moves)-3))
	if n := length(v.Text); n > fit {
		e.score -= 0.25 * min(1, float64(n-fit)/fit)
	}
	if e.permutes(c.source) {
		e.score -= 0.5 // another order is the least that can be done
	}
	return e
}

// recall is the share of the source's content that a text keeps.
func (c *chooser) recall(content []string) float64 {
	if len(c.content) == 0 {
		return 1
	}
	kept := 0
	for i, w := range content {
		if c.content[w] && !slices.Contains(content[:i], w) {
			kept++
		}
	}
	return float64(kept) / float64(len(c.content))
}

// actionKept rewards a text that still asks for something where the source does.
func (c *chooser) actionKept(content []string) float64 {
	if slices.ContainsFunc(content, func(w string) bool { return slices.Contains(c.action, w) }) {
		return 0.1
	}
	return 0
}

// starts is how many entries a choice is begun with: the best alone may stand in the way of two others.
const starts = 32

// pick adds entries to those that are chosen, up to want, each as good and as unlike the others as can be had (maximal marginal
// relevance). Of the choices that begin with one of the first entries it takes the one with the most texts, and among those the best. The
// source in another order comes last, and only where the others are fewer than three.
func (c *chooser) pick(chosen, entries []entry, want int) []entry {
	var moved, others []entry
	for _, e := range entries {
		if !e.free && e.permutes(c.source) {
			moved = append(moved, e)
		} else {
			others = append(others, e)
		}
	}
	best, value := c.fill(slices.Clone(chosen), others, want)
	for i := range others[:min(len(others), starts)] {
		if others[i].free || len(chosen) >= want || math.IsInf(c.margin(&others[i], chosen), -1) {
			continue
		}
		first := c.margin(&others[i], chosen)
		set, v := c.fill(append(slices.Clone(chosen), others[i]), others, want)
		if len(set) > len(best) || len(set) == len(best) && v+first > value+1e-9 {
			best, value = set, v+first
		}
	}
	if len(best) < min(want, enough) {
		best, _ = c.fill(best, moved, len(best)+1)
	}
	return best
}

// fill adds entries to a choice one by one, and says what they are worth together.
func (c *chooser) fill(chosen, entries []entry, want int) (set []entry, value float64) {
	for len(chosen) < want {
		best, at := math.Inf(-1), -1
		for i := range entries {
			if v := c.margin(&entries[i], chosen); v > best {
				best, at = v, i
			}
		}
		if at < 0 {
			break
		}
		chosen, value = append(chosen, entries[at]), value+best
	}
	return chosen, value
}

// margin is what an entry adds to those that are chosen; minus infinity when it is too close to one.
func (c *chooser) margin(e *entry, chosen []entry) float64 {
	permuted := !e.free && e.permutes(c.source)
	if permuted && !c.timid && len(chosen) >= enough {
		return math.Inf(-1)
	}
	if e.similar >= near && (!permuted || !c.timid) || e.similar >= 0.85 {
		return math.Inf(-1)
	}
	v := e.score
	closest := 0.0
	for i := range chosen {
		o := &chosen[i]
		s := c.alike(e, o)
		if s >= near || e.framed(o) || permuted && o.permutes(c.source) {
			return math.Inf(-1)
		}
		closest = max(closest, s)
		if e.opens(o.shape) {
			v -= 0.45
		}
		if e.Angle != "" && e.Angle == o.Angle {
			v -= 0.12
		}
		if len(e.Evidence) > 0 && slices.Equal(e.Evidence, o.Evidence) {
			v -= 0.3
		}
	}
	if !e.free && e.opens(c.source) {
		v -= 0.12
	}
	return v - 0.5*closest
}

// framed says whether rules put words of ours around units of both texts in the same way: once among siblings is enough.
func (e *entry) framed(o *entry) bool {
	return slices.ContainsFunc(e.Moves, func(m string) bool {
		return (strings.HasPrefix(m, "frame.us") || strings.HasPrefix(m, "open.know")) &&
			slices.Contains(o.Moves, m)
	})
}

// anglePrior says how much better than the account's mean each kind of opening has done, shrunk, from -0.1 to 0.1.
func anglePrior(past []Past) map[string]float64 {
	type sums struct{ shown, clicked float64 }
	by, all := map[string]sums{}, sums{}
	for _, p := range past {
		a := AngleOf(p.Text)
		s := by[a]
		by[a] = sums{s.shown + float64(p.Impressions), s.clicked + float64(p.Clicks)}
		all = sums{all.shown + float64(p.Impressions), all.clicked + float64(p.Clicks)}
	}
	prior := map[string]float64{}
	if all.shown == 0 || all.clicked == 0 {
		return prior
	}
	mean := all.clicked / all.shown
	for a, s := range by {
		ratio := Shrunk(int64(s.clicked), int64(s.shown), mean) / mean
		prior[a] = max(-0.1, min(0.1, 0.2*(ratio-1)))
	}
	return prior
}

// Shrunk is a click-through rate that few impressions leave near the mean: five thousand more of the mean's are added.
func Shrunk(clicks, impressions int64, mean float64) float64 {
	return (float64(clicks) + 5000*mean) / (float64(impressions) + 5000)
}

// AngleOf is the kind of opening of a text: question, offer, action, or "" for a plain statement.
func AngleOf(s string) string {
	first := strings.TrimSpace(s)
	if at := strings.IndexAny(first, ".!?\n"); at >= 0 {
		if first[at] == '?' {
			return "question"
		}
		first = first[:at]
	}
	if strings.ContainsAny(first, "%$€£¥") {
		return "offer"
	}
	return ""
}

// plainWords are the words of a text without marks, in lower case; a hyphen parts two, so that half-price and half price are the same.
func plainWords(s string) []string {
	var out []string
	for _, w := range units.Words(s) {
		if !w.Mark {
			out = append(out, strings.FieldsFunc(w.Lower, func(r rune) bool { return r == '-' || r == '‑' })...)
		}
	}
	return out
}

// contentWords are the words that carry meaning: all but function words, without a plural's s.
func contentWords(words []string) []string {
	var out []string
	for _, w := range words {
		if !functionWords(w) {
			out = append(out, strings.TrimSuffix(w, "s"))
		}
	}
	return out
}

// functionWords say little by themselves.
func functionWords(w string) bool {
	switch w {
	case "a", "an", "the", "and", "or", "but", "of", "to", "in", "on", "at", "for", "from", "by", "with", "as", "is", "are", "be", "it",
		"its", "it's", "this", "that", "these", "those", "our", "your", "we", "you", "they", "i", "my", "me", "us", "their", "all",
		"any", "some", "so", "if", "when", "where", "while", "who", "what", "how", "there", "here", "has", "have", "had", "do", "does",
		"will", "can", "not", "more", "most", "very", "just", "only", "der", "die", "das", "ein", "eine", "und", "oder", "mit", "für",
		"von", "im", "zu", "el", "la", "los", "las", "un", "una", "y", "o", "con", "para", "de", "del", "en", "le", "les", "des", "et",
		"ou", "avec", "pour", "du", "au", "il", "lo", "gli", "e", "per", "di", "da", "os", "um", "uma", "com", "em":
		return true
	}
	return false
}
