package place

import (
	"strings"

	"github.com/marquetry/marquetry/internal/graph/previews/sketch"
)

// who is the head of a post: face, name and what stands below it.
func (k kit) who(controls ...sketch.Box) sketch.Box {
	below := row(4, text(13, k.soft, k.sponsored()), text(13, k.soft, "·"), icon("globe", 12, k.soft))
	name := grow(column(1, lines(2, bold(15, k.ink, k.ad.Page)), below))
	return pad(row(10, append([]sketch.Box{k.face(40), name}, controls...)...), 12, 12, 10, 12)
}

// strip is what stands below the picture of a link: host, title, description and button.
func (k kit) strip(c Card) sketch.Box {
	words := grow(column(2, lines(1, text(13, k.soft, strings.ToUpper(k.ad.Display))), lines(2, bold(16, k.ink, c.Title)), lines(1, text(14, k.soft, c.Description))))
	button := pad(filled(pressed(c, 15, k.label), k.button, 6), 8, 12, 8, 12)
	if c.Button == "" {
		button = sketch.Box{}
	}
	if len(words.Inside) == 0 && c.Button == "" {
		return sketch.Box{}
	}
	return filled(pad(row(12, words, button), 10, 12, 10, 12), k.theme.strip, 0)
}

// reactions are what a viewer may do with a post.
func (k kit) reactions() sketch.Box {
	one := func(name, words string) sketch.Box {
		b := grow(row(7, icon(name, 20, k.soft), bold(14, k.soft, words)))
		b.Main = sketch.Center
		return b
	}
	return column(0, pad(column(0, rule(k.line)), 0, 12, 0, 12), pad(row(0, one("thumb", "Like"), one("bubble", "Comment"), one("forward", "Share")), 10, 6, 10, 6))
}

// media are the pictures of a post with what belongs to them: one, or a carousel to be pushed along.
func (k kit) media() sketch.Box {
	if len(k.ad.Cards) == 1 {
		return column(0, k.view(k.first()), k.strip(k.first()))
	}
	all := sketch.Box{Axis: sketch.Row, Scrolls: true, Gap: 8}
	for _, c := range k.ad.Cards {
		strip := k.strip(c)
		strip.Axis, strip.Cross = sketch.Column, sketch.Stretch // there is no room for a button beside the words
		for i := range strip.Inside {
			strip.Inside[i].Grow = 0
		}
		one := column(0, k.square(c), strip)
		one.Width, one.Radius, one.Edge = 240, 8, k.line
		all.Inside = append(all.Inside, one)
	}
	return pad(all, 0, 12, 10, 12)
}

// post is a post of a feed.
func (k kit) post(controls ...sketch.Box) sketch.Box {
	body := pad(k.caption(15, k.ink, k.soft), 0, 12, 10, 12)
	if k.ad.Body == "" {
		body = sketch.Box{}
	}
	return filled(column(0, k.who(controls...), body, k.media(), k.reactions()), k.card, 0)
}

// desktopFeed is a card on a wide page.
func (k kit) desktopFeed() sketch.Box {
	post := k.post(icon("more", 20, k.soft), icon("close", 20, k.soft))
	post.Radius, post.Most, post.Edge = 10, 540, k.line
	return pad(sketch.Box{Cross: sketch.Center, Inside: []sketch.Box{post}}, 8, 8, 12, 8)
}

// mobileFeed is a post between two others, from edge to edge.
func (k kit) mobileFeed() sketch.Box {
	next := filled(pad(row(10, block(40, 40, 20, k.faint), grow(column(6, block(120, 11, 5, k.faint), block(72, 9, 4, k.faint)))), 12, 12, 14, 12), k.card, 0)
	return sketch.Box{Cross: sketch.Center, Inside: []sketch.Box{{Most: 540, Gap: 6, Inside: []sketch.Box{k.post(icon("more", 20, k.soft), icon("close", 20, k.soft)), next}}}}
}

// rightColumn is a small picture with a title beside the feed.
func (k kit) rightColumn() sketch.Box {
	c := k.first()
	picture := k.view(c)
	picture.Radius = 8
	words := column(1, lines(1, bold(14, k.ink, c.Title)), lines(1, text(12, k.soft, k.ad.Display)))
	words.Link = c.Link
	b := column(8, row(6, grow(bold(13, k.soft, k.sponsored())), icon("more", 16, k.soft)), picture, words)
	b.Most = 340
	return filled(pad(sketch.Box{Cross: sketch.Center, Inside: []sketch.Box{b}}, 8, 10, 8, 10), k.card, 0)
}

// marketplace is a tile among things that people sell.
func (k kit) marketplace() sketch.Box {
	c := k.first()
	chip := func(name, words string) sketch.Box {
		return filled(pad(row(6, icon(name, 16, k.ink), bold(13, k.ink, words)), 7, 12, 7, 12), k.button, 16)
	}
	head := pad(row(14, grow(bold(22, k.ink, "Marketplace")), icon("person", 22, k.ink), icon("search", 22, k.ink)), 14, 14, 10, 14)
	chips := pad(row(8, chip("square_plus", "Sell"), chip("menu", "Categories")), 0, 14, 12, 14)
	picture := k.square(c)
	picture.Radius = 8
	words := column(2, lines(2, bold(14, k.ink, c.Title)), lines(1, text(12, k.soft, k.ad.Page)), text(12, k.soft, k.sponsored()))
	tile := grow(column(7, picture, words, pad(filled(pressed(c, 13, k.label), k.button, 6), 7, 8, 7, 8)))
	if c.Button == "" {
		tile.Inside = tile.Inside[:2]
	}
	tile.Link = c.Link
	tiles := row(8, k.goods(), tile)
	tiles.Cross = sketch.Start
	more := row(8, k.goods(), k.goods())
	b := column(0, head, chips, pad(column(14, tiles, more), 0, 8, 14, 8))
	b.Most = 540
	return filled(sketch.Box{Cross: sketch.Center, Inside: []sketch.Box{b}}, k.card, 0)
}

// goods hints at something that a neighbour sells.
func (k kit) goods() sketch.Box {
	picture := filled(sketch.Box{Aspect: [2]int{1, 1}}, k.faint, 8)
	words := column(6, block(56, 11, 5, k.faint), block(96, 10, 5, k.faint))
	words.Cross = sketch.Start
	return grow(column(8, picture, words))
}

// instreamVideo is an ad that interrupts a video: the player, and below it what the ad leads to.
func (k kit) instreamVideo() sketch.Box {
	c := k.first()
	badge := filled(pad(row(5, bold(12, "#1b1b1b", "Ad"), text(12, "#1b1b1b", "0:15")), 3, 8, 3, 8), "#f5c542", 4)
	bar := row(0, sketch.Box{Grow: 2, Height: 3, Fill: "#f5c542"}, sketch.Box{Grow: 3, Height: 3, Fill: "#ffffff66"})
	controls := pad(row(12, icon("play", 18, white), icon("sound", 18, white), space(), icon("grid", 16, white)), 6, 10, 8, 10)
	over := column(0, pad(row(0, badge, space(), filled(pad(bold(12, white, k.sponsored()), 3, 8, 3, 8), "#00000080", 4)), 10, 10, 0, 10), space(), bar, controls)
	player := sketch.Box{Axis: sketch.Stack, Aspect: [2]int{16, 9}, Fill: "#000000", Inside: []sketch.Box{k.filling(c), {Shade: [2]string{"#00000033", "#00000099"}}, over}}
	link := k.strip(c)
	who := pad(row(10, k.face(36), grow(column(1, lines(1, bold(15, k.ink, k.ad.Page)), lines(2, k.caption(13, k.soft, k.soft))))), 12, 12, 12, 12)
	b := filled(column(0, player, link, who, rule(k.line), pad(column(8, block(180, 12, 6, k.faint), block(120, 10, 5, k.faint)), 14, 12, 14, 12)), k.card, 0)
	b.Inside[len(b.Inside)-1].Cross = sketch.Start
	b.Most = 720
	return sketch.Box{Cross: sketch.Center, Inside: []sketch.Box{b}}
}

// threadsFeed is a post in a column of threads, with the line that leads on.
func (k kit) threadsFeed() sketch.Box {
	c := k.first()
	picture := k.view(c)
	picture.Radius, picture.Edge = 12, k.line
	words := column(2, lines(1, text(12, k.soft, k.ad.Display)), lines(2, bold(14, k.ink, c.Title)))
	button := pad(filled(pressed(c, 13, k.label), k.button, 8), 7, 12, 7, 12)
	if c.Button == "" {
		button = sketch.Box{}
	}
	link := filled(pad(row(10, grow(words), button), 10, 12, 10, 12), k.theme.strip, 12)
	actions := row(20, icon("heart", 20, k.ink), icon("round_bubble", 20, k.ink), icon("repeat", 20, k.ink), icon("plane", 20, k.ink))
	name := grow(column(1, lines(1, bold(15, k.ink, k.ad.Page)), lines(1, text(13, k.soft, k.sponsored()))))
	right := grow(column(8, column(5, row(6, name, icon("more", 18, k.soft)), k.caption(15, k.ink, k.soft)), picture, link, pad(actions, 4, 0, 0, 0)))
	line := sketch.Box{Grow: 1, Width: 2, Fill: k.line, Radius: 1}
	left := sketch.Box{Cross: sketch.Center, Gap: 8, Inside: []sketch.Box{k.face(36), line}}
	post := pad(sketch.Box{Axis: sketch.Row, Gap: 12, Inside: []sketch.Box{left, right}}, 12, 14, 14, 14)
	next := pad(row(12, block(36, 36, 18, k.faint), grow(column(7, block(120, 11, 5, k.faint), block(190, 10, 5, k.faint)))), 14, 14, 14, 14)
	next.Inside[1].Cross = sketch.Start
	b := column(0, post, rule(k.line), next)
	b.Most = 600
	return filled(sketch.Box{Cross: sketch.Center, Inside: []sketch.Box{b}}, k.card, 0)
}
