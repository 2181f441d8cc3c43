package rewrite

import (
	"slices"
	"strings"

	"github.com/rivo/uniseg"

	"github.com/marquetry/marquetry/internal/generate/text/units"
)

// Most emoji in a text; where they stand before lines, one more may.
const (
	mostPictures = 2
	mostBullets  = 3
)

// picturesOf are the emoji of a text in order.
func picturesOf(t units.Text) []string {
	var all []string
	for _, u := range t.Units {
		all = append(all, graphemes(u.Before)...)
		for _, a := range u.Atoms {
			if a.Kind == units.Emoji {
				all = append(all, a.Text)
			}
		}
		all = append(all, graphemes(u.After)...)
	}
	return all
}

// graphemes are the graphemes of a text without white space.
func graphemes(s string) []string {
	var all []string
	for g, state := "", -1; s != ""; {
		g, s, _, state = uniseg.FirstGraphemeClusterInString(s, state)
		if strings.TrimSpace(g) != "" {
			all = append(all, g)
		}
	}
	return all
}

// learnPictures finds the emoji of the source and, where it has none, the account's habit: the one that most of its texts have, if a third
// of them have any.
func (w *work) learnPictures() {
	for _, p := range picturesOf(w.source) {
		if !slices.Contains(w.pictures, p) {
			w.pictures = append(w.pictures, p)
		}
	}
	if len(w.pictures) > 0 {
		return
	}
	with, counts := 0, map[string]int{}
	for _, p := range w.Past {
		all := picturesOf(units.Parse(p.Text, w.PageName))
		if len(all) > 0 {
			with++
		}
		for _, picture := range all {
			if counts[picture]++; counts[picture] > counts[w.habit] {
				w.habit = picture
			}
		}
	}
	if 3*with < len(w.Past) {
		w.habit = ""
	}
}

// pictured is a text with as many emoji as are good for it: those of the source up to the most, or in every second text the account's own.
// n is how many texts came before it.
func (w *work) pictured(s string, n int) string {
	if w.habit != "" && n%2 == 0 && len(w.tail) == 0 {
		return s + " " + w.habit
	}
	total := 0
	for _, p := range w.pictures {
		total += strings.Count(s, p)
	}
	if total <= mostPictures {
		return s
	}
	var b strings.Builder
	kept := 0
	for g, state := "", -1; s != ""; {
		g, s, _, state = uniseg.FirstGraphemeClusterInString(s, state)
		if !slices.Contains(w.pictures, g) {
			b.WriteString(g)
			continue
		}
		if line := b.Len() == 0 || strings.HasSuffix(b.String(), "\n"); kept < mostPictures || line && total <= mostBullets {
			kept++
			b.WriteString(g)
		} else {
			s = strings.TrimPrefix(s, " ")
		}
	}
	return strings.TrimRight(b.String(), " ")
}
