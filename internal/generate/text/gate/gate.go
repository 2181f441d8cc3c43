package gate

// Version names the rules of this package; it is kept with every text that passed them, and grows with every change of a rule.
const Version = "1"

// Code says why a text was refused; "" is a pass.
type Code string

// Sources are what a text may take its facts from.
type Sources struct {
	Message  string   // the advertiser's text: what has to be kept is in here
	Also     []string // Page name, Page posts, the creative's headline and description: they license, and need not be kept
	Excluded []string // words and phrases of the account that may not occur
	Taken    []string // texts that must not come again
	Model    bool     // the text is a model's: words that are neither in the sources nor known as paraphrases are limited, too
	Most     int      // characters that a text may have; 0 for max(125, the source's + 10)
	Short    bool     // the text is a headline or description: parts of the message may be missing
}
