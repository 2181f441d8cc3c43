package gate

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// kind is what a token is.
type kind uint8

const (
	word    kind = iota
	number       // digits or a number word, with its currency or per cent
	clock        // 7pm, 19:00
	date         // 31/05/2027, 24/7
	tag          // {{…}}
	link         //
	email        //
	phone        //
	handle       //
	hashtag      //
	code         // letters and digits: SPRING15, 5000mAh
	emoji        //
)

// token is a piece of a text that carries meaning. Marks are no tokens: they only end clauses and sentences.
type token struct {
	kind   kind
	raw    string // as it stands in the text
	norm   string // in lower case; of other kinds than word the form that has to be equal
	stem   string // what phrases of the lexicon are matched with; "#", "$" and "%" for numbers
	unit   string // of a number: its currency sign, "%" or ""
	plus   bool   // of a number: "50+"
	start  int    // in bytes
	sent   int    // index of its sentence
	clause int    // index of its clause, counted through the text
	first  bool   // begins a sentence, or stands after a colon, a dash, an opening quote or a bracket
	glued  bool   // a hyphen joins it to the token before
	near   bool   // only white space stands between it and the token before
	plain  bool   // a function word, or a word that ads use of anything
}

// sentence is a run of tokens up to an end mark, a line break, a bullet, a bar or an emoji.
type sentence struct {
	from, to int  // tokens [from, to)
	end      rune // '.', '!', '?', … or 0
}

// document is a text that has been read.
type document struct {
	text   string
	tokens []token
	sents  []sentence
	hits   []hit
}

// lexer reads a text from left to right, once.
type lexer struct {
	lex          *lexicon
	text         string
	at           int
	doc          *document
	clause       int
	fresh, glued bool // state for the token that comes next
	last         int  // where the token before ended
}

// read takes a text apart.
func (l *lexicon) read(text string) *document {
	d := &document{text: text, tokens: make([]token, 0, len(text)/5+4), sents: make([]sentence, 0, 6)}
	x := lexer{lex: l, text: text, doc: d, fresh: true}
	for x.at < len(text) {
		x.step()
	}
	x.endSentence(0)
	l.match(d)
	return d
}

// step reads one token or mark.
func (x *lexer) step() {
	r, size := utf8.DecodeRuneInString(x.text[x.at:])
	switch {
	case unicode.IsLetter(r) || unicode.IsMark(r):
		x.letters()
	case unicode.IsNumber(r):
		x.digits(x.at, "")
	case x.special(r):
	case isEmoji(r):
		x.picture()
	default:
		x.mark(r, size)
	}
}

// special reads what begins with a sign: tags, handles, hashtags, prices, phones.
func (x *lexer) special(r rune) bool {
	rest := x.text[x.at:]
	switch {
	case strings.HasPrefix(rest, "{{"):
		if end := strings.Index(rest, "}}"); end > 0 {
			x.add(tag, x.at, x.at+end+2, "")
			return true
		}
	case (r == '@' || r == '#') && len(rest) > 1 && isName(rest[1:]):
		end := x.at + 1 + nameLen(rest[1:])
		if r == '@' {
			x.add(handle, x.at, end, "")
		} else {
			x.add(hashtag, x.at, end, "")
		}
		return true
	case r == '+' || r == '(':
		if end, digits := phoneAt(x.text, x.at); end > 0 {
			x.add(phone, x.at, end, digits)
			return true
		}
	case currency(r) != "":
		return x.prefixed(x.at, r)
	}
	return false
}

// mark ends clauses and sentences.
func (x *lexer) mark(r rune, size int) {
	x.at += size
	switch r {
	case '.':
		next, _ := utf8.DecodeRuneInString(x.text[x.at:])
		if x.at >= len(x.text) || unicode.IsSpace(next) && !x.abbreviated() || strings.ContainsRune("\"”»’')", next) {
			x.endSentence(r)
		}
	case '!', '?', '…', '。', '！', '？', '।', '؟', '\n', '|', '•', '·', '●', '▪', '►', '✓', '→':
		x.endSentence(r)
	case ',', ';', '(', ')', '&', '/', '،', '、', '，', '¿', '¡':
		x.clause++
		x.fresh = x.fresh || r == '(' || r == '¿' || r == '¡'
	case ':', '–', '—', '"', '“', '”', '«', '»', '„', '‘', '：':
		x.clause++
		x.fresh = true
	case '-':
		x.glued = x.last == x.at-size
		if !x.glued {
			x.clause++
			x.fresh = true
		}
	}
}

// abbreviated reports whether the full stop just read belongs to a word such as "p.m." or "St."; then no sentence ends.
func (x *lexer) abbreviated() bool {
	if n := len(x.doc.tokens); n > 0 && x.lex.in(x.doc.tokens[n-1].norm, abbreviation) {
		return true
	}
	next := strings.TrimLeft(x.text[x.at:], " ")
	r, _ := utf8.DecodeRuneInString(next)
	return unicode.IsLower(r) && x.at-x.last == 1 && len(x.doc.tokens) > 0 && len(x.doc.tokens[len(x.doc.tokens)-1].raw) <= 2
}

// endSentence closes the sentence if it has a token.
func (x *lexer) endSentence(end rune) {
	from := 0
	if n := len(x.doc.sents); n > 0 {
		from = x.doc.sents[n-1].to
		if from == len(x.doc.tokens) && x.doc.sents[n-1].end == 0 {
			x.doc.sents[n-1].end = end
		}
	}
	if from < len(x.doc.tokens) {
		x.doc.sents = append(x.doc.sents, sentence{from: from, to: len(x.doc.tokens), end: end})
	}
	x.clause++
	x.fresh, x.glued = true, false
}

// add appends the token text[from:to] and moves behind it. norm is its form to compare, "" for the text itself.
func (x *lexer) add(k kind, from, to int, norm string) *token {
	raw := x.text[from:to]
	if norm == "" {
		norm = raw
	}
	if from > x.last+1 || from > x.last && x.text[x.last] != ' ' && x.text[x.last] != '-' {
		x.glued = false
	}
	t := token{
		kind: k, raw: raw, norm: norm, stem: norm, start: from, sent: len(x.doc.sents), clause: x.clause, first: x.fresh, glued: x.glued,
		near: strings.TrimSpace(x.text[x.last:from]) == "",
	}
	x.doc.tokens = append(x.doc.tokens, t)
	x.at, x.last, x.fresh, x.glued = to, to, false, false
	return &x.doc.tokens[len(x.doc.tokens)-1]
}

// letters reads a word, or what begins like one: a link, an address, a code, a number word.
func (x *lexer) letters() {
	end := wordEnd(x.text, x.at)
	if cut := x.lex.elision(x.text[x.at:end]); cut > 0 {
		x.add(word, x.at, x.at+cut, lower(x.text[x.at:x.at+cut])).plain = true
		x.at += utf8.RuneLen(firstRune(x.text[x.at:]))
		x.last = x.at
		return // l'offre
	}
	if x.address(end) {
		return
	}
	if r, _ := utf8.DecodeRuneInString(x.text[end:]); unicode.IsNumber(r) {
		x.add(code, x.at, codeEnd(x.text, end), "")
		return
	}
	if unit := currency(firstRune(x.text[end:])); unit != "" && end-x.at <= 2 && x.prefixed(end, firstRune(x.text[end:])) {
		return // US$20
	}
	norm := lower(x.text[x.at:end])
	if sign := x.lex.currencies[norm]; sign != "" && end < len(x.text) && x.text[end] == ' ' && startsNumber(x.text[end+1:]) {
		from := x.at
		x.at = end + 1
		x.digits(from, sign)
		return // EUR 20
	}
	t := x.add(word, x.at, end, norm)
	if value, ok := x.lex.numbers[norm]; ok {
		t.kind, t.norm, t.stem = number, value, "#"
		return
	}
	t.stem = x.lex.stem(norm)
	t.plain = x.lex.in(norm, function) || x.lex.in(t.stem, neutral)
	if x.lex.in(norm, split) {
		x.clause++
		t.clause = x.clause
	}
}
