package units

import (
	"strings"
)

// lowWords is the words of a span in lower case; figures become "#".
func lowWords(f *finder, first, last int) []string {
	words := make([]string, 0, last-first+1)
	for i := first; i <= last; i++ {
		switch {
		case f.is(i, figure) && i < last && multiple(f.low(i+1)) != 1:
			words = append(words, "##") // 2 million
			i++
		case f.is(i, figure):
			words = append(words, figureWord(f.amount(i)))
		case !f.is(i, mark) && !f.is(i, emoji):
			words = append(words, f.low(i))
		}
	}
	return words
}

// figureWord is a number in the form that phrases have: "#" with what is joined to it (#day for 14-day), "#%" for a percentage, "##" from a
// hundred on; ages such as 18+ are as they are.
func figureWord(a amount) string {
	switch {
	case a.plus && len(a.digits) == 2:
		return a.digits + "+"
	case a.per:
		return "#%"
	case a.tail == "" && len(a.digits) > 2 && !strings.ContainsAny(a.digits, ":/") || multiple(lower(a.tail)) != 1:
		return "##"
	}
	return "#" + lower(a.tail)
}

// matches says whether one of a list's phrases stands among the words. In a phrase, * is any one word, # a number, ^ the
// unit's first word, and ~ any number of articles and the like.
func matches(list string, words []string) bool {
	for i, w := range words {
		if i == 0 && matchesAt(list, "^"+w, words) || matchesAt(list, w, words[i:]) {
			return true
		}
		if w[0] == '#' && len(w) > 1 && matchesAt(list, "#", words[i:]) {
			return true
		}
	}
	return false
}

// matchesAt says whether a phrase whose first word is key begins the words.
func matchesAt(list, key string, words []string) bool {
	for at := search(list, key); at < len(list); {
		line := list[at:]
		if end := strings.IndexByte(line, '\n'); end >= 0 {
			line = line[:end]
		}
		if !strings.HasPrefix(line, key) {
			return false
		}
		rest := line[len(key):]
		if rest == "" || rest[0] == ' ' && fits(rest[1:], words[1:]) {
			return true
		}
		if rest != "" && rest[0] > ' ' && rest[0] != '\t' {
			return false
		}
		at += len(line) + 1
	}
	return false
}

// fits says whether the words begin with the rest of a phrase.
func fits(phrase string, words []string) bool {
	for i := 0; ; i++ {
		want, rest, more := strings.Cut(phrase, " ")
		if want == "~" {
			for i < len(words) && has(quantifiers, words[i]) {
				i++
			}
			phrase, i = rest, i-1
			continue
		}
		if i >= len(words) {
			return false
		}
		if anyNumber := want == "#" && words[i][0] == '#'; !anyNumber && want != "*" && want != words[i] {
			return false
		}
		if !more {
			return true
		}
		phrase = rest
	}
}
