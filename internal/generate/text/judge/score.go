package judge

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/rivo/uniseg"
)

// System is something that writes variations.
type System struct {
	Name  string
	Write func(ctx context.Context, it Item) (Answer, error)
}

// Timed makes a system of a function, and takes the time of every call.
func Timed(name string, now func() time.Time, write func(ctx context.Context, it Item) ([]string, error)) System {
	return System{Name: name, Write: func(ctx context.Context, it Item) (Answer, error) {
		start := now()
		list, err := write(ctx, it)
		return Answer{ID: it.ID, Variations: list, MS: float64(now().Sub(start).Microseconds()) / 1000}, err
	}}
}

// Recorded makes a system of answers that were written before. An item without an answer has no variations.
func Recorded(name string, answers []Answer) System {
	byID := map[string]Answer{}
	for _, a := range answers {
		byID[a.ID] = a
	}
	return System{Name: name, Write: func(_ context.Context, it Item) (Answer, error) { return byID[it.ID], nil }}
}

// judged is a variation with what is known of it.
type judged struct {
	item        *Item
	read        *reading
	free        []string // its words without legal lines
	Text        string
	Violations  []Violation
	NearCopy    bool // of the source or of a variation before it
	Permutation bool // the source's words in another order
	Counted     bool // clean and distinct
	thin        bool // little but a piece of the source
	recall      float64
	parsing     parsing
}

// outcome is an item with what a system made of it.
type outcome struct {
	subject
	free   []string // the source's words without legal lines
	texts  []judged
	answer Answer
	source parsing
}

// counted is how many of an item's variations are clean and distinct, at most four.
func (o outcome) counted() int {
	n := 0
	for _, t := range o.texts {
		if t.Counted {
			n++
		}
	}
	return min(n, most)
}

// clean says whether a text has no violation but of sense, and strictly whether it has none at all and is no thin trim.
func (t judged) clean() (clean, strict bool) {
	if slices.ContainsFunc(t.Violations, func(v Violation) bool { return v.Group != sense }) {
		return false, false
	}
	return true, len(t.Violations) == 0 && !t.thin
}

// strict is how many of the counted variations a careful reader would let pass.
func (o outcome) strict() int {
	n := 0
	for _, t := range o.texts {
		if _, ok := t.clean(); ok && t.Counted {
			n++
		}
	}
	return min(n, most)
}

// write asks a system for its answers to items.
func (j *Judge) write(ctx context.Context, sys System, items []Item) ([]outcome, error) {
	list := make([]outcome, len(items))
	for i := range items {
		answer, err := sys.Write(ctx, items[i])
		if err != nil {
			return nil, fmt.Errorf("%s on %s: %w", sys.Name, items[i].ID, err)
		}
		o := outcome{subject: j.subject(&items[i]), free: j.free(&items[i], items[i].Source), answer: answer}
		for _, text := range answer.Variations {
			o.texts = append(o.texts, judged{item: &items[i], read: j.read(text), free: j.free(&items[i], text), Text: text})
		}
		list[i] = o
	}
	return list, nil
}

// score judges the variations of an item.
func (j *Judge) score(o *outcome, l learned) {
	if o.Lang == "en" {
		o.source = l.parsing(o.subject.source)
	}
	for i := range o.texts {
		t := &o.texts[i]
		t.Violations = j.check(o.subject, t.read)
		if o.Lang == "en" {
			t.parsing = l.parsing(t.read)
			if t.parsing.failed > o.source.failed+1 {
				t.Violations = append(t.Violations, Violation{grammar, "unparsed", fmt.Sprintf("%d sentences, the source has %d", t.parsing.failed, o.source.failed)})
			}
		}
		for _, w := range l.misspelt(o.subject, t.read) {
			t.Violations = append(t.Violations, Violation{spelling, "unknown", w})
		}
		for _, w := range l.capitals(o.subject, t.read) {
			t.Violations = append(t.Violations, Violation{surface, "midcap", w})
		}
		t.thin, t.recall = j.thin(o.subject.source, t.read), j.recall(o.subject.source, t.read)
	}
	o.count()
}

// count marks near-copies and permutations, and greedily the variations that are clean and distinct. A pure permutation counts once.
func (o *outcome) count() {
	permuted := false
	for i := range o.texts {
		t := &o.texts[i]
		like := similarity(o.free, t.free)
		far := like <= distinct
		t.NearCopy = like >= nearCopy
		t.Permutation = !t.NearCopy && bagF1(o.free, t.free) >= reordered
		for _, before := range o.texts[:i] {
			like = similarity(before.free, t.free)
			t.NearCopy = t.NearCopy || like >= nearCopy
			far = far && (!before.Counted || like <= distinct)
		}
		clean, _ := t.clean()
		t.Counted = clean && strings.TrimSpace(t.Text) != "" && !t.NearCopy && far && (!t.Permutation || !permuted)
		permuted = permuted || t.Counted && t.Permutation
	}
}

// lengthLimit is how many characters of a primary text are shown before "see more".
const lengthLimit = 125

// short says whether a text is shown whole.
func short(text string) bool { return uniseg.GraphemeClusterCount(text) <= lengthLimit }
