package text

import "unicode/utf8"

// shape is a text's words as numbers, so that two texts are compared quickly.
type shape struct {
	words []int32 // in order, marks left out
	bag   []int32 // how often each word occurs, by its number
}

// shaper numbers words.
type shaper struct{ numbers map[string]int32 }

// shape numbers the words of a text. Numbers, links and tags are words.
func (s *shaper) shape(words []string) shape {
	var sh shape
	for _, w := range words {
		n, ok := s.numbers[w]
		if !ok {
			n = int32(len(s.numbers))
			s.numbers[w] = n
		}
		for int(n) >= len(sh.bag) {
			sh.bag = append(sh.bag, 0)
		}
		sh.words = append(sh.words, n)
		sh.bag[n]++
	}
	return sh
}

// common counts the words that two texts share, each as often as both have it.
func (s shape) common(o shape) int {
	n := 0
	for i := range min(len(s.bag), len(o.bag)) {
		n += int(min(s.bag[i], o.bag[i]))
	}
	return n
}

// permutes says whether two texts have almost the same words.
func (s shape) permutes(o shape) bool { return s.f1(o) >= 0.895 }

// f1 compares two bags of words.
func (s shape) f1(o shape) float64 {
	return 2 * float64(s.common(o)) / float64(max(1, len(s.words)+len(o.words)))
}

// similarity of two texts, from 0 to 1: the mean of word edit similarity and the F1 of their bags of words.
func (s shape) similarity(o shape) float64 {
	if len(s.words)+len(o.words) == 0 {
		return 1
	}
	edit := 1 - float64(distance(s.words, o.words))/float64(max(len(s.words), len(o.words)))
	return (s.f1(o) + edit) / 2
}

// opens says whether two texts begin with the same two words.
func (s shape) opens(o shape) bool {
	n := min(2, len(s.words), len(o.words))
	for i := range n {
		if s.words[i] != o.words[i] {
			return false
		}
	}
	return n > 0
}

// distance is Levenshtein's, in words.
func distance(a, b []int32) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j := range b {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// length is how many characters a text has.
func length(s string) int { return utf8.RuneCountInString(s) }
