package rewrite

import "testing"

// TestEngine tries single rules on sentences where they must do something, or must not: "" where the rule does not fit.
func TestEngine(t *testing.T) {
	for _, c := range []struct{ why, rule, sentence, want string }{
		{"a number keeps what limits it", "{p:price} a night => a night costs {p}", "Rooms from €90 a night.", ""},
		{"a price is taken with its qualifier", "^ {x:np} {p:price} $ => {p} : {x}", "Garden chairs from €90.", "From €90: garden chairs."},
		{"words do not match inside names", "better => finer", "Bread from Better Bread Co.", ""},
		{"nor inside quotations", "good => fine", "“So good!” says Dana.", ""},
		{"an article follows the sound", "cosy => unusual", "A cosy hotel.", "An unusual hotel."},
		{"a capital stays with the first word", "^ {x:np} on {t:when} $ => {t} : {x}", "Live jazz on Friday.", "Friday: live jazz."},
		{"a question keeps rules of statements away", "^ our {x:rest} $ => the {x}", "Our boots?", ""},
		{"a question becomes a statement", "^ looking for {x:rest} ? => meet our {x}", "Looking for boots?", "Meet our boots."},
		{"an exclamation stays one", "^ shop now $ => browse now", "Shop now!", "Browse now!"},
		{"verbs bend together", "^ we {v:verb} {x:rest} $ => we love {v.ing} {x}", "We bake the bread and bring it to you.", "We love baking the bread and bringing it to you."},
		{"what may be a noun does not bend", "^ we {v:verb} {x:rest} $ => we love {v.ing} {x}", "We fix bikes and bike parts.", ""},
		{"a noun phrase needs no verb", "^ {x:np} $ => meet {x}", "Book your table.", ""},
		{"a mark inside begins a sentence", "^ {x:np} for {y:rest} $ => {x} . for {y}", "Boots for rain.", "Boots. For rain."},
	} {
		rules, err := parseRule(c.rule + " ~ A. => B.")
		if err != nil {
			t.Errorf("%s: %v", c.why, err)
			continue
		}
		rules[0].Language = "en"
		parsed, brief, names := source(c.sentence, "en")
		if len(parsed.Units) != 1 {
			t.Errorf("%s: %q has %d units", c.why, c.sentence, len(parsed.Units))
			continue
		}
		got := ""
		u := parsed.Units[0]
		for _, st := range newBook(rules).steps("en", newSubject(u, brief, names, "en"), func(*rule) bool { return true }) {
			got = written(st.tokens, st.endOf(u.End), "en")
		}
		if got != c.want {
			t.Errorf("%s: %q gives %q, want %q", c.why, c.sentence, got, c.want)
		}
	}
}
