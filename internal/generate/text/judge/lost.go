package judge

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// missing lists what an item wants verbatim and a text has not. The first letter may be capital or small as its place in the sentence
// wants, and quotation marks and spaces of any kind.
func missing(it *Item, text *reading) []string {
	var list []string
	for _, want := range it.KeepAll {
		first, size := utf8.DecodeRuneInString(want)
		rest := straight(want[size:])
		upper, lower := string(unicode.ToUpper(first))+rest, string(unicode.ToLower(first))+rest
		if have := straight(text.text); !strings.Contains(have, upper) && !strings.Contains(have, lower) {
			list = append(list, want)
		}
	}
	return list
}

// astray lists the groups of which a text has no word.
func astray(it *Item, text *reading) []string {
	var list []string
	for _, group := range it.KeepAny {
		found := false
		for _, want := range group {
			found = found || mentions(text.text, want, it.Lang)
		}
		if !found {
			list = append(list, strings.Join(group, "|"))
		}
	}
	return list
}

// mentions says whether a text has a word that begins as wanted, in scripts that part words before the word.
func mentions(text, want, lang string) bool {
	text, want = plainer(text), plainer(norm.NFC.String(want))
	glued := lang == "he" || lang == "ar" || lang == "zh" || lang == "ja" || lang == "th" || lang == "ko"
	for from := 0; ; {
		at := strings.Index(text[from:], want)
		if at < 0 {
			return false
		}
		before, _ := utf8.DecodeLastRuneInString(text[:from+at])
		first, _ := utf8.DecodeRuneInString(want)
		begins := !unicode.IsLetter(first) || !unicode.IsLetter(before)
		if glued || begins && inflected(want, text[from+at+len(want):]) {
			return true
		}
		from += at + len(want)
	}
}

// inflected says whether what follows a wanted word in a text still is that word: anything after a longer one ("photograph" stands for
// photography too), an ending after a short one.
func inflected(want, rest string) bool {
	end := strings.IndexFunc(rest, func(c rune) bool { return !unicode.IsLetter(c) })
	if end < 0 {
		end = len(rest)
	}
	return len(want) > 4 || slices.Contains([]string{"", "s", "es", "ed", "er", "ers", "ing"}, rest[:end]) || want[len(want)-1] > unicode.MaxASCII
}
