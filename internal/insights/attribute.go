package insights

import (
	"strconv"

	"github.com/marquetry/marquetry/internal/eventlog"
)

// day is a day in milliseconds.
const day = 24 * 60 * 60 * 1000

// grain is how coarse the times of reported conversions are: they come in whole seconds, so that a click in the same second is
// still before.
const grain = 999

// Names of the disjoint windows in which conversions are kept; the report's 7d_click is the sum of the first two.
const (
	oneDayClick   = "1d_click" // up to one day after a click
	sevenDayClick = "7d_click" // more than one day and up to seven after a click
	oneDayView    = "1d_view"  // up to one day after an impression that was not clicked
)

// outside is behind the name of a window that the ad set does not count: such conversions are in no total.
const outside = "_outside"

// countedActions are the actions that totals consist of, as a fact table.
const countedActions = "(SELECT cell, day, event, count, value FROM rollup_actions WHERE credited IN ('" + oneDayClick + "', '" + sevenDayClick + "', '" + oneDayView + "'))"

// contact is a kind of touch: a click or an impression, and for how many days after it the ad set counts conversions.
type contact struct {
	clicked bool
	days    int64
}

// contacts is every kind of touch.
func contacts() []contact { return []contact{{true, 7}, {true, 1}, {true, 0}, {false, 1}, {false, 0}} }

// contactOf is the kind of an impression or a click.
func contactOf(kind eventlog.Kind, w eventlog.Windows) contact {
	if kind == eventlog.Click {
		return contact{true, w.Click()}
	}
	return contact{false, w.View()}
}

// widest is for how many days after such a touch conversions are kept at all.
func (c contact) widest() int64 {
	if c.clicked {
		return eventlog.Windows(0).Click()
	}
	return eventlog.Windows(0).View()
}

// name is the kind as tables have it.
func (c contact) name() string {
	name := string(eventlog.Impression)
	if c.clicked {
		name = string(eventlog.Click)
	}
	if c.days == c.widest() {
		return name
	}
	return name + " " + strconv.FormatInt(c.days, 10)
}

// touch is one contact of a viewer with an ad.
type touch struct {
	contact
	cell     int64 // where it is counted
	at       int64 // unix milliseconds
	decision int64 // the bits of the decision's id
}

// later reports whether t replaces old as the last touch. Equal times are settled by the decision, so that order of arrival
// does not matter.
func (t *touch) later(old *touch) bool {
	if old == nil || t.at != old.at {
		return old == nil || t.at > old.at
	}
	return t.decision > old.decision
}

// reaches reports whether a conversion at a time came within the touch's window, as its ad set counts (own) or as it is kept. A touch after the
// conversion caused nothing.
func (t *touch) reaches(at int64, own bool) bool {
	if t == nil {
		return false
	}
	days := t.widest()
	if own {
		days = t.days
	}
	return days > 0 && t.at <= at+grain && at-t.at <= days*day
}

// credit says which cell a conversion counts for and in which window; zero for none.
type credit struct {
	cell   int64
	window string
}

// credit is that of a conversion at a time which the touch reaches.
func (t *touch) credit(at int64, own bool) credit {
	window := oneDayView
	switch {
	case t.clicked && at-t.at <= day:
		window = oneDayClick
	case t.clicked:
		window = sevenDayClick
	}
	if !own {
		window += outside
	}
	return credit{t.cell, window}
}

// attribute credits a conversion at a time: to the click that its token names, else to the viewer's last click, else to the viewer's last
// impression, of those that reach it by the windows of their own ad sets. A conversion that none of them counts is credited in the same order by the
// widest windows, outside of all totals. Without a touch the credit is zero: no ad caused it.
func attribute(at int64, token *touch, touches []touch) credit {
	for _, own := range []bool{true, false} {
		if token.reaches(at, own) {
			return token.credit(at, own)
		}
		for _, clicked := range []bool{true, false} {
			var last *touch
			for i := range touches {
				if t := &touches[i]; t.clicked == clicked && t.reaches(at, own) && t.later(last) {
					last = t
				}
			}
			if last != nil {
				return last.credit(at, own)
			}
		}
	}
	return credit{}
}
