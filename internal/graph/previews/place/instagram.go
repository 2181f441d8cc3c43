package place

import "github.com/marquetry/marquetry/internal/graph/previews/sketch"

// ringColor is that of the ring around faces.
const ringColor = "#d8437a"

// gramPost is a post: head, picture, the bar that leads away, signs, caption.
func (k kit) gramPost() sketch.Box {
	c := k.first()
	name := grow(column(0, lines(1, bold(14, k.ink, k.ad.Page)), text(12, k.ink, k.sponsored())))
	head := pad(row(10, k.ringed(36, ringColor), name, icon("more", 20, k.ink)), 8, 12, 8, 12)
	signs := pad(row(16, icon("heart", 25, k.ink), icon("round_bubble", 25, k.ink), icon("plane", 25, k.ink), space(), icon("bookmark", 25, k.ink)), 10, 12, 8, 12)
	caption := k.caption(14, k.ink, k.soft)
	caption.Text.Runs = append([]sketch.Run{{Words: k.ad.Page + " ", Bold: true, Color: k.ink}}, caption.Text.Runs...)
	return column(0, head, k.gramMedia(), k.bar(c), signs, pad(caption, 0, 12, 14, 12))
}

// gramMedia is the picture, or a carousel that is pushed along one by one, with dots.
func (k kit) gramMedia() sketch.Box {
	if len(k.ad.Cards) == 1 {
		return k.view(k.first())
	}
	all := sketch.Box{Axis: sketch.Row, Scrolls: true}
	dots := row(5)
	dots.Main = sketch.Center
	for i, c := range k.ad.Cards {
		one := k.square(c)
		one.Most = 600
		all.Inside = append(all.Inside, one)
		color := k.line
		if i == 0 {
			color = k.accent
		}
		dots.Inside = append(dots.Inside, block(6, 6, 3, color))
	}
	return column(0, all, pad(dots, 8, 0, 2, 0))
}

// bar is the line between picture and signs that leads away; nothing for an ad without a button.
func (k kit) bar(c Card) sketch.Box {
	if c.Button == "" {
		return sketch.Box{}
	}
	words := grow(column(0, lines(1, bold(14, white, c.Button))))
	b := pad(row(8, words, icon(k.on, 18, white)), 11, 12, 11, 12)
	b.Fill, b.Link = k.accent, c.Link
	return b
}

// phone puts something in the middle of a wide frame.
func (k kit) phone(inside ...sketch.Box) sketch.Box {
	b := column(0, inside...)
	b.Most = 600
	return filled(sketch.Box{Cross: sketch.Center, Inside: []sketch.Box{b}}, k.card, 0)
}

// instagramFeed is a post of the feed.
func (k kit) instagramFeed() sketch.Box { return k.phone(k.gramPost()) }

// instagramExplore is a post that follows one which was found.
func (k kit) instagramExplore() sketch.Box {
	title := grow(column(0, centered(bold(16, k.ink, "Explore"))))
	head := pad(row(10, icon(k.back, 24, k.ink), title, block(24, 24, 0, k.card)), 12, 12, 12, 12)
	return k.phone(head, rule(k.line), k.gramPost())
}

// instagramExploreGrid is a tall tile in the wall of pictures.
func (k kit) instagramExploreGrid() sketch.Box {
	tall := grow(sketch.Box{Axis: sketch.Stack, Inside: []sketch.Box{k.filling(k.first()), {Shade: [2]string{"#00000000", "#00000080"}},
		column(0, space(), pad(column(1, lines(1, bold(12, white, k.ad.Page)), text(11, white, k.sponsored())), 0, 8, 8, 8))}})
	tall.Link = k.first().Link
	pair := grow(column(2, k.tile(), k.tile()))
	wall := column(2,
		sketch.Box{Axis: sketch.Row, Gap: 2, Inside: []sketch.Box{pair, pair, tall}},
		row(2, grow(k.tile()), grow(k.tile()), grow(k.tile())),
		row(2, grow(k.tile()), grow(k.tile()), grow(k.tile())),
		row(2, grow(k.tile()), grow(k.tile()), grow(k.tile())))
	return k.phone(k.searchBar("Search"), wall)
}

// tile hints at a picture of somebody.
func (k kit) tile() sketch.Box { return sketch.Box{Aspect: [2]int{1, 1}, Fill: k.faint} }

// searchBar is a field to search with.
func (k kit) searchBar(words string) sketch.Box {
	field := grow(filled(pad(row(8, icon("search", 17, k.soft), text(15, k.soft, words)), 8, 12, 8, 12), k.button, 10))
	return pad(row(10, field), 10, 12, 10, 12)
}

// instagramSearch is a tile among the results of a search.
func (k kit) instagramSearch() sketch.Box {
	tab := func(words string, chosen bool) sketch.Box {
		ink, below := k.soft, k.card
		if chosen {
			ink, below = k.ink, k.ink
		}
		return grow(column(8, centered(bold(13, ink, words)), sketch.Box{Height: 2, Fill: below}))
	}
	c := k.first()
	words := pad(column(1, lines(2, bold(13, k.ink, c.Title)), lines(1, text(12, k.soft, k.ad.Page)), text(12, k.soft, k.sponsored())), 6, 8, 10, 8)
	ad := grow(column(0, k.view4by5(c), words))
	ad.Link = c.Link
	other := pad(column(6, block(100, 10, 5, k.faint), block(64, 9, 4, k.faint)), 8, 8, 10, 8)
	other.Cross = sketch.Start
	neighbour := grow(column(0, sketch.Box{Aspect: [2]int{4, 5}, Fill: k.faint}, other))
	first := row(2, ad, neighbour)
	first.Cross = sketch.Start
	return k.phone(k.searchBar("table lamps"), row(0, tab("For you", true), tab("Accounts", false), tab("Reels", false), tab("Places", false)), rule(k.line), first, row(2, neighbour, neighbour))
}

// view4by5 is the picture of a card cut to that ratio.
func (k kit) view4by5(c Card) sketch.Box {
	b := k.filling(c)
	b.Aspect = [2]int{4, 5}
	return b
}
