package insights

// Attribution windows, in milliseconds after the touch: seven days for a click, one day for an impression.
const (
	day       = 24 * 60 * 60 * 1000
	clickSpan = 7 * day
	viewSpan  = day
)

// grain is how coarse the times of reported conversions are: they come in whole seconds, so that a click in the same second is
// still before.
const grain = 999

// Names of the disjoint windows in which conversions are kept; the report's 7d_click is the sum of the first two.
const (
	oneDayClick   = "1d_click" // up to one day after a click
	sevenDayClick = "7d_click" // more than one day and up to seven after a click
	oneDayView    = "1d_view"  // up to one day after an impression that was not clicked
)

// touch is one contact of a viewer with an ad: a click or an impression.
type touch struct {
	cell     int64 // where it is counted
	at       int64 // unix milliseconds
	decision int64 // the bits of the decision's id
}

// later reports whether t replaces old as the last touch. Equal times are settled by the decision, so that order of arrival
// does not matter.
func (t touch) later(old touch) bool {
	if t.at != old.at {
		return t.at > old.at
	}
	return t.decision > old.decision
}

// before reports whether t came at most span milliseconds before at; a touch after the conversion caused nothing.
func (t *touch) before(at, span int64) bool {
	return t != nil && t.at <= at+grain && at-t.at <= span
}

// credit says which cell a conversion counts for and in which window.
type credit struct {
	cell   int64
	window string
}

// attribute credits a conversion at a time: to the click that its token names, else to the viewer's last click of seven days,
// else to the viewer's last impression of one day. Each candidate may be nil. Not ok means that no ad caused it.
func attribute(at int64, token, click, view *touch) (credit, bool) {
	for _, c := range []*touch{token, click} {
		switch {
		case c.before(at, day):
			return credit{c.cell, oneDayClick}, true
		case c.before(at, clickSpan):
			return credit{c.cell, sevenDayClick}, true
		}
	}
	if view.before(at, viewSpan) {
		return credit{view.cell, oneDayView}, true
	}
	return credit{}, false
}
