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
	rules, err := loadRules(ruleFiles, "rules")
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
			t.Errorf("%s is the same rule as %s", r.at(), other.at())
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

// ruleSays is what one rule makes of a sentence, or why it makes nothing.
func ruleSays(r *rule, sentence string) string {
	u, brief, names := sentenceUnit(sentence, r.Language)
	if len(r.classes) > 0 && !has(r.classes, u.Class) {
		return fmt.Sprintf("nothing: the sentence has class %s", u.Class)
	}
	s := newSubject(u, brief, names, r.Language)
	took, ok := r.match(s)
	if !ok {
		return fmt.Sprintf("nothing: the rule does not match %s", describe(s, u.Text, brief.Brand, brief.Product.Text))
	}
	tokens, end := r.apply(s, took)
	return step{rule: r, tokens: tokens, end: end}.sentence(u, r.Language)
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
	for _, sentence := range tries() {
		if len(sentence) == 2 {
			language = sentence
			continue
		}
		b, err := theBook()
		if err != nil {
			t.Error(err)
		}
		u, brief, names := sentenceUnit(sentence, language)
		s := newSubject(u, brief, names, language)
		t.Logf("%s, class %s, topic %q", describe(s, u.Text, brief.Brand, brief.Product.Text), u.Class, brief.Topic)
		for _, made := range b.steps(language, s, func(r *rule) bool { return r.allows(u.Class, brief.Topic, brief.Delicate) }) {
			t.Logf("  %-60s %s (%s)", made.sentence(u, language), made.rule.Label, made.rule.at())
		}
	}
}
