package rewrite

import (
	"context"
	"strings"
	"testing"

	"github.com/marquetry/marquetry/internal/generate/text"
)

// TestAbroad holds texts in other languages than English with what every candidate keeps, and how none may begin or end.
func TestAbroad(t *testing.T) {
	for _, c := range []struct {
		message            string
		keeps, never       []string
		notFirst, notClose string
	}{
		{message: "Achetez vos lunettes en ligne dès 49 € ! Livraison offerte. Essayez-les maintenant !", never: []string{"€!", "maintenant!"}, notFirst: "Livraison"},
		{message: "हमारे जूते आरामदायक हैं। सभी जूतों पर 20% की छूट। आज ही खरीदें।", keeps: []string{"20%", "।"}, never: []string{"."}, notFirst: "आज"},
		{message: "هل تبحث عن هدية مميزة؟ لدينا عطور شرقية من 150 ريال. تسوق الآن!", keeps: []string{"150"}, never: []string{"?"}, notClose: "؟"},
		{message: "Elektrische fietsen vanaf € 1.299. Proefrit maken? Kom langs in onze winkel in Utrecht.", keeps: []string{"1.299"}, notFirst: "Kom", notClose: "?"},
		{message: "Yoga für Anfänger, jeden Dienstag um 18 Uhr. Erste Stunde gratis. Jetzt anmelden!", keeps: []string{"tunde", "gratis"}, notFirst: "Jetzt"},
		{message: "Taze kahve her hafta kavruluyor. İlk siparişte %10 indirim. Hemen sipariş ver!", keeps: []string{"%10"}, never: []string{"Ilk"}},
		{message: "Besoin d'un nouveau vélo ? Venez essayer nos modèles à Grenoble. Ouvert du mardi au samedi.", never: []string{"? Ouvert", "? Nous"}},
	} {
		g, err := New()
		if err != nil {
			t.Fatal(err)
		}
		p, err := g.Candidates(context.Background(), text.Request{Message: c.message, Want: 4, Seed: 1}, text.Body)
		if err != nil || len(p.Candidates) == 0 {
			t.Errorf("%q: %d candidates, %v", c.message, len(p.Candidates), err)
		}
		for _, made := range p.Candidates {
			for _, s := range c.keeps {
				if !strings.Contains(made.Text, s) {
					t.Errorf("%q has no %q", made.Text, s)
				}
			}
			for _, s := range c.never {
				if strings.Contains(made.Text, s) {
					t.Errorf("%q has %q", made.Text, s)
				}
			}
			if c.notFirst != "" && strings.HasPrefix(made.Text, c.notFirst) || c.notClose != "" && strings.HasSuffix(made.Text, c.notClose) {
				t.Errorf("%q begins or ends in what it should not", made.Text)
			}
		}
	}
}
