// Package sketch is a small language of boxes in which the places of ads are drawn: rows, columns and stacks of texts, pictures and icons.
//
// One sketch is written as HTML by [Page.HTML] and painted as pixels by package raster, so that both show the same thing. It is pure.
package sketch

// Page is a whole drawing.
type Page struct {
	Title      string
	Root       Box
	Background string // colour behind the root
	Mirrored   bool   // right to left
	Full       bool   // as high as its frame; else as what it shows
}

// Axis is how a box arranges what is inside.
type Axis uint8

// A Column goes down, a Row goes with the direction of reading, a Stack puts everything above each other in the same place.
const (
	Column Axis = iota
	Row
	Stack
)

// Align is where things stand that are smaller than their room.
type Align uint8

// Stretch is only for the cross axis, Between only for the main one.
const (
	Stretch Align = iota
	Start
	Center
	End
	Between
)

// Box is a rectangle. At most one of Text, Picture, Icon and Inside is set. Lengths are CSS pixels, colours "#rrggbb" or "#rrggbbaa".
type Box struct {
	Axis    Axis
	Main    Align  // along the axis; Stretch is as Start
	Cross   Align  // across it
	Gap     int    // between neighbours
	Pad     [4]int // top, right, bottom, left; right and left change sides in a mirrored page
	Width   int    // 0 for what is inside, or all that there is
	Height  int
	Most    int    // greatest width, 0 for any
	Aspect  [2]int // width to height, when the height follows from the width
	Grow    int    // share of what is left of the parent's main axis
	Scrolls bool   // a Row that goes on beyond its edge

	Fill   string
	Shade  [2]string // colours of a vertical gradient over Fill, from top to bottom
	Radius int
	Edge   string // colour of a line of one pixel around it

	Text    Text
	Picture Picture
	Icon    Icon
	Inside  []Box

	Link  string // where a click leads, only http and https
	Label string // for those who cannot see it
}

// Text is words in one size, as a paragraph that is wrapped.
type Text struct {
	Runs  []Run
	Size  int // of letters, in pixels
	Lines int // most that show, 0 for all
	Align Align
}

// Run is a part of a text in one weight and colour.
type Run struct {
	Words string
	Bold  bool
	Color string
}

// Empty reports whether there is nothing to read.
func (t Text) Empty() bool {
	for _, r := range t.Runs {
		if r.Words != "" {
			return false
		}
	}
	return true
}

// Leading is the height of a line of a size of letters.
func Leading(size int) int { return (size*13 + 5) / 10 }

// Picture is a part of an image that fills its box: what is too much of it is cut at both sides.
type Picture struct {
	Src    string // address, as the page sees it; "" for none
	Hash   string // of an image of this server
	Part   [4]int // left, top, width and height of what shows, in units of Width and Height; zero for all
	Width  int    // of the image, 1 by 1 while it is not known
	Height int
	Blur   bool // far out of focus, as a background
	Whole  bool // nothing is cut: it is as large as fits, in the middle
}

// Icon is a drawing on a grid of 24 by 24.
type Icon struct {
	Name  string // of [Icons]
	Size  int
	Color string
}
