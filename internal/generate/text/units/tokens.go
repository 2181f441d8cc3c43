package units

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// shape is what a token is.
type shape uint8

// The shapes of tokens.
const (
	word shape = iota
	figure
	mark
	emoji
	link
	email
	handle
	hashtag
	template
	newline
)

// token is a span of the text; white space but for line breaks belongs to none.
type token struct {
	shape      shape
	start, end int
}

// scan finds the tokens.
func scan(s string) []token {
	tokens := make([]token, 0, len(s)/5+4)
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if r != '\n' && unicode.IsSpace(r) {
			i += size
			continue
		}
		shape, end := next(s, i, r, size)
		tokens = append(tokens, token{shape, i, end})
		i = end
	}
	return tokens
}

// next is the token at i, which begins with r.
func next(s string, i int, r rune, size int) (shape, int) {
	switch {
	case r == '\n':
		return newline, i + 1
	case r == '{' && strings.HasPrefix(s[i:], "{{"):
		if end := strings.Index(s[i:], "}}"); end > 0 && !strings.Contains(s[i:i+end], "\n") {
			return template, i + end + 2
		}
		return mark, i + size
	case isEmojiAt(s, i, r, size):
		return emoji, i + len(grapheme(s[i:]))
	case r == '@' || r == '#':
		if end := nameEnd(s, i+1); end > i+1 && !insideWord(s, i) && (r == '@' || hasLetter(s[i+1:end])) {
			if r == '@' {
				return handle, end
			}
			return hashtag, end
		}
		if end := figureEnd(s, i+1); r == '#' && end > i+1 {
			return figure, end
		}
		return mark, i + size
	}
	if shape, end := address(s, i, r); end > i {
		return shape, end
	}
	if end := figureEnd(s, i); end > i {
		return figure, end
	}
	if n := spacedSign(s[i:]); n > 0 {
		return mark, i + n
	}
	if isWordRune(r) {
		return word, wordEnd(s, i)
	}
	return mark, i + size
}

// isWordRune says whether a rune may begin a word.
func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsMark(r) || r == '_' || unicode.IsNumber(r)
}

// wordEnd is the end of the word at i: letters with apostrophes, hyphens, points of abbreviations and ampersands of names inside (don't, same-day,
// e.g, R&D). Digits end a word of a script that puts no spaces between words.
func wordEnd(s string, i int) int {
	var last rune
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case isWordRune(r):
			if unicode.IsDigit(r) && isDense(last) || isPictograph(r) {
				return i
			}
		case last != 0 && strings.ContainsRune("'’-‑&", r):
			if next, _ := utf8.DecodeRuneInString(s[i+size:]); !unicode.IsLetter(next) && (!unicode.IsDigit(next) || isDense(last)) {
				return i
			}
		default:
			return i
		}
		last = r
		i += size
	}
	return i
}

// isDense says whether a script puts no spaces between its words.
func isDense(r rune) bool {
	return r >= 0x0E00 && r <= 0x0EFF || r >= 0x1000 && r <= 0x109F || r >= 0x1780 && r <= 0x17FF || r >= 0x3040 && r <= 0x30FF || r >= 0x3400 && r <= 0x9FFF
}

// nameEnd is the end of a handle's or hashtag's name at i.
func nameEnd(s string, i int) int {
	end := i
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !isWordRune(r) && (r != '.' || end != i) {
			break
		}
		i += size
		if r != '.' {
			end = i
		}
	}
	return end
}

// insideWord says whether a letter or digit stands directly before i.
func insideWord(s string, i int) bool {
	r, _ := utf8.DecodeLastRuneInString(s[:i])
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// hasLetter says whether a text holds a letter.
func hasLetter(s string) bool { return strings.ContainsFunc(s, unicode.IsLetter) }
