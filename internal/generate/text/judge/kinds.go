package judge

import (
	"fmt"
	"io"
	"text/tabwriter"
)

// kinds are the sorts of source that an item belongs to: its tags, its length, and whether it is English.
func (o outcome) kinds() []string {
	list := append([]string{}, o.Tags...)
	if o.Lang != "en" {
		return append(list, "language "+o.Lang)
	}
	switch n := len(o.subject.source.words); {
	case n <= 12:
		return append(list, "up to 12 words")
	case n <= 24:
		return append(list, "13 to 24 words")
	case n < wordy:
		return append(list, "25 to 34 words")
	}
	return append(list, "35 words and more")
}

// fewest is how many sources of a kind there must be for a line: one alone would show the item.
const fewest = 2

// PrintKinds writes how the first system did on each kind of source, without showing any: what is weak may be told of held items too.
func (m Measured) PrintKinds(out io.Writer) error {
	type tally struct{ sources, min, counted, broken, permuted int }
	byKind := map[string]*tally{}
	for i := range m.first {
		o := &m.first[i]
		for _, kind := range o.kinds() {
			if byKind[kind] == nil {
				byKind[kind] = &tally{}
			}
			t := byKind[kind]
			t.sources++
			t.min += o.Min
			t.counted += min(o.counted(), o.Min)
			t.broken += broken(*o)
			for _, text := range o.texts {
				if text.Permutation {
					t.permuted++
				}
			}
		}
	}
	t := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "\nkind of source\tsources\tcounted\tof expected\tviolations\tpermutations\t")
	for _, kind := range sorted(byKind) {
		if k := byKind[kind]; k.sources >= fewest {
			fmt.Fprintf(t, "%s\t%d\t%d\t%d\t%d\t%d\t\n", kind, k.sources, k.counted, k.min, k.broken, k.permuted)
		}
	}
	return t.Flush()
}
