package place

import (
	"strings"
	"testing"

	"github.com/marquetry/marquetry/internal/graph/previews/sketch"
)

// example is an ad with everything.
func example() Ad {
	card := Card{Picture: sketch.Picture{Src: "media/x", Hash: "x", Width: 4, Height: 3}, Shape: [2]int{4, 3}, Title: "A title", Description: "A description", Button: "Shop now", Link: "https://example.com/"}
	return Ad{Page: "Larder Lane", Body: "A body", Display: "example.com", Cards: []Card{card}}
}

// Every layout shows picture, name and what marks an ad, and no two are the same.
func TestLayouts(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for _, name := range Names() {
		document, _ := Draw(name, example(), View{}).HTML()
		for _, want := range []string{"media/x", "Sponsored"} {
			if !strings.Contains(document, want) && (want != "Sponsored" || !strings.Contains(document, ">Ad<")) {
				t.Errorf("%s does not show %s", name, want)
			}
		}
		if !strings.Contains(document, "Larder Lane") || !strings.Contains(document, "A title") && !strings.Contains(document, "A body") && name != "instagram_explore_grid" {
			t.Errorf("%s does not say who speaks or what: %s", name, document)
		}
		if other := seen[document]; other != "" {
			t.Errorf("%s is drawn like %s", name, other)
		}
		seen[document] = name
	}
	if len(seen) < 14 {
		t.Errorf("%d layouts", len(seen))
	}
}

// What models made is marked everywhere, and an ad with little to say has no empty button, link or text.
func TestMarksAndGaps(t *testing.T) {
	t.Parallel()
	marked := example()
	marked.AI = true
	bare := Ad{Page: "P", Cards: []Card{{}}}
	for _, name := range Names() {
		if document, _ := Draw(name, marked, View{}).HTML(); !strings.Contains(document, "AI info") {
			t.Errorf("%s has no mark", name)
		}
		document, _ := Draw(name, bare, View{Dark: true}).HTML()
		if strings.Contains(document, "<a ") || strings.Contains(document, "<p dir=\"auto\" class=\"s1\"></p>") {
			t.Errorf("%s has an empty link: %s", name, document)
		}
	}
}

// The covered areas are drawn where there are any.
func TestCovers(t *testing.T) {
	t.Parallel()
	for _, name := range Names() {
		document, _ := Draw(name, example(), View{Safe: true}).HTML()
		full := strings.HasSuffix(name, "_story") || strings.HasSuffix(name, "_reels") || name == "whatsapp_status"
		if strings.Contains(document, "are covered") != full {
			t.Errorf("%s: covers %t", name, !full)
		}
	}
}
