package judge

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// word is one token of a text: letters and digits that belong together, or a whole link, tag or number.
type word struct {
	text  string // as written
	low   string // lower case, with straight apostrophes
	at    int    // byte offset in the reading's text
	opens bool   // first after the end of a sentence, a dash, a colon, a bracket or a quotation mark: a capital is natural
	first bool   // first of a sentence
	joint bool   // a hyphen ties it to the word before
	mark  bool   // a link, handle, hashtag, e-mail address, phone number or template tag
}

// reading is a text taken apart once, for all checks.
type reading struct {
	text    string // NFC
	words   []word
	marks   []string // links, handles, …, as written
	numbers []number
	quotes  []string // what stands between quotation marks
	known   map[string]bool
}

// read takes a text apart.
func (j *Judge) read(text string) *reading {
	r := &reading{text: norm.NFC.String(text), known: map[string]bool{}}
	spans := j.marks.FindAllStringIndex(r.text, -1)
	s := scanner{r: r, opens: true, first: true}
	at := 0
	for _, span := range spans {
		mark := strings.TrimRight(r.text[span[0]:span[1]], ".,;:!?)…")
		end := span[0] + len(mark)
		if span[0] < at || !markLike(mark) {
			continue
		}
		s.plain(at, span[0])
		r.marks = append(r.marks, mark)
		s.add(word{text: mark, low: strings.ToLower(mark), at: span[0], mark: true})
		s.opens = strings.HasPrefix(mark, "{{") // which may stand for a whole sentence
		at = end
	}
	s.plain(at, len(r.text))
	for _, w := range r.words {
		r.known[w.low] = true
	}
	r.numbers = j.numbersOf(r)
	for _, q := range j.quoted.FindAllString(r.text, -1) {
		r.quotes = append(r.quotes, plainer(strings.Trim(q, `"“”„«»‟「」`)))
	}
	return r
}

// markLike says whether what looks like a mark is one: a phone number has seven digits or more, a hashtag a letter.
func markLike(mark string) bool {
	switch c := mark[0]; {
	case c == '+' || c == '(' || c >= '0' && c <= '9':
		return len(digitsOf(mark)) >= 7 || strings.ContainsFunc(mark, unicode.IsLetter)
	case c == '#' || c == '@':
		return strings.ContainsFunc(mark, unicode.IsLetter)
	}
	return true
}

// scanner walks over a text and collects its words.
type scanner struct {
	r                   *reading
	opens, first, joint bool
}

// add takes a word with what came before it.
func (s *scanner) add(w word) {
	w.opens, w.first, w.joint = s.opens || s.first, s.first, s.joint
	s.r.words = append(s.r.words, w)
	s.opens, s.first, s.joint = false, false, false
}

// plain collects the words of a stretch without marks.
func (s *scanner) plain(from, to int) {
	for at := from; at < to; {
		if n := wordLen(s.r.text[at:to]); n > 0 {
			text := s.r.text[at : at+n]
			s.add(word{text: text, low: strings.ToLower(strings.ReplaceAll(text, "’", "'")), at: at})
			at += n
			continue
		}
		c, n := utf8.DecodeRuneInString(s.r.text[at:to])
		s.between(c, at, n)
		at += n
	}
}

// between notes what a character between words means for the next one.
func (s *scanner) between(c rune, at, n int) {
	next, _ := utf8.DecodeRuneInString(s.r.text[at+n:])
	gap := next == utf8.RuneError || !unicode.IsLetter(next) && !unicode.IsDigit(next)
	switch {
	case strings.ContainsRune(".!?…", c):
		s.first = s.first || gap
	case strings.ContainsRune("。！？؟।\n•|", c), isEmoji(c):
		s.first = true
	case strings.ContainsRune(`:–—("“”„«»¿¡[*>✓✔➡→；/-`, c):
		s.opens = s.opens || gap || c != '-'
	}
	s.joint = (c == '-' || c == '‑') && !gap && at > 0 && s.r.text[at-1] != ' '
}

// wordLen is the length in bytes of the word that a text begins with, 0 when it begins with none. An ideograph is a word of its own;
// a number keeps its marks; an apostrophe inside belongs to the word.
func wordLen(text string) int {
	n := 0
	var before rune
	for n < len(text) {
		c, size := utf8.DecodeRuneInString(text[n:])
		next, _ := utf8.DecodeRuneInString(text[n+size:])
		switch {
		case single(c):
			if n == 0 {
				return size
			}
			return n
		case unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsMark(c) && n > 0 && c != 0xFE0F && c != 0x20E3:
		case n > 0 && (c == '\'' || c == '’') && unicode.IsLetter(before) && unicode.IsLetter(next):
		case n > 0 && strings.ContainsRune(".,٫٬", c) && unicode.IsDigit(before) && unicode.IsDigit(next):
		default:
			return n
		}
		before = c
		n += size
	}
	return n
}

// single says whether a character is a word of its own, in scripts that do not part words.
func single(c rune) bool {
	return unicode.In(c, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai)
}

// isEmoji says whether a character is a picture; joiners, selectors and keycap digits are not.
func isEmoji(c rune) bool {
	return c >= 0x1F000 && c <= 0x1FAFF || c >= 0x2600 && c <= 0x27BF || c >= 0x2B05 && c <= 0x2B55 || c == 0x231A || c == 0x23F0 || c == 0x23F3
}

// straight is a text with straight quotes and single spaces, to compare what typography may change.
func straight(text string) string {
	text = strings.NewReplacer("’", "'", "‘", "'", "“", `"`, "”", `"`).Replace(norm.NFC.String(text))
	lead := strings.HasPrefix(text, " ")
	if text = strings.Join(strings.Fields(text), " "); lead {
		return " " + text
	}
	return text
}

// plainer is straight in lower case and without space around it.
func plainer(text string) string { return strings.ToLower(strings.TrimSpace(straight(text))) }

// digitsOf are the digits of a text.
func digitsOf(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, text)
}

// lows are the words of a reading in lower case.
func (r *reading) lows() []string {
	list := make([]string, len(r.words))
	for i, w := range r.words {
		list[i] = w.low
	}
	return list
}

// gap is what stands between the word before the i-th and the i-th; before the first, all that comes before it.
func (r *reading) gap(i int) string {
	from := 0
	if i > 0 {
		from = r.words[i-1].end()
	}
	to := len(r.text)
	if i < len(r.words) {
		to = r.words[i].at
	}
	return r.text[from:to]
}

// end is the byte offset after a word.
func (w word) end() int { return w.at + len(w.text) }
