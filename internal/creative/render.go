package creative

import (
	"cmp"
	"html"
	"net/url"
	"strconv"
	"strings"
	"unicode"
)

// View is what one rendered combination shows. Empty members are left out of the card.
type View struct {
	PageName    string
	Body        string // primary text; its line breaks are kept
	Image       string // address of the picture, or of a video's thumbnail
	Alt         string // describes the picture; the title or the body stands in for it
	Title       string
	Description string
	Button      string // call-to-action type
	Display     string // display link, such as the host of the destination
	Link        string // where picture, headline and button lead: the click URL

	Width, Height int       // of the picture or video in pixels; 0 while that is not known
	Variants      []Variant // the same picture in several widths, in ascending order
	Video         string    // address of a video, for which the picture stands until it is played
	Cards         []View    // of a carousel, in the place of picture and headline; their page and primary text are those of the ad
}

// Variant is a picture in one width.
type Variant struct {
	URL   string
	Width int // pixels
}

// Srcset lists variants as the attribute of that name wants them, without those that it cannot list.
func Srcset(variants []Variant) string {
	var list []string
	for _, v := range variants {
		if address := safeURL(v.URL); address != "" && !strings.ContainsAny(address, " ,") { // these separate what it lists
			list = append(list, address+" "+strconv.Itoa(v.Width)+"w")
		}
	}
	return strings.Join(list, ", ")
}

// Colours, light or dark as the page around is. A browser that does not know light-dark keeps the light ones.
const (
	edge   = "border-color:#dadde1;border-color:light-dark(#dadde1,#3e4042)"
	paper  = edge + ";background:#fff;background:light-dark(#fff,#242526);color:#1c1e21;color:light-dark(#1c1e21,#e4e6eb)"
	faint  = "color:#606770;color:light-dark(#606770,#b0b3b8)"
	button = "background:#d8dadf;background:light-dark(#d8dadf,#4e4f50)"
)

// Styles of the parts of a card. They are inline because the card stands in foreign pages, and a strict content security policy of
// such a page may drop them: the card then reads as plain text, picture and link.
const (
	cardStyle   = "box-sizing:border-box;max-width:500px;border:1px solid;border-radius:8px;overflow:hidden;" + paper + ";font:15px/1.35 system-ui,sans-serif;overflow-wrap:anywhere;text-align:start"
	headStyle   = "padding:12px 16px 0;font-weight:600"
	noteStyle   = "padding:0 16px;font-size:13px;" + faint
	bodyStyle   = "margin:0;padding:8px 16px 12px;white-space:pre-line"
	linkStyle   = "display:block;color:inherit;text-decoration:none"
	imageStyle  = "display:block;width:100%;height:auto"
	rowStyle    = "display:flex;gap:12px;margin:0;padding:0 16px 16px;overflow-x:auto;list-style:none;scroll-snap-type:x proximity;scroll-padding:0 16px"
	slideStyle  = "flex:0 0 70%;box-sizing:border-box;border:1px solid;border-radius:8px;overflow:hidden;scroll-snap-align:start;" + edge
	footStyle   = "display:flex;gap:12px;align-items:center;justify-content:space-between;padding:12px 16px;background:#f0f2f5;background:light-dark(#f0f2f5,#3a3b3c)"
	textStyle   = "min-width:0;flex:1"
	hostStyle   = "font-size:13px;" + faint
	titleStyle  = "font-weight:600"
	buttonStyle = "flex:none;padding:8px 12px;border-radius:6px;font-weight:600;" + button
)

// Render writes a combination as an HTML card that looks like a post of a feed. All text is escaped and of any direction, addresses
// other than http, https and rooted paths are left out, and there is no script: the result can be put into any page.
// It is written by hand because every decision renders one: html/template takes several times as long (see BenchmarkRender).
func Render(v View) string {
	var c card
	c.Grow(2048)
	c.open("article", cardStyle)
	c.text("div", headStyle, v.PageName)
	c.text("div", noteStyle, "Sponsored")
	c.text("p", bodyStyle, v.Body)
	if len(v.Cards) > 0 {
		c.row(v)
	} else {
		c.linked(v, "500px")
	}
	c.close("article")
	return c.String()
}

// linked writes what leads away: picture and foot. A video is played, so it stands before the link. Size is how wide the picture is at most, as
// sizes says it.
func (c *card) linked(v View, size string) {
	if safeURL(v.Video) != "" {
		c.video(v)
	}
	link := safeURL(v.Link)
	if link != "" {
		c.write(`<a href="`, escaped(link), `" target="_blank" rel="noopener sponsored" style="`, linkStyle, `">`)
	}
	if safeURL(v.Video) == "" {
		c.image(v, size)
	}
	c.foot(v)
	if link != "" {
		c.close("a")
	}
}

// row writes the cards of a carousel beside each other, to be moved by hand, wheel or keys.
func (c *card) row(v View) {
	c.write(`<ul role="list" tabindex="0" aria-label="`, escaped(cmp.Or(v.Title, v.PageName, "Cards")), `" style="`, rowStyle, `">`)
	for _, one := range v.Cards {
		one.Body, one.PageName = v.Body, v.PageName
		c.open("li", slideStyle)
		c.linked(one, "350px")
		c.close("li")
	}
	c.close("ul")
}

// video writes a player that loads nothing but the picture until it is started.
func (c *card) video(v View) {
	c.write(`<video controls="" muted="" playsinline="" preload="none" src="`, escaped(safeURL(v.Video)), `" aria-label="`, escaped(v.alt()), `"`)
	if poster := safeURL(v.Image); poster != "" {
		c.write(` poster="`, escaped(poster), `"`)
	}
	c.size(v)
	c.write(` style="`, imageStyle, `"></video>`)
}

// alt describes the picture.
func (v *View) alt() string { return cmp.Or(v.Alt, v.Title, v.Body, v.PageName) }

// size writes the size of a picture, so that the page does not move when it comes.
func (c *card) size(v View) {
	if v.Width > 0 && v.Height > 0 {
		c.write(` width="`, strconv.Itoa(v.Width), `" height="`, strconv.Itoa(v.Height), `"`)
	}
}

// card is a document under construction.
type card struct{ strings.Builder }

// open starts an element.
func (c *card) open(tag, style string) { c.write("<", tag, ` style="`, style, `">`) }

// close ends an element.
func (c *card) close(tag string) { c.write("</", tag, ">") }

// write writes markup, which is safe already.
func (c *card) write(parts ...string) {
	for _, part := range parts {
		c.WriteString(part)
	}
}

// text writes an element with user text in its own direction; nothing for no text.
func (c *card) text(tag, style, text string) {
	if text == "" {
		return
	}
	c.write("<", tag, ` dir="auto" style="`, style, `">`, escaped(text), "</", tag, ">")
}

// image writes the picture, if it has an address that may be loaded.
func (c *card) image(v View, size string) {
	src := safeURL(v.Image)
	if src == "" {
		return
	}
	c.write(`<img src="`, escaped(src), `" alt="`, escaped(v.alt()), `"`)
	c.size(v)
	if list := Srcset(v.Variants); list != "" {
		c.write(` srcset="`, escaped(list), `" sizes="(max-width: `, size, `) 100vw, `, size, `"`)
	}
	c.write(` loading="lazy" decoding="async" style="`, imageStyle, `"/>`)
}

// foot writes what stands below the picture: display link, headline, description and button.
func (c *card) foot(v View) {
	label := ButtonLabel(v.Button)
	if v.Display+v.Title+v.Description+label == "" {
		return
	}
	c.open("div", footStyle)
	c.open("div", textStyle)
	c.text("div", hostStyle, v.Display)
	c.text("div", titleStyle, v.Title)
	c.text("div", hostStyle, strings.TrimSpace(v.Description)) // a single space means: none
	c.close("div")
	c.text("span", buttonStyle, label)
	c.close("div")
}

// escaped makes text safe between tags and between double quotes; characters that no document may hold become U+FFFD.
func escaped(text string) string {
	if !strings.ContainsFunc(text, special) {
		return text
	}
	return html.EscapeString(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' || r >= 0xFFFE && r&0xFFFE == 0xFFFE {
			return unicode.ReplacementChar
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD")))
}

// special reports whether a character needs a closer look: all but harmless ASCII, so that most texts are written as they are.
func special(r rune) bool {
	switch r {
	case '<', '>', '&', '"', '\'':
		return true
	}
	return r < ' ' || r >= 0x7f
}

// safeURL returns an address that may stand in a page, "" for any other: http and https, and rooted paths of the page's own host.
func safeURL(raw string) string {
	if strings.HasPrefix(raw, "/") && !strings.HasPrefix(raw, "//") {
		if _, err := url.Parse(raw); err == nil && !strings.Contains(raw, `\`) { // browsers read a backslash as a slash
			return raw
		}
		return ""
	}
	if _, err := parseWeb(raw); err != nil {
		return ""
	}
	return raw
}
