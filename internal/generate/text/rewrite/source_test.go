package rewrite

import (
	"strings"

	"github.com/marquetry/marquetry/internal/generate/text/units"
)

// pages are the names of Pages that rules' tests call their brands.
var pages = []string{"FitHub", "Loop", "Ledgerly", "Marlow Garage", "Northbeam"}

// source takes a rule's test text apart.
func source(s, language string) (units.Text, units.Brief, map[string]bool) {
	page := ""
	for _, p := range pages {
		if strings.Contains(s, p) {
			page = p
		}
	}
	t := units.Parse(s, page)
	t.Language.Code = language
	brief := t.Brief(page, "", "")
	return t, brief, namesOf(t, brief, page)
}

// written is a sentence with its marks.
func written(tokens []token, end, language string) string {
	s := render(tokens, language) + end
	if language == "es" {
		return opened(s, end)
	}
	return s
}
