package rewrite

import (
	"regexp"
	"testing"

	"github.com/marquetry/marquetry/internal/generate/text"
	"github.com/marquetry/marquetry/internal/generate/text/gate"
	"github.com/marquetry/marquetry/internal/generate/text/units"
)

// TestUnwritten holds what no text that the gate lets pass may say: each is a slip that an editor once found.
func TestUnwritten(t *testing.T) {
	t.Parallel()
	g, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ message, slip string }{
		{"The white shirt, again. Heavier cotton and a softer collar. £59.", `^£59\.`},
		{"The musical that made Glasgow sing is back. Seats from £18.", `(?i)(meet|hello to|about) the musical that .* is back`},
		{"Puzzle Harbour has new puzzles every day. Play free on iPhone and Android.", `puzzle Harbour`},
		{"Soft bamboo sleepsuits for newborns. Two-way zip, no fiddly poppers. 3 for £45.", `(^| )3: |: 3\.|just born`},
		{"Made-to-measure blinds, made easy. Measure, click, hang. Free samples to your door.", `(?i)hang, measure|you get measure`},
		{"Straighter teeth from £49 a month with clear aligners. Free first scan in Soho.", `for from|at from`},
		{"Light as a letter. Our new Aero trainers weigh 190 grams. £95, in six colours.", `(?i)can light`},
		{"Electric bikes from £1,199 or £50 a month over 24 months. Free test rides.", `more than 24`},
		{"An account with no charges abroad. Open yours in ten minutes from your phone.", `minutes away from your`},
		{"Haircuts, hot towels, good music. £22, walk-ins welcome. Mon to Sat, 9 till 7.", `9 till 7, [mM]on`},
		{"We buy and sell second-hand books. Open daily on Castle Street, Ludlow.", `(?i)sell us and|selling and sell|Ludlow, open`},
		{"Keep your number and switch in a day with a Lark SIM. 30GB for £8 a month.", `stays with you and switch`},
		{"My daughter hated maths. After eight weeks with Ladder she asks for more. The first lesson is free.", `(?i)(our|for) my daughter`},
		{"Sing on Mondays. No auditions, just 60 voices in a warm church.", `(?i)sing on\.`},
		{"Shop our winter coats. Free delivery over £50. Shop now!", `(?i)in the shop|round the shop`},
	} {
		slip := regexp.MustCompile(c.slip)
		p, err := g.Candidates(t.Context(), text.Request{Message: c.message, Want: 4, Seed: 1}, text.Body)
		if err != nil || len(p.Candidates) == 0 {
			t.Fatalf("%q: %d candidates, %v", c.message, len(p.Candidates), err)
		}
		door := gate.New(gate.Sources{Message: c.message}, units.Language{Code: "en", Script: "Latin"})
		for _, v := range p.Candidates {
			if slip.MatchString(v.Text) && door.Check(v.Text) == "" {
				t.Errorf("%q: %q %v", c.message, v.Text, v.Moves)
				break
			}
		}
	}
}
