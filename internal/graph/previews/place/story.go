package place

import "github.com/marquetry/marquetry/internal/graph/previews/sketch"

// Darkness over the upper and the lower end of a picture, so that words can be read.
func dusk() sketch.Box {
	return sketch.Box{Inside: []sketch.Box{{Grow: 22, Shade: [2]string{"#00000080", "#00000000"}}, {Grow: 38}, {Grow: 40, Shade: [2]string{"#00000000", "#000000b3"}}}}
}

// progress are the bars that say how far a series of stories is: a seen one, the one that runs, and more.
func progress(bars int) sketch.Box {
	b := row(4)
	for i := range bars {
		if i == bars/2 {
			half := row(0, sketch.Box{Grow: 2, Height: 2, Fill: white}, sketch.Box{Grow: 3, Height: 2, Fill: "#ffffff66"})
			b.Inside = append(b.Inside, grow(half))
			continue
		}
		color := "#ffffff66"
		if i < bars/2 {
			color = white
		}
		b.Inside = append(b.Inside, sketch.Box{Grow: 1, Height: 2, Fill: color, Radius: 1})
	}
	return b
}

// name is who speaks over a picture.
func (k kit) name(size int) sketch.Box {
	return grow(column(0, lines(1, bold(size, white, k.ad.Page)), text(size-2, pale, k.sponsored())))
}

// pill is a white button with round ends; nothing for an ad without one.
func (k kit) pill(c Card, sign string) sketch.Box {
	if c.Button == "" {
		return sketch.Box{}
	}
	words := row(7, bold(15, "#111214", c.Button))
	if sign != "" {
		words.Inside = append([]sketch.Box{icon(sign, 18, "#111214")}, words.Inside...)
	}
	b := filled(pad(words, 10, 20, 10, 18), white, 22)
	b.Link = c.Link
	return b
}

// telling are the title and the body over a picture, in the middle.
func (k kit) telling(c Card) sketch.Box {
	b := column(4, lines(2, centered(bold(17, white, c.Title))), lines(3, centered(k.caption(14, white, pale))))
	b.Cross = sketch.Center
	return b
}

// over puts controls over the picture of a screen.
func (k kit) over(controls sketch.Box) sketch.Box {
	return stack(append(k.screen(k.first()), dusk(), controls)...)
}

// facebookStory has three bars, a head, and a button to be pulled up.
func (k kit) facebookStory() sketch.Box {
	c := k.first()
	head := row(10, k.face(36), k.name(14), icon("more", 22, white), icon("close", 24, white))
	foot := column(8, k.telling(c), icon("up", 22, white), k.pill(c, ""))
	foot.Cross = sketch.Center
	return k.over(column(0, pad(progress(3), 10, 10, 8, 10), pad(head, 0, 12, 0, 12), space(), pad(foot, 0, 18, 22, 18)))
}

// instagramStory has one bar, a face with a ring, and a button that looks like a link.
func (k kit) instagramStory() sketch.Box {
	c := k.first()
	head := row(10, k.ringed(36, ringColor), k.name(14), icon("more", 22, white), icon("close", 24, white))
	foot := column(14, k.telling(c), k.pill(c, "link"))
	foot.Cross = sketch.Center
	signs := row(18, space(), icon("heart", 24, white), icon("plane", 24, white))
	return k.over(column(0, pad(progress(1), 10, 10, 8, 10), pad(head, 0, 12, 0, 12), space(), pad(foot, 0, 18, 12, 18), pad(signs, 0, 16, 16, 16)))
}

// messengerStory has a way back, and a field to answer with.
func (k kit) messengerStory() sketch.Box {
	c := k.first()
	head := row(10, icon(k.back, 24, white), k.face(32), k.name(14), icon("more", 22, white))
	field := grow(pad(row(0, text(14, pale, "Send message")), 10, 16, 10, 16))
	field.Radius, field.Edge = 20, "#ffffff99"
	reply := row(12, field, icon("heart", 24, white), icon("smile", 24, white))
	foot := column(14, k.telling(c), k.pill(c, ""))
	foot.Cross = sketch.Center
	return k.over(column(0, pad(progress(2), 10, 10, 8, 10), pad(head, 0, 12, 0, 8), space(), pad(foot, 0, 18, 14, 18), pad(reply, 0, 14, 16, 14)))
}

// whatsappStatus has its caption on a dark band, and the button as a line below.
func (k kit) whatsappStatus() sketch.Box {
	c := k.first()
	head := row(10, icon(k.back, 24, white), k.face(36), k.name(15), icon("more_down", 22, white))
	words := pad(column(4, lines(2, centered(bold(16, white, c.Title))), lines(3, centered(k.caption(15, white, pale)))), 12, 18, 12, 18)
	words.Fill = "#00000080"
	button := sketch.Box{}
	if c.Button != "" {
		button = pad(row(8, icon("link", 18, "#0b141a"), bold(15, "#0b141a", c.Button)), 12, 16, 12, 16)
		button.Main, button.Fill, button.Radius, button.Link = sketch.Center, "#25c466", 24, c.Link
		button = pad(column(0, button), 10, 18, 18, 18)
		button.Fill = "#00000080"
	}
	return k.over(column(0, pad(progress(3), 10, 8, 8, 8), pad(head, 0, 10, 0, 6), space(), words, button))
}

// side is a column of controls with words below them.
func side(names ...string) sketch.Box {
	b := sketch.Box{Gap: 20, Cross: sketch.Center}
	for _, name := range names {
		b.Inside = append(b.Inside, icon(name, 28, white))
	}
	return b
}

// facebookReels has its controls at the side, and a broad button.
func (k kit) facebookReels() sketch.Box {
	c := k.first()
	head := row(16, icon(k.back, 24, white), bold(18, white, "Reels"), space(), icon("search", 24, white), icon("person", 24, white))
	who := row(10, k.face(34), k.name(14))
	song := row(6, icon("note", 14, white), lines(1, text(12, pale, "Original audio")))
	words := grow(column(10, who, lines(1, bold(15, white, c.Title)), lines(2, k.caption(14, white, pale)), song))
	foot := row(14, words, side("thumb", "bubble", "forward", "more"))
	foot.Cross = sketch.End
	button := filled(pad(pressed(c, 15, "#111214"), 11, 12, 11, 12), white, 8)
	if c.Button == "" {
		button = sketch.Box{}
	}
	return k.over(column(0, pad(head, 14, 14, 0, 12), space(), pad(foot, 0, 14, 12, 14), pad(column(0, button), 0, 14, 16, 14)))
}

// instagramReels has its controls at the side, the record that plays, and how far it is.
func (k kit) instagramReels() sketch.Box {
	c := k.first()
	head := row(12, bold(22, white, "Reels"), icon("down", 16, white), space(), icon("camera", 26, white))
	record := filled(sketch.Box{Width: 28, Height: 28, Edge: white, Main: sketch.Center, Cross: sketch.Center, Inside: []sketch.Box{icon("note", 14, white)}}, "#3b4252", 7)
	signs := side("heart", "round_bubble", "plane", "more")
	signs.Inside = append(signs.Inside, record)
	button := filled(pad(row(6, grow(column(0, lines(1, bold(14, white, c.Button)))), icon(k.on, 16, white)), 9, 10, 9, 12), "#ffffff40", 8)
	if button.Link = c.Link; c.Button == "" {
		button = sketch.Box{}
	}
	words := grow(column(10, row(10, k.ringed(36, ringColor), k.name(14)), button, lines(2, k.caption(14, white, pale))))
	foot := row(14, words, signs)
	foot.Cross = sketch.End
	far := row(0, sketch.Box{Grow: 2, Height: 2, Fill: white}, sketch.Box{Grow: 5, Height: 2, Fill: "#ffffff4d"})
	return k.over(column(0, pad(head, 14, 14, 0, 14), space(), pad(foot, 0, 12, 16, 14), far))
}

// reelsBanner is a band over somebody's reel.
func (k kit) reelsBanner() sketch.Box {
	c := k.first()
	picture := k.square(c)
	picture.Width, picture.Radius = 44, 6
	words := grow(column(0, lines(1, bold(14, "#111214", orName(c.Title, k.ad.Page))), lines(1, text(12, "#5b6068", k.ad.Page+" · "+k.sponsored()))))
	button := pad(filled(pressed(c, 13, white), "#0866ff", 6), 8, 10, 8, 10)
	if c.Button == "" {
		button = sketch.Box{}
	}
	band := filled(pad(row(10, picture, words, button), 8, 8, 8, 8), "#fffffff2", 10)
	somebody := row(8, block(30, 30, 15, "#ffffff40"), column(5, block(110, 9, 4, "#ffffff59"), block(70, 8, 4, "#ffffff40")))
	return sketch.Box{Shade: [2]string{"#454f63", "#1c2029"}, Fill: "#1c2029", Inside: []sketch.Box{
		space(), pad(somebody, 0, 10, 8, 10), pad(column(0, band), 0, 8, 8, 8)}}
}

// orName is a title, or a name where there is none.
func orName(title, name string) string {
	if title == "" {
		return name
	}
	return title
}
