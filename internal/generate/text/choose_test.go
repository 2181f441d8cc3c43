package text

import (
	"context"
	"errors"
	"math"
	"slices"
	"testing"

	"github.com/marquetry/marquetry/internal/generate/text/units"
)

// TestSimilarity holds the measure against figures that were worked out by hand: the mean of word edit similarity and the F1 of the bags.
func TestSimilarity(t *testing.T) {
	for _, c := range []struct {
		a, b    string
		similar float64
		permute bool
	}{
		{"Free shipping today", "Free shipping today", 1, true},
		{"Free shipping today", "Today free shipping", (1.0/3 + 1) / 2, true},
		{"Free shipping today", "Free delivery today", 2.0 / 3, false},
		{"Free shipping", "Cold coffee", 0, false},
		{"", "", 1, false},
	} {
		s := shaper{numbers: map[string]int32{}}
		a, b := s.shape(plainWords(c.a)), s.shape(plainWords(c.b))
		if got := a.similarity(b); math.Abs(got-c.similar) > 1e-9 || a.permutes(b) != c.permute {
			t.Errorf("%q and %q: %.3f, permutation %v; want %.3f, %v", c.a, c.b, got, a.permutes(b), c.similar, c.permute)
		}
	}
}

// TestPriorFollowsTheAccount sees that the opening that did well is preferred, and that few impressions count for little.
func TestPriorFollowsTheAccount(t *testing.T) {
	prior := anglePrior([]Past{
		{Text: "Tired of cold coffee? Try ours.", Impressions: 100000, Clicks: 3000},
		{Text: "Our coffee is roasted on Tuesdays.", Impressions: 100000, Clicks: 1000},
		{Text: "20% off all beans.", Impressions: 100, Clicks: 0},
	})
	if prior["question"] <= 0 || prior[""] >= 0 || prior["offer"] < -0.01 {
		t.Errorf("priors %v", prior)
	}
}

// fixed proposes what it was given, or fails.
type fixed struct {
	name  string
	texts []string
	model string
	err   error
}

// Name is the one that variations carry.
func (f fixed) Name() string { return f.name }

// Candidates proposes the texts for every kind.
func (f fixed) Candidates(context.Context, Request, Kind) (Proposal, error) {
	p := Proposal{Model: f.model}
	for _, s := range f.texts {
		p.Candidates = append(p.Candidates, Candidate{Text: s, Moves: []string{f.name}})
	}
	return p, f.err
}

// TestWriterFillsHoles sees that what a model invents is refused and counted, that the embedded generator fills the holes, and that it
// answers alone when the model cannot be asked.
func TestWriterFillsHoles(t *testing.T) {
	embedded := fixed{name: "embedded", texts: []string{"Our hiking boots keep your feet dry. Orders over $50 ship free."}}
	remote := fixed{name: "openai", model: "m", texts: []string{
		"The best hiking boots in the world, now 90% off!",
		"Dry feet on every trail: hiking boots with free shipping on orders over $50.",
	}}
	r := Request{Message: "Hiking boots that keep your feet dry on every trail. Free shipping on orders over $50.", Want: 4}
	res, err := (&Writer{Embedded: embedded, Remote: remote}).Write(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	refused := 0
	for _, n := range res.Rejected {
		refused += n
	}
	if refused == 0 || slices.ContainsFunc(res.Variations, func(v Variation) bool { return v.Text == remote.texts[0] }) {
		t.Errorf("an invented discount was not refused: %v, %v", res.Variations, res.Rejected)
	}
	for _, v := range res.Variations {
		if v.Generator == "embedded" && v.Model != "" {
			t.Errorf("%q has the model of another generator", v.Text)
		}
	}
	remote.err = errors.New("no answer in 20 s")
	res, err = (&Writer{Embedded: embedded, Remote: remote}).Write(t.Context(), r)
	if err != nil || res.Fallback != "openai: no answer in 20 s" || len(res.Variations) != 1 || res.Variations[0].Generator != "embedded" {
		t.Errorf("%v %q %v", err, res.Fallback, res.Variations)
	}
}

// TestWriterStops sees that a context that has ended ends the writing, too.
func TestWriterStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := (&Writer{Embedded: fixed{name: "embedded"}}).Write(ctx, Request{Message: "Hiking boots.", Want: 1}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// TestPickIsVaried sees that near-copies of the source and of each other are left out, and that one permutation at most is chosen.
func TestPickIsVaried(t *testing.T) {
	source := "Book your boiler service today. We cover all of Leeds. Prices start at £60."
	c := newChooser(units.Parse(source, ""), nil)
	var entries []entry
	for _, s := range []string{
		"Book your boiler service now. We cover all of Leeds. Prices start at £60.",
		"Prices start at £60. We cover all of Leeds. Book your boiler service today.",
		"We cover all of Leeds. Prices start at £60. Book your boiler service today.",
		"Boiler due a check? From £60, anywhere in Leeds.",
	} {
		entries = append(entries, c.entry(Variation{Kind: Body, Candidate: Candidate{Text: s}}, 0))
	}
	permuted := 0
	for _, e := range c.pick(nil, entries, 4) {
		if e.Text == entries[0].Text {
			t.Errorf("a near-copy was chosen")
		}
		if e.permutes(c.source) {
			permuted++
		}
	}
	if permuted > 1 {
		t.Errorf("%d permutations were chosen", permuted)
	}
}

// TestPickLooksAhead sees that the best text is left out where it stands in the way of two others.
func TestPickLooksAhead(t *testing.T) {
	c := newChooser(units.Parse("Rent a van by the hour. Unlock it with your phone. Prices start at £9.", ""), nil)
	var entries []entry
	for i, s := range []string{
		"Vans wait two streets away from here, open with any phone and cost £9",
		"Vans wait two streets away from here, open with any phone at all hours",
		"Drive off two minutes away from here, open with any phone and cost £9",
	} {
		entries = append(entries, c.entry(Variation{Kind: Body, Candidate: Candidate{Text: s}}, 0))
		entries[i].score = []float64{9, 1, 1}[i]
	}
	if !(entries[0].similarity(entries[1].shape) >= near && entries[0].similarity(entries[2].shape) >= near && entries[1].similarity(entries[2].shape) < near) {
		t.Fatalf("the texts are not as alike as this test wants")
	}
	if got := c.pick(nil, entries, 4); len(got) != 2 {
		t.Errorf("%d texts were chosen", len(got))
	}
}

// TestModelsAreAllAsked sees that every candidate of a model is counted, however many pass.
func TestModelsAreAllAsked(t *testing.T) {
	remote := fixed{name: "openai", model: "m"}
	for range considered {
		remote.texts = append(remote.texts, "Dry feet on every trail with our boots for hiking.")
	}
	remote.texts = append(remote.texts, "Now 90% off!", "Now 80% off!")
	res, err := (&Writer{Embedded: fixed{name: "embedded"}, Remote: remote}).Write(t.Context(), Request{Message: "Hiking boots that keep your feet dry on every trail.", Want: 4})
	refused := 0
	for _, n := range res.Rejected {
		refused += n
	}
	if err != nil || refused < 2 {
		t.Errorf("%d were refused, %v", refused, err)
	}
}
