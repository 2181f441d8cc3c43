package rewrite

import (
	"strings"
	"testing"

	"github.com/marquetry/marquetry/internal/generate/text"
)

// TestGrammar holds adverts with sentences that no move may make of them: verbs taken for goods, goods for verbs, halves of clauses.
func TestGrammar(t *testing.T) {
	t.Parallel()
	g, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for message, never := range map[string]string{
		"The coat that went to Everest now comes in kids' sizes. Ages 4 to 12.":      "Meet the coat that went",
		"Dresses for every wedding on your calendar. Petite to plus.":                "They dress",
		"Swap the school run for a cargo bike. Carries two kids and the shopping.":   "find carries",
		"Chairs for village halls. Light enough to carry two at a time.":             "Meet a light enough",
		"Moonrise yoga on the beach. Thursdays at 7pm. Bring a mat and a friend.":    "thursdays",
		"Broadband without the small print. One price, £24 a month, for good.":       "One price for",
		"Moving abroad? We ship boxes, bikes and pianos. Door to door in a week.":    "Got a moving",
		"Harbour Kitchen is hiring. Chefs, runners and one very patient baker.":      "Kitchen be",
		"One knife for the whole kitchen. Japanese steel, walnut handle.":            "a one knife",
		"£3 could feed a donkey for a day. Please give what you can to Hollow Farm.": "pleasing",
		"Trees for small gardens. Delivered bare-root from November.":                "our delivered",
	} {
		for _, says := range forms(g.book, message) {
			if strings.Contains(says, never) {
				t.Errorf("%q becomes %q", message, says)
			}
		}
	}
}

// forms are all that the rules make of the units of a text, each alone.
func forms(b *book, message string) []string {
	w := newWork(b, text.Request{Message: message, Want: 4, Seed: 1})
	var all []string
	for _, p := range w.parts {
		for _, f := range p.forms {
			all = append(all, f.text)
		}
	}
	return all
}
