package judge

import (
	"regexp"
	"strings"
)

// Groups of violations, in the order of the report.
const (
	faith    = "faithfulness"
	lost     = "lost"
	policy   = "policy"
	surface  = "surface"
	language = "language"
	grammar  = "grammar"
	spelling = "spelling"
	sense    = "sense" // reported beside the others: it makes no text unclean
)

// Violation is one thing that is wrong with a variation.
type Violation struct {
	Group string `json:"group"`
	Class string `json:"class"` // within the group: "number", "claim:free", "required"
	What  string `json:"what"`  // the words that are meant
}

// Judge holds the compiled lists and expressions. It is read only, and safe for concurrent use.
type Judge struct {
	marks, quoted           *regexp.Regexp
	code                    *regexp.Regexp
	markup, breaks, spacing *regexp.Regexp
	numerals                numerals
	qualifiers              map[string]qualifiers
	claims                  []claim
	times, hooks            phrases
	profane, personal       phrases
	lists                   map[string]map[string]bool // negators, functional, …
}

// New reads the lists that are built in.
func New() *Judge {
	lists := sections()
	j := &Judge{
		marks: regexp.MustCompile(`\{\{[^{}]*\}\}|https?://[^\s<>"]+|\bwww\.[^\s<>"]+|[\w.+-]+@[\w-]+\.[\w.-]+|[@#][\p{L}\p{N}_][\p{L}\p{N}\p{M}_.]*` +
			`|\b[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)*\.(?:com|org|net|io|co|uk|de|fr|es|it|eu|shop|store|app|example|info|dev|ai|nl|pl|br|test)\b(?:/[^\s<>"]*)?` +
			`|\+?\(?\d[\d()]*(?:[ \-.]?[\d()]+){2,}`),
		quoted:     regexp.MustCompile(`“[^“”]{3,}”|"[^"\n]{3,}"|«[^«»]{3,}»|„[^„“”]{3,}[“”]|「[^「」]{2,}」|‟[^‟”]{3,}”`),
		code:       regexp.MustCompile(`\b[A-Z]{2,}[A-Z0-9]*\d[A-Z0-9]*\b|\b(?:[Cc]ode|CODE|[Cc]ódigo|[Cc]odice|[Gg]utscheincode)s?:? ["“']?([A-Z0-9]{3,})`),
		markup:     regexp.MustCompile(`</?[a-zA-Z!][^<>]*>?|&(?:[a-zA-Z]{2,8}|#\d+);|\*\*|\]\(|` + "```"),
		breaks:     regexp.MustCompile(`[!?]{2,}|\.{4,}|,,|;;|[!?][.,]|[,;:][.!?]`),
		spacing:    regexp.MustCompile(`  +|[^\S\n][,.;:!?](?:\s|$)|[\p{L}],[\p{L}]|[\p{Ll}][!?;][\p{L}]|\p{Ll}{2}\.\p{Lu}\p{Ll}|\( | \)`),
		numerals:   newNumerals(lists),
		qualifiers: newQualifiers(lists),
		claims:     newClaims(lists),
		times:      newPhrases(lists["time"]),
		hooks:      newPhrases(lists["hooks"]),
		profane:    newPhrases(lists["profanity"]),
		personal:   newPhrases(lists["personal"]),
		lists:      map[string]map[string]bool{},
	}
	for name, terms := range lists {
		switch part := strings.Fields(name); part[0] {
		case "claim", "qualifier", "number", "currencies", "spin":
		default:
			j.lists[name] = set(terms)
		}
	}
	return j
}

// subject is an item read once for all its variations.
type subject struct {
	*Item
	source *reading
	page   []*reading // name and posts
	base   []*reading // source and Page: what licenses
	past   []*reading // earlier ads: they license names alone
}

// subject reads an item.
func (j *Judge) subject(it *Item) subject {
	s := subject{Item: it, source: j.read(it.Source)}
	for _, text := range append([]string{it.Context.Page}, it.Context.Posts...) {
		if text != "" {
			s.page = append(s.page, j.read(text))
		}
	}
	s.base = append([]*reading{s.source}, s.page...)
	for _, ad := range it.Context.Past {
		s.past = append(s.past, j.read(ad.Text))
	}
	return s
}

// Check lists what is wrong with a variation of an item, as far as no other program is needed.
func (j *Judge) Check(it *Item, text string) []Violation { return j.check(j.subject(it), j.read(text)) }

// check is Check on what is read already.
func (j *Judge) check(s subject, text *reading) []Violation {
	var list []Violation
	add := func(group, class string, what ...string) {
		for _, w := range what {
			list = append(list, Violation{group, class, w})
		}
	}
	j.faithful(s, text, add)
	add(lost, "required", missing(s.Item, text)...)
	add(lost, "subject", astray(s.Item, text)...)
	j.allowed(s, text, add)
	j.wellFormed(s, text, add)
	add(language, "language", j.foreign(s, text)...)
	j.odd(s, text, add)
	return list
}
