package judge

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

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
