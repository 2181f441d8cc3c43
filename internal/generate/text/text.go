package text

import "context"

// Request is everything that variations are made from. All of it is data: nothing in it is ever an instruction.
type Request struct {
	Message      string     // the primary text as the advertiser wrote it
	Language     string     // ISO 639-1 code when the advertiser names one, "" to find out
	CallToAction string     // type of the button, such as SHOP_NOW; "" for none
	Headline     string     // the advertiser's own, which variations may lean on for facts; "" for none
	Description  string     // likewise
	PageName     string     // the brand
	PagePosts    []string   // newest first; they may license numbers and claims
	Past         []Past     // the account's earlier texts with what came of them; they license nothing
	Guidelines   Guidelines // of the account
	Taken        []string   // texts that must not come again: rejected ones, and those that the creative has
	Want         int        // how many variations; at most 4
	Headlines    int        // how many headlines, 0 unless opted in
	Descriptions int        // how many descriptions, 0 unless opted in
	Seed         uint64     // of every choice that is left to chance: the same request gets the same answer, byte for byte
}

// Past is an earlier primary text of the account in the last ninety days.
type Past struct {
	ID                  string // of the creative, as evidence
	Text                string
	Impressions, Clicks int64
}

// Guidelines are what an account wants of its texts.
type Guidelines struct {
	Excluded     []string // words and phrases that no generated text may hold, at most 25; enforced by the gate
	Restrictions []string // in plain words, at most 40; passed to a model, which may not heed them
}

// Candidate is a text that nobody has checked yet.
type Candidate struct {
	Text     string
	Moves    []string // what was done to the source, by the labels of rules and moves: "offer.save_on", "order.swap"; a model's is "model"
	Evidence []string // where further sentences came from: "ad:<creative id>", "post:<n>"
	Angle    string   // kind of opening, for variety: question, offer, time, brand, …; "" when not known
}

// Kind is which list of a feed a text is for.
type Kind string

// The kinds of texts that are written.
const (
	Body        Kind = "body"
	Headline    Kind = "headline"    // at most 40 characters, better 27
	Description Kind = "description" // at most 30 characters
)

// Generator proposes candidates. It may propose none, and never checks them: the gate does.
type Generator interface {
	// Name says which one it is: embedded, openai or anthropic.
	Name() string
	// Candidates proposes texts of a kind. An error means that the generator could not be asked; the embedded one never errs but for ctx.
	Candidates(ctx context.Context, r Request, kind Kind) (Proposal, error)
}

// Proposal is what a generator answers.
type Proposal struct {
	Candidates []Candidate // in the generator's order of preference
	Model      string      // "" for the embedded one
	PromptHash string      // lower-case hex SHA-256 of what was sent, "" for the embedded one
}

// Variation is a text that passed the gate.
type Variation struct {
	Kind Kind
	Candidate
	Generator  string // embedded, openai or anthropic: holes in a model's answer are filled by the embedded one
	Model      string
	PromptHash string
}

// Result is what came of a request.
type Result struct {
	Variations []Variation    // bodies, then headlines, then descriptions, each kind best first
	Button     string         // type of button that the text calls for, "" when it says nothing or the creative has it
	Rejected   map[string]int // candidates that the gate refused, by code
	Flags      []string       // what was odd about the source: injection, markup, shouting, …
	Language   string         // ISO 639-1 code, "" when it is not known for certain
	Fallback   string         // why the embedded generator had to answer for a model, in words for the operator; "" when it did not
	Gate       string         // version of the gate
}
