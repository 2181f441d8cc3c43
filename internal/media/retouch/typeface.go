package retouch

import (
	"strings"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/gobolditalic"
	"golang.org/x/image/font/gofont/goitalic"
	"golang.org/x/image/font/gofont/gomedium"
	"golang.org/x/image/font/gofont/gomono"
	"golang.org/x/image/font/gofont/gomonobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/gofont/gosmallcaps"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"
)

// typeface finds the embedded font that comes nearest to a name and a style by the words in them, such as "open_sans_bold" and "ITALIC";
// without any it is bold, which is read best over pictures.
func typeface(words ...string) (*sfnt.Font, error) {
	all := strings.ToLower(strings.Join(words, " "))
	has := func(word string) bool { return strings.Contains(all, word) }
	ttf := gobold.TTF
	switch {
	case has("mono") && has("bold"):
		ttf = gomonobold.TTF
	case has("mono"):
		ttf = gomono.TTF
	case has("bold") && has("italic"):
		ttf = gobolditalic.TTF
	case has("bold"):
	case has("italic"):
		ttf = goitalic.TTF
	case has("medium"):
		ttf = gomedium.TTF
	case has("caps"):
		ttf = gosmallcaps.TTF
	case has("regular"), has("light"):
		ttf = goregular.TTF
	}
	return opentype.Parse(ttf)
}

// composed brings a text into the form that fonts know: letters with their accents, single spaces, and one kind of space that does not break.
func composed(text string) string {
	return strings.Join(strings.FieldsFunc(strings.ReplaceAll(norm.NFC.String(text), "\u202f", "\u00a0"), func(r rune) bool {
		return unicode.IsSpace(r) && r != '\u00a0'
	}), " ")
}

// lacks answers the first letter that a font does not have. The fonts have Latin, Greek and Cyrillic letters: what runs from right to left
// or needs shaping is not among them.
func lacks(f *sfnt.Font, text string) (rune, bool) {
	var buf sfnt.Buffer
	for _, r := range text {
		if i, err := f.GlyphIndex(&buf, r); err != nil || i == 0 {
			return r, true
		}
	}
	return 0, false
}

// faceAt is a font in a size of pixels.
func faceAt(f *sfnt.Font, size float64) (font.Face, error) {
	return opentype.NewFace(f, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
}
