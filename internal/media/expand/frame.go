package expand

import (
	"image"
	"slices"
)

// What counts as the frame that a scanner leaves around a photograph: lines of one colour, no more than mostFrame pixels, and then something else.
const (
	mostFrame  = 8  // pixels
	evenLevels = 8  // of luma, from the median of a line that has one colour
	frameStep  = 15 // levels of luma between a frame and what lies behind it
)

// Unframed is a picture without the lines that a scanner left around it, and where it lay in the picture. Expanded with them, a picture would have lines
// across it. One without a frame is the picture itself.
func Unframed(src *image.NRGBA) (*image.NRGBA, image.Rectangle) {
	w, h := src.Rect.Dx(), src.Rect.Dy()
	if min(w, h) < 16*mostFrame {
		return src, src.Rect
	}
	row := func(y int) []int { return lumas(src, image.Pt(0, y), image.Pt(1, 0), w) }
	column := func(x int) []int { return lumas(src, image.Pt(x, 0), image.Pt(0, 1), h) }
	inner := image.Rect(frameDepth(column), frameDepth(row),
		w-frameDepth(func(i int) []int { return column(w - 1 - i) }), h-frameDepth(func(i int) []int { return row(h - 1 - i) }))
	if inner == src.Rect {
		return src, inner
	}
	out := image.NewNRGBA(image.Rect(0, 0, inner.Dx(), inner.Dy()))
	for y := range inner.Dy() {
		copy(out.Pix[y*out.Stride:][:out.Stride], src.Pix[src.PixOffset(inner.Min.X, inner.Min.Y+y):])
	}
	return out, inner
}

// lumas are the n pixels of a line, in levels.
func lumas(src *image.NRGBA, at, step image.Point, n int) []int {
	line := make([]int, n)
	for i := range line {
		p := src.Pix[src.PixOffset(at.X, at.Y):]
		line[i] = (299*int(p[0]) + 587*int(p[1]) + 114*int(p[2])) / 1000
		at = at.Add(step)
	}
	return line
}

// frameDepth is how many lines, from the outermost one, are frame: those before the last sudden change, if all before it have one colour each, and lines
// that are dark or light all along beside the next ones. The line of the change itself is a mixture, and so is the next one.
func frameDepth(line func(i int) []int) int {
	depth := 0
	for i := 0; i < mostFrame; i++ {
		outer, behind := line(i), line(i+2)
		if lip(outer, behind, line(i+4)) {
			depth = i + 2
			continue
		}
		slices.Sort(outer)
		slices.Sort(behind)
		if !even(outer) {
			break
		}
		if changed(outer[len(outer)/2], behind) {
			depth = i + 2
		}
	}
	return depth
}

// lip reports whether at least two in three pixels of a line are darker, or lighter, than those behind it, which differ little from those behind them.
func lip(outer, behind, inner []int) bool {
	darker, lighter, calm := 0, 0, 0
	for i, v := range outer {
		switch {
		case v <= behind[i]-frameStep:
			darker++
		case v >= behind[i]+frameStep:
			lighter++
		}
		if d := behind[i] - inner[i]; d >= -evenLevels && d <= evenLevels {
			calm++
		}
	}
	return 3*max(darker, lighter) >= 2*len(outer) && 3*calm >= 2*len(outer)
}

// even reports whether a sorted line has one colour, but for one pixel in twelve.
func even(line []int) bool {
	n, middle := len(line), line[len(line)/2]
	return line[n-1-n/24]-middle <= evenLevels && middle-line[n/24] <= evenLevels
}

// changed reports whether at least two in three pixels of a sorted line are others than a level.
func changed(level int, line []int) bool {
	below, _ := slices.BinarySearch(line, level-frameStep)
	above, _ := slices.BinarySearch(line, level+frameStep+1)
	return below+len(line)-above >= 2*len(line)/3
}
