package gate

// Code says why a text was refused; "" is a pass. Codes are stable: they are counted, kept and shown. The code of a claim is "claim:"
// and its class.
type Code string

// CodeInfo explains a code to people.
type CodeInfo struct {
	Code Code
	Says string // completes "The text …"
}

// Codes lists every code that [Gate.Check] can return, roughly in the order in which the checks are made.
func Codes() []CodeInfo {
	return []CodeInfo{
		{"empty", "says nothing"},
		{"control", "holds invisible or control characters"},
		{"markup", "holds HTML, Markdown or an entity"},
		{"length", "is longer than allowed"},
		{"spacing", "has white space or marks where none belong, or lacks a space"},
		{"bracket", "opens a bracket or quotation that it does not close"},
		{"punctuation", "shouts: !!, ?!, or more than two exclamation marks"},
		{"injection", "speaks to a machine, or repeats what was meant for one"},
		{"tag", "loses or changes a template tag"},
		{"legal", "does not end in the source's legal lines, word for word"},
		{"script", "is written in letters that the source does not use"},
		{"language", "is in another language"},
		{"foreign", "changes words in a language whose claims cannot be judged"},
		{"excluded", "holds a term that the account excludes"},
		{"profanity", "holds a vulgar word"},
		{"link", "holds a link that no source has"},
		{"email", "holds an e-mail address that no source has"},
		{"phone", "holds a telephone number that no source has"},
		{"handle", "holds a handle that no source has"},
		{"hashtag", "holds a hashtag that no source has"},
		{"code", "holds a code that no source has"},
		{"price", "holds a price that no source has, or ties it to something else"},
		{"number", "holds a number that no source has, or ties it to something else"},
		{"date", "holds a date that no source has"},
		{"day", "holds a day or season that no source has"},
		{"time", "holds a time of day that no source has"},
		{"qualifier", "loses or changes what limits a number: up to, from, over"},
		{"condition", "keeps an offer and loses its condition"},
		{"negation", "loses a not, or denies what the source does not"},
		{"quotation", "changes a quotation, or quotes what nobody said"},
		{"personal", "asserts or asks something personal of the reader"},
		{"claim:superlative", "claims to be the most of something"},
		{"claim:quality", "claims a quality"},
		{"claim:guarantee", "guarantees something"},
		{"claim:clinical", "claims to be tested or approved"},
		{"claim:free", "says that something is free"},
		{"claim:urgency", "presses the reader"},
		{"claim:proof", "claims that others approve"},
		{"claim:saving", "claims that the reader saves"},
		{"claim:health", "claims that something does the body good"},
		{"claim:money", "claims that the reader earns"},
		{"claim:eco", "claims that something is good for nature"},
		{"claim:origin", "claims where or how something is made"},
		{"claim:ease", "claims that something is easy or fast"},
		{"claim:exclusive", "claims that something is for few"},
		{"claim:shipping", "claims something of the delivery"},
		{"claim:refund", "claims that something can be returned"},
		{"claim:newness", "claims that something is new"},
		{"name", "names somebody or something that no source names"},
		{"caps", "is written in capitals"},
		{"emoji", "has too many emoji, or one that says something new"},
		{"start", "begins a sentence with a small letter"},
		{"dangling", "ends in a word that something has to follow"},
		{"doubled", "says a word twice in a row"},
		{"article", "has a for an, or an for a"},
		{"lost", "loses the offer, the brand or the product"},
		{"novelty", "holds too many words that no source has"},
		{"copy", "is nearly the same as the source or as a text that must not come again"},
	}
}
