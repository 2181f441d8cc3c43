package units

// Text is an ad's text taken apart.
type Text struct {
	Raw      string   // as it was sent
	Clean    string   // in NFC, without markup, zero-width, bidi and control characters, shouting brought down; offsets are bytes of this
	Language Language // what it is written in
	Units    []Unit   // in order; together they are Clean but for white space
	Atoms    []Atom   // of all units, in order
	Flags    []Flag   // what was odd, each once
}

// Flag says what was odd about a text.
type Flag string

// The flags.
const (
	Injected Flag = "injection" // a unit that speaks to a machine; it has class Injection and is part of no variation
	Markup   Flag = "markup"    // HTML was taken out
	Shouting Flag = "shouting"  // capitals were brought down
	Hidden   Flag = "hidden"    // zero-width, bidi or control characters were taken out
)

// Language is what a text is written in.
type Language struct {
	Code   string // ISO 639-1; "" when not certain
	Script string // of most letters: Latin, Cyrillic, Arabic, Hebrew, Devanagari, Han, Kana, Hangul, Thai, Greek, …; "" without letters
	Mixed  bool   // more than one language: no word of it may be changed
}

// Class is what a unit does in an ad.
type Class string

// The classes. A unit has the first that fits.
const (
	Injection  Class = "injection"  // instructions to a machine: dropped
	Template   Class = "template"   // holds {{…}}
	Legal      Class = "legal"      // locked: stands verbatim at the end of every variation
	Quotation  Class = "quotation"  // somebody's words, verbatim
	Tags       Class = "tags"       // hashtags and handles only
	Contact    Class = "contact"    // phone, address, link
	Question   Class = "question"   // ends in a question mark
	Action     Class = "action"     // call to action: Shop now. Book your table today.
	Offer      Class = "offer"      // price, percentage, something free; but free returns and trials reassure
	Urgency    Class = "urgency"    // ends Sunday, only 3 left
	Proof      Class = "proof"      // trusted by 2,000 households
	Reassuring Class = "reassuring" // no contract, cancel anytime, free returns
	Negation   Class = "negation"   // holds a not, no, never, without that must not be lost
	Imperative Class = "imperative" // begins with a verb in its bare form
	Statement  Class = "statement"  // a sentence with a finite verb
	Fragment   Class = "fragment"   // none: Handmade oak tables.
)

// Unit is a sentence, a line, or what stands between bullets or bars.
type Unit struct {
	Text       string // without its marks at either end and without emoji there
	Open       string // "¡" or "¿" where the sentence opens with one
	End        string // ".", "!", "?", "…" or "": as the source had it, one mark at most
	Before     string // emoji that preceded it
	After      string // emoji that followed it
	Break      bool   // a line break precedes it
	Class      Class
	Start, Len int    // bytes of Clean
	Atoms      []Atom // with offsets in Text
}

// AtomKind is what an atom is.
type AtomKind string

// The kinds of atoms.
const (
	Price     AtomKind = "price"     // with its currency: $9.99, 79,90 €, ₪45; with /month or per month where it has one
	Percent   AtomKind = "percent"   // 20%, 20 per cent
	Number    AtomKind = "number"    // any other number with its unit: 14-day, 40, 5000mAh, two
	Date      AtomKind = "date"      // 30 November, 12–14 June, 31/05/2027
	Day       AtomKind = "day"       // Friday, this weekend, tonight, summer
	Clock     AtomKind = "clock"     // 7pm, 23:00
	Link      AtomKind = "link"      // URLs and bare domains
	Email     AtomKind = "email"     //
	Phone     AtomKind = "phone"     //
	Handle    AtomKind = "handle"    // @name
	Hashtag   AtomKind = "hashtag"   // #name
	Code      AtomKind = "code"      // SPRING15
	Tag       AtomKind = "tag"       // {{product.name | titleize}}
	Quote     AtomKind = "quote"     // with its marks
	Name      AtomKind = "name"      // a capitalised name that does not just begin a sentence; acronyms, iOS
	Emoji     AtomKind = "emoji"     // one grapheme
	Qualified AtomKind = "qualifier" // up to, from, over, at least, only, first: the word before a number that limits it
)

// Atom is a span whose characters survive or whose unit is left out.
type Atom struct {
	Kind       AtomKind
	Text       string
	Value      string // in a form to compare: "9.99 USD", "20%", "2027-05-31", lower-case names; Text where there is no better
	Start, Len int    // bytes of Unit.Text in a unit, of Clean in Text.Atoms
}

// Brief is what an ad is about, as far as it can be told. Empty members are not known, and moves that need them are left out.
type Brief struct {
	Brand    string // as written: the Page's name where the text has it, else a name that acts: "Ledgerly sends …", "at Marlow Garage"
	Product  Phrase // what is sold
	Offer    string // the lead offer atom with its qualifier: "up to 30%", "from $1,450 a month"
	When     string // time phrase: "this weekend only", "until Sunday"
	Intent   string // what the call to action wants, as the type of a button: SHOP_NOW, BOOK_TRAVEL, SIGN_UP, …; "" for none
	Delicate bool   // health, finance, dating, religion, age, legal matters, housing, jobs: no questions to the reader
	Topic    string // coarse kind of business: food, fashion, travel, software, …; "" when not known; rules may ask for it
}

// Phrase is a noun phrase.
type Phrase struct {
	Text   string // without determiner: "running shoes", "cool LED TV"
	Head   string // "shoes"
	Plural bool   // or a mass noun that takes no article
	Sure   bool   // it came from a buy verb, an offer, "we sell" or a plural fragment: "Looking for …?" is safe
}
