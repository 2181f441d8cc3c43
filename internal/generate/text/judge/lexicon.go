package judge

import (
	"embed"
	"io/fs"
	"strings"
)

// lexicon holds the judge's word lists: sections in brackets, terms parted by commas or line ends, # for comments.
//
//go:embed lexicon/*.txt
var lexicon embed.FS

// sections reads every list of the lexicon by its name.
func sections() map[string][]string {
	lists := map[string][]string{}
	files, err := fs.Glob(lexicon, "lexicon/*.txt")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	for _, file := range files {
		text, err := lexicon.ReadFile(file)
		if err != nil {
			panic(err) // it is embedded
		}
		name := ""
		for line := range strings.Lines(string(text)) {
			if line = strings.TrimSpace(line); strings.HasPrefix(line, "# ") {
				continue
			}
			if strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]") {
				name = strings.Trim(line, "[]")
				continue
			}
			for term := range strings.SplitSeq(line, ",") {
				if term = strings.TrimSpace(term); term != "" {
					lists[name] = append(lists[name], term)
				}
			}
		}
	}
	return lists
}

// set is a list for looking up.
func set(terms []string) map[string]bool {
	all := make(map[string]bool, len(terms))
	for _, t := range terms {
		all[t] = true
	}
	return all
}

// phrases finds terms of one or more words. In a term a word ending in * stands for all that begin so, # for any number, and ^ before
// a word wants it free of a hyphen; terms parted by / are one; a term that begins with ! is found and passed over: it is what looks like
// another and is not.
type phrases struct {
	first map[string][]phrase // by the first word
	stems []phrase            // whose first word ends in *, or is a number
}

// phrase is one term.
type phrase struct {
	term  string // the first of those that are one
	words []string
	free  bool // no hyphen before
	skip  bool
}

// hit is a term that was found.
type hit struct {
	phrase
	at int // index of its first word
}

// newPhrases compiles terms.
func newPhrases(terms []string) phrases {
	p := phrases{first: map[string][]phrase{}}
	for _, same := range terms {
		name, _, _ := strings.Cut(same, "/")
		for t := range strings.SplitSeq(same, "/") {
			p.add(name, t)
		}
	}
	return p
}

// add compiles a term.
func (p *phrases) add(name, t string) {
	one := phrase{term: name, skip: strings.HasPrefix(t, "!")}
	t = strings.TrimPrefix(t, "!")
	one.free = strings.HasPrefix(t, "^")
	one.words = strings.Fields(strings.ReplaceAll(strings.TrimPrefix(t, "^"), "-", " "))
	if head := one.words[0]; strings.HasSuffix(head, "*") || head == "#" {
		p.stems = append(p.stems, one)
	} else {
		p.first[head] = append(p.first[head], one)
	}
}

// find lists the terms of a text, the longest at each place.
func (p phrases) find(words []word) []hit {
	var hits []hit
	for i := 0; i < len(words); {
		best, ok := p.longest(words, i)
		if !ok {
			i++
			continue
		}
		if !best.skip {
			hits = append(hits, hit{best, i})
		}
		i += len(best.words)
	}
	return hits
}

// longest is the longest term that begins at a word; what is passed over goes before what is found.
func (p phrases) longest(words []word, i int) (best phrase, ok bool) {
	for _, list := range [2][]phrase{p.first[words[i].low], p.stems} {
		for _, one := range list {
			better := len(one.words) > len(best.words) || len(one.words) == len(best.words) && one.skip
			if better && one.at(words, i) {
				best, ok = one, true
			}
		}
	}
	return best, ok
}

// at says whether a term begins at a word.
func (p phrase) at(words []word, i int) bool {
	if i+len(p.words) > len(words) || p.free && words[i].joint {
		return false
	}
	for k, want := range p.words {
		w := words[i+k]
		stem, open := strings.CutSuffix(want, "*")
		switch {
		case w.mark || k > 0 && w.first:
			return false
		case want == "#":
			if digitsOf(w.text) == "" {
				return false
			}
		case open && !strings.HasPrefix(w.low, stem), !open && w.low != want:
			return false
		}
	}
	return true
}
