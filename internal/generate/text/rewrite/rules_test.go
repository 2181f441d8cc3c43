package rewrite

import (
	"flag"
	"fmt"
	"sort"
	"strings"
	"testing"
)

// tries are the sentences after -args that TestTryRules puts in other words.
func tries() []string { return flag.Args() }

// TestRules runs every rule's own test, counts the rules by language and reports those that are written twice.
func TestRules(t *testing.T) {
	rules, err := loadRules(ruleFiles)
	if err != nil {
		t.Fatalf("rules that do not read:\n%v", err)
	}
	count, seen := map[string]int{}, map[string]*rule{}
	for _, r := range rules {
		count[r.Language]++
		if got := ruleSays(r, r.Before); got != r.After {
			t.Errorf("%s: %q\n   gives %q\n   wants %q%s", r.at(), r.Before, got, r.After, backwards(r))
		}
		key := fmt.Sprint(r.Language, r.pattern, r.first, r.last, r.question, r.out, r.end)
		if other := seen[key]; other != nil {
			t.Logf("%s is the same rule as %s", r.at(), other.at())
		}
		seen[key] = r
	}
	languages := make([]string, 0, len(count))
	for l := range count {
		languages = append(languages, fmt.Sprintf("%s %d", l, count[l]))
	}
	sort.Strings(languages)
	t.Logf("rules: %s", strings.Join(languages, ", "))
}

// backwards says of a rule's other direction which one it is.
func backwards(r *rule) string {
	if r.Back {
		return "\n   (backwards: option both)"
	}
	return ""
}

// ruleSays is what one rule makes of the first unit of a text that it fits, the others staying as they are, or why it makes nothing.
func ruleSays(r *rule, before string) string {
	t, brief, names := source(before, r.Language)
	var out, why []string
	matched := false
	for i := 0; i < len(t.Units); i++ {
		u := t.Units[i]
		s := newSubject(u, brief, names, r.Language)
		if r.joins && !matched && i+1 < len(t.Units) {
			s.tokens, s.joint = joinTokens(s.tokens, newSubject(t.Units[i+1], brief, names, r.Language).tokens), true
			s.question = t.Units[i+1].End == "?"
		}
		took, ok := []binding(nil), false
		switch {
		case matched:
		case len(r.classes) > 0 && !has(r.classes, u.Class):
			why = append(why, fmt.Sprintf("%q has class %s", u.Text, u.Class))
		default:
			if took, ok = r.match(s); !ok {
				why = append(why, "the rule does not match "+describe(s, u.Text, brief.Brand, brief.Product.Text))
			}
		}
		tokens, end := s.tokens, ""
		if ok {
			if tokens, end, matched = r.apply(s, took); !matched {
				return "nothing: a word is not certainly a verb"
			}
		}
		if r.joins && matched {
			i, u.End = i+1, t.Units[i+1].End
		} else if r.joins {
			tokens = newSubject(u, brief, names, r.Language).tokens
		}
		out = append(out, written(tokens, step{end: end}.endOf(u.End), r.Language))
	}
	if !matched {
		return "nothing: " + strings.Join(why, "; ")
	}
	return strings.Join(out, " ")
}

// describe shows how a sentence was taken apart.
func describe(s *subject, text, brand, product string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%q (brand %q, product %q):", text, brand, product)
	for _, t := range s.tokens {
		fmt.Fprintf(&b, " %s", t.text)
		if t.kind != "" {
			fmt.Fprintf(&b, "/%s", t.kind)
		}
	}
	return b.String()
}

// TestTryRules puts sentences in other words: go test ./internal/generate/text/rewrite -run TryRules -v -args "A sentence." de "Ein Satz."
func TestTryRules(t *testing.T) {
	language := "en"
	rules, err := loadRules(ruleFiles)
	if err != nil {
		t.Error(err)
	}
	b := newBook(rules)
	for _, sentence := range tries() {
		if len(sentence) == 2 {
			language = sentence
			continue
		}
		taken, brief, names := source(sentence, language)
		for _, u := range taken.Units {
			s := newSubject(u, brief, names, language)
			t.Logf("%s, class %s, topic %q", describe(s, u.Text, brief.Brand, brief.Product.Text), u.Class, brief.Topic)
			for _, made := range b.steps(language, s, func(r *rule) bool { return r.allows(u.Class, brief.Topic, brief.Delicate) }) {
				t.Logf("  %-60s %s (%s)", written(made.tokens, made.endOf(u.End), language), made.rule.Label, made.rule.at())
			}
		}
	}
}
