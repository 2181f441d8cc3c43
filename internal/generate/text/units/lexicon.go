package units

import (
	_ "embed" // the word lists
	"strings"
)

// The word lists. Each is sorted by its bytes: a line is a key, a tab and what is known of it. They are searched where they lie, so that
// nothing has to be read into a map at start.

//go:embed data/english.txt
var english string // word → kinds: v verb, n noun, m mass noun, a adjective, d adverb, f function word

//go:embed data/function.txt
var function string // function word → languages

//go:embed data/currencies.txt
var currencies string // sign, code or word → ISO 4217 code

//go:embed data/numbers.txt
var numbers string // number word → language:value …

//go:embed data/measures.txt
var measures string // unit of measure → its canonical name

//go:embed data/days.txt
var days string // day, season, feast → its canonical name

//go:embed data/months.txt
var months string // month name → number

//go:embed data/abbreviations.txt
var abbreviations string // without its last point → "always" when no sentence ends after it

//go:embed data/domains.txt
var domains string // top-level domains of bare links

// look finds the line of a key in a sorted list and returns what follows the tab.
func look(list, key string) (string, bool) {
	if key == "" {
		return "", false
	}
	at := search(list, key)
	if !strings.HasPrefix(list[at:], key) {
		return "", false
	}
	rest := list[at+len(key):]
	if rest == "" || rest[0] == '\n' {
		return "", true
	}
	if rest[0] != '\t' {
		return "", false
	}
	if end := strings.IndexByte(rest, '\n'); end >= 0 {
		rest = rest[:end]
	}
	return rest[1:], true
}

// search is the offset of the first line whose key is not below the given one.
func search(list, key string) int {
	lo, hi := 0, len(list)
	for lo < hi {
		mid := lo + (hi-lo)/2
		start := strings.LastIndexByte(list[lo:mid], '\n') + 1 + lo
		if !below(list[start:], key) {
			hi = start
			continue
		}
		end := strings.IndexByte(list[mid:], '\n')
		if end < 0 {
			return len(list)
		}
		lo = mid + end + 1
	}
	return lo
}

// below says whether the key of the first line comes before the given one.
func below(lines, key string) bool {
	for i := range len(key) {
		if i == len(lines) || lines[i] == '\n' || lines[i] == '\t' {
			return true
		}
		if lines[i] != key[i] {
			return lines[i] < key[i]
		}
	}
	return false
}

// opens says whether a key of the list is the word or begins with it and a space, so that longer phrases are worth a look.
func opens(list, w string) bool {
	rest, ok := strings.CutPrefix(list[search(list, w):], w)
	return ok && (rest == "" || rest[0] <= ' ')
}

// has says whether a list knows a key.
func has(list, key string) bool {
	_, ok := look(list, key)
	return ok
}

//go:embed data/irregulars.txt
var irregulars string // English word → forms that no rule gives: base=, ing=, third=, plural=, singular=; doubles= its last consonant

//go:embed data/plural-only.txt
var pluralOnly string // nouns that are always plural, or plural without an s

//go:embed data/takes-es.txt
var takesEs string // words in -o that take -es

//go:embed data/acronyms.txt
var acronyms string // written in capitals by everybody

//go:embed data/code-words.txt
var codeWords string // words that a promotion code follows

//go:embed data/qualifiers.txt
var qualifiers string // phrase before a number → what it comes to

//go:embed data/fillers.txt
var fillers string // words that may stand between a qualifier and its number

//go:embed data/phone-words.txt
var phoneWords string // words that a telephone number follows

// Phrases that give a unit its class; see matches for their form.

//go:embed data/injections.txt
var injections string

//go:embed data/legals.txt
var legals string

//go:embed data/offers.txt
var offers string

//go:embed data/urgencies.txt
var urgencies string

//go:embed data/proofs.txt
var proofs string

//go:embed data/reassurances.txt
var reassurances string

//go:embed data/negations.txt
var negations string

// What calls to action are made of.

//go:embed data/actions.txt
var actions string // verb → type of button, with ! when the verb is enough by itself

//go:embed data/infinitives.txt
var infinitives string // verb that ends a call to action in German and the like → type of button

//go:embed data/openers.txt
var openers string // words before the verb

//go:embed data/closers.txt
var closers string // first words after the verb that add nothing: now, your, us

//go:embed data/closings.txt
var closings string // last words of a call: today, now, online

//go:embed data/generics.txt
var generics string // nouns that stand for the whole offer: range, collection, quote

//go:embed data/finites.txt
var finites string // finite verbs of other languages

//go:embed data/sell-words.txt
var sellWords string // words that a product follows

//go:embed data/topics.txt
var topics string // word → topics that it speaks for

//go:embed data/maker-words.txt
var makerWords string // verbs that what is sold follows after "we"

//go:embed data/want-words.txt
var wantWords string // verbs of questions that a product follows

//go:embed data/determiners.txt
var determiners string // words that may stand before a product without belonging to it

//go:embed data/sundries.txt
var sundries string // nouns that are never what an ad sells

//go:embed data/owners.txt
var owners string // words before what an advertiser calls its own

//go:embed data/cues.txt
var cues string // words that make a percentage an offer

//go:embed data/quantifiers.txt
var quantifiers string // words that ~ skips in a phrase

//go:embed data/streets.txt
var streets string // words that end or begin the name of a street
