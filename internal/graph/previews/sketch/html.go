package sketch

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html"
	"net/url"
	"strconv"
	"strings"
)

// HTML is the page as a document without scripts, and the source that a policy has to allow for its one style sheet.
func (p Page) HTML() (document, styleSource string) {
	w := writer{icons: Icons(), classes: map[string]string{}}
	w.rules.WriteString("*{box-sizing:border-box}html,body{margin:0;height:100%}body{font-family:system-ui,-apple-system,\"Segoe UI\",Roboto,sans-serif;overflow-wrap:anywhere;background:" +
		p.Background + "}a{color:inherit;text-decoration:none}p{margin:0;white-space:pre-line}html[dir=rtl] p{text-align:right}svg{display:block}div,a{position:relative}.fill{position:absolute;inset:0;width:100%;height:100%}.blur{filter:blur(24px) brightness(.72);transform:scale(1.25)}")
	height := "min-height:100%;"
	if p.Full {
		height = "height:100vh;"
	}
	w.box(p.Root, Box{}, height)
	style := w.rules.String()
	sum := sha256.Sum256([]byte(style))
	direction := "ltr"
	if p.Mirrored {
		direction = "rtl"
	}
	return `<!doctype html><html lang="en" dir="` + direction + `"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>` +
		html.EscapeString(p.Title) + "</title><style>" + style + "</style></head><body>" + w.body.String() + "</body></html>\n", "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// writer collects a document and its style sheet: one class for each style that is used.
type writer struct {
	icons       map[string][]Path
	classes     map[string]string
	rules, body strings.Builder
	linked      bool // inside of a link, in which there can be no other
}

// class is the name of a style.
func (w *writer) class(style string) string {
	name, known := w.classes[style]
	if !known {
		name = fmt.Sprintf("s%d", len(w.classes))
		w.classes[style] = name
		w.rules.WriteString("." + name + "{" + style + "}")
	}
	return name
}

// box writes a box inside of its parent; more is style that only this one has.
func (w *writer) box(b, parent Box, more string) {
	style := more + b.inParent(parent) + b.frame()
	tag, attributes := "div", ""
	if href, ok := web(b.Link); ok && !w.linked {
		w.linked = true
		defer func() { w.linked = false }()
		tag, attributes = "a", ` href="`+html.EscapeString(href)+`" target="_blank" rel="noopener"`
	}
	if b.Label != "" {
		attributes += ` role="img" aria-label="` + html.EscapeString(b.Label) + `"`
	}
	fmt.Fprintf(&w.body, `<%s class="%s"%s>`, tag, w.class(style), attributes)
	switch {
	case b.Icon.Name != "":
		w.icon(b.Icon)
	case b.Picture.Src != "" && picturable(b.Picture.Src):
		w.picture(b.Picture)
	case !b.Text.Empty():
		w.text(b.Text)
	}
	for _, inner := range b.Inside {
		w.box(inner, b, "")
	}
	fmt.Fprintf(&w.body, "</%s>", tag)
}

// web is an address that may be linked or shown.
func web(address string) (string, bool) {
	u, err := url.Parse(address)
	return address, err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https")
}

// picturable is whether a picture may lie at an address: of this server, or of the web.
func picturable(address string) bool {
	u, err := url.Parse(address)
	_, elsewhere := web(address)
	return elsewhere || err == nil && u.Scheme == "" && u.Host == ""
}

// inParent is the part of a style that says how a box fits among its neighbours.
func (b Box) inParent(parent Box) string {
	style := "flex:none;"
	if b.Grow > 0 {
		style = fmt.Sprintf("flex:%d 1 0;", b.Grow)
	}
	if parent.Axis == Stack {
		style += "grid-area:1/1;"
	}
	if !parent.Scrolls {
		style += "max-width:100%;"
	}
	if b.Most > 0 {
		style += fmt.Sprintf("width:100%%;max-width:%dpx;", b.Most)
	}
	return style + "min-width:0;min-height:0;"
}

// frame is the part of a style that says how a box looks and arranges what is inside.
func (b Box) frame() string {
	var s strings.Builder
	switch b.Axis {
	case Column:
		s.WriteString("display:flex;flex-direction:column;")
	case Row:
		s.WriteString("display:flex;")
	case Stack:
		s.WriteString("display:grid;grid-template:minmax(0,1fr)/minmax(0,1fr);")
	}
	if names := []string{"", "", "center", "flex-end", "space-between"}; names[b.Main] != "" && b.Axis != Stack {
		s.WriteString("justify-content:" + names[b.Main] + ";")
	}
	if names := []string{"", "flex-start", "center", "flex-end", ""}; names[b.Cross] != "" && b.Axis != Stack {
		s.WriteString("align-items:" + names[b.Cross] + ";")
	}
	if b.Pad != [4]int{} {
		fmt.Fprintf(&s, "padding-block:%dpx %dpx;padding-inline:%dpx %dpx;", b.Pad[0], b.Pad[2], b.Pad[3], b.Pad[1])
	}
	for _, length := range []struct {
		name string
		px   int
	}{{"gap", b.Gap}, {"width", b.Width}, {"height", b.Height}, {"border-radius", b.Radius}} {
		if length.px > 0 {
			fmt.Fprintf(&s, "%s:%dpx;", length.name, length.px)
		}
	}
	if b.Aspect[1] > 0 {
		fmt.Fprintf(&s, "aspect-ratio:%d/%d;", b.Aspect[0], b.Aspect[1])
	}
	if b.Radius > 0 || b.Picture.Src != "" {
		s.WriteString("overflow:hidden;")
	}
	if b.Scrolls {
		s.WriteString("overflow-x:auto;scrollbar-width:none;")
	}
	if b.Fill != "" {
		s.WriteString("background:" + b.Fill + ";")
	}
	if b.Shade != [2]string{} {
		s.WriteString("background-image:linear-gradient(" + b.Shade[0] + "," + b.Shade[1] + ");")
	}
	if b.Edge != "" {
		s.WriteString("border:1px solid " + b.Edge + ";")
	}
	return s.String()
}

// text writes a paragraph whose direction is that of its first letters.
func (w *writer) text(t Text) {
	style := fmt.Sprintf("font-size:%dpx;line-height:%dpx;color:%s;", t.Size, Leading(t.Size), t.Runs[0].Color) // the colour is that of an ellipsis
	if t.Lines > 0 {
		style += fmt.Sprintf("display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:%d;overflow:hidden;", t.Lines)
	}
	if t.Align == Center {
		style += "text-align:center!important;"
	}
	fmt.Fprintf(&w.body, `<p dir="auto" class="%s">`, w.class(style))
	for _, r := range t.Runs {
		weight := "400"
		if r.Bold {
			weight = "600"
		}
		fmt.Fprintf(&w.body, `<span class="%s">%s</span>`, w.class("color:"+r.Color+";font-weight:"+weight), html.EscapeString(r.Words))
	}
	w.body.WriteString("</p>")
}

// picture writes the part of an image that shows.
func (w *writer) picture(p Picture) {
	class := "fill"
	if p.Blur {
		class += " blur"
	}
	view, width, height, fit := "", "100%", "100%", "slice"
	if p.Whole {
		fit = "meet"
	}
	if part := p.Part; part != [4]int{} {
		view = fmt.Sprintf(` viewBox="%d %d %d %d" preserveAspectRatio="xMidYMid slice"`, part[0], part[1], part[2], part[3])
		width, height = strconv.Itoa(p.Width), strconv.Itoa(p.Height)
	}
	fmt.Fprintf(&w.body, `<svg class="%s"%s><image href="%s" width="%s" height="%s" preserveAspectRatio="xMidYMid %s"/></svg>`, class, view, html.EscapeString(p.Src), width, height, fit)
}

// Shown is Part, or everything.
func (p Picture) Shown() [4]int {
	if p.Part == [4]int{} {
		return [4]int{0, 0, p.Width, p.Height}
	}
	return p.Part
}

// icon writes an icon.
func (w *writer) icon(icon Icon) {
	fmt.Fprintf(&w.body, `<svg width="%d" height="%d" viewBox="0 0 24 24" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">`, icon.Size, icon.Size)
	for _, p := range w.icons[icon.Name] {
		fill, stroke := "none", icon.Color
		if p.Filled {
			fill, stroke = icon.Color, "none"
		}
		fmt.Fprintf(&w.body, `<path d="%s" fill="%s" stroke="%s"/>`, p.svg(), fill, stroke)
	}
	w.body.WriteString("</svg>")
}
