package rewrite

import (
	"strings"
	"testing"

	"github.com/marquetry/marquetry/internal/generate/text"
)

// TestEmoji sees that a text has as many emoji as are good for it, and that an account's habit counts only where a third of its texts have one.
func TestEmoji(t *testing.T) {
	w := writer(t)
	res := write(t, w, text.Request{Message: "🔥🔥 FLASH SALE 🔥🔥 UP TO 70% OFF EVERYTHING!!!", Want: 4, Seed: 1})
	if countOf(res, text.Body) < 3 {
		t.Errorf("%d texts for a sale that shouts", countOf(res, text.Body))
	}
	for _, v := range res.Variations {
		if strings.Count(v.Text, "🔥") > mostPictures {
			t.Errorf("%q has too many emoji", v.Text)
		}
	}
	for _, c := range []struct {
		texts []string
		want  string
	}{
		{[]string{"Hot soup ☕", "Fresh bread", "Warm rolls"}, "☕"},
		{[]string{"Hot soup ☕", "Fresh bread", "Warm rolls", "Cold milk"}, ""},
		{nil, ""},
	} {
		r := text.Request{Message: "Soup, bread and rolls from 6am. Drop in today."}
		for _, s := range c.texts {
			r.Past = append(r.Past, text.Past{Text: s})
		}
		g, err := New()
		if err != nil {
			t.Fatal(err)
		}
		if got := newWork(g.book, r).habit; got != c.want {
			t.Errorf("%q: habit %q, want %q", c.texts, got, c.want)
		}
	}
}
