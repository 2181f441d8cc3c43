package graph

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What is parsed reads back in one normal form.
func TestParseFields(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"id,name":                       "id,name",
		" id ,\n name , ":               "id,name",
		"":                              "",
		"spec{}":                        "spec{}",
		"a{b{c},d},e":                   "a{b{c},d},e",
		"ads.limit(5).after(x){id}":     "ads.after(x).limit(5){id}",
		"ads{id}.limit(5)":              "ads.limit(5){id}",
		"ads.as(mine){id}":              "ads.as(mine){id}",
		`ads.as("mine")`:                "ads.as(mine)",
		"photos.fields(id,from{name})":  "photos{id,from{name}}",
		"insights.date_preset(last_7d)": "insights.date_preset(last_7d)",
		`insights.time_range({"since":"2026-01-01","until":"2026-01-31"}){spend}`: `insights.time_range({"since":"2026-01-01","until":"2026-01-31"}){spend}`,
		`ads.filtering([{"field":"name","value":")]}"}])`:                         `ads.filtering([{"field":"name","value":")]}"}])`,
		`ads.x('it\'s (fine')`: `ads.x('it\'s (fine')`,
		"a{b},a{c}":            "a{b,c}",
		"a{b},a":               "a{b}",
		"a,a":                  "a",
	} {
		sel, err := parseFields(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if got := sel.String(); got != want {
			t.Errorf("%q reads back as %q, want %q", text, got, want)
		}
	}
}

// Faults have the code 2500 and say where, in characters.
func TestParseFieldsRefuses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"a{b":                      "Expected '}' instead of the end\" at character 4",
		"a}":                       "Expected end of string instead of '}'\" at character 2",
		"a b":                      "Expected end of string instead of 'b'\" at character 3",
		"a.limit":                  "Expected '(' instead of the end\" at character 8",
		"a.limit(5":                "Expected ')' instead of the end\" at character 10",
		"a.(5)":                    "Expected a name instead of '('\" at character 3",
		"a.limit('5)":              "Expected ')' instead of the end",
		"ä":                        "instead of 'ä'\" at character 1",
		"a.as(b c)":                "as() takes a name",
		"a.fields(b{)":             "Expected ')'",
		"a.fields(b c)":            "Expected a list of fields instead of 'c'",
		strings.Repeat("a{", 10):   "more than 8 levels",
		strings.Repeat("a", 1<<17): "at most 65536 are read",
		strings.Repeat("a,", 1001): "more than 1000 fields",
		"x.fields(" + strings.Repeat("a{", 9) + strings.Repeat("}", 9) + ")": "Expected a list of fields",
	} {
		_, err := parseFields(text)
		faults := faultsOf(err)
		if faults == nil || faults[0].Code != codeSyntax || !strings.Contains(faults[0].Message, want) {
			t.Errorf("%.40q: %v, want %q", text, err, want)
		}
	}
}

// The parameter comes as text, as a list and as JSON text of either.
func TestSelectionOf(t *testing.T) {
	t.Parallel()
	for _, raw := range []any{"id,a{b}", `"id,a{b}"`, `["id","a{b}"]`, []any{"id", "a{b}"}, "id, a{b}"} {
		sel, err := selectionOf(raw)
		if diff := cmp.Diff("id,a{b}", sel.String()); diff != "" || err != nil {
			t.Errorf("%v: %v %s", raw, err, diff)
		}
	}
	for _, raw := range []any{nil, "", "[]", []any{}, " "} {
		if sel, err := selectionOf(raw); sel != nil || err != nil {
			t.Errorf("%v: %v %v, want nothing", raw, sel, err)
		}
	}
}

// The parser ends on any text, and what it accepts is a fixed point of parsing and writing.
func FuzzFields(f *testing.F) {
	for _, seed := range []string{"id,name", "a{b{c}}", `a.x({"y":[1]}).as(z){b}`, "a.fields(b,c)", "a{b},a{c}", "a.x('(')", "}", "a.", "\xff", "a.b(\\"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		sel, err := parseFields(text)
		if err != nil {
			if faultsOf(err) == nil {
				t.Fatalf("%v is no fault", err)
			}
			return
		}
		once := sel.String()
		again, err := parseFields(once)
		if err != nil {
			t.Fatalf("%q wrote %q, which does not parse: %v", text, once, err)
		}
		if again.String() != once {
			t.Fatalf("%q wrote %q, then %q", text, once, again.String())
		}
	})
}
