package judge

import (
	"slices"
	"strings"
	"unicode"
)

// odd adds what no list of facts sees and every reader does: a hook before what is no thing, a stump where a word is wanting, the same
// words again. English only. These do not make a text unclean in CDY@4, which keeps its figures comparable; they do in the strict one.
func (j *Judge) odd(s subject, text *reading, add func(group, class string, what ...string)) {
	if s.Lang != "en" {
		return
	}
	for _, h := range j.hooks.find(text.words) {
		last, next := text.sentenceEnd(h.at), min(h.at+len(h.words), len(text.words)-1)
		if (j.noThing(text.words[last]) && !text.clause(h.at, last) || strings.HasPrefix(h.term, "meet") && text.numbered(next)) && !j.verbatim(s, text, h.at, last) {
			add(sense, "hook", text.stretch(h.at, last))
		}
	}
	for i := 1; i < len(text.words); i++ {
		before, w := text.words[i-1], text.words[i]
		gap := strings.TrimSpace(text.gap(i))
		stump := gap == "," && j.lists["stump"][before.low] && !j.stranded(text, i-1)
		verbless := gap == "" && !w.first && j.lists["able"][before.low] && j.lists["no verb"][w.low]
		priced := gap == "" && !w.first && w.low == "prices" && !j.lists["before prices"][before.low]
		if (stump || verbless || priced) && !j.verbatim(s, text, i-1, i) {
			add(sense, "stump", before.text+gap+" "+w.text)
		}
	}
	add(sense, "echo", j.echoes(s, text)...)
}

// numbered says whether a word belongs to a number.
func (r *reading) numbered(i int) bool {
	return slices.ContainsFunc(r.numbers, func(n number) bool { return n.word <= i && i < n.end })
}

// clause says whether a stretch has a clause of its own, which may end with a verb: "train sets that fit the tracks you have".
func (r *reading) clause(from, to int) bool {
	return slices.ContainsFunc(r.words[from:to], func(w word) bool {
		return slices.Contains([]string{"that", "who", "which", "you", "we", "where"}, w.low)
	})
}

// sentenceEnd is the index of the last word of the sentence that a word is in.
func (r *reading) sentenceEnd(i int) int {
	for i+1 < len(r.words) && !r.words[i+1].first && !strings.ContainsAny(r.gap(i+1), ":,;–—") {
		i++
	}
	return i
}

// stretch is the text from one word to another.
func (r *reading) stretch(from, to int) string { return r.text[r.words[from].at:r.words[to].end()] }

// verbatim says whether the source, Page or an earlier ad has the same words in a row.
func (j *Judge) verbatim(s subject, text *reading, from, to int) bool {
	part := plainer(text.stretch(from, to))
	return slices.ContainsFunc(slices.Concat(s.base, s.past), func(r *reading) bool { return strings.Contains(plainer(r.text), part) })
}

// noThing says whether a phrase that ends so names nothing that could be met or looked for.
func (j *Judge) noThing(w word) bool {
	return !w.mark && (j.lists["no thing"][w.low] || w.joint && w.low == "free")
}

// echoes lists what a text says twice and its source does not: the first two words of a sentence, a longer word.
func (j *Judge) echoes(s subject, text *reading) []string {
	var found []string
	starts, counts := map[string]int{}, map[string]int{}
	for i, w := range text.words {
		if w.first && i+1 < len(text.words) && !text.words[i+1].first {
			start := w.low + " " + text.words[i+1].low
			if starts[start]++; starts[start] == 2 && !strings.Contains(plainer(s.source.text), start) {
				found = append(found, start)
			}
		}
		if len(w.low) < 5 || w.mark || j.lists["functional"][w.low] || digitsOf(w.low) != "" {
			continue
		}
		named := unicode.IsUpper([]rune(w.text)[0]) && !w.opens
		again := i > 1 && text.words[i-2].low == w.low // night after night
		if counts[w.low]++; counts[w.low] == 2 && !named && !again && s.source.count(stem(w.low)) < 2 {
			found = append(found, w.low)
		}
	}
	return found
}

// stem drops the commonest English endings, crudely: it compares, it does not spell.
func stem(low string) string {
	for _, end := range []string{"'s", "ing", "ed", "es", "s", "e"} {
		if cut, ok := strings.CutSuffix(low, end); ok && len(cut) >= 3 {
			return cut
		}
	}
	return low
}

// count is how often a reading has words of a stem.
func (r *reading) count(root string) int {
	n := 0
	for _, w := range r.words {
		if stem(w.low) == root {
			n++
		}
	}
	return n
}

// enough is the share of a source's longer words below which a text is a thin trim, and wordy the number of words from which a source
// must be cut down.
const (
	enough = 0.4
	wordy  = 35
)

// recall is the share of a source's longer words that a text keeps.
func (j *Judge) recall(source, text *reading) float64 {
	kept, all := 0, 0
	for _, w := range source.words {
		if len([]rune(w.low)) < 4 && !w.mark || j.lists["functional"][w.low] {
			continue
		}
		all++
		if text.count(stem(w.low)) > 0 {
			kept++
		}
	}
	if all == 0 {
		return 1
	}
	return float64(kept) / float64(all)
}

// thin says whether a text is little more than a piece of its source: it drops most and brings nothing.
func (j *Judge) thin(source, text *reading) bool {
	return len(source.words) < wordy && j.recall(source, text) < enough && float64(len(text.words)) < 0.7*float64(len(source.words))
}
