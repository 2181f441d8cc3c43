package judge

import (
	"slices"
	"strings"
)

// claim is a class of statements that a text may make only where the source or the Page makes one of the same class.
type claim struct {
	class string
	exact bool // it needs the very word: "finest" is not licensed by "best"
	terms phrases
	also  phrases // what licenses the class besides its terms, such as a date for urgency
}

// newClaims reads the lists of every class in order: [claim free], [claim superlative exact], [claim urgency also].
func newClaims(lists map[string][]string) []claim {
	byClass := map[string]*claim{}
	for name, terms := range lists {
		part := strings.Fields(name)
		if len(part) < 2 || part[0] != "claim" {
			continue
		}
		c := byClass[part[1]]
		if c == nil {
			c = &claim{class: part[1]}
			byClass[part[1]] = c
		}
		switch part[len(part)-1] {
		case "also":
			c.also = newPhrases(terms)
		default:
			c.exact = c.exact || len(part) > 2
			c.terms = newPhrases(terms)
		}
	}
	all := make([]claim, 0, len(byClass))
	for _, c := range byClass {
		all = append(all, *c)
	}
	slices.SortFunc(all, func(a, b claim) int { return strings.Compare(a.class, b.class) })
	return all
}

// invented lists the terms of a text that nothing in the base licenses.
func (c claim) invented(text *reading, base []*reading) []string {
	var list []string
	for _, h := range c.terms.find(text.words) {
		if !c.licensed(h, base) {
			list = append(list, h.term)
		}
	}
	return list
}

// licensed says whether one of the readings makes the claim.
func (c claim) licensed(h hit, base []*reading) bool {
	for _, r := range base {
		found := c.terms.find(r.words)
		if c.exact {
			found = slices.DeleteFunc(found, func(other hit) bool { return other.term != h.term })
		}
		if len(found) > 0 || !c.exact && len(c.also.find(r.words)) > 0 {
			return true
		}
	}
	return false
}
