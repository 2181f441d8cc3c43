package units

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// longestAddress is how many bytes an address without a scheme may have.
const longestAddress = 300

// address finds a link or an e-mail address at i; the end is i when there is none.
func address(s string, i int, r rune) (shape, int) {
	if r >= 0x80 || !isWordRune(r) || insideWord(s, i) {
		return link, i
	}
	if scheme(s[i:]) {
		return link, trimLink(s, i, i+run(s[i:]))
	}
	end := i + run(s[i:min(len(s), i+longestAddress)])
	text := s[i:end]
	switch {
	case strings.Contains(text, "@"):
		if mail := trimLink(s, i, i+len(cutPath(text))); isMail(s[i:mail]) {
			return email, mail
		}
	case strings.Contains(text, "."):
		host := cutPath(text)
		trimmed := strings.TrimRight(host, ".,-")
		if !isDomain(trimmed) {
			return link, i
		}
		if trimmed != host {
			return link, i + len(trimmed)
		}
		return link, trimLink(s, i, end)
	}
	return link, i
}

// run is the length of what could be one address: everything up to white space, a quotation mark, a bracket or a letter beyond ASCII that a
// host could not hold.
func run(s string) int {
	return indexOrEnd(s, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(`"“”„«»<>()[]{}|。、，！？：`, r) || isPictograph(r) || isDense(r)
	})
}

// indexOrEnd is where a rune of a kind stands first, or the length.
func indexOrEnd(s string, is func(rune) bool) int {
	if n := strings.IndexFunc(s, is); n >= 0 {
		return n
	}
	return len(s)
}

// scheme says whether a text begins as an address of the web does.
func scheme(s string) bool {
	if len(s) < 5 || s[0]|0x20 != 'h' && s[0]|0x20 != 'w' {
		return false
	}
	low := strings.ToLower(s[:min(len(s), 9)])
	for _, p := range [...]string{"https://", "http://", "www."} {
		if strings.HasPrefix(low, p) && len(low) > len(p) {
			return true
		}
	}
	return false
}

// trimLink takes the marks of the sentence from an address's end.
func trimLink(s string, i, end int) int {
	return i + len(strings.TrimRight(s[i:end], ".,;:!?…'’*_-"))
}

// cutPath is an address up to its path, query, port or mark.
func cutPath(s string) string {
	return s[:indexOrEnd(s, func(r rune) bool { return strings.ContainsRune("/?#:,;!'’…&=%$€£*+", r) })]
}

// isMail says whether a text is name@host.
func isMail(s string) bool {
	name, host, ok := strings.Cut(s, "@")
	return ok && name != "" && strings.Contains(host, ".") && !strings.Contains(host, "@") && isHost(host)
}

// isDomain says whether a text is a host with a top-level domain that is known; its last label is in lower case (or all in upper), so that
// "sale.Shop" stays two sentences.
func isDomain(s string) bool {
	dot := strings.LastIndexByte(s, '.')
	if dot < 2 || !isHost(s) {
		return false
	}
	top := s[dot+1:]
	if top != strings.ToLower(top) && s != strings.ToUpper(s) {
		return false
	}
	return has(domains, strings.ToLower(top)) && hasLetter(s[:dot])
}

// isHost says whether a text is made of labels with points between.
func isHost(s string) bool {
	last := '.'
	for _, r := range s {
		if r == '.' && last == '.' || r >= 0x80 && !unicode.IsLetter(r) || r < 0x80 && r != '.' && r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return false
		}
		last = r
	}
	r, _ := utf8.DecodeLastRuneInString(s)
	return unicode.IsLetter(r)
}
