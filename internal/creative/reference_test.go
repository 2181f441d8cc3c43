package creative

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestReferencePage holds docs/reference/dynamic-creative.md to the code: the limits come from the shapes, the rules from the cases
// that test them.
func TestReferencePage(t *testing.T) {
	t.Parallel()
	var page strings.Builder
	page.WriteString(referenceIntro)
	writeLists(&page)
	page.WriteString(referenceRules)
	writeRules(&page)
	page.WriteString(referenceInformal)
	writeInformal(&page)
	page.WriteString(referenceAfter + "`" + strings.Join(ActionTypes(), "`, `") + "`\n")
	golden(t, "../../docs/reference/dynamic-creative.md", page.String())
}

// writeLists writes the table of the feed's lists.
func writeLists(page *strings.Builder) {
	shapes := feedShape().members
	for _, name := range slices.Sorted(maps.Keys(shapes)) {
		s := shapes[name]
		if s.kind != list || s.max == maxList && name != "ad_formats" {
			continue
		}
		most := strconv.Itoa(s.max)
		if name == "ad_formats" {
			most = "exactly 1"
		}
		fmt.Fprintf(page, "| `%s` | %s | %s |\n", name, most, elementText(*s.elem))
	}
}

// elementText says what an element of a list holds.
func elementText(s shape) string {
	switch {
	case s.kind == choice && s.values == actionTypes:
		return fmt.Sprintf("one of %d [call-to-action types](#call-to-action-types)", len(ActionTypes()))
	case s.kind == choice:
		return "`" + strings.Join(strings.Fields(s.values), "`, `") + "`"
	}
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(s.members)) {
		part := "`" + name + "`"
		switch inner := s.members[name]; inner.kind {
		case text:
			part += fmt.Sprintf(" ≤ %d", inner.max)
		case address:
			part += fmt.Sprintf(" http(s) URL ≤ %d", maxURL)
		}
		if slices.Contains(s.needs, name) {
			part += " (required)"
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, ", ")
}

// ruleRow is what the page says of one rule.
type ruleRow struct {
	when, limit, subcode string
}

// ruleRows reads the rules from the cases: each fault that a case expects names its rule, its limit and its subcode. A case of one
// fault tells what breaks the rule.
func ruleRows() map[string]ruleRow {
	rows := map[string]ruleRow{}
	for _, tc := range validateCases() {
		for _, fault := range tc.want {
			words := strings.Fields(fault)
			row := rows[words[1]]
			for _, word := range words[2:] {
				if code, ok := strings.CutPrefix(word, "#"); ok {
					row.subcode = code
				} else {
					row.limit = word[strings.IndexByte(word, '/')+1:]
				}
			}
			if len(tc.want) == 1 {
				row.when = cmp.Or(row.when, tc.name)
			}
			rows[words[1]] = row
		}
	}
	return rows
}

// writeRules writes the table of rules, in alphabetical order.
func writeRules(page *strings.Builder) {
	rows := ruleRows()
	for _, rule := range slices.Sorted(maps.Keys(rows)) {
		row := rows[rule]
		fmt.Fprintf(page, "| `%s` | %s | %s | %s |\n", rule, row.when, row.limit, row.subcode)
	}
}

// writeInformal writes the table of the informal shape's lists.
func writeInformal(page *strings.Builder) {
	for _, l := range informalLists() {
		single := "none"
		if l.single != "" {
			single = "`" + l.single + "`"
		}
		fmt.Fprintf(page, "| `%s` | %s | `%s: [{\"%s\": …}]` |\n", l.name, single, l.feed, l.elem)
	}
}

// The page's own words, around the tables.
const (
	referenceIntro = `<!-- Written by the tests of internal/creative; change it with: go test ./internal/creative -update -->
# Dynamic creative: limits and rules

A creative is checked when it is made, and again when an ad puts it into an ad set. **Every** fault is found in one pass. Each names the path as you sent it
(` + "`error_data.blame_field_specs`" + `), the rule, and, where the rule is a limit, what was sent and what is allowed.

## Lists of asset_feed_spec

All values of a list must differ, and all lists together hold at most 30 assets, the format included. Buttons that are sent as ` + "`call_to_action_types`" + `
and as ` + "`call_to_actions`" + ` count once. Lengths are in characters, not bytes. Every asset may carry ` + "`adlabels`" + ` and ` + "`url_tags`" + `.

| list | most | an element holds |
|---|---|---|
`
	referenceRules = `
## Rules

Rules are named after the member that they are about, without list positions. Beside those below, every typed member has ` + "`….type`" + ` (wrong JSON type),
` + "`….unknown`" + ` (a member that the spec does not know), ` + "`….enum`, `….length`, `….max`, `….required` and `….url`" + ` in the same sense.
The error code is 100; a subcode is given where the platform has one for the case. What an objective asks for is checked once the objective is known, that is, on the ad.

| rule | for example | limit | subcode |
|---|---|---|---|
`
	referenceInformal = `
## The informal shape

Lists of assets inside ` + "`object_story_spec.link_data`" + ` are read as an ` + "`asset_feed_spec`" + ` beside what is left of ` + "`object_story_spec`" + `. Every member that is read as
another one is named in ` + "`warnings`" + ` (rule ` + "`normalised.<member>`" + `); faults blame the member that you sent; reading the creative back gives the normal shape. Elements
may be bare values or objects. The single value, where there is one, becomes the first of its list. Without any of these lists, plain ` + "`link_data`" + ` stays plain.

| list in link_data | single value | read as |
|---|---|---|
`
	referenceAfter = `
The format is taken to be ` + "`SINGLE_IMAGE`, or `AUTOMATIC_FORMAT`" + ` when there are videos. ` + "`picture`" + ` becomes the first image where no hash is given; ` + "`image_crops`" + ` goes to the only image and ` + "`caption`" + ` to the
only link, as ` + "`display_url`" + `. Anything else that link_data holds can't stand beside an asset feed and is refused (` + "`story.link_data.feed`" + `).

A list of names as ` + "`creative_features_spec.standard_enhancements`" + ` is read as ` + "`enroll_status: OPT_IN`" + ` of each. The bundle itself ended with v22.0.

## Advice

Fewer than 5 images (or videos), titles, bodies or descriptions in a Dynamic Creative feed are answered with advice (` + "`feed.<list>.few`" + `) in ` + "`warnings`" + `; nothing is refused.

## Combinations

An impression shows one asset of each non-empty list; images and videos are one list. The number of combinations is the product of the sizes.
An asset's id is 15 to 17 digits of the SHA-256 of its kind and content; a combination's id is 16 hex digits of the SHA-256 of its assets' ids. Neither depends on
positions, so a reordered feed keeps what has been learnt.

## Call-to-action types

`
)
