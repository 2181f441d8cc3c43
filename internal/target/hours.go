package target

import "github.com/marquetry/marquetry/internal/object"

// Hour is an hour of the week: 1 begins with Sunday, 168 ends with Saturday; 0 is not known.
type Hour uint8

// inWeek is how many hours a week has.
const inWeek = 7 * 24

// HourOf is an hour (0 to 23) of a day of the week (0 for Sunday).
func HourOf(day, hour int) Hour { return Hour(1 + 24*day + hour) }

// week is a set of hours.
type week [inWeek]bool

// hours are when an ad set runs, by the clock of its account or of the viewer.
type hours struct{ account, viewer week }

// hoursOf reads a schedule; nil when it has no parts, and the ad set always runs. An hour counts if all of it is in a part.
func hoursOf(schedule []any) *hours {
	if len(schedule) == 0 {
		return nil
	}
	h := &hours{}
	for _, elem := range schedule {
		part, _ := elem.(map[string]any)
		clock := &h.account
		if object.Text(part, "timezone_type") == "USER" {
			clock = &h.viewer
		}
		first, end := (object.Whole(part, "start_minute")+59)/60, min(24, object.Whole(part, "end_minute")/60)
		for _, elem := range object.Listed(part, "days") {
			day := object.Whole(map[string]any{"day": elem}, "day")
			for hour := max(0, first); hour < end && day >= 0 && day < 7; hour++ {
				clock[24*day+hour] = true
			}
		}
	}
	return h
}

// clocks are the hours by which an ad set's two kinds of parts go: where the viewer's is not known, by the account's.
func (v *Viewer) clocks() (account, viewer Hour) {
	if v.LocalHour != 0 {
		return v.Hour, v.LocalHour
	}
	return v.Hour, v.Hour
}

// run reports whether an ad set runs now.
func (h *hours) run(v *Viewer) bool {
	account, viewer := v.clocks()
	return h == nil || account == 0 || h.account[account-1] || h.viewer[viewer-1]
}

// Asleep reports whether an ad set shows to nobody at an hour by its account's clock: a part that goes by the viewer's may be on somewhere.
func (s *Spec) Asleep(hour Hour) bool {
	return s.hours != nil && hour != 0 && !s.hours.account[hour-1] && s.hours.viewer == week{}
}
