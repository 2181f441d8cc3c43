package rewrite

import (
	"strings"

	"github.com/marquetry/marquetry/internal/generate/text/units"
)

// set makes a set of the words in a text.
func set(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

var (
	// timeWords name a time by themselves, periods behind a periodic word; timeJoints lead to one or follow it,
	// but for the continuing ones, which begin none.
	timeWords  = set("today tonight tomorrow midnight noon weekend weekends weekday weekdays")
	periods    = set("day week month season year morning afternoon evening night")
	periodic   = set("every each this next all")
	continuing = set("to and end of")
	timeJoints = set("until till by before from on at this next every each through only the all to and end of")

	// governs are prepositions that a time phrase cannot leave behind.
	governs = set("for of since during into to with about")

	// unnominal are the words that are in no noun phrase: prepositions, pronouns, auxiliaries, subordinators, adverbs of time and place.
	unnominal = set(`in on at by for from with without to into onto over under through across near via per about than as like until till before
		after during since between among against toward towards inside outside up down off out
		i you we he she it they me us him them who whom which that what when where while why how if because so unless although whether
		is are was were be been being am has have had do does did can could will would shall should may might must isn't aren't don't doesn't
		won't can't it's that's we're you're they're i'm we've you've they've you'll we'll let's here's there's what's
		gives makes keeps helps means brings gets lets goes comes takes pays feeds lasts using
		not never now then here there online just even also too still again already ever always away back together`)

	// determiners begin a noun phrase and are never all of it.
	determiners = set("a an the this that these those my your our his her its their some any every each all both no another more")

	// distributive determiners go with a singular: what looks like a plural behind them is a verb, as in every basket pays.
	distributive = set("every each another a an this")

	// predicates end a statement without a verb, not a noun phrase: breakfast included, first lesson free.
	predicates = set("free included welcome available open closed guaranteed required needed inclusive left too daily weekly monthly safe")

	// compounding plurals stand before a noun.
	compounding = set("sports kids sales goods news ladies arts crafts games savings rewards glasses")

	// possessives that a rule writes take the place of the articles that its captures bring.
	possessives = set("our your their the a an")
	articles    = set("a an the our your")

	// thirds are verbs that open units without a subject: Comes with a pen. Nouns in the plural are not among them.
	thirds = set("comes starts works fits lasts makes keeps gives takes includes arrives begins leaves sleeps weighs syncs pairs feeds goes gets has is")

	// joints may stand inside a noun phrase, and not at its ends.
	joints = set("and or & of")

	// proper are words that keep their capital though units may not know them as names.
	proper = set(`monday tuesday wednesday thursday friday saturday sunday january february april june july august september october
		november december christmas easter halloween thanksgiving ramadan eid diwali hanukkah valentine's mother's father's
		english french german italian spanish portuguese dutch belgian swiss austrian polish czech danish swedish norwegian finnish icelandic
		irish scottish welsh british greek turkish russian ukrainian american canadian mexican brazilian argentinian peruvian cuban
		japanese chinese korean thai vietnamese indian persian lebanese moroccan egyptian ethiopian african asian european australian
		scandinavian nordic mediterranean caribbean nordic london paris berlin rome madrid lisbon barcelona amsterdam dublin edinburgh
		vienna prague venice florence milan istanbul tokyo york chicago boston austin dallas texas california florida london's
		europe africa asia america australia france germany italy spain portugal greece turkey japan china india mexico canada ireland
		scotland england wales britain`)

	// germanSmall are the German words that are written small inside a sentence, of those that begin units.
	germanSmall = set(`der die das den dem des ein eine einen einem einer eines unser unsere unseren unserem unserer dein deine deinen deinem
		deiner ihr ihre ihren ihrem ihrer sein seine mein meine kein keine keinen alle alles jede jeder jedes jeden mit ohne für von vom zum zur
		zu ab bis nur jetzt heute morgen noch schon in im an am auf aus bei beim nach seit über unter vor durch gegen um und oder aber so wie
		was wer wo wann warum wenn weil dass ob neu neue neuer neues neuen frisch frische frischer frisches gratis kostenlos kostenlose
		kostenloser kostenloses bequem einfach schnell günstig günstige jetzige handgemachte handgemachter handgefertigte kabellose
		bestellen entdecken sichern kaufen buchen sparen testen probieren holen finden starten erleben genießen bestelle entdecke sichere
		kaufe buche spare teste probiere hol hole finde starte erlebe genieße erhalte erhalten jetzt's es er sie wir du ich hier dort
		versandkostenfrei versandkostenfreie lieferbar erhältlich`)
)

// nominal says whether a token can be in a noun phrase.
func nominal(t *token) bool {
	return !(t.mark && t.key != "&") && !unnominal[t.key]
}

// commands says whether the token at opens a unit as an imperative. A word that is noun and verb is a verb where adverts call with it, or
// where an object follows: book hotels, light the way; but bike repairs.
func (m *matcher) commands(at int) bool {
	w := m.tokens[at].key
	if !units.IsVerb(w) || units.IsAdjective(w) {
		return false
	}
	object := at+1 < len(m.tokens) && (determiners[m.tokens[at+1].key] || objects[m.tokens[at+1].key])
	return !units.IsNoun(w) || callers[w] || object
}

// callers are the nouns that adverts open with as verbs.
var callers = set(`book shop order call try visit start look save plan switch share test fit match check change swap order buy gift rent need want help
	support claim offer ride drive travel experience stock store plug trade post pack cook bake wash view watch contact sample stop treat taste
	reserve design build dress click text chat download upgrade reward donate sign register apply`)

// nounPhrase says whether a range of nominal tokens is a noun phrase: with a noun, no joint at an end, no verb that opens the unit, and no
// time behind it: Friday night dinners are one, dinners every Friday and coffee today are not.
func (m *matcher) nounPhrase(from, to int) bool {
	first, last := &m.tokens[from], &m.tokens[to-1]
	opener := from == 0 && first.kind == "" && (thirds[first.key] || m.commands(from))
	for i := from + 1; i < to; i++ {
		if m.endsPhrase(i, i == to-1) {
			return false
		}
	}
	switch {
	case distributive[first.key] && units.IsPlural(last.key), to > from+1 && predicates[last.key]:
		return false
	case to == from+1 && (last.kind == units.Clock || last.kind == units.Day && strings.HasSuffix(last.key, "day")):
		return false
	case to == from+1 && last.kind == "" && isQuality(last.key) && !units.IsNoun(last.key):
		return false
	case strings.HasSuffix(last.key, "ly") && last.kind == "" && !units.IsNoun(last.key) && !units.IsAdjective(last.key):
		return false
	}
	return !opener && !joints[first.key] && !joints[last.key] && !determiners[last.key] && last.kind != "qualifier"
}

// endsPhrase says whether the token at, which follows others and may be the last, can be in no noun phrase with them: a time, or the verb
// of a plural (dogs stay, pets welcome).
func (m *matcher) endsPhrase(at int, last bool) bool {
	t, before := &m.tokens[at], &m.tokens[at-1]
	switch {
	case t.kind == units.Clock, t.key == "today", t.key == "tonight", t.key == "tomorrow", last && periodic[before.key] && m.timed(at):
		return true
	case determiners[t.key] && (units.IsVerb(before.key) || isThird(before.key)):
		return true // reads your meal
	case t.kind != "" || before.kind != "":
		return false
	}
	return units.IsVerb(t.key) && units.IsPlural(before.key) && !compounding[before.key]
}

// isThird says whether a word is a verb as it stands after he, she, it.
func isThird(w string) bool {
	b := units.Base(w)
	return b != w && units.IsVerb(b) && units.ThirdPerson(b) == w
}

// isGerund says whether a word is the -ing form of a verb.
func isGerund(w string) bool { return strings.HasSuffix(w, "ing") && units.IsVerb(units.Base(w)) }

// isQuality says whether a word says what something is like: an adjective, or a participle such as handmade, built, slow-cooked.
func isQuality(w string) bool {
	return units.IsAdjective(w) || participles[w] || len(w) > 4 && (strings.HasSuffix(w, "ed") || strings.HasSuffix(w, "-free")) && !units.IsVerb(w)
}

// participles are those that do not end in -ed.
var participles = set("made built cut grown sewn woven spun born cast drawn driven hung known laid led run set shot shown sold spread taught thrown won worn written handmade hand-made homemade")
