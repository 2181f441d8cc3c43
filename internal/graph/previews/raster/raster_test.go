package raster

import (
	"bytes"
	"image"
	"image/color"
	"testing"

	"pgregory.net/rapid"

	"github.com/marquetry/marquetry/internal/graph/previews/sketch"
)

// painted draws a root of 100 by 50 at twice its size.
func painted(t testing.TB, root sketch.Box, mirrored bool) *image.RGBA {
	t.Helper()
	two := image.NewNRGBA(image.Rect(0, 0, 20, 10)) // left red, right blue
	for i := range two.Pix {
		two.Pix[i] = 0xff
		if x := i / 4 % 20; i%4 == 1 || i%4 == 0 && x >= 10 || i%4 == 2 && x < 10 {
			two.Pix[i] = 0
		}
	}
	img, err := Paint(sketch.Page{Root: root, Background: "#ffffff", Mirrored: mirrored, Full: true},
		Options{Width: 100, Height: 50, Scale: 2, Picture: func(hash string) *image.NRGBA { return map[string]*image.NRGBA{"two": two}[hash] }})
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// Colours of the tests.
const (
	red   = "#ff0000"
	green = "#00ff00"
	blue  = "#0000ff"
)

// Boxes lie where a browser puts them.
func TestBoxes(t *testing.T) {
	t.Parallel()
	bar := func(width int, fill string) sketch.Box { return sketch.Box{Width: width, Fill: fill} }
	row := sketch.Box{Axis: sketch.Row, Gap: 10, Pad: [4]int{0, 5, 0, 15}, Inside: []sketch.Box{bar(20, red), {Grow: 1, Fill: green}, bar(10, blue)}}
	for name, c := range map[string]struct {
		root     sketch.Box
		mirrored bool
		at       image.Point // in CSS pixels
		want     string
	}{
		"first of a row":              {row, false, image.Pt(16, 25), red},
		"what grows":                  {row, false, image.Pt(74, 25), green},
		"gap":                         {row, false, image.Pt(80, 25), "#ffffff"},
		"last":                        {row, false, image.Pt(94, 25), blue},
		"mirrored":                    {row, true, image.Pt(84, 25), red},
		"mirrored last":               {row, true, image.Pt(6, 25), blue},
		"end of a column":             {sketch.Box{Main: sketch.End, Inside: []sketch.Box{{Height: 10, Fill: red}}}, false, image.Pt(50, 45), red},
		"above it":                    {sketch.Box{Main: sketch.End, Inside: []sketch.Box{{Height: 10, Fill: red}}}, false, image.Pt(50, 35), "#ffffff"},
		"middle":                      {sketch.Box{Cross: sketch.Center, Inside: []sketch.Box{{Width: 10, Height: 50, Fill: red}}}, false, image.Pt(50, 5), red},
		"top of a stack":              {sketch.Box{Axis: sketch.Stack, Inside: []sketch.Box{{Fill: red}, {Fill: blue}}}, false, image.Pt(50, 5), blue},
		"round corner":                {sketch.Box{Fill: red, Radius: 20}, false, image.Pt(0, 0), "#ffffff"},
		"gradient":                    {sketch.Box{Shade: [2]string{red, blue}}, false, image.Pt(50, 25), "#7b0083"},
		"ratio":                       {sketch.Box{Cross: sketch.Start, Inside: []sketch.Box{{Width: 40, Aspect: [2]int{2, 1}, Fill: red}}}, false, image.Pt(20, 19), red},
		"picture":                     {sketch.Box{Picture: sketch.Picture{Src: "x", Hash: "two"}}, false, image.Pt(10, 25), red},
		"part of a picture":           {sketch.Box{Picture: sketch.Picture{Src: "x", Hash: "two", Part: [4]int{10, 0, 10, 10}, Width: 20, Height: 10}}, false, image.Pt(10, 25), blue},
		"whole picture":               {sketch.Box{Picture: sketch.Picture{Src: "x", Hash: "two", Whole: true, Part: [4]int{0, 0, 10, 10}, Width: 20, Height: 10}}, false, image.Pt(10, 25), "#ffffff"},
		"picture of another server":   {sketch.Box{Picture: sketch.Picture{Src: "https://x"}}, false, image.Pt(10, 25), "#c9ced6"},
		"middle of an icon":           {sketch.Box{Icon: sketch.Icon{Name: "plus", Size: 48, Color: red}}, false, image.Pt(50, 25), red},
		"more than there is room for": {sketch.Box{Axis: sketch.Row, Inside: []sketch.Box{bar(400, red)}}, false, image.Pt(99, 25), red},
	} {
		if got := painted(t, c.root, c.mirrored).RGBAAt(2*c.at.X+1, 2*c.at.Y+1); got != color.RGBAModel.Convert(parse(c.want)) {
			t.Errorf("%s: %v at %v, want %s", name, got, c.at, c.want)
		}
	}
}

// Lines are never wider than their room, nothing is lost of a text that may have any number of lines, and one that goes on says so.
func TestLines(t *testing.T) {
	t.Parallel()
	f, err := newFaces(2)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(r *rapid.T) {
		words, room := rapid.StringMatching(`[a-zA-Zäя漢🌿 \n]{0,80}`).Draw(r, "words"), rapid.IntRange(60, 400).Draw(r, "room")
		text := sketch.Text{Runs: []sketch.Run{{Words: words}}, Size: 14}
		read := ""
		for _, line := range f.lines(text, room) {
			for _, part := range line {
				read += part.text
			}
		}
		if want := bytes.ReplaceAll([]byte(words), []byte("\n"), nil); read != string(want) {
			r.Errorf("%q became %q", words, read)
		}
		text.Lines = 1
		short := f.lines(text, room)
		if len(short) != 1 || length(trimmed(short[0])) > room {
			r.Errorf("%q in %d pixels: %v", words, room, short)
		}
	})
}

// trimmed is a line without the blank at its end, which needs no room.
func trimmed(line []word) []word {
	if len(line) > 0 && line[len(line)-1].text[len(line[len(line)-1].text)-1] == ' ' {
		return line[:len(line)-1]
	}
	return line
}

// Texts are drawn in their colour at the side where they are read from, and the same way each time.
func TestText(t *testing.T) {
	t.Parallel()
	side := func(words string) (left, right int) {
		img := painted(t, sketch.Box{Text: sketch.Text{Runs: []sketch.Run{{Words: words, Color: red}}, Size: 14}}, false)
		for y := range 100 {
			for x := range 200 {
				if img.RGBAAt(x, y).G < 200 {
					if x < 100 {
						left++
					} else {
						right++
					}
				}
			}
		}
		return left, right
	}
	for words, atLeft := range map[string]bool{"Word": true, "متجر": false, "漢字": true, "🌿": true} {
		left, right := side(words)
		if left+right < 20 || (left > right) != atLeft {
			t.Errorf("%s: %d pixels at the left, %d at the right", words, left, right)
		}
		if l, r := side(words); l != left || r != right {
			t.Errorf("%s is drawn otherwise the second time", words)
		}
	}
}
