package judge

import (
	"context"
	"os/exec"
	"slices"
	"strings"
)

// Tools are programs that know more of language than lists do. What is not installed is left out, and the report says so.
type Tools struct {
	Parser  string // path of link-grammar's link-parser, "" for none
	Speller string // path of hunspell, "" for none
}

// FindTools looks for the programs on the path.
func FindTools() Tools {
	var t Tools
	t.Parser, _ = exec.LookPath("link-parser")
	t.Speller, _ = exec.LookPath("hunspell")
	return t
}

// Missing says which checks are left out and what would bring them in, "" for none.
func (t Tools) Missing() string {
	var list []string
	if t.Parser == "" {
		list = append(list, "grammar is not measured: link-parser is not installed (Debian package link-grammar)")
	}
	if t.Speller == "" {
		list = append(list, "spelling is not measured: hunspell is not installed (Debian packages hunspell, hunspell-en-us, hunspell-en-gb)")
	}
	return strings.Join(list, "; ")
}

// learned is what the tools said.
type learned struct {
	nulls   map[string]int             // of a sentence: words that fit nowhere
	unknown map[string]map[string]bool // words of a language that its dictionary has not
}

// learn asks the tools about all texts at once: starting them takes longer than their answers.
func (t Tools) learn(ctx context.Context, texts []judged) (learned, error) {
	asked, words := map[string]bool{}, map[string]map[string]bool{}
	for _, text := range texts {
		if text.item.Lang == "en" {
			for _, s := range text.read.sentences() {
				asked[s.text] = true
			}
		}
		if words[text.item.Lang] == nil {
			words[text.item.Lang] = map[string]bool{}
		}
		for _, w := range text.read.spellable() {
			words[text.item.Lang][w] = true
			words[text.item.Lang][strings.ToLower(w)] = true
		}
	}
	l := learned{unknown: map[string]map[string]bool{}}
	for _, lang := range sorted(words) {
		l.unknown[lang] = t.spell(ctx, lang, sorted(words[lang]))
	}
	var err error
	l.nulls, err = t.parse(ctx, sorted(asked))
	return l, err
}

// sorted are the keys of a map in order.
func sorted[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
