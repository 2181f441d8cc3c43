package judge

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
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

// Lengths of the sentences that are parsed, in words: the parser lacks the idioms of very short ones, and time for very long ones.
const (
	shortest = 4
	longest  = 40
)

// sentence is a stretch of a text for the parser.
type sentence struct {
	text  string
	words int
}

// sentences lists those of a text that are worth parsing.
func (r *reading) sentences() []sentence {
	var list []sentence
	for i := 0; i < len(r.words); {
		k := i + 1
		for k < len(r.words) && !r.words[k].first {
			k++
		}
		end := len(r.text)
		if k < len(r.words) {
			end = r.words[k].at
		}
		if n := k - i; n >= shortest && n <= longest {
			list = append(list, sentence{tidy(r.text[r.words[i].at:end]), n})
		}
		i = k
	}
	return list
}

// tidy is a sentence without pictures and on one line.
func tidy(text string) string {
	text = strings.Map(func(c rune) rune {
		if isEmoji(c) || c == 0xFE0F || unicode.IsControl(c) {
			return ' '
		}
		return c
	}, text)
	return strings.TrimRight(strings.Join(strings.Fields(text), " "), " •|–—-“\"(")
}

// parse asks link-parser about sentences, each once.
func (t Tools) parse(ctx context.Context, sentences []string) (map[string]int, error) {
	nulls := map[string]int{}
	if t.Parser == "" || len(sentences) == 0 {
		return nulls, nil
	}
	cmd := exec.CommandContext(ctx, t.Parser, "en", "-echo=1", "-graphics=0", "-verbosity=1", "-null=1", "-limit=50", "-timeout=1", "-panic=0") //nolint:gosec // found on the operator's path
	cmd.Stdin = strings.NewReader(strings.Join(sentences, "\n") + "\n")
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("link-parser: %w", err)
	}
	asked, found := set(sentences), regexp.MustCompile(`^Found \d+ linkages?.*?(?: at null count (\d+))?$`)
	current := ""
	for scan := bufio.NewScanner(bytes.NewReader(out)); scan.Scan(); {
		line := scan.Text()
		if asked[line] {
			current = line
		} else if m := found.FindStringSubmatch(line); m != nil && current != "" {
			nulls[current], _ = strconv.Atoi(m[1])
		}
	}
	return nulls, nil
}

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

// parsing is what the parser made of some text.
type parsing struct{ sentences, failed, nulls, words int }

// parsing of a text; a sentence that the parser ran out of time on counts as parsed.
func (l learned) parsing(r *reading) parsing {
	var p parsing
	for _, s := range r.sentences() {
		p.sentences++
		p.words += s.words
		if n := l.nulls[s.text]; n > 0 {
			p.failed++
			p.nulls += n
		}
	}
	return p
}

// add sums two.
func (p parsing) add(q parsing) parsing {
	return parsing{p.sentences + q.sentences, p.failed + q.failed, p.nulls + q.nulls, p.words + q.words}
}
