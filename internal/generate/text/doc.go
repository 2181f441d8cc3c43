// Package text writes variations of an ad's primary text.
//
// A [Generator] proposes candidates; [Writer] lets every candidate of every generator pass the same gate, chooses a varied few and
// fills what is missing from the rewrites of package rewrite, which need no model and no network. Fewer than were asked for, down to
// none, is a correct answer: nothing is said that the advertiser did not say.
//
// Below it: units takes a text apart, gate refuses what says something else, rewrite is the embedded generator, remote speaks to
// models, judge is the yardstick and shares no code with any of them.
package text
