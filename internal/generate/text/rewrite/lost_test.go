package rewrite

import (
	"strings"
	"testing"

	"github.com/marquetry/marquetry/internal/generate/text"
	"github.com/marquetry/marquetry/internal/generate/text/units"
)

// TestKeeps sees that every text says what is sold, by whom and for how much: of each group one word has to be there.
func TestKeeps(t *testing.T) {
	w := writer(t)
	for _, c := range []struct {
		message string
		keep    string // groups parted by spaces, words of a group by bars
		least   int    // texts
	}{
		{"Book a free eye test at any of our 80 branches.", "eye 80 book|test", 3},
		{"Two stages, 40 bands, one field. Weekend tickets from £95.", "bands £95", 4},
		{"Wool blankets woven in Donegal. Each one takes two days.", "blanket", 3},
		{"Bake like a pro at home with our online masterclass. 20 lessons for $45.", "masterclass|bake|baking $45", 4},
		{"Learn welding in a weekend. All tools and safety gear provided.", "welding", 3},
		{"Download the Pennywise app and see where your money goes.", "pennywise", 3},
		{"Rooftop cinema is open! Six screens, two bars, deckchairs and blankets. Tickets £14.", "cinema £14", 2},
		{"Tailored suits in two weeks. Visit our studio on Hope Street or book a home fitting.", "suits", 2},
		{"The Atlas carry-on weighs just 2 kg and fits every major airline.", "atlas|carry-on", 2},
		{"Self-storage from £8 a week. Your own key, 24-hour access, no deposit.", "storage £8", 4},
	} {
		res := write(t, w, text.Request{Message: c.message, Want: 4, Seed: 1})
		if len(res.Variations) < c.least {
			t.Errorf("%q: %d texts, %d were expected", c.message, len(res.Variations), c.least)
		}
		for _, v := range res.Variations {
			for _, group := range strings.Fields(c.keep) {
				kept := false
				for _, word := range strings.Split(group, "|") {
					kept = kept || strings.Contains(fold(v.Text), word)
				}
				if !kept {
					t.Errorf("%q has nothing of %q", v.Text, group)
				}
			}
		}
	}
}

// TestJoin sees that two units are made one only where a rule knows both, and that what leaned on the first still stands behind it.
func TestJoin(t *testing.T) {
	g, err := New()
	if err != nil {
		t.Fatal(err)
	}
	w := newWork(g.book, text.Request{Message: "Wake up to better sleep. The Dorma pillow adapts to how you lie. It comes with a trial."})
	p, ok := w.join(w.parts[0], w.parts[1])
	if !ok || p.index != 0 || p.through != 1 || p.Class == units.Action {
		t.Fatalf("the first two units were not joined: %+v", p)
	}
	if _, ok := w.reads([]*part{p, w.parts[2]}); !ok {
		t.Errorf("what follows the joined units does not lean on them")
	}
	if _, ok := w.reads([]*part{w.parts[2], p}); ok {
		t.Errorf("what leans on the joined units may stand before them")
	}
	quoted := newWork(g.book, text.Request{Message: "“Slept like a log.” – Ana. Meet the Dorma pillow."})
	if _, ok := quoted.join(quoted.parts[0], quoted.parts[len(quoted.parts)-1]); ok {
		t.Errorf("a quotation was joined to something")
	}
}
