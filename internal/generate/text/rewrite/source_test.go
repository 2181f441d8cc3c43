package rewrite

import (
	"regexp"
	"sort"
	"strings"

	"github.com/marquetry/marquetry/internal/generate/text/units"
)

// atomPatterns find the atoms of a test's sentence.
var atomPatterns = []struct {
	kind units.AtomKind
	re   *regexp.Regexp
}{
	{units.Tag, regexp.MustCompile(`\{\{.*?\}\}`)},
	{units.Percent, regexp.MustCompile(`\d+ ?%`)},
	{units.Price, regexp.MustCompile(`(?:[$£€]\d[\d.,]*\d|[$£€]\d|\d[\d.,]* ?€)(?:/\w+| (?:a|per) (?:month|year|week|night))?`)},
	{units.Clock, regexp.MustCompile(`\d{1,2}(?::\d\d)? ?[ap]m|\d\d:\d\d`)},
	{units.Date, regexp.MustCompile(`\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)`)},
	{units.Day, regexp.MustCompile(`(?i)(?:this )?\b(?:today|tonight|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday|weekend|summer|winter|spring|autumn)\b`)},
	{units.Code, regexp.MustCompile(`\b[A-Z]{3,}\d+\b`)},
	{units.Number, regexp.MustCompile(`\d(?:[\d.,]*\d)?(?:-\w+)?|(?i:\b(?:two|three|four|five|six|ten)\b)`)},
	{units.Qualified, regexp.MustCompile(`(?i)\b(?:up to|from|over|at least|only|starting at|under|more than)\b`)},
	{units.Name, regexp.MustCompile(`\b[A-Z]\w*[A-Z]\w*(?: [A-Z]\w*)*\b`)},
}

// brandPattern finds the names that rules call their brands.
var brandPattern = regexp.MustCompile(`\b(?:FitHub|Loop|Ledgerly|Marlow Garage|Northbeam)\b`)

// sentenceUnit takes a rule's test sentence apart.
func sentenceUnit(s, _ string) (units.Unit, units.Brief, map[string]bool) {
	u := units.Unit{Text: s, Class: units.Statement}
	if n := len(s); n > 0 && strings.ContainsRune(".!?", rune(s[n-1])) {
		u.Text, u.End = s[:n-1], s[n-1:]
	}
	taken := make([]bool, len(u.Text))
	for _, p := range atomPatterns {
		for _, at := range p.re.FindAllStringIndex(u.Text, -1) {
			if taken[at[0]] || taken[at[1]-1] {
				continue
			}
			for i := at[0]; i < at[1]; i++ {
				taken[i] = true
			}
			u.Atoms = append(u.Atoms, units.Atom{Kind: p.kind, Text: u.Text[at[0]:at[1]], Start: at[0], Len: at[1] - at[0]})
		}
	}
	sort.Slice(u.Atoms, func(i, j int) bool { return u.Atoms[i].Start < u.Atoms[j].Start })
	brief := units.Brief{}
	if m := brandPattern.FindString(u.Text); m != "" {
		brief.Brand = m
	}
	return u, brief, map[string]bool{brief.Brand: brief.Brand != ""}
}
