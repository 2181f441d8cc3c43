package creative

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestRenderBanner looks at what a banner of each shape holds.
func TestRenderBanner(t *testing.T) {
	t.Parallel()
	v := View{PageName: "Shop", Body: "Tested.", Image: "/media/a1", Title: "Boots <b>", Button: "SHOP_NOW", Link: "https://ads.example/t/c?d=1&e=2"}
	for _, c := range []struct {
		w, h int
		body bool
		flow string
	}{{300, 250, false, "column"}, {728, 90, false, "row"}, {970, 250, true, "row"}, {160, 600, true, "column"}} {
		got := RenderBanner(v, c.w, c.h)
		for text, want := range map[string]bool{
			"Boots &lt;b&gt;": true, "Tested.": c.body, "Shop now": true, "Sponsored · Shop": true, `href="https://ads.example/t/c?d=1&amp;e=2"`: true,
			`src="/media/a1"`: true, `flex-direction:` + c.flow + `">`: true, "<b>": false,
		} {
			if strings.Contains(got, text) != want {
				t.Errorf("%d x %d: %q, want %t:\n%s", c.w, c.h, text, want, got)
			}
		}
	}
	if got := RenderBanner(View{Title: "T", Link: "javascript:alert(1)", Image: "data:x"}, 300, 250); strings.Contains(got, "javascript") || strings.Contains(got, "<img") || strings.Contains(got, "<a ") {
		t.Error(got)
	}
}

// TestBannerChoosesAWidth: as wide as the picture has to be to cover its place, whichever side is the short one.
func TestBannerChoosesAWidth(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		w, h, pictureW, pictureH int
		want                     string
	}{{300, 250, 1080, 1080, "300px"}, {300, 600, 1200, 630, "1143px"}, {728, 90, 1200, 630, "172px"}, {728, 90, 630, 1200, "90px"}, {300, 250, 0, 0, ""}} {
		v := View{Image: "/media/a", Width: c.pictureW, Height: c.pictureH, Variants: []Variant{{"/media/a/256", 256}, {"javascript:x", 300}, {"/media/a", 600}}}
		got := RenderBanner(v, c.w, c.h)
		if want := ` srcset="/media/a/256 256w, /media/a 600w" sizes="` + c.want + `"`; strings.Contains(got, want) != (c.want != "") || strings.Contains(got, "srcset") != (c.want != "") {
			t.Errorf("%+v: %s", c, got)
		}
	}
}

// TestBannerIsEscaped is the property that no text adds an element: as many begin as without it.
func TestBannerIsEscaped(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune(`<>"'&/a= ` + "\x00"))).Filter(func(s string) bool { return strings.TrimSpace(s) != "" })
		view := func(word func() string) View {
			return View{PageName: word(), Body: word(), Title: word(), Image: "/p", Alt: word(), Button: "SHOP_NOW", Link: "/c"}
		}
		plain := RenderBanner(view(func() string { return "x" }), 300, 600)
		if got := RenderBanner(view(func() string { return text.Draw(t, "text") }), 300, 600); strings.Count(got, "<") != strings.Count(plain, "<") || strings.Count(got, `"`) != strings.Count(plain, `"`) {
			t.Fatal(got)
		}
	})
}
