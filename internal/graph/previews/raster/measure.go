package raster

import "github.com/marquetry/marquetry/internal/graph/previews/sketch"

// aside is what lies around the inside of a box in both directions: padding and the line around it.
func (w *painter) aside(b sketch.Box) (across, along int) {
	line := 0
	if b.Edge != "" {
		line = 1
	}
	return w.px(b.Pad[1] + b.Pad[3] + 2*line), w.px(b.Pad[0] + b.Pad[2] + 2*line)
}

// width is that of a box with all the room it wants.
func (w *painter) width(b sketch.Box) int {
	if b.Width > 0 {
		return w.px(b.Width)
	}
	if b.Height > 0 && b.Aspect[1] > 0 {
		return w.px(b.Height) * b.Aspect[0] / b.Aspect[1]
	}
	wide := w.px(b.Icon.Size)
	if !b.Text.Empty() {
		wide = w.faces.width(b.Text)
	}
	for i, inner := range b.Inside {
		switch {
		case b.Axis != sketch.Row:
			wide = max(wide, w.width(inner))
		case i > 0:
			wide += w.px(b.Gap) + w.width(inner)
		default:
			wide += w.width(inner)
		}
	}
	across, _ := w.aside(b)
	return wide + across
}

// height is that of a box of a width.
func (w *painter) height(b sketch.Box, width int) int {
	switch {
	case b.Height > 0:
		return w.px(b.Height)
	case b.Aspect[1] > 0:
		return width * b.Aspect[1] / b.Aspect[0]
	}
	across, along := w.aside(b)
	inner := width - across
	high := w.px(b.Icon.Size)
	if !b.Text.Empty() {
		high = len(w.faces.lines(b.Text, inner)) * w.px(sketch.Leading(b.Text.Size))
	}
	var widths []int
	if b.Axis == sketch.Row {
		widths = w.shares(b, inner)
	}
	for i, child := range b.Inside {
		switch b.Axis {
		case sketch.Row:
			high = max(high, w.height(child, widths[i]))
		case sketch.Stack:
			high = max(high, w.height(child, inner))
		default:
			if i > 0 {
				high += w.px(b.Gap)
			}
			high += w.height(child, w.across(b, child, inner))
		}
	}
	return high + along
}

// across is the width of a box in a column.
func (w *painter) across(column, b sketch.Box, inner int) int {
	switch {
	case b.Most > 0:
		return min(inner, w.px(b.Most))
	case b.Width > 0, column.Cross != sketch.Stretch:
		return min(inner, w.width(b))
	}
	return inner
}

// shares are the widths of what is in a row: what each wants, and to those that grow what is left.
func (w *painter) shares(row sketch.Box, inner int) []int {
	widths := make([]int, len(row.Inside))
	left, grows := inner-w.px(row.Gap)*(len(row.Inside)-1), 0
	for i, b := range row.Inside {
		if grows += b.Grow; b.Grow == 0 {
			switch widths[i] = w.width(b); {
			case b.Most > 0:
				widths[i] = min(w.px(b.Most), inner)
			case !row.Scrolls:
				widths[i] = min(widths[i], inner)
			}
			left -= widths[i]
		}
	}
	spread(widths, row.Inside, max(0, left), grows)
	return widths
}

// spread gives what is left to those that grow, and the odd pixels to the last of them.
func spread(lengths []int, boxes []sketch.Box, left, grows int) {
	for i, b := range boxes {
		if b.Grow > 0 {
			part := left * b.Grow / grows
			lengths[i] += part
			left, grows = left-part, grows-b.Grow
		}
	}
}
