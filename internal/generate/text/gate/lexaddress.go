package gate

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// address reads a link or an e-mail address that begins with the word that ends at end.
func (x *lexer) address(end int) bool {
	rest := x.text[x.at:]
	if hasPrefixFold(rest, "http://") || hasPrefixFold(rest, "https://") || hasPrefixFold(rest, "www.") {
		x.add(link, x.at, x.at+linkLen(rest), "")
		return true
	}
	stop := x.at + strings.IndexFunc(rest+" ", unicode.IsSpace)
	if end >= stop {
		return false
	}
	span := strings.TrimRight(x.text[x.at:stop], ".,;:!?)”\"'")
	if at := strings.IndexByte(span, '@'); at > 0 && strings.Contains(span[at:], ".") {
		x.add(email, x.at, x.at+len(span), strings.ToLower(span))
		return true
	}
	if n := domainLen(span, x.lex); n > 0 {
		x.add(link, x.at, x.at+n, "")
		return true
	}
	return false
}

// domainLen returns the length of a bare domain with its path at the start of span, 0 for none. A top-level name that is not known counts
// in small letters only: "Shop now.Save" is a lost space, and "evil.zip" is an address wherever it is read.
func domainLen(span string, lex *lexicon) int {
	host := span
	if slash := strings.IndexAny(span, "/?"); slash >= 0 {
		host = span[:slash]
	}
	dot := strings.LastIndexByte(host, '.')
	if dot <= 0 || strings.ContainsAny(host, ",;:!()\"“”…") || !lex.in(host[dot+1:], domain) && !isLabel(host[dot+1:]) {
		return 0
	}
	return len(span)
}

// isLabel reports whether s may be a top-level name: two small letters or more. "e.g" and "a.m" have one.
func isLabel(s string) bool {
	return len(s) > 1 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz") == ""
}

// linkLen returns how far a link reaches: up to white space, without the marks that end a sentence.
func linkLen(s string) int {
	n := strings.IndexFunc(s+" ", unicode.IsSpace)
	return len(strings.TrimRight(s[:n], ".,;:!?)”\"'"))
}

// phoneAt returns where a telephone number that starts at from ends, and its digits; 0 if there is none. It has seven digits or more, in
// groups, and begins with +, ( or 0, or has the form 555-123-4567.
func phoneAt(text string, from int) (int, string) {
	var digits []byte
	end, groups := 0, 1
	i := from
	for ; i < len(text) && strings.IndexByte("0123456789 +()-./", text[i]) >= 0; i++ {
		switch {
		case text[i] >= '0' && text[i] <= '9':
			if end > 0 && i > end {
				groups++
			}
			digits = append(digits, text[i])
			end = i + 1
		case i > end+2 && end > 0:
			i = len(text)
		}
	}
	lead := text[from]
	if len(digits) < 7 || len(digits) > 15 || lead != '+' && lead != '(' && lead != '0' && (groups < 3 || len(digits) < 10) {
		return 0, ""
	}
	return end, string(digits)
}

// picture reads an emoji with everything that belongs to it.
func (x *lexer) picture() {
	from := x.at
	base, size := utf8.DecodeRuneInString(x.text[from:])
	end := from + size
	for end < len(x.text) {
		r, n := utf8.DecodeRuneInString(x.text[end:])
		flag := isFlag(base) && isFlag(r) && end == from+size
		if r == zeroWidthJoiner {
			_, m := utf8.DecodeRuneInString(x.text[end+n:])
			n += m
		} else if r != variation && (r < 0x1F3FB || r > 0x1F3FF) && !flag {
			break
		}
		end += n
	}
	x.endSentence(0)
	x.add(emoji, from, end, strings.ReplaceAll(x.text[from:end], string(variation), ""))
	x.endSentence(0)
}

const (
	zeroWidthJoiner = '\u200d'
	variation       = '\ufe0f'
)

// isEmoji reports whether a rune is a picture. Arrows and dingbats count, letters and marks such as ™ do not.
func isEmoji(r rune) bool {
	return r >= 0x1F000 && r <= 0x1FAFF || r >= 0x2600 && r <= 0x27BF && r != '✓' || r >= 0x2B00 && r <= 0x2BFF || r >= 0x231A && r <= 0x23FF
}

func isFlag(r rune) bool { return r >= 0x1F1E6 && r <= 0x1F1FF }

// isName reports whether s begins like a handle or hashtag.
func isName(s string) bool { return nameLen(s) > 0 }

// nameLen returns how many bytes of s may stand in a handle or hashtag.
func nameLen(s string) int {
	n := strings.IndexFunc(s, func(r rune) bool { return r != '_' && r != '.' && !unicode.IsLetter(r) && !unicode.IsNumber(r) })
	if n < 0 {
		n = len(s)
	}
	return len(strings.TrimRight(s[:n], "."))
}

// wordEnd returns where the word that starts at from ends. An apostrophe between letters belongs to it.
func wordEnd(text string, from int) int {
	i := from
	for i < len(text) {
		r, n := utf8.DecodeRuneInString(text[i:])
		if unicode.IsLetter(r) || unicode.IsMark(r) {
			i += n
			continue
		}
		if next, _ := utf8.DecodeRuneInString(text[i+n:]); (r == '\'' || r == '’') && unicode.IsLetter(next) {
			i += n
			continue
		}
		break
	}
	return i
}

// elision returns the length of the article or pronoun that an apostrophe ties to a French or Italian word, 0 for none.
func (l *lexicon) elision(w string) int {
	if l.code != "fr" && l.code != "it" {
		return 0
	}
	cut := strings.IndexAny(w, "'’")
	if cut <= 0 || hasPrefixFold(w, "aujourd") {
		return 0
	}
	return cut
}

// codeEnd returns where a run of letters and digits ends.
func codeEnd(text string, from int) int {
	n := strings.IndexFunc(text[from:], func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
	if n < 0 {
		return len(text)
	}
	return from + n
}

// lower brings a word to the form that is compared: lower case, straight apostrophe.
func lower(s string) string {
	s = strings.ToLower(s)
	if strings.Contains(s, "’") {
		s = strings.ReplaceAll(s, "’", "'")
	}
	return s
}

// hasPrefixFold reports whether s begins with the ASCII prefix in any case.
func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}
