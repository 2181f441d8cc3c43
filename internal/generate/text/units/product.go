package units

import (
	"strings"
	"unicode"
)

// product finds what is sold in an English text: first what a buy verb, an offer or "we sell" names, then a phrase that a sentence is or
// begins with, or what something is done with, then what is called for. A question comes last: it names the trouble
// more often than the cure.
func (t Text) product() Phrase {
	if t.Language.Code != "en" {
		return Phrase{}
	}
	for _, find := range [...]func(Unit, []Word) Phrase{sold, headed, called, opening} {
		for _, u := range t.Units {
			if u.Class == Legal || u.Class == Injection || u.Class == Template || u.Class == Quotation || u.Class == Tags || u.Class == Contact {
				continue
			}
			if p := find(u, Words(u.Text)); p.Head != "" {
				return p
			}
		}
	}
	return Phrase{}
}

// headed finds what a sentence that is no question begins with, what something is done with, or what we do something with.
func headed(u Unit, words []Word) Phrase {
	if u.Class == Question {
		return Phrase{}
	}
	for _, find := range [...]func(Unit, []Word) Phrase{opening, means, worked} {
		if p := find(u, words); p.Head != "" {
			return p
		}
	}
	return Phrase{}
}

// worked finds what "we" or "we'll" do something with: We fix bikes at your home.
func worked(u Unit, words []Word) Phrase {
	if len(words) < 3 || words[0].Lower != "we" && words[0].Lower != "we'll" || idle(words[1].Lower) || !IsVerb(words[1].Lower) || isOwn(words[2].Lower) {
		return Phrase{}
	}
	return phraseAt(u, words, 2)
}

// idle says whether a verb tells nothing about what is sold: We take care, we love Fridays.
func idle(verb string) bool {
	switch verb {
	case "take", "handle", "accept", "love", "think", "believe", "know", "see", "hear", "cover", "mean", "need", "want", "use", "do", "keep", "give":
		return true
	}
	return false
}

// called finds the object of a call, unless it is the reader's: Book a pottery workshop.
func called(u Unit, words []Word) Phrase {
	if u.Class != Action && u.Class != Imperative || len(words) < 3 || !has(actions, words[0].Lower) || isOwn(words[1].Lower) {
		return Phrase{}
	}
	if p := phraseAt(u, words, 1); !has(generics, lower(p.Head)) {
		return p
	}
	return Phrase{}
}

// isOwn says whether a word makes what follows the reader's or ours.
func isOwn(w string) bool { return w == "your" || w == "our" || w == "my" || w == "the" }

// sold finds the object of a verb of buying or selling, and what an offer is off, on or for.
func sold(u Unit, words []Word) Phrase {
	if u.Class == Action {
		return Phrase{}
	}
	for i, w := range words {
		next := ""
		if i+1 < len(words) {
			next = words[i+1].Lower
		}
		selling := sells(words, i, next)
		wanting := u.Class == Question && i < 2 && (has(wantWords, w.Lower) || next == "for" && (w.Lower == "looking" || w.Lower == "searching" || w.Lower == "shopping"))
		off := i > 0 && holds(u.Atoms, Price, Percent, Number) && (w.Lower == "off" || w.Lower == "on" && has(cues, words[i-1].Lower))
		if !selling && !wanting && !off {
			continue
		}
		if next == "for" && wanting {
			i++
		}
		if p := phraseAt(u, words, i+1); p.Head != "" {
			p.Sure = true
			return p
		}
	}
	return Phrase{}
}

// sells says whether word i is a verb that what is sold follows: buy at the beginning, make after we. What is "yours" is not for sale.
func sells(words []Word, i int, next string) bool {
	w := words[i].Lower
	if i > 0 && has(makerWords, w) && (words[i-1].Lower == "we" || words[i-1].Lower == "i") {
		return true
	}
	if !has(sellWords, w) || next == "your" {
		return false
	}
	return i == 0 || words[i-1].Text == ":" || has(openers, words[i-1].Lower)
}

// opening finds a phrase at the beginning of a unit.
func opening(u Unit, words []Word) Phrase {
	switch u.Class {
	case Fragment, Statement, Offer, Question, Negation:
	default:
		return Phrase{}
	}
	if p := headline(u, words); p.Head != "" {
		return p
	}
	return subject(u, words)
}

// headline finds a phrase that a unit without a verb begins with; of a list of offers, what stands before "for" and a price.
func headline(u Unit, words []Word) Phrase {
	if u.Class == Action || u.Class == Imperative || u.Class == Statement && len(words) > 0 && IsFunction(words[0].Lower) || u.Class == Question && !strings.Contains(u.Text, " ") {
		return Phrase{}
	}
	start := 0
	for i, w := range words {
		if w.Text == ":" && i+1 < len(words) {
			start = i + 1
		}
	}
	if start > 0 {
		if p := phraseAt(u, words, start); p.Head != "" && p.Plural {
			p.Sure = true
			return p
		}
	}
	if len(words) > 1 && (IsVerb(words[0].Lower) && (followsVerb(words[1].Lower, false) || isCount(words[1])) || isPredicate(words[0].Lower)) {
		return Phrase{}
	}
	if len(u.Atoms) > 0 && u.Atoms[0].Kind == Name && u.Atoms[0].Start == 0 && followedByVerb(words, u.Atoms[0].Len) {
		return Phrase{} // Ledgerly tracks stock
	}
	p := phraseAt(u, words, 0)
	p.Sure = p.Plural && u.Class != Question
	return p
}

// followedByVerb says whether the word at the offset or behind it is a verb as it stands after he, she, it.
func followedByVerb(words []Word, offset int) bool {
	for _, w := range words {
		if w.Start >= offset {
			base := Base(w.Lower)
			return base != w.Lower && IsVerb(base) && ThirdPerson(base) == w.Lower
		}
	}
	return false
}

// isPredicate says whether a word is a verb that opens a unit whose subject went before: Works in calls and chats. Comes with a pen.
func isPredicate(w string) bool {
	switch w {
	case "comes", "works", "starts", "fits", "lasts", "keeps", "gives", "takes", "includes", "arrives", "begins", "weighs", "sleeps", "feeds", "makes":
		return true
	}
	return false
}

// subject finds what "our …" names at the beginning of a sentence.
func subject(u Unit, words []Word) Phrase {
	if u.Class == Action || len(words) == 0 || !has(owners, words[0].Lower) {
		return Phrase{}
	}
	return phraseAt(u, words, 1)
}

// means finds what something is done with: "Transform your backyard with solar garden lights".
func means(u Unit, words []Word) Phrase {
	for i, w := range words {
		if w.Lower == "with" && (u.Class == Imperative || u.Class == Statement) {
			if p := phraseAt(u, words, i+1); p.Head != "" && p.Plural {
				p.Sure = true
				return p
			}
		}
	}
	return Phrase{}
}

// phraseAt is the noun phrase that begins at word i, after numbers and determiners.
func phraseAt(u Unit, words []Word, i int) Phrase {
	for i < len(words) && (isDeterminer(words[i].Lower) || words[i].Lower == "off" || words[i].Lower == "on" || isCount(words[i])) {
		i++
	}
	end := i
	for end < len(words) && nominal(words, i, end) {
		end++
	}
	for end > i && !mayHead(words, i, end-1) {
		end--
	}
	if end == i {
		return Phrase{}
	}
	head := words[end-1]
	if end-i == 1 && IsAdjective(head.Lower) && !IsPlural(head.Lower) || has(sundries, head.Lower) || has(sundries, Singular(head.Lower)) || isNameOnly(u, words[i].Start, head.End()) {
		return Phrase{}
	}
	return Phrase{Text: u.Text[words[i].Start:head.End()], Head: head.Text, Plural: IsPlural(head.Lower) || IsMass(head.Lower)}
}

// isCount says whether a word is a number of things: 3, two, 20%.
func isCount(w Word) bool {
	if end := figureEnd(w.Lower, 0); end > 0 && !strings.ContainsAny(w.Lower, "-/") {
		return true
	}
	return has(numbers, w.Lower)
}

// isHeadName says whether a word is an acronym that can be bought: TV.
func isHeadName(w Word) bool {
	low := w.Lower
	return isCaps(w.Text) && has(acronyms, low) && has(english, low)
}

// mayHead says whether word at may be the head of a phrase that begins at word i.
func mayHead(words []Word, i, at int) bool {
	w := words[at]
	if at == 0 && len(words) > 1 && leads(words[1].Lower) && isUnheardMany(w) {
		return true
	}
	return IsNoun(w.Lower) || isHeadName(w) || at > 0 && isUnheard(w, at > i)
}

// isUnheard says whether a word that no list has looks like a noun: valet, tagine. Names do not, nor, behind another word of
// the phrase, what may be a verb: milk foams.
func isUnheard(w Word, follows bool) bool {
	if follows && strings.HasSuffix(w.Lower, "s") {
		return false
	}
	return !knownForm(w.Lower) && w.Text == w.Lower && !looksCommon(w.Lower) && isLetters(w.Lower)
}

// isUnheardMany says whether the first word of a unit, which no list has, looks like a noun in the plural: Sapphires from Ceylon.
func isUnheardMany(w Word) bool {
	return !knownForm(w.Lower) && strings.HasSuffix(w.Lower, "s") && len(w.Lower) > 4 && w.Text[1:] == w.Lower[1:] && !looksCommon(w.Lower) && isLetters(w.Lower)
}

// isLetters says whether a word is nothing but letters.
func isLetters(w string) bool {
	for _, r := range w {
		if !unicode.IsLetter(r) {
			return false
		}
	}
	return w != ""
}

// isNameOnly says whether a span is a name and nothing else.
func isNameOnly(u Unit, start, end int) bool {
	for _, a := range u.Atoms {
		if a.Kind == Name && a.Start <= start && end <= a.Start+a.Len && !has(acronyms, prefixWord(a.Value)) {
			return true
		}
	}
	return false
}

// prefixWord is the first word of a text.
func prefixWord(s string) string {
	first, _, _ := strings.Cut(s, " ")
	return first
}

// isDeterminer says whether a word may stand before a product without belonging to it.
func isDeterminer(w string) bool { return has(determiners, w) }

// nominal says whether word i may belong to the phrase that begins at start. "And" may join two adjectives.
func nominal(words []Word, start, i int) bool {
	w := words[i]
	if w.Lower == "and" && i > start && i+2 < len(words) {
		return IsAdjective(words[i-1].Lower) && IsAdjective(words[i+1].Lower) && !words[i+2].Mark && !IsFunction(words[i+2].Lower)
	}
	if (w.Text == "'" || w.Text == "’") && i > start && i+1 < len(words) && strings.HasSuffix(words[i-1].Lower, "s") && !words[i+1].Mark {
		return true // beginners' yoga
	}
	if w.Mark || IsFunction(w.Lower) || i-start > 5 || isVerbHere(words, start, i) {
		return false
	}
	return kind(w.Lower, "nma") || kind(Singular(w.Lower), "nm") || !knownForm(w.Lower) || strings.Contains(w.Lower, "-") || endsIn(w.Lower, "ing", "ed")
}

// isVerbHere says whether word i is the finite verb after the phrase.
func isVerbHere(words []Word, start, i int) bool {
	if i == start {
		return false
	}
	low := make([]string, len(words))
	for j, w := range words {
		low[j] = w.Lower
	}
	return isFinite(low, i)
}
