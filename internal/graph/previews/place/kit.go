package place

import (
	"strings"

	"github.com/marquetry/marquetry/internal/graph/previews/sketch"
)

// kit is what layouts draw with.
type kit struct {
	theme
	ad   Ad
	back string // the icon of the way back, which points to where reading begins
	on   string // and that of what leads on
}

// theme is the colours of a platform's pages.
type theme struct {
	page   string // behind everything
	card   string // behind a post
	ink    string // of words
	soft   string // of lesser words
	line   string // between things
	button string
	label  string // on a button
	accent string // of what is to be pressed
	strip  string // below a picture
	faint  string // of neighbours that are only hinted at
}

// themeOf is the theme of a platform, light or dark.
func themeOf(name string, dark bool) theme {
	switch {
	case name == "facebook" && dark:
		return theme{"#18191a", "#242526", "#e4e6eb", "#b0b3b8", "#3e4042", "#3a3b3c", "#e4e6eb", "#4599ff", "#2f3031", "#303236"}
	case name == "facebook":
		return theme{"#f0f2f5", "#ffffff", "#080809", "#65676b", "#dcdfe4", "#e2e5e9", "#080809", "#0866ff", "#f0f2f5", "#e4e7ec"}
	case name == "messenger" && !dark:
		return theme{"#ffffff", "#ffffff", "#080809", "#65686c", "#e4e6eb", "#f0f2f5", "#080809", "#0a7cff", "#f7f8fa", "#e9ecf1"}
	case name == "app" && dark:
		return theme{"#15171b", "#1f2228", "#eceef2", "#9ba1ab", "#30343c", "#5b8cff", "#ffffff", "#5b8cff", "#262a31", "#2a2e36"}
	case name == "app":
		return theme{"#eef0f3", "#ffffff", "#16181d", "#667080", "#dfe3e8", "#2463eb", "#ffffff", "#2463eb", "#f6f7f9", "#e1e5ea"}
	case name == "threads" && dark:
		return theme{"#101010", "#101010", "#f3f5f7", "#8a8d91", "#2c2d2f", "#f3f5f7", "#101010", "#f3f5f7", "#1b1c1e", "#232426"}
	case dark:
		return theme{"#000000", "#000000", "#f5f5f5", "#a0a0a6", "#26262a", "#2b2b30", "#f5f5f5", "#2f9bff", "#121214", "#1e1e22"}
	}
	return theme{"#ffffff", "#ffffff", "#0c0c0d", "#70737a", "#dfe0e4", "#eceef1", "#0c0c0d", "#1d7df2", "#f6f7f9", "#ebedf0"}
}

// white is words and icons over pictures, pale lesser ones.
const (
	white = "#ffffff"
	pale  = "#ffffffcc"
)

// row puts boxes beside each other, in the middle of its height.
func row(gap int, inside ...sketch.Box) sketch.Box {
	return sketch.Box{Axis: sketch.Row, Cross: sketch.Center, Gap: gap, Inside: drawn(inside)}
}

// column puts boxes below each other.
func column(gap int, inside ...sketch.Box) sketch.Box {
	return sketch.Box{Gap: gap, Inside: drawn(inside)}
}

// stack puts boxes above each other in the same place.
func stack(inside ...sketch.Box) sketch.Box {
	return sketch.Box{Axis: sketch.Stack, Inside: drawn(inside)}
}

// drawn leaves out what shows nothing, so that no gap is left for it.
func drawn(boxes []sketch.Box) []sketch.Box {
	var out []sketch.Box
	for _, b := range boxes {
		if len(b.Inside) > 0 || !b.Text.Empty() || b.Icon.Name != "" || b.Picture.Src != "" || b.Grow > 0 || b.Fill != "" || b.Shade != [2]string{} {
			out = append(out, b)
		}
	}
	return out
}

// text is a paragraph.
func text(size int, color, words string) sketch.Box {
	return sketch.Box{Text: sketch.Text{Runs: []sketch.Run{{Words: words, Color: color}}, Size: size}}
}

// bold is a paragraph in bold letters.
func bold(size int, color, words string) sketch.Box {
	b := text(size, color, words)
	b.Text.Runs[0].Bold = true
	return b
}

// lines is a paragraph of at most so many lines.
func lines(most int, b sketch.Box) sketch.Box {
	b.Text.Lines = most
	return b
}

// centered is a paragraph with its lines in the middle.
func centered(b sketch.Box) sketch.Box {
	b.Text.Align = sketch.Center
	return b
}

// icon is one of the icons.
func icon(name string, size int, color string) sketch.Box {
	return sketch.Box{Icon: sketch.Icon{Name: name, Size: size, Color: color}, Width: size, Height: size}
}

// pad sets the padding of a box.
func pad(b sketch.Box, top, right, bottom, left int) sketch.Box {
	b.Pad = [4]int{top, right, bottom, left}
	return b
}

// grow lets a box take what is left.
func grow(b sketch.Box) sketch.Box {
	b.Grow = 1
	return b
}

// space takes what is left and shows nothing.
func space() sketch.Box { return sketch.Box{Grow: 1} }

// filled gives a box a colour and round corners.
func filled(b sketch.Box, color string, radius int) sketch.Box {
	b.Fill, b.Radius = color, radius
	return b
}

// block is a plain area that hints at something.
func block(width, height, radius int, color string) sketch.Box {
	return sketch.Box{Width: width, Height: height, Fill: color, Radius: radius}
}

// rule is a line across.
func rule(color string) sketch.Box { return sketch.Box{Height: 1, Fill: color} }

// face is the picture of who speaks: a disc with the first letter.
func (k kit) face(size int) sketch.Box {
	letter := "·"
	if name := []rune(strings.TrimSpace(k.ad.Page)); len(name) > 0 {
		letter = strings.ToUpper(string(name[:1]))
	}
	return sketch.Box{Width: size, Height: size, Fill: "#4a5d7e", Radius: size / 2, Main: sketch.Center, Cross: sketch.Center,
		Inside: []sketch.Box{bold(size*45/100, white, letter)}}
}

// ringed is a face with a ring around it, as of one who has a story.
func (k kit) ringed(size int, color string) sketch.Box {
	face := k.face(size - 6)
	return sketch.Box{Width: size, Height: size, Radius: size / 2, Fill: color, Pad: [4]int{3, 3, 3, 3}, Inside: []sketch.Box{face}}
}

// sponsored is what stands below a name.
func (k kit) sponsored() string {
	if k.ad.AI {
		return "Sponsored · AI info"
	}
	return "Sponsored"
}

// caption is the body, with a sign where it goes on.
func (k kit) caption(size int, ink, soft string) sketch.Box {
	b := text(size, ink, k.ad.Body)
	if k.ad.More {
		b.Text.Runs = append(b.Text.Runs, sketch.Run{Words: "… See more", Color: soft})
	}
	return b
}

// card is the first card.
func (k kit) first() Card { return k.ad.Cards[0] }

// pressed is a button of a card; nothing for one that has none.
func pressed(c Card, size int, label string) sketch.Box {
	if c.Button == "" {
		return sketch.Box{}
	}
	b := lines(1, centered(bold(size, label, c.Button)))
	return sketch.Box{Cross: sketch.Center, Main: sketch.Center, Link: c.Link, Inside: []sketch.Box{b}}
}

// view is the picture of a card at its own shape, with a sign on a video.
func (k kit) view(c Card) sketch.Box {
	b := k.filling(c)
	b.Aspect = c.Shape
	return b
}

// square is the picture of a card cut to a square.
func (k kit) square(c Card) sketch.Box {
	b := k.filling(c)
	b.Aspect = [2]int{1, 1}
	return b
}

// filling is the picture of a card, cut to the box that it is put in.
func (k kit) filling(c Card) sketch.Box {
	picture := sketch.Box{Picture: c.Picture, Label: c.Title}
	switch {
	case c.Sample:
		picture = sample()
	case c.Picture.Src == "":
		picture = sketch.Box{Fill: k.faint, Main: sketch.Center, Cross: sketch.Center, Inside: []sketch.Box{icon("film", 32, k.soft)}}
	}
	if !c.Video {
		return sketch.Box{Axis: sketch.Stack, Inside: []sketch.Box{picture}}
	}
	sign := filled(sketch.Box{Width: 56, Height: 56, Main: sketch.Center, Cross: sketch.Center, Inside: []sketch.Box{icon("play", 26, white)}}, "#00000099", 28)
	return sketch.Box{Axis: sketch.Stack, Inside: []sketch.Box{picture, {Main: sketch.Center, Cross: sketch.Center, Inside: []sketch.Box{sign}}}}
}

// screen is the picture of a card over a whole screen: one that is about as tall fills it, any other stands before itself, blurred.
func (k kit) screen(c Card) []sketch.Box {
	unknown := c.Shape[1] == 0
	if !unknown && c.Shape[0]*16*100 < c.Shape[1]*9*115 {
		return []sketch.Box{k.filling(c)}
	}
	behind := c.Picture
	behind.Blur = true
	layers := []sketch.Box{{Fill: "#14171c", Picture: behind}}
	if c.Picture.Src == "" {
		layers[0].Picture = sketch.Picture{}
	}
	if unknown {
		c.Picture.Whole = true
		return append(layers, k.filling(c))
	}
	return append(layers, sketch.Box{Main: sketch.Center, Inside: []sketch.Box{k.view(c)}})
}

// sample is a thing before a background of another colour, which stands for a picture that is being made.
func sample() sketch.Box {
	jar := sketch.Box{Cross: sketch.Center, Inside: []sketch.Box{block(58, 16, 5, "#8a5a3c"), filled(sketch.Box{Width: 96, Height: 104, Shade: [2]string{"#fff7ec", "#f1dfc6"},
		Main: sketch.Center, Cross: sketch.Center, Inside: []sketch.Box{block(58, 34, 4, "#c9855a")}}, "#fff7ec", 16)}}
	words := filled(pad(bold(12, "#4a3b31", "Example: yours is being made"), 5, 11, 5, 11), "#ffffffcc", 12)
	return sketch.Box{Fill: "#f6d9c4", Shade: [2]string{"#f9e3d0", "#e9b99a"}, Cross: sketch.Center, Inside: []sketch.Box{space(), jar, space(), words, {Height: 14}}}
}
