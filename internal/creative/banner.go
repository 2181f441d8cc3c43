package creative

import (
	"cmp"
	"strconv"
	"strings"
)

// Styles of the parts of a banner. The outer box is clipped, so that no text can reach over what is around it.
const (
	bannerStyle  = "box-sizing:border-box;position:relative;overflow:hidden;border:1px solid;" + paper + ";font:14px/1.25 system-ui,sans-serif;overflow-wrap:anywhere;text-align:start;"
	bannerLink   = "display:flex;width:100%;height:100%;color:inherit;text-decoration:none;flex-direction:"
	bannerImage  = "display:block;object-fit:cover;min-height:0;"
	bannerWords  = "box-sizing:border-box;min-width:0;display:flex;gap:4px 8px;padding:4px 8px;"
	bannerTitle  = "font-weight:600;overflow:hidden;display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2"
	bannerBody   = "margin-top:4px;overflow:hidden;display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:4"
	bannerNote   = faint + ";font-size:11px;white-space:nowrap;overflow:hidden;text-overflow:ellipsis"
	bannerButton = "flex:none;padding:4px 8px;border-radius:4px;" + button + ";font-weight:600;font-size:13px;white-space:nowrap;text-align:center"
)

// RenderBanner writes a combination as a rectangle of exactly that many pixels, with the same care for texts and addresses as [Render]: a strip has
// the picture beside the words, anything else above them. The primary text needs a height of 400, in a strip of 200.
func RenderBanner(v View, width, height int) string {
	strip := width >= 2*height
	var c card
	c.Grow(2048)
	c.open("div", bannerStyle+"width:"+strconv.Itoa(width)+"px;height:"+strconv.Itoa(height)+"px")
	tag := "div"
	if link := safeURL(v.Link); link != "" {
		tag = "a"
		c.write(`<a href="`, escaped(link), `" target="_blank" rel="noopener sponsored" style="`)
	} else {
		c.write(`<div style="`)
	}
	c.write(bannerLink, direction(strip), `">`)
	c.picture(v, strip, width, height)
	c.words(v, strip, height >= 400 || strip && height >= 200)
	c.close(tag)
	c.close("div")
	return c.String()
}

// direction is how picture and words, or the words among each other, follow one another.
func direction(inRow bool) string {
	if inRow {
		return "row"
	}
	return "column"
}

// picture writes the picture of a banner: as wide as high in a strip, else all that the words leave.
func (c *card) picture(v View, strip bool, width, height int) {
	src := safeURL(v.Image)
	if src == "" {
		return
	}
	place, across := "width:100%;flex:1 1 0", width
	if strip {
		across = min(height, width/3)
		place = "height:100%;flex:0 0 " + strconv.Itoa(across) + "px;width:0"
	}
	alt := cmp.Or(v.Alt, v.Title, v.Body, v.PageName)
	c.write(`<img src="`, escaped(src), `" alt="`, escaped(alt), `"`)
	if list := Srcset(v.Variants); list != "" && v.Height > 0 {
		covering := max(across, (height*v.Width+v.Height-1)/v.Height) // of a picture that is wider than its place, more is loaded than seen
		c.write(` srcset="`, escaped(list), `" sizes="`, strconv.Itoa(covering), `px"`)
	}
	c.write(` style="`, bannerImage, place, `"/>`)
}

// words writes headline, who advertises, and the button; with the primary text where there is room.
func (c *card) words(v View, strip, body bool) {
	style := bannerWords + "flex-direction:" + direction(strip)
	if strip {
		style += ";flex:1;align-items:center;justify-content:space-between"
	}
	c.open("div", style)
	c.open("div", "min-width:0")
	c.text("div", bannerTitle, cmp.Or(v.Title, v.Body, v.PageName))
	if body && v.Title != "" {
		c.text("div", bannerBody, v.Body)
	}
	c.text("div", bannerNote, strings.TrimSuffix("Sponsored · "+v.PageName, " · "))
	c.close("div")
	c.text("span", bannerButton, ButtonLabel(v.Button))
	c.close("div")
}
