package judge

import (
	"context"
	"os/exec"
	"slices"
	"strings"
	"unicode"
)

// dictionaries are the ones to ask about a language, "" for a language without.
func dictionaries(lang string) string {
	switch lang {
	case "en":
		return "en_US,en_GB"
	case "es", "fr", "it", "de":
		return lang + "_" + strings.ToUpper(lang)
	case "pt":
		return "pt_BR"
	}
	return ""
}

// spell asks hunspell which words of a language it does not know. A dictionary that is not installed knows them all.
func (t Tools) spell(ctx context.Context, lang string, words []string) map[string]bool {
	if t.Speller == "" || dictionaries(lang) == "" || len(words) == 0 {
		return nil
	}
	cmd := exec.CommandContext(ctx, t.Speller, "-i", "utf-8", "-l", "-d", dictionaries(lang)) //nolint:gosec // as above
	cmd.Stdin = strings.NewReader(strings.Join(words, "\n") + "\n")
	out, err := cmd.Output()
	if err != nil {
		return nil
	}
	return set(strings.Fields(string(out)))
}

// spellable lists the words of a reading that a dictionary may know: letters alone, and not a part of a compound.
func (r *reading) spellable() []string {
	var list []string
	for i, w := range r.words {
		compound := w.joint || i+1 < len(r.words) && r.words[i+1].joint
		if !w.mark && !compound && len(w.text) > 1 && !strings.ContainsFunc(w.text, func(c rune) bool { return !unicode.IsLetter(c) && c != '\'' && c != '’' }) {
			list = append(list, strings.ReplaceAll(w.text, "’", "'"))
		}
	}
	return list
}

// misspelt lists the words of a text that the dictionary, source, Page and earlier ads do not know.
func (l learned) misspelt(s subject, text *reading) []string {
	base := slices.Concat(s.base, s.past)
	var list []string
	for _, w := range text.spellable() {
		if l.unknown[s.Lang][w] && !knows(base, strings.ToLower(w)) {
			list = append(list, w)
		}
	}
	return once(list)
}

// capitals lists the words inside a sentence whose capital the source has only because they begin one there: the dictionary has them
// small, and nothing says that they are names.
func (l learned) capitals(s subject, text *reading) []string {
	if s.Lang != "en" || l.unknown["en"] == nil || headline(text) {
		return nil
	}
	var list []string
	for _, w := range text.words {
		letters := []rune(w.text)
		plain := !w.opens && !w.mark && len(letters) > 1 && unicode.IsUpper(letters[0]) && !strings.ContainsFunc(w.text[1:], func(c rune) bool { return !unicode.IsLower(c) })
		begins := s.source.begins(w.text)
		small := slices.ContainsFunc(s.source.words, func(o word) bool { return o.text == w.low })
		if plain && begins && !small && !l.unknown["en"][w.low] && !s.named(w) {
			list = append(list, w.text)
		}
	}
	return list
}

// begins says whether one of a reading's sentences begins with a word that is likely no name: it stands after no dash ("– Tom B.") and
// before no other word with a capital.
func (r *reading) begins(text string) bool {
	for i, w := range r.words {
		named := i+1 < len(r.words) && !r.words[i+1].opens && unicode.IsUpper([]rune(r.words[i+1].text)[0])
		if w.first && w.text == text && !named && !strings.ContainsAny(r.gap(i), "–—") {
			return true
		}
	}
	return false
}
