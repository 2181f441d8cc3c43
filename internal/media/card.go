package media

import (
	"image"
	"image/color"
	"image/draw"
	"strings"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// Card draws a plain panel with a title, which stands where there is no picture. Letters that the font lacks are drawn as boxes.
func Card(title string, width, height int) (image.Image, error) {
	card := image.NewNRGBA(image.Rect(0, 0, width, height))
	draw.Draw(card, card.Rect, image.NewUniform(color.NRGBA{R: 0x3a, G: 0x43, B: 0x50, A: 0xff}), image.Point{}, draw.Src)
	typeface, err := opentype.Parse(goregular.TTF)
	if err != nil {
		return nil, err
	}
	size := float64(min(width, height)) / 10
	face, err := opentype.NewFace(typeface, &opentype.FaceOptions{Size: size, DPI: 72})
	if err != nil {
		return nil, err
	}
	pen := font.Drawer{Dst: card, Src: image.White, Face: face}
	lines := wrap(title, fixed.I(width*9/10), pen.MeasureString)
	y := (height - int(size*1.3)*len(lines)) / 2
	for _, line := range lines {
		y += int(size * 1.3)
		pen.Dot = fixed.Point26_6{X: (fixed.I(width) - pen.MeasureString(line)) / 2, Y: fixed.I(y) - fixed.I(int(size*0.3))}
		pen.DrawString(line)
	}
	return card, nil
}

// mostLines is how much of a title a card shows.
const mostLines = 4

// wrap breaks a title between words into lines that are not wider than a width; a word that is, is cut.
func wrap(title string, width fixed.Int26_6, measure func(string) fixed.Int26_6) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(title) {
		for measure(word) > width {
			word = string([]rune(word)[:len([]rune(word))/2])
		}
		if longer := strings.TrimSpace(line + " " + word); line == "" || measure(longer) <= width {
			line = longer
			continue
		}
		if lines, line = append(lines, line), word; len(lines) == mostLines {
			return lines
		}
	}
	return append(lines, line)
}
