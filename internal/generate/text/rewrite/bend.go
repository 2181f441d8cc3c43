package rewrite

import (
	"slices"
	"strings"
)

// irregular are plurals that no rule makes; mass are nouns that have none.
var (
	irregular = map[string]string{"man": "men", "woman": "women", "child": "children", "person": "people", "foot": "feet", "tooth": "teeth",
		"mouse": "mice", "goose": "geese", "knife": "knives", "life": "lives", "wife": "wives", "leaf": "leaves", "shelf": "shelves",
		"loaf": "loaves", "half": "halves", "scarf": "scarves", "wolf": "wolves", "potato": "potatoes", "tomato": "tomatoes", "hero": "heroes"}
	mass = set(`advice art bedding beer bread broth butter care cash cheese chocolate cleaning clothing coffee concentrate content cover
		cutlery decor equipment fish flooring food footwear fruit fun furniture gear gin help homework honey hosting information insurance
		jewellery jewelry knitwear lighting linen luggage makeup maintenance meat milk money music news nightwear outerwear paint photography
		plumbing pottery produce rent research rice salt shampoo sheep skincare software sportswear storage stationery stock swimwear tea
		training transport travel tuition underwear wallpaper water wear wine wool work yoga yoghurt yogurt`)
)

// bend puts a capture into another form. Verbs bend at the first word, nouns at the head, before "of".
func bend(tokens []token, form string) []token {
	tokens = slices.Clone(tokens)
	at, f := 0, func(w string) string { return w }
	switch form {
	case "ing":
		f = func(w string) string { return ing(base(w)) }
	case "s":
		f = func(w string) string { return sForm(base(w)) }
	case "base":
		f = base
	case "plural":
		at, f = head(tokens), plural
	case "singular":
		at, f = head(tokens), singular
	case "third":
		f = third
	}
	t := &tokens[at]
	if w := f(t.key); w != t.key {
		t.text, t.key = w, w
	}
	return tokens
}

// head is the index of the noun that a phrase is about.
func head(tokens []token) int {
	for i, t := range tokens {
		if i > 0 && (t.key == "of" || t.key == "for" || t.key == "with" || t.key == "from") {
			return i - 1
		}
	}
	return len(tokens) - 1
}

// third says something of us or you as of others: our pots → the pots.
func third(w string) string {
	switch w {
	case "our", "my", "your":
		return "the"
	}
	return w
}

// plural is a noun's plural: shoe → shoes, dress → dresses. Nouns that are plural or have none stay.
func plural(w string) string {
	if p, ok := irregular[w]; ok {
		return p
	}
	if mass[w] || isPlural(w) {
		return w
	}
	return sForm(w)
}

// singular undoes plural.
func singular(w string) string {
	for _, s := range []string{"man", "woman", "child", "person", "foot", "knife", "leaf", "shelf", "loaf", "scarf", "potato", "tomato", "hero"} {
		if irregular[s] == w {
			return s
		}
	}
	switch {
	case !isPlural(w):
		return w
	case strings.HasSuffix(w, "ies") && len(w) > 4:
		return w[:len(w)-3] + "y"
	case hasSuffix(w, "sses", "xes", "ches", "shes", "zzes"):
		return w[:len(w)-2]
	}
	return w[:len(w)-1]
}

// isPlural says whether a noun has a plural's ending.
func isPlural(w string) bool {
	for _, p := range []string{"men", "women", "children", "people", "feet", "teeth", "mice"} {
		if w == p {
			return true
		}
	}
	return strings.HasSuffix(w, "s") && !hasSuffix(w, "ss", "us", "is") && len(w) > 2
}
