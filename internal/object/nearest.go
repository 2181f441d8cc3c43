package object

import (
	"slices"
	"strings"
)

// Closest is the known word that an unknown one was probably meant to be.
func Closest(word string, known []string) (string, bool) {
	near := Nearest(word, known, 1)
	if len(near) == 0 {
		return "", false
	}
	return near[0], true
}

// Nearest are the known words that an unknown one may have meant, likeliest first and at most so many: those with few letters changed,
// and those that are a part of it or that it is a part of, word by word.
func Nearest(word string, known []string, most int) []string {
	type candidate struct {
		word string
		off  int
	}
	var list []candidate
	plain := folded(word)
	for _, k := range known {
		other := folded(k)
		off := distance(plain, other)
		if off > max(1, len(plain)/3) {
			if !holds(plain, other) && !holds(other, plain) {
				continue
			}
			off = len(plain)/3 + 1 // behind every misspelling
		}
		list = append(list, candidate{k, off})
	}
	slices.SortStableFunc(list, func(a, b candidate) int { return a.off - b.off })
	words := make([]string, min(len(list), most))
	for i := range words {
		words[i] = list[i].word
	}
	return words
}

// longestWord bounds what is compared: names are short.
const longestWord = 64

// folded is a word without case, and with one kind of separator.
func folded(s string) string {
	s = strings.ToLower(strings.NewReplacer("-", "_", " ", "_").Replace(strings.TrimSpace(s)))
	return s[:min(len(s), longestWord)]
}

// holds reports whether a word stands in another as whole words: sales in outcome_sales.
func holds(long, short string) bool {
	return len(short) > 2 && strings.Contains("_"+long+"_", "_"+short+"_")
}

// distance is how many letters have to be added, dropped or changed to make one word of the other.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal, row[j+1] = row[j+1], min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
