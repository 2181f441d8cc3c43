// Package place draws an ad as the places of the platforms show it: every place that differs has a layout of its own, with the controls, bars
// and neighbours that stand around an ad there. The drawings are ours: no picture, mark or font of a platform is used. It is pure.
package place

import (
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/graph/previews/sketch"
)

// Ad is what an ad shows.
type Ad struct {
	Page    string // name of who speaks
	Body    string // as much of it as the place shows
	More    bool   // it goes on
	Display string // host of the link
	Cards   []Card // one, or those of a carousel
	AI      bool   // a model made a picture or a text of it
	Note    string // about the drawing, "" for none
}

// Card is a picture with what leads away from it.
type Card struct {
	Picture     sketch.Picture
	Shape       [2]int // of the picture, width to height; zero when it is not known, over a full screen
	Video       bool
	Sample      bool // an example stands for the picture, which is being made
	Title       string
	Description string
	Button      string // what it says
	Link        string
}

// View is how an ad is looked at.
type View struct {
	Dark     bool
	Mirrored bool // as read from right to left
	Safe     bool // with what the controls of the place cover, where it has a full screen
}

// layout is a way to draw.
type layout struct {
	name   string
	theme  string
	full   bool   // as high as its frame
	covers covers // what its controls cover, of a full screen
	draw   func(k kit) sketch.Box
}

// layouts are all of them. What stories and reels should keep free is the platform's advice to advertisers.
func layouts() []layout {
	story, reels := covers{top: 14, bottom: 20}, covers{top: 14, bottom: 35, sides: 6}
	return []layout{
		{"desktop_feed", "facebook", false, covers{}, kit.desktopFeed},
		{"mobile_feed", "facebook", false, covers{}, kit.mobileFeed},
		{"right_column", "facebook", false, covers{}, kit.rightColumn},
		{"marketplace", "facebook", false, covers{}, kit.marketplace},
		{"facebook_story", "facebook", true, story, kit.facebookStory},
		{"facebook_reels", "facebook", true, reels, kit.facebookReels},
		{"reels_banner", "facebook", true, covers{}, kit.reelsBanner},
		{"instream_video", "facebook", false, covers{}, kit.instreamVideo},
		{"instagram_feed", "instagram", false, covers{}, kit.instagramFeed},
		{"instagram_explore", "instagram", false, covers{}, kit.instagramExplore},
		{"instagram_explore_grid", "instagram", false, covers{}, kit.instagramExploreGrid},
		{"instagram_search", "instagram", false, covers{}, kit.instagramSearch},
		{"instagram_story", "instagram", true, story, kit.instagramStory},
		{"instagram_reels", "instagram", true, reels, kit.instagramReels},
		{"messenger_inbox", "messenger", false, covers{}, kit.messengerInbox},
		{"messenger_story", "messenger", true, story, kit.messengerStory},
		{"whatsapp_status", "whatsapp", true, story, kit.whatsappStatus},
		{"threads_feed", "threads", false, covers{}, kit.threadsFeed},
		{"app_banner", "app", true, covers{}, kit.appBanner},
		{"app_native", "app", false, covers{}, kit.appNative},
		{"app_rectangle", "app", false, covers{}, kit.appRectangle},
		{"app_interstitial", "app", true, covers{}, kit.appInterstitial},
		{"app_rewarded", "app", true, covers{}, kit.appRewarded},
	}
}

// Names are the layouts that there are.
func Names() []string {
	var names []string
	for _, l := range layouts() {
		names = append(names, l.name)
	}
	return names
}

// Full reports whether a layout fills its frame, so that a picture of another shape is set before a blurred one instead of being cut.
func Full(name string) bool {
	return slices.ContainsFunc(layouts(), func(l layout) bool { return l.name == name && l.full && !strings.HasPrefix(name, "app_banner") })
}

// Draw draws an ad, which has at least one card, in a layout; an unknown one is as the mobile feed.
func Draw(name string, ad Ad, view View) sketch.Page {
	all := layouts()
	l := all[max(0, slices.IndexFunc(all, func(l layout) bool { return l.name == name }))]
	k := kit{themeOf(l.theme, view.Dark), ad, "left", "right"}
	if view.Mirrored {
		k.back, k.on = k.on, k.back
	}
	root := l.draw(k)
	background := k.page
	if l.full {
		background = "#000000"
		if view.Safe && l.covers != (covers{}) {
			root = stack(root, l.covers.draw())
		}
		root.Most, root.Grow = widestPhone, 1
		root = sketch.Box{Cross: sketch.Center, Inside: []sketch.Box{root}}
	}
	if ad.Note != "" {
		root.Inside = append(root.Inside, k.note())
	}
	return sketch.Page{Title: ad.Page, Root: root, Background: background, Mirrored: view.Mirrored, Full: l.full}
}

// widestPhone is how wide a full screen is drawn on larger frames.
const widestPhone = 430

// note is a line below the drawing.
func (k kit) note() sketch.Box {
	b := text(11, k.soft, k.ad.Note)
	b.Text.Align = sketch.Center
	b = pad(b, 6, 10, 8, 10)
	b.Fill = k.card
	return b
}

// covers is how much of a full screen is covered by controls, in hundredths of its height or width: what the platform advises to keep free.
type covers struct{ top, bottom, sides int }

// draw lays soft red over what is covered, and a line around what is free.
func (c covers) draw() sketch.Box {
	const veil, line = "#e0245e59", "#ff5c8a"
	area := func(grow int) sketch.Box { return sketch.Box{Grow: grow, Fill: veil} }
	free := sketch.Box{Grow: 100 - 2*c.sides, Edge: line}
	middle := sketch.Box{Axis: sketch.Row, Grow: 100 - c.top - c.bottom, Inside: []sketch.Box{free}}
	if c.sides > 0 {
		middle.Inside = []sketch.Box{area(c.sides), free, area(c.sides)}
	}
	return sketch.Box{Inside: []sketch.Box{area(c.top), middle, area(c.bottom)}, Label: "The marked areas are covered by controls"}
}
