package judge

import "strings"

// Thresholds of similarity. At nearCopy two texts are one; above distinct they are too close for both to count; a text whose bag of
// words is at reordered or above is the source in another order.
const (
	nearCopy  = 0.85
	distinct  = 0.75
	reordered = 0.9
)

// similarity of two lists of words, from 0 to 1: the mean of word edit similarity and the F1 of their bags.
func similarity(a, b []string) float64 {
	return (editSimilarity(a, b) + bagF1(a, b)) / 2
}

// editSimilarity is one less the Levenshtein distance in words over the longer length.
func editSimilarity(a, b []string) float64 {
	if len(a) < len(b) {
		a, b = b, a
	}
	if len(a) == 0 {
		return 1
	}
	row := make([]int, len(b)+1)
	for k := range row {
		row[k] = k
	}
	for i := range a {
		diagonal := row[0]
		row[0] = i + 1
		for k := range b {
			cost := diagonal
			if a[i] != b[k] {
				cost++
			}
			diagonal = row[k+1]
			row[k+1] = min(cost, row[k]+1, row[k+1]+1)
		}
	}
	return 1 - float64(row[len(b)])/float64(len(a))
}

// bagF1 compares two lists of words without regard to their order.
func bagF1(a, b []string) float64 {
	if len(a)+len(b) == 0 {
		return 1
	}
	have := map[string]int{}
	for _, w := range a {
		have[w]++
	}
	common := 0
	for _, w := range b {
		if have[w] > 0 {
			have[w]--
			common++
		}
	}
	return 2 * float64(common) / float64(len(a)+len(b))
}

// legal is how many words a text that must be kept verbatim has for it not to count in comparisons: a legal line makes texts alike
// that are not.
const legal = 5

// free are the words of a text in lower case, without the long lines that its item wants verbatim.
func (j *Judge) free(it *Item, text string) []string {
	for _, line := range it.KeepAll {
		if len(strings.Fields(line)) >= legal {
			text = strings.ReplaceAll(text, line, " ")
		}
	}
	return j.read(text).lows()
}
