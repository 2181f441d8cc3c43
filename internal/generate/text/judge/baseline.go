package judge

import (
	"context"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
)

// Baselines are systems that must do badly: what they reach says what the figures of another system are worth.
func Baselines(now func() time.Time) []System {
	return []System{
		Timed("source", now, func(_ context.Context, it Item) ([]string, error) {
			return slices.Repeat([]string{it.Source}, most), nil
		}),
		Timed("permuted", now, func(_ context.Context, it Item) ([]string, error) { return permuted(it), nil }),
		Timed("canned", now, func(_ context.Context, it Item) ([]string, error) { return canned(it), nil }),
		Timed("spinner", now, newSpinner(sections()["spin"]).spin),
	}
}

// canned are four texts that fit everything and say nothing of a source but its longest word.
func canned(it Item) []string {
	thing := ""
	for _, word := range strings.FieldsFunc(it.Source, func(c rune) bool { return !unicode.IsLetter(c) }) {
		if len(word) > len(thing) {
			thing = word
		}
	}
	return []string{
		"Discover " + thing + " today. Shop now and see the difference!",
		"Looking for " + thing + "? Only the best for you. Order yours now.",
		"Don't miss out on " + thing + ". This limited time offer ends soon!",
		"Quality " + thing + " that thousands of happy customers love.",
	}
}

// chance is a source of chance of its own for every item, so that answers repeat themselves.
func chance(it Item) *rand.Rand {
	seed := uint64(0)
	for _, b := range []byte(it.Source) {
		seed = seed*31 + uint64(b)
	}
	return rand.New(rand.NewPCG(seed, 1))
}

// permuted are four orders of a source's sentences, or halves where there is but one. It splits at every full stop, as careless
// programs do.
func permuted(it Item) []string {
	parts := regexp.MustCompile(`[^.!?。！？]+[.!?。！？]*`).FindAllString(it.Source, -1)
	if words := strings.Fields(it.Source); len(parts) < 2 && len(words) > 1 {
		parts = []string{strings.Join(words[:len(words)/2], " "), strings.Join(words[len(words)/2:], " ")}
	}
	for k := range parts {
		parts[k] = strings.TrimSpace(parts[k])
	}
	random := chance(it)
	texts := []string{it.Source}
	for try := 0; try < 20 || len(texts) <= most; try++ {
		random.Shuffle(len(parts), func(a, b int) { parts[a], parts[b] = parts[b], parts[a] })
		text := strings.Join(parts, " ")
		if len(texts) <= most && (try >= 20 || !slices.Contains(texts, text)) { // two sentences have but one other order
			texts = append(texts, text)
		}
	}
	return texts[1:]
}

// spinner puts synonyms in, word by word.
type spinner struct {
	synonyms map[string][]string
	words    *regexp.Regexp
}

// newSpinner reads a thesaurus: "get=acquire|become".
func newSpinner(entries []string) spinner {
	s := spinner{synonyms: map[string][]string{}, words: regexp.MustCompile(`\p{L}+`)}
	for _, e := range entries {
		word, list, _ := strings.Cut(e, "=")
		s.synonyms[word] = strings.Split(list, "|")
	}
	return s
}

// spin changes every second word that it knows.
func (s spinner) spin(_ context.Context, it Item) ([]string, error) {
	random := chance(it)
	texts := make([]string, most)
	for i := range texts {
		texts[i] = s.words.ReplaceAllStringFunc(it.Source, func(word string) string {
			list := s.synonyms[strings.ToLower(word)]
			if len(list) == 0 || random.IntN(2) == 0 {
				return word
			}
			other := list[random.IntN(len(list))]
			if strings.ToLower(word) != word {
				other = strings.ToUpper(other[:1]) + other[1:]
			}
			return other
		})
	}
	return texts, nil
}
