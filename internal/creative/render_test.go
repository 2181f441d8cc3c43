package creative

import (
	"bytes"
	"encoding/xml"
	"errors"
	"html/template"
	"io"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// fullView is a card with every member.
func fullView() View {
	return View{
		PageName: "Ceramics & Co", Body: "Hand-made mugs.\nFired twice.", Image: "https://ads.example.com/media/0cc175b9c0f1b6a831c399e269772661",
		Title: "Shop now & save", Description: "Free shipping", Button: "SHOP_NOW", Display: "example.com",
		Link: "https://ads.example.com/t/c?t=abc&x=1",
	}
}

func TestRenderGolden(t *testing.T) {
	t.Parallel()
	for name, v := range map[string]View{
		"full":     fullView(),
		"empty":    {},
		"textonly": {PageName: "Page", Body: "Only a body", Button: "NO_BUTTON", Description: " "},
		"video":    {PageName: "Page", Title: "Headline", Image: "/media/a", Video: "/media/video/b", Width: 1280, Height: 720, Link: "/t/c?d=x"},
		"sized":    {PageName: "Page", Image: "/media/a", Width: 1200, Height: 628, Variants: []Variant{{"/media/a/256", 256}, {"/media/a/512", 512}, {"/media/a", 1200}}, Link: "/t/c?d=x"},
		"carousel": {PageName: "Page", Body: "Body", Cards: []View{
			{Image: "/media/a", Title: "One", Button: "SHOP_NOW", Link: "/t/c?c=1&d=x"}, {Image: "/media/b", Title: "Two", Link: "/t/c?c=2&d=x"}}},
		"rtl": {PageName: "متجر", Body: "شحن مجاني اليوم", Title: "תנו מתנה", Image: "/media/a", Alt: "כד חרס", Button: "WHATSAPP_MESSAGE"},
		"hostile": {
			PageName: "</div><script>alert(1)</script>", Body: "<img src=x onerror=alert(1)>\x00\xff", Image: "javascript:alert(1)",
			Title: `" onmouseover="alert(1)`, Description: "{{.}} ${x} '", Display: "<b>", Link: "data:text/html,<script>alert(1)</script>",
			Button: "<B>",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			golden(t, "testdata/render/"+name+".html", Render(v)+"\n")
		})
	}
}

// TestRenderIsAlwaysSafe parses cards of arbitrary text: the document is well formed, has only the elements and attributes of a card, and
// no address that runs a script.
func TestRenderIsAlwaysSafe(t *testing.T) {
	t.Parallel()
	nasty := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{
		`"><script>alert(1)</script>`, "javascript:alert(1)", "//evil.example", `/\evil.example`, "https://example.com/?a=\"b\"&c='d'", "\x01\x1b]\xff", "/a",
		"\u202e]]>", "&lt;", "\ufffe",
	}))
	rapid.Check(t, func(t *rapid.T) {
		v := View{
			PageName: nasty.Draw(t, "page"), Body: nasty.Draw(t, "body"), Image: nasty.Draw(t, "image"), Alt: nasty.Draw(t, "alt"),
			Title: nasty.Draw(t, "title"), Description: nasty.Draw(t, "description"), Button: nasty.Draw(t, "button"),
			Display: nasty.Draw(t, "display"), Link: nasty.Draw(t, "link"), Video: nasty.Draw(t, "video"), Width: 600, Height: 400,
			Variants: []Variant{{nasty.Draw(t, "smaller"), 256}},
		}
		if rapid.Bool().Draw(t, "carousel") {
			v.Cards = []View{v, {Image: nasty.Draw(t, "card"), Title: nasty.Draw(t, "title of a card"), Link: nasty.Draw(t, "link of a card")}}
		}
		dec := xml.NewDecoder(strings.NewReader(Render(v)))
		for {
			token, err := dec.Token()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				t.Fatalf("%v in %s", err, Render(v))
			}
			if element, ok := token.(xml.StartElement); ok {
				checkElement(t, element)
			}
		}
	})
}

// checkElement fails for an element or attribute that a card does not have.
func checkElement(t *rapid.T, e xml.StartElement) {
	if !strings.Contains(" article div p a img span ul li video ", " "+e.Name.Local+" ") {
		t.Fatalf("element %s", e.Name.Local)
	}
	for _, attr := range e.Attr {
		switch attr.Name.Local {
		case "style", "dir", "alt", "target", "rel", "role", "tabindex", "aria-label", "controls", "muted", "playsinline", "preload", "width", "height", "loading", "decoding", "sizes", "srcset":
		case "href", "src", "poster":
			if _, err := parseWeb(attr.Value); err != nil && (!strings.HasPrefix(attr.Value, "/") || strings.HasPrefix(attr.Value, "//")) {
				t.Fatalf("%s=%q", attr.Name.Local, attr.Value)
			}
		default:
			t.Fatalf("attribute %s", attr.Name.Local)
		}
	}
}

func TestButtonLabel(t *testing.T) {
	t.Parallel()
	for actionType, want := range map[string]string{
		"SHOP_NOW": "Shop now", "NO_BUTTON": "", "": "", "INSTALL_MOBILE_APP": "Install now", "BUY": "Buy", "MESSAGE_PAGE": "Send message",
	} {
		if got := ButtonLabel(actionType); got != want {
			t.Errorf("%s: got %q, want %q", actionType, got, want)
		}
	}
	for _, actionType := range ActionTypes() {
		if label := ButtonLabel(actionType); (label == "") != (actionType == noButton) || strings.Contains(label, "_") {
			t.Errorf("%s: %q", actionType, label)
		}
	}
}

// BenchmarkRender measures what every decision pays for its HTML, beside the same card by html/template.
func BenchmarkRender(b *testing.B) {
	v := fullView()
	b.Run("hand", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			Render(v)
		}
	})
	b.Run("template", func(b *testing.B) {
		card := template.Must(template.New("card").Parse(`<article style="` + cardStyle + `"><div dir="auto" style="` + headStyle + `">{{.PageName}}</div>` +
			`<p dir="auto" style="` + bodyStyle + `">{{.Body}}</p><a href="{{.Link}}" style="` + linkStyle + `"><img src="{{.Image}}" alt="{{.Title}}"/>` +
			`<div style="` + footStyle + `">{{.Display}} {{.Title}} {{.Description}} {{.Button}}</div></a></article>`))
		b.ReportAllocs()
		for b.Loop() {
			var buf bytes.Buffer
			if err := card.Execute(&buf, v); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkCombinationID measures what every decision pays for the name of its combination.
func BenchmarkCombinationID(b *testing.B) {
	feed, err := FeedOf(parse(b, []byte(validClassic)))
	if err != nil {
		b.Fatal(err)
	}
	slots := feed.Slots(7)
	b.ReportAllocs()
	for b.Loop() {
		feed.CombinationID(slots)
	}
}

// BenchmarkCheck measures the whole check of a creative.
func BenchmarkCheck(b *testing.B) {
	spec := parse(b, []byte(validClassic))
	b.ReportAllocs()
	for b.Loop() {
		if _, faults := Check(spec, Rules{}); len(faults) > 0 {
			b.Fatal(faults)
		}
	}
}
