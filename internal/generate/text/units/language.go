package units

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/abadojack/whatlanggo"
)

// detect finds what a text is written in, from its tokens that are words.
func detect(s string, tokens []token) Language {
	script := scriptOf(s)
	if script != "Latin" {
		return Language{Code: byScript(s, script), Script: script}
	}
	v := vote(s, tokens)
	return Language{Code: v.decide(s), Script: script, Mixed: v.mixed()}
}

// Detect finds what a text is written in.
func Detect(s string) Language { return detect(s, scan(s)) }

// votes is how many words speak for which language.
type votes struct {
	words   int            // of two letters or more, unknown names aside
	names   int            // unknown words with a capital
	english int            // of them, words of the English list
	by      map[string]int // function words by language
	sole    map[string]int // function words that only one language has
}

// vote counts words.
func vote(s string, tokens []token) votes {
	v := votes{by: map[string]int{}, sole: map[string]int{}}
	for _, t := range tokens {
		w := s[t.start:t.end]
		if t.shape != word || len(w) < 2 && w != "a" {
			continue
		}
		r, _ := utf8.DecodeRuneInString(w)
		w = lower(w)
		langs, ok := look(function, w)
		switch {
		case knownForm(w):
			v.english++
		case !ok && unicode.IsUpper(r):
			v.names++
			continue
		}
		v.words++
		if !ok {
			continue
		}
		for l := range strings.FieldsSeq(langs) {
			v.by[l]++
			if l == langs {
				v.sole[l]++
			}
		}
	}
	return v
}

// order is the languages that are voted for, in the order that breaks ties.
const order = "en de fr es pt it nl sv da no pl tr id cs ro fi hu"

// best is the language with most votes, and the second one's count.
func (v votes) best() (lang string, first, second int) {
	for l := range strings.FieldsSeq(order) {
		switch n := v.by[l] + v.sole[l]; {
		case n > first:
			lang, first, second = l, n, first
		case n > second:
			second = n
		}
	}
	return lang, first, second
}

// decide weighs votes, the English list and trigrams.
func (v votes) decide(s string) string {
	lang, first, second := v.best()
	share := 0
	if v.words > 0 {
		share = v.english * 100 / v.words
	}
	if share >= 60 && (lang == "en" || lang == "" || v.by["en"] > 0 && first-v.by["en"]-v.sole["en"] < 2 || share == 100 && v.words > 1 || share >= 80 && first < 3) {
		return "en"
	}
	if lang == "" || v.words+v.names < 2 {
		return ""
	}
	guess := trigrams(s)
	switch {
	case first >= second+3, guess == lang && first > second, first >= 2 && second == 0:
		return lang
	}
	if lang == "en" || guess == "" || guess == "en" {
		return ""
	}
	if v.by[guess]+v.sole[guess] == first {
		return guess
	}
	return ""
}

// mixed says whether two languages both have words of their own.
func (v votes) mixed() bool {
	lang, first, _ := v.best()
	for l := range strings.FieldsSeq(order) {
		if l != lang && first > 1 && v.sole[l] >= 3 && v.by[l]*3 >= first {
			return true
		}
	}
	return false
}

// trigrams asks the trigram model, among the languages that are voted for. It has no answer where two are equally near: which of them comes
// first is chance there.
func trigrams(s string) string {
	info := whatlanggo.DetectWithOptions(s, whatlanggo.Options{Whitelist: map[whatlanggo.Lang]bool{
		whatlanggo.Eng: true, whatlanggo.Deu: true, whatlanggo.Fra: true, whatlanggo.Spa: true, whatlanggo.Por: true, whatlanggo.Ita: true,
		whatlanggo.Nld: true, whatlanggo.Swe: true, whatlanggo.Dan: true, whatlanggo.Nob: true, whatlanggo.Pol: true, whatlanggo.Tur: true,
		whatlanggo.Ind: true, whatlanggo.Ces: true, whatlanggo.Ron: true, whatlanggo.Fin: true, whatlanggo.Hun: true,
	}})
	if info.Confidence == 0 {
		return ""
	}
	if code := info.Lang.Iso6391(); code != "nb" {
		return code
	}
	return "no"
}
