package rewrite

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/marquetry/marquetry/internal/generate/text/units"
)

// rule says some words in other words. rules/README.md tells how they are written.
type rule struct {
	Label    string // of its section: cta.shop
	Language string // from the name of its file: en-trade-cta.rules → en
	File     string
	Line     int
	Back     bool // the other direction of a rule that holds in both

	pattern  []element
	first    bool // the pattern begins where the unit does
	last     bool // the pattern ends where the unit does
	question bool // the unit ends in a question mark
	joins    bool // the pattern is of two units, with | between them
	out      []piece
	leans    bool   // it speaks of the brief's product without naming it: it needs one, named before
	signs    bool   // it brings in the brief's brand
	end      string // mark that the replacement ends in; "" leaves the unit's

	Before, After string // the rule's test

	weaker, casual bool
	only, not      []string
	classes, then  []units.Class // of the unit, and of the second where it joins two
}

// whole says whether the rule is a move: it puts a whole unit anew.
func (r *rule) whole() bool { return r.first && r.last }

// presents says whether the rule takes any fragment for goods. Breakfast included and first lesson free are none;
// a list may hold them.
func (r *rule) presents() bool {
	list := len(r.pattern) > 1 && has(r.pattern[1].words, ",")
	return r.whole() && !list && has(r.classes, units.Fragment) && len(r.pattern[len(r.pattern)-1].words) == 0
}

// relative says whether the pattern asks for "that" behind what it captures.
func (r *rule) relative() bool {
	at := slices.IndexFunc(r.pattern, func(e element) bool { return has(e.words, "that") })
	return at > 0 && r.pattern[at-1].capture != ""
}

// at is where the rule is written, for messages.
func (r *rule) at() string { return fmt.Sprintf("%s:%d", r.File, r.Line) }

// allows says whether the rule may be used on a unit of the class in a text of the topic.
func (r *rule) allows(class units.Class, topic string, delicate bool) bool {
	if len(r.classes) > 0 && !has(r.classes, class) || len(r.only) > 0 && !has(r.only, topic) {
		return false
	}
	return !has(r.not, topic) && (!delicate || !has(r.not, "delicate"))
}

// follows says whether the rule may be used on units of the classes: it joins two where there are two, and knows the second's.
func (r *rule) follows(pair []units.Class) bool {
	return !r.joins || len(pair) == 2 && (len(r.then) == 0 || has(r.then, pair[1]))
}

// has is slices.Contains, short for the conditions above.
func has[T comparable](list []T, x T) bool {
	for _, y := range list {
		if x == y {
			return true
		}
	}
	return false
}

// element is one token of a pattern.
type element struct {
	words    []string // lower case, any one of them; a mark is one word
	exact    bool     // written with a capital: it may match inside a name, too
	optional bool
	capture  string // name of a capture, "" for words
	kind     string // of the capture: "", np, rest, word, verb, price, …; with words, it is one of them
}

// piece is one token of a replacement: a word or mark, or a capture with its bend.
type piece struct{ word, capture, bend string }

// kinds are the captures that patterns know.
func kinds() []string {
	return []string{"", "any", "alone", "item", "goods", "bare", "np", "nps", "npc", "rest", "clause", "word", "verb", "verbs", "acts", "deed", "ing", "adj", "price", "percent", "number", "when", "date", "clock", "brand", "product"}
}

// topics are what options may ask a brief's topic to be.
func topics() []string {
	return strings.Fields(`food restaurant travel fashion beauty home garden electronics software finance insurance health fitness education
	jobs housing automotive services kids pets events games media charity b2b sports jewelry books photography legal dating`)
}

// classes are those of units that rules may put in other words.
func classes() []units.Class {
	return []units.Class{units.Question, units.Action, units.Offer, units.Urgency, units.Proof, units.Reassuring, units.Negation,
		units.Imperative, units.Statement, units.Fragment}
}

// bends are the forms that replacements may ask of a capture.
func bends() []string {
	return []string{"", "ing", "s", "base", "plural", "singular", "third", "bare", "ed", "agree", "a", "are", "it", "its"}
}

// parseRule reads one line; label, file and line are the caller's to fill in. A rule that holds in both directions gives two.
func parseRule(line string) ([]*rule, error) {
	fields := strings.Split(line, " ~ ")
	if len(fields) < 2 || len(fields) > 3 {
		return nil, fmt.Errorf("a rule is: pattern => replacement ~ before => after ~ options")
	}
	pattern, out, ok := strings.Cut(fields[0], " => ")
	if !ok {
		return nil, fmt.Errorf("the rule has no =>")
	}
	before, after, ok := strings.Cut(fields[1], " => ")
	if !ok {
		return nil, fmt.Errorf("the test has no =>")
	}
	r := &rule{Before: strings.TrimSpace(before), After: strings.TrimSpace(after)}
	options := ""
	if len(fields) == 3 {
		options = fields[2]
	}
	both, err := r.setOptions(options)
	if err != nil {
		return nil, err
	}
	back := *r
	if err := r.compile(pattern, out, nil); err != nil || !both {
		return []*rule{r}, err
	}
	back.Before, back.After, back.Back = r.After, r.Before, true
	back.first, back.last = r.first, r.last
	if err := back.compile(out, pattern, r.captureKinds()); err != nil {
		return nil, fmt.Errorf("backwards: %w", err)
	}
	return []*rule{r, &back}, nil
}

// setOptions reads the options of a rule, and says whether it holds in both directions.
func (r *rule) setOptions(s string) (both bool, err error) {
	for _, o := range strings.Fields(s) {
		name, list, _ := strings.Cut(o, ":")
		switch name {
		case "both":
			both = true
		case "weaker":
			r.weaker = true
		case "casual":
			r.casual = true
		case "only":
			r.only = strings.Split(list, ",")
		case "not":
			r.not = strings.Split(list, ",")
		case "class":
			for _, c := range strings.Split(list, ",") {
				r.classes = append(r.classes, units.Class(c))
			}
		case "then":
			for _, c := range strings.Split(list, ",") {
				r.then = append(r.then, units.Class(c))
			}
		default:
			return false, fmt.Errorf("option %q is not known", o)
		}
	}
	for _, t := range slices.Concat(r.only, r.not) {
		if !has(topics(), t) && t != "delicate" {
			return false, fmt.Errorf("topic %q is not known", t)
		}
	}
	for _, c := range slices.Concat(r.classes, r.then) {
		if !has(classes(), c) {
			return false, fmt.Errorf("class %q is not known, or no rule may touch it", c)
		}
	}
	return both, nil
}

// compile reads a pattern and its replacement; types are those of captures that the pattern does not type itself.
func (r *rule) compile(pattern, out string, types map[string]string) error {
	for _, f := range strings.Fields(pattern) {
		if err := r.addElement(f, types); err != nil {
			return err
		}
	}
	for _, f := range strings.Fields(out) {
		if err := r.addPiece(f); err != nil {
			return err
		}
	}
	switch n := len(r.pattern); {
	case n == 0 || len(r.out) == 0:
		return fmt.Errorf("the pattern or the replacement is empty")
	case r.pattern[n-1].capture != "" && r.pattern[n-1].kind == "" && !r.last:
		return fmt.Errorf("{%s} at the end would take one word: write $ after it, or {%[1]s:np} or {%[1]s:rest}", r.pattern[n-1].capture)
	}
	if p := r.out[len(r.out)-1].word; p == "." || p == "!" || p == "?" {
		r.end, r.out = p, r.out[:len(r.out)-1]
	} else if r.question {
		r.end = "."
	}
	return nil
}

// addElement reads one token of a pattern.
func (r *rule) addElement(f string, types map[string]string) error {
	switch {
	case f == "^":
		r.first = true
		return nil
	case f == "$":
		r.last = true
		return nil
	case f == "?":
		r.question, r.last = true, true
		return nil
	case f == "." || f == "!":
		return fmt.Errorf("%q has no place in a pattern: units have no end mark", f)
	case f == joint:
		r.joins = true
		r.pattern = append(r.pattern, element{words: []string{joint}})
		return nil
	case !strings.HasPrefix(f, "{"):
		e := element{optional: len(f) > 1 && strings.HasSuffix(f, "?")}
		f = strings.TrimSuffix(f, "?")
		e.exact = strings.ToLower(f) != f
		e.words = strings.Split(fold(f), "|")
		r.pattern = append(r.pattern, e)
		return nil
	}
	name, kind, _ := strings.Cut(strings.Trim(f, "{}"), ":")
	if name, _, bent := strings.Cut(name, "."); bent {
		return fmt.Errorf("{%s} is bent: only captures of a replacement can be, and such a rule does not hold in both directions", name)
	}
	if kind == "" {
		kind = types[name]
	}
	e := element{capture: name, kind: kind}
	if strings.Contains(kind, "|") {
		e.words = strings.Split(fold(kind), "|")
	} else if !has(kinds(), kind) || !strings.HasSuffix(f, "}") || name == "" {
		return fmt.Errorf("capture %s is not known", f)
	}
	if kind == "rest" || kind == "clause" {
		r.last = true
	}
	r.pattern = append(r.pattern, e)
	return nil
}

// addPiece reads one token of a replacement.
func (r *rule) addPiece(f string) error {
	switch {
	case f == "^" || f == "$":
		return nil // as they stand in the pattern of a rule that holds in both directions
	case !strings.HasPrefix(f, "{"):
		if strings.ContainsAny(f, "|") || len(f) > 1 && strings.HasSuffix(f, "?") {
			return fmt.Errorf("%q: a replacement has no choices", f)
		}
		r.out = append(r.out, piece{word: f})
		return nil
	}
	name, _, _ := strings.Cut(strings.Trim(f, "{}"), ":")
	name, bend, _ := strings.Cut(name, ".")
	if !has(bends(), bend) {
		return fmt.Errorf("bend %s is not known", f)
	}
	if _, ok := r.captureKinds()[name]; !ok {
		switch name {
		case "product":
			r.leans = true
		case "brand":
			r.signs = true
		default:
			return fmt.Errorf("%s is not in the pattern", f)
		}
	}
	r.out = append(r.out, piece{capture: name, bend: bend})
	return nil
}

// captureKinds are the captures of the pattern with their kinds.
func (r *rule) captureKinds() map[string]string {
	m := map[string]string{}
	for _, e := range r.pattern {
		if e.capture != "" {
			m[e.capture] = e.kind
		}
	}
	return m
}

// fold brings a word into the form that patterns are compared in: lower case, straight apostrophe.
func fold(s string) string {
	for _, r := range s {
		if r > 0x7e || unicode.IsUpper(r) {
			return strings.ReplaceAll(strings.ToLower(s), "’", "'")
		}
	}
	return s
}
