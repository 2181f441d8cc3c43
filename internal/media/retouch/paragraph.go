package retouch

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"math"
	"strings"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// A room is what a text may take: pixels, sizes of letters in pixels, and lines.
type room struct {
	width, height int
	most, least   float64
	lines         int
}

// A paragraph is a text in lines that fit.
type paragraph struct {
	lines         []string
	face          font.Face
	leading       int // from one base line to the next, in pixels
	ascent        int // from the top to the first base line
	width, height int
}

// set breaks a text between words, in the largest size that fits its room. The lines are made about as long as each other.
func set(f *sfnt.Font, text string, r room) (paragraph, error) {
	for size := r.most; size >= r.least; size *= 0.94 {
		face, err := faceAt(f, size)
		if err != nil {
			return paragraph{}, err
		}
		if lines := balanced(face, strings.Split(text, " "), r.width); len(lines) <= r.lines {
			p := paragraph{lines: lines, face: face, leading: int(math.Round(size * 1.18)), ascent: int(math.Round(size * 0.92))}
			p.height = p.leading*(len(lines)-1) + int(math.Round(size*1.16))
			for _, l := range lines {
				p.width = max(p.width, font.MeasureString(face, l).Ceil())
			}
			if p.width <= r.width && p.height <= r.height {
				return p, nil
			}
		}
	}
	return paragraph{}, fmt.Errorf("%q does not fit", text)
}

// balanced breaks words into as few lines as a width allows, and then into the narrowest that are as few.
func balanced(face font.Face, words []string, width int) []string {
	lines := broken(face, words, width)
	for narrower := width * 15 / 16; narrower > width/2; narrower = narrower * 15 / 16 {
		again := broken(face, words, narrower)
		if len(again) > len(lines) || widest(face, again) > narrower {
			break
		}
		lines = again
	}
	return lines
}

// widest is the length of the longest line in pixels.
func widest(face font.Face, lines []string) int {
	most := 0
	for _, l := range lines {
		most = max(most, font.MeasureString(face, l).Ceil())
	}
	return most
}

// broken fills line after line; a word that is wider than the width stands alone.
func broken(face font.Face, words []string, width int) []string {
	lines := []string{words[0]}
	for _, word := range words[1:] {
		longer := lines[len(lines)-1] + " " + word
		if font.MeasureString(face, longer).Ceil() <= width {
			lines[len(lines)-1] = longer
		} else {
			lines = append(lines, word)
		}
	}
	return lines
}

// draw writes the paragraph with its upper left corner at a point.
func (p paragraph) draw(img draw.Image, at image.Point, c color.NRGBA) {
	pen := font.Drawer{Dst: img, Src: image.NewUniform(c), Face: p.face}
	for i, line := range p.lines {
		pen.Dot = fixed.P(at.X, at.Y+p.ascent+i*p.leading)
		pen.DrawString(line)
	}
}
