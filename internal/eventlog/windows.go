package eventlog

// Windows says for how many days after a click and after an impression a conversion is credited to an ad. The zero value is what an ad set has that
// says nothing: seven days and one.
type Windows uint8

// The layout of windows that are not the usual ones.
const (
	windowsSet  Windows = 1 << 7
	windowsView Windows = 1 << 6 // one day after an impression
	windowsDays         = windowsView - 1
)

// The usual windows, in days.
const (
	usualClick = 7
	usualView  = 1
)

// WindowsOf makes windows of days after a click (0, 1 or 7) and after an impression (0 or 1).
func WindowsOf(click, view int64) Windows {
	if click == usualClick && view == usualView {
		return 0
	}
	w := windowsSet | Windows(click)&windowsDays
	if view > 0 {
		w |= windowsView
	}
	return w
}

// Click is the number of days after a click, 0 for none.
func (w Windows) Click() int64 {
	if w == 0 {
		return usualClick
	}
	return int64(w & windowsDays)
}

// View is the number of days after an impression, 0 for none.
func (w Windows) View() int64 {
	if w == 0 || w&windowsView != 0 {
		return usualView
	}
	return 0
}
