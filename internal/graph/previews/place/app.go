package place

import "github.com/marquetry/marquetry/internal/graph/previews/sketch"

// chat hints at a talk in the inbox.
func (k kit) chat(name, words int) sketch.Box {
	lines := grow(column(7, block(name, 11, 5, k.faint), block(words, 10, 5, k.faint)))
	lines.Cross = sketch.Start
	return pad(row(12, block(48, 48, 24, k.faint), lines), 8, 14, 8, 14)
}

// messengerInbox is a row among talks, with its picture at the end.
func (k kit) messengerInbox() sketch.Box {
	c := k.first()
	head := pad(row(16, grow(bold(22, k.ink, "Chats")), icon("camera", 22, k.ink), icon("square_plus", 22, k.ink)), 14, 14, 8, 14)
	search := pad(column(0, filled(pad(row(8, icon("search", 16, k.soft), text(14, k.soft, "Search")), 8, 12, 8, 12), k.button, 18)), 0, 14, 8, 14)
	who := column(1, lines(1, bold(15, k.ink, k.ad.Page)), text(12, k.soft, k.sponsored()))
	said := lines(2, k.caption(13, k.soft, k.soft))
	if k.ad.Body == "" {
		said = lines(2, text(13, k.soft, c.Title))
	}
	picture := k.square(c)
	picture.Width, picture.Radius = 72, 10
	words := grow(column(3, who, said))
	words.Inside = append(words.Inside, pad(row(0, k.inboxButton(c)), 4, 0, 0, 0))
	ad := pad(row(12, k.face(48), words, picture), 10, 14, 10, 14)
	ad.Cross, ad.Fill = sketch.Start, k.theme.strip
	return k.phone(head, search, k.chat(110, 170), ad, k.chat(90, 140), k.chat(130, 190), k.chat(80, 150))
}

// inboxButton is small.
func (k kit) inboxButton(c Card) sketch.Box {
	if c.Button == "" {
		return sketch.Box{}
	}
	return pad(filled(pressed(c, 13, white), k.accent, 14), 5, 12, 5, 12)
}

// article hints at what an app shows: a headline and paragraphs.
func (k kit) article(paragraphs int) sketch.Box {
	b := sketch.Box{Gap: 9, Cross: sketch.Start, Inside: []sketch.Box{block(190, 15, 7, k.faint)}}
	for range paragraphs {
		for _, wide := range []int{270, 284, 210} {
			b.Inside = append(b.Inside, block(wide, 10, 5, k.faint))
		}
	}
	return b
}

// appBar is the head of somebody's app.
func (k kit) appBar() sketch.Box {
	b := pad(row(14, icon("menu", 20, k.soft), block(110, 12, 6, k.faint), space(), icon("search", 20, k.soft)), 12, 14, 12, 14)
	b.Fill = k.card
	return b
}

// badge says that it is an ad.
func (k kit) badge() sketch.Box {
	words := "Ad"
	if k.ad.AI {
		words = "Ad · AI info"
	}
	return filled(pad(bold(10, "#ffffff", words), 1, 4, 1, 4), "#8a909a", 3)
}

// appButton is in the accent of the app; nothing for an ad without one.
func (k kit) appButton(c Card, size int, padding [4]int) sketch.Box {
	if c.Button == "" {
		return sketch.Box{}
	}
	b := filled(pressed(c, size, k.label), k.button, 6)
	b.Pad = padding
	return b
}

// appBanner is a band of 50 pixels at the lower end of an app.
func (k kit) appBanner() sketch.Box {
	c := k.first()
	picture := k.square(c)
	picture.Width, picture.Radius = 40, 5
	words := grow(column(1, lines(1, bold(13, k.ink, orName(c.Title, k.ad.Page))), row(5, k.badge(), grow(lines(1, text(11, k.soft, k.ad.Page))))))
	band := pad(row(8, picture, words, k.appButton(c, 12, [4]int{7, 10, 7, 10})), 5, 8, 5, 8)
	band.Fill = k.card
	return sketch.Box{Fill: k.page, Inside: []sketch.Box{pad(grow(k.article(1)), 12, 14, 0, 14), rule(k.line), band}}
}

// appNative is a card among those of an app.
func (k kit) appNative() sketch.Box {
	c := k.first()
	head := row(10, k.face(36), grow(column(1, lines(1, bold(15, k.ink, k.ad.Page)), row(5, k.badge(), text(12, k.soft, k.sponsored())))), icon("more_down", 18, k.soft))
	words := grow(column(2, lines(2, bold(16, k.ink, c.Title)), lines(2, k.caption(13, k.soft, k.soft))))
	foot := row(12, words, k.appButton(c, 14, [4]int{9, 14, 9, 14}))
	card := filled(column(0, pad(head, 12, 12, 12, 12), k.view(c), pad(foot, 12, 12, 12, 12)), k.card, 12)
	card.Edge = k.line
	other := filled(pad(row(12, block(64, 64, 8, k.faint), grow(k.article(0))), 12, 12, 12, 12), k.card, 12)
	return k.inApp(k.appBar(), pad(column(10, other, card, other), 10, 10, 10, 10))
}

// inApp puts an app into the middle of a wide frame.
func (k kit) inApp(inside ...sketch.Box) sketch.Box {
	b := k.phone(inside...)
	b.Fill = k.page
	return b
}

// appRectangle is 300 by 250 pixels in a text.
func (k kit) appRectangle() sketch.Box {
	c := k.first()
	picture := grow(k.filling(c))
	words := grow(column(1, lines(1, bold(14, k.ink, orName(c.Title, k.ad.Page))), row(5, k.badge(), grow(lines(1, text(11, k.soft, k.ad.Page))))))
	foot := pad(row(10, words, k.appButton(c, 13, [4]int{8, 12, 8, 12})), 9, 10, 9, 10)
	ad := filled(column(0, picture, foot), k.card, 0)
	ad.Width, ad.Height, ad.Edge = 300, 250, k.line
	middle := sketch.Box{Cross: sketch.Center, Inside: []sketch.Box{ad}}
	return k.inApp(k.appBar(), pad(column(16, pad(k.article(1), 0, 8, 0, 8), middle, pad(k.article(1), 0, 8, 0, 8)), 16, 6, 16, 6))
}

// closing is the round sign at the corner of a full screen.
func closing(name string) sketch.Box {
	return filled(sketch.Box{Width: 30, Height: 30, Main: sketch.Center, Cross: sketch.Center, Inside: []sketch.Box{icon(name, 16, white)}}, "#00000099", 15)
}

// appInterstitial takes the whole screen between two pages of an app.
func (k kit) appInterstitial() sketch.Box {
	c := k.first()
	over := column(0, row(8, filled(pad(bold(12, white, k.sponsored()), 4, 9, 4, 9), "#00000099", 6), space(), closing("close")), space())
	picture := grow(stack(append(k.screen(c), pad(over, 12, 12, 12, 12))...))
	who := row(10, k.face(44), grow(column(2, lines(2, bold(17, k.ink, orName(c.Title, k.ad.Page))), lines(1, text(13, k.soft, k.ad.Page)))))
	panel := pad(column(12, who, lines(3, k.caption(14, k.ink, k.soft)), k.appButton(c, 16, [4]int{13, 12, 13, 12})), 16, 16, 20, 16)
	panel.Fill = k.card
	return column(0, picture, panel)
}

// appRewarded is a video that has to be seen for a reward, with the time that is left.
func (k kit) appRewarded() sketch.Box {
	c := k.first()
	left := filled(pad(row(6, icon("play", 12, white), bold(12, white, "Reward in 15 s")), 6, 11, 6, 9), "#00000099", 14)
	head := row(8, left, space(), filled(pad(row(0, icon("sound", 16, white)), 7, 7, 7, 7), "#00000099", 15))
	words := grow(column(2, lines(1, bold(15, k.ink, orName(c.Title, k.ad.Page))), row(5, k.badge(), grow(lines(1, text(12, k.soft, k.ad.Page))))))
	panel := filled(pad(column(12, row(10, k.face(44), words), k.appButton(c, 15, [4]int{12, 12, 12, 12})), 14, 14, 14, 14), k.card, 14)
	far := row(0, sketch.Box{Grow: 2, Height: 4, Fill: "#f5c542"}, sketch.Box{Grow: 3, Height: 4, Fill: "#ffffff4d"})
	return stack(append(k.screen(c), dusk(), column(0, far, pad(head, 12, 12, 0, 12), space(), pad(column(0, panel), 0, 12, 16, 12)))...)
}
