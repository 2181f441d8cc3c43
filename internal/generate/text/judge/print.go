package judge

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
)

// row is a line of the table.
type row struct {
	name string
	of   func(f Figures) string
}

// percent writes a share.
func percent(share float64) string { return fmt.Sprintf("%.1f %%", 100*share) }

// rows are the lines in their order.
func rows() []row {
	return []row{
		{"CDY@4, English", func(f Figures) string { return fmt.Sprintf("%.3f", f.CDYEnglish) }},
		{"CDY@4, other languages", func(f Figures) string { return fmt.Sprintf("%.3f", f.CDYOther) }},
		{"strict: no thin trims, nothing odd", func(f Figures) string { return fmt.Sprintf("%.3f", f.Strict) }},
		{"coverage of min_variations", func(f Figures) string { return percent(f.Coverage) }},
		{"texts", func(f Figures) string { return fmt.Sprint(f.Texts) }},
		{"texts without a violation", func(f Figures) string { return percent(f.CleanTexts) }},
		{"faithfulness, violations /100", perHundred(faith)},
		{"lost content /100", perHundred(lost)},
		{"policy /100", perHundred(policy)},
		{"surface /100", perHundred(surface)},
		{"language /100", perHundred(language)},
		{"injection failures", func(f Figures) string { return fmt.Sprint(f.Injection) }},
		{"odd wording /100", perHundred(sense)},
		{"thin trims", func(f Figures) string { return percent(f.Thin) }},
		{"content kept", func(f Figures) string { return percent(f.Recall) }},
		{"near-copies", func(f Figures) string { return percent(f.NearCopies) }},
		{"pure permutations", func(f Figures) string { return percent(f.Permuted) }},
		{"self-BLEU-4", func(f Figures) string { return fmt.Sprintf("%.2f", f.SelfBLEU) }},
		{"distinct-2", func(f Figures) string { return fmt.Sprintf("%.2f", f.Distinct2) }},
		{"distinct openings", func(f Figures) string { return percent(f.Openings) }},
		{"boilerplate", func(f Figures) string { return percent(f.Boilerplate) }},
		{"at most 125 characters", func(f Figures) string { return percent(f.Short) }},
		{"long sources with a short form", func(f Figures) string { return percent(f.ShortForm) }},
		{"sentences not parsed (source)", func(f Figures) string {
			return measuredOr(f.Parsed, fmt.Sprintf("%.1f %% (%.1f)", 100*f.Unparsed, 100*f.SourceUnparsed))
		}},
		{"unparsed words /100 (source)", func(f Figures) string {
			return measuredOr(f.Parsed, fmt.Sprintf("%.1f (%.1f)", f.Nulls, f.SourceNulls))
		}},
		{"texts with bad grammar /100", func(f Figures) string { return measuredOr(f.Parsed, perHundred(grammar)(f)) }},
		{"misspelt words /100", func(f Figures) string { return measuredOr(f.Spelled, perHundred(spelling)(f)) }},
		{"ms, mean / p95", func(f Figures) string { return fmt.Sprintf("%.1f / %.1f", f.MeanMS, f.P95MS) }},
	}
}

// perHundred is the rate of a group.
func perHundred(group string) func(f Figures) string {
	return func(f Figures) string { return fmt.Sprintf("%.1f", f.PerHundred[group]) }
}

// measuredOr is a figure, or that there is none.
func measuredOr(measured bool, figure string) string {
	if measured {
		return figure
	}
	return "-"
}

// Print writes the table of a set: a column for each system, then the classes of violations of the first.
func (m Measured) Print(out io.Writer) error {
	t := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(t, "%s, %d items\t", m.Set, m.Systems[0].Items)
	for _, f := range m.Systems {
		fmt.Fprintf(t, "%s\t", f.System)
	}
	fmt.Fprintln(t)
	for _, r := range rows() {
		fmt.Fprintf(t, "%s\t", r.name)
		for _, f := range m.Systems {
			fmt.Fprintf(t, "%s\t", r.of(f))
		}
		fmt.Fprintln(t)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(out, "%s: the same texts again: %t\n", m.Systems[0].System, m.Repeatable)
	for _, class := range sorted(m.Systems[0].Classes) {
		fmt.Fprintf(out, "  %4d %s\n", m.Systems[0].Classes[class], class)
	}
	return nil
}

// PrintWorst writes the n sources that the first system did worst on, with their texts and what is wrong with each.
func (m Measured) PrintWorst(out io.Writer, n int) {
	list := slices.Clone(m.first)
	slices.SortStableFunc(list, func(a, b outcome) int {
		return cmp.Or(cmp.Compare(wanting(b), wanting(a)), cmp.Compare(broken(b), broken(a)))
	})
	for i := range list[:min(n, len(list))] {
		o := &list[i]
		fmt.Fprintf(out, "\n%s (%s, %s) %d of %d: %s\n", o.ID, o.Lang, o.Vertical, o.counted(), o.Min, o.Source)
		for k := range o.texts {
			o.texts[k].show(out, o.free)
		}
	}
}

// wanting is how far an item is from what a good engine reaches.
func wanting(o outcome) int { return o.Min - o.counted() }

// broken is how many violations an item's texts have.
func broken(o outcome) int {
	n := 0
	for _, t := range o.texts {
		n += len(t.Violations)
	}
	return n
}

// show writes a text with what is wrong with it; + marks one that counts.
func (t judged) show(out io.Writer, source []string) {
	mark := "-"
	if t.Counted {
		mark = "+"
	}
	fmt.Fprintf(out, "  %s %s\n", mark, t.Text)
	for _, v := range t.Violations {
		fmt.Fprintf(out, "      %s/%s: %s\n", v.Group, v.Class, v.What)
	}
	if t.thin {
		fmt.Fprintln(out, "      thin: most of the source is gone")
	}
	switch {
	case t.Permutation:
		fmt.Fprintln(out, "      permutation of the source")
	case t.NearCopy:
		fmt.Fprintln(out, "      near-copy of the source or of a text before it")
	case !t.Counted && len(t.Violations) == 0: // clean and yet not counted
		fmt.Fprintf(out, "      too like the source (%.2f) or a text before it\n", similarity(source, t.free))
	}
}
