package raster

import (
	"fmt"
	"image"
	"image/color"
	"strings"

	"golang.org/x/image/draw"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/bidi"

	"github.com/marquetry/marquetry/internal/graph/previews/sketch"
)

// faces are the fonts in the sizes that were needed so far.
type faces struct {
	scale   int
	regular *sfnt.Font
	bold    *sfnt.Font
	made    map[string]font.Face
	glyphs  sfnt.Buffer
}

// newFaces reads the fonts.
func newFaces(scale int) (*faces, error) {
	regular, err := opentype.Parse(goregular.TTF)
	if err != nil {
		return nil, err
	}
	bold, err := opentype.Parse(gobold.TTF)
	return &faces{scale: scale, regular: regular, bold: bold, made: map[string]font.Face{}}, err
}

// of is the face of a size of letters. The Go fonts are wide, so that they are set a little smaller than a browser's.
func (f *faces) of(size int, bold bool) font.Face {
	name := fmt.Sprint(size, bold)
	if face := f.made[name]; face != nil {
		return face
	}
	source := f.regular
	if bold {
		source = f.bold
	}
	face, err := opentype.NewFace(source, &opentype.FaceOptions{Size: float64(size*f.scale*94) / 100, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		return nil // of no size
	}
	f.made[name] = face
	return face
}

// word is a part of a line in one style.
type word struct {
	text  string
	run   sketch.Run
	width fixed.Int26_6
}

// drawn reports whether the fonts have a letter.
func (f *faces) drawn(r rune) bool {
	index, err := f.regular.GlyphIndex(&f.glyphs, r)
	return err == nil && index != 0
}

// advance is how wide a letter is; one that the fonts lack is as wide as a letter or, in the scripts of China, Japan and Korea and among emoji, as high.
func (f *faces) advance(face font.Face, size int, r rune) fixed.Int26_6 {
	switch {
	case joins(r):
		return 0
	case f.drawn(r):
		width, _ := face.GlyphAdvance(r)
		return width
	case r >= 0x1100:
		return fixed.I(size * f.scale)
	}
	return fixed.I(size*f.scale) / 2
}

// joins reports whether a character only changes the one before it.
func joins(r rune) bool {
	return r == 0x200d || r >= 0xfe00 && r <= 0xfe0f || r >= 0x1f3fb && r <= 0x1f3ff || r >= 0x300 && r <= 0x36f || r >= 0x200b && r <= 0x200f
}

// measure is how wide words are.
func (f *faces) measure(text string, run sketch.Run, size int) (width fixed.Int26_6) {
	face := f.of(size, run.Bold)
	for _, r := range text {
		width += f.advance(face, size, r)
	}
	return width
}

// width is that of a text's longest line when nothing is wrapped.
func (f *faces) width(t sketch.Text) int {
	most := 0
	for _, line := range f.lines(t, 1<<20) {
		most = max(most, length(line))
	}
	return most
}

// length is how wide a line is, in whole pixels.
func length(line []word) int {
	var sum fixed.Int26_6
	for _, part := range line {
		sum += part.width
	}
	return sum.Ceil()
}

// lines wraps a text between words; a word that is wider than a line is cut where the line ends. Of a text that goes on after its last
// line, that line ends in an ellipsis.
func (f *faces) lines(t sketch.Text, width int) [][]word {
	room := fixed.I(max(1, width))
	lines := [][]word{nil}
	var used fixed.Int26_6
	for _, run := range t.Runs {
		for _, text := range pieces(run.Words) {
			for text != "" {
				wide := f.measure(strings.TrimRight(text, " "), run, t.Size)
				switch {
				case text == "\n":
					lines, used = append(lines, nil), 0
					text = ""
				case used+wide <= room:
					part := word{text, run, f.measure(text, run, t.Size)}
					lines[len(lines)-1] = append(lines[len(lines)-1], part)
					used += part.width
					text = ""
				case used > 0:
					lines, used = append(lines, nil), 0
				default:
					head, rest := f.cut(text, run, t.Size, room)
					lines[len(lines)-1] = append(lines[len(lines)-1], word{head, run, f.measure(head, run, t.Size)})
					lines, used = append(lines, nil), 0
					text = rest
				}
			}
		}
	}
	if t.Lines > 0 && len(lines) > t.Lines {
		lines = lines[:t.Lines]
		lines[t.Lines-1] = f.ellipsis(lines[t.Lines-1], t.Size, room)
	}
	return lines
}

// pieces are the words of a text with the blanks behind them, and its line breaks.
func pieces(text string) []string {
	var out []string
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			out = append(out, "\n")
		}
		for line != "" {
			end := strings.IndexByte(line, ' ') + 1
			for end > 0 && end < len(line) && line[end] == ' ' {
				end++
			}
			if end == 0 {
				end = len(line)
			}
			out, line = append(out, line[:end]), line[end:]
		}
	}
	return out
}

// cut takes as many letters as a line has room for, at least one.
func (f *faces) cut(text string, run sketch.Run, size int, room fixed.Int26_6) (head, rest string) {
	face := f.of(size, run.Bold)
	var used fixed.Int26_6
	for i, r := range text {
		if used += f.advance(face, size, r); used > room && i > 0 {
			return text[:i], text[i:]
		}
	}
	return text, ""
}

// ellipsis shortens a line that goes on.
func (f *faces) ellipsis(line []word, size int, room fixed.Int26_6) []word {
	if len(line) == 0 {
		return line
	}
	last := line[len(line)-1]
	before := line[:len(line)-1]
	used := fixed.I(length(before))
	letters := []rune(strings.TrimRight(last.text, " "))
	for len(letters) > 0 && used+f.measure(string(letters)+"…", last.run, size) > room {
		letters = letters[:len(letters)-1]
	}
	text := string(letters) + "…"
	if len(letters) == 0 && len(before) > 0 && used+f.measure(text, last.run, size) > room {
		return f.ellipsis(before, size, room) // the word before ends with a blank that has no room, either
	}
	return append(before[:len(before):len(before)], word{text, last.run, f.measure(text, last.run, size)})
}

// text draws the lines of a text. They start at the side where reading starts, by the first letter that has a direction.
func (w *painter) text(img *image.RGBA, t sketch.Text, r image.Rectangle) {
	leading := w.px(sketch.Leading(t.Size))
	back := leftward(t)
	for i, line := range w.faces.lines(t, r.Dx()) {
		x := r.Min.X
		if free := r.Dx() - length(line); t.Align == sketch.Center {
			x += free / 2
		} else if back || w.mirrored {
			x += free
		}
		face := w.faces.of(t.Size, false)
		middle := (leading + face.Metrics().CapHeight.Round()) / 2
		w.line(img, line, t.Size, fixed.P(x, r.Min.Y+i*leading+middle), back)
	}
}

// line draws words after each other, from the right when they are read so.
func (w *painter) line(img *image.RGBA, line []word, size int, dot fixed.Point26_6, back bool) {
	if back {
		dot.X += fixed.I(length(line))
	}
	for _, part := range line {
		face := w.faces.of(size, part.run.Bold)
		ink := parse(part.run.Color)
		if back {
			dot.X -= part.width
		}
		pen := font.Drawer{Dst: img, Src: image.NewUniform(ink), Face: face, Dot: dot}
		for _, r := range part.text {
			if w.faces.drawn(r) && !joins(r) {
				pen.DrawString(string(r))
				continue
			}
			wide := w.faces.advance(face, size, r)
			w.bar(img, pen.Dot, wide, size, r, ink)
			pen.Dot.X += wide
		}
		if !back {
			dot = pen.Dot
		}
	}
}

// bar stands for a letter that the fonts lack: a soft block; for emoji, which stand alone, a disc.
func (w *painter) bar(img *image.RGBA, dot fixed.Point26_6, wide fixed.Int26_6, size int, r rune, ink color.NRGBA) {
	if wide == 0 {
		return
	}
	high := w.px(size) * 6 / 10
	box := image.Rect(dot.X.Round(), dot.Y.Round()-high, (dot.X + wide).Round(), dot.Y.Round())
	radius := high / 4
	if r >= 0x2190 && r < 0x2e80 || r >= 0x1f000 {
		side := min(box.Dx(), w.px(size)) * 9 / 10
		box = image.Rect(0, 0, side, side).Add(image.Pt(box.Min.X+(box.Dx()-side)/2, dot.Y.Round()-side*9/10))
		radius, ink = side/2, color.NRGBA{R: 0xf5, G: 0xc0, B: 0x3c, A: 0xff}
	} else {
		ink.A /= 2
	}
	draw.DrawMask(img, box, image.NewUniform(ink), image.Point{}, rounded(box.Dx(), box.Dy(), radius), image.Point{}, draw.Over)
}

// leftward reports whether a text is read from the right to the left.
func leftward(t sketch.Text) bool {
	for _, run := range t.Runs {
		for _, r := range run.Words {
			props, _ := bidi.LookupRune(r)
			switch props.Class() {
			case bidi.L:
				return false
			case bidi.R, bidi.AL:
				return true
			}
		}
	}
	return false
}
