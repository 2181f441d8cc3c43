package sketch

import (
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// post is a page with one of everything; words are what an advertiser wrote.
func post(words string) Page {
	return Page{Title: words, Background: "#ffffff", Root: Box{Link: words, Inside: []Box{
		{Text: Text{Runs: []Run{{Words: words, Color: "#000000", Bold: true}}, Size: 15, Lines: 2, Align: Center}},
		{Picture: Picture{Src: words, Part: [4]int{1, 2, 3, 4}, Width: 10, Height: 10}, Aspect: [2]int{1, 1}, Label: words},
		{Axis: Row, Gap: 2, Inside: []Box{{Icon: Icon{"heart", 24, "#ff0000"}}, {Grow: 1, Link: "https://example.com/" + words}}},
	}}}
}

// Whatever an advertiser wrote, a page has no script, no style of its own and no link but to the web.
func TestNothingOfOthersRuns(t *testing.T) {
	t.Parallel()
	tags := regexp.MustCompile(`<[a-z]+`)
	plain, _ := post("plain").HTML()
	rapid.Check(t, func(r *rapid.T) {
		words := rapid.SampledFrom([]string{"", "javascript:", "https://", `"><script>`, "</style>", "' onload='"}).Draw(r, "start") + rapid.String().Draw(r, "rest")
		document, _ := post(words).HTML()
		body := document[strings.Index(document, "<body>"):]
		if strings.Contains(document, "<script") || strings.Contains(body, "style=") || strings.Contains(body, `href="javascript`) {
			r.Fatalf("%q made %s", words, document)
		}
		if want, got := len(tags.FindAllString(plain, -1)), len(tags.FindAllString(document, -1)); words != "" && got > want+1 {
			r.Errorf("%q made %d tags more", words, got-want)
		}
	})
}

// A link in a link is none, and styles that are the same are one.
func TestClassesAndLinks(t *testing.T) {
	t.Parallel()
	page := Page{Root: Box{Link: "https://a.example", Inside: []Box{{Link: "https://b.example", Gap: 1}, {Gap: 1}, {Link: "ftp://c.example", Gap: 1}}}}
	document, source := page.HTML()
	if strings.Count(document, "<a ") != 1 || strings.Count(document, `class="s1"`) != 3 || strings.Contains(document, "s2") || !strings.HasPrefix(source, "'sha256-") {
		t.Error(document)
	}
	if again, _ := page.HTML(); again != document {
		t.Error("another document of the same page")
	}
}

// Every icon lies on its grid and can be read.
func TestIcons(t *testing.T) {
	t.Parallel()
	for name, paths := range Icons() {
		if len(paths) == 0 {
			t.Errorf("%s is empty", name)
		}
		for _, p := range paths {
			if p.Steps[0].Command != 'M' {
				t.Errorf("%s begins with %c", name, p.Steps[0].Command)
			}
			for _, s := range p.Steps {
				for _, at := range s.Points {
					if min(at[0], at[1]) < 0 || max(at[0], at[1]) > 24 {
						t.Errorf("%s leaves the grid at %v", name, at)
					}
				}
			}
		}
	}
}
