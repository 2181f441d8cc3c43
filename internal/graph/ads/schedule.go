package ads

import (
	"cmp"
	"slices"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
)

// week is a week in seconds: how long a corrected run is.
const week = 7 * day

// adsetTimes checks the run; zero is an end that never comes.
func adsetTimes(w *graph.Write, campaign map[string]any) {
	if w.Creating() && w.Data["start_time"] == nil {
		w.Data["start_time"] = w.Now
	}
	if object.Whole(w.Data, "end_time") == 0 {
		delete(w.Data, "end_time")
	}
	start, end := object.Whole(w.Data, "start_time"), object.Whole(w.Data, "end_time")
	lifetime := object.Whole(w.Data, "lifetime_budget") > 0 || object.Whole(campaign, "lifetime_budget") > 0
	then := max(start, w.Now) + week
	switch {
	case end == 0 && lifetime:
		if touched(w, "end_time", "lifetime_budget") {
			w.Fault(set(object.Broken("schedule.end", 0, "end_time is required with lifetime_budget", "end_time"), then))
		}
	case end == 0 || !touched(w, "end_time"):
	case end <= w.Now:
		w.Fault(set(object.Broken("schedule.end", 1487033, "end_time must be in the future", "end_time"), then))
	case end <= start:
		w.Fault(set(object.Broken("schedule.end", 1487007, "end_time must be after start_time", "end_time"), then))
	case object.Whole(w.Data, "daily_budget") > 0 && end-start < day:
		w.Fault(set(object.Broken("schedule.end", 1487007, "an ad set with a daily budget must run for at least 24 hours", "end_time"), then))
	}
	dayparting(w, lifetime)
}

// dayparting checks the hours of the week: whole hours, an hour at least, none twice, with a lifetime budget and the pacing that asks for
// them.
func dayparting(w *graph.Write, lifetime bool) {
	parts, pacing := object.Listed(w.Data, "adset_schedule"), object.Listed(w.Data, "pacing_type")
	if !touched(w, "adset_schedule", "pacing_type", "lifetime_budget") {
		return
	}
	byParts := slices.Contains(pacing, any("day_parting"))
	switch {
	case len(parts) > 0 && !lifetime:
		w.Fault(drop(object.Broken("schedule.budget", 0, "adset_schedule needs lifetime_budget", "adset_schedule")))
	case len(parts) > 0 && !byParts && len(pacing) > 0:
		w.Fault(set(object.Broken("schedule.pacing", 0, "adset_schedule needs pacing_type [\"day_parting\"]", "pacing_type"), []any{"day_parting"}))
	case len(parts) > 0 && !byParts:
		w.Data["pacing_type"] = []any{"day_parting"}
	case len(parts) == 0 && byParts:
		w.Fault(set(object.Broken("schedule.pacing", 0, "pacing_type day_parting needs adset_schedule", "pacing_type"), []any{"standard"}))
	}
	var taken []span
	for i, part := range parts {
		members, _ := part.(map[string]any)
		taken = dayPart(w, members, i, taken)
	}
}

// span is some minutes of a day, 0 for Sunday.
type span struct{ day, start, end int64 }

// dayPart checks one part of the week against those before it.
func dayPart(w *graph.Write, part map[string]any, i int, taken []span) []span {
	at := func(name string) []string { return []string{"adset_schedule", digits(i), name} }
	start, end := object.Whole(part, "start_minute"), object.Whole(part, "end_minute")
	zone := cmp.Or(object.Text(part, "timezone_type"), "ADVERTISER")
	switch {
	case start < 0 || start%60 != 0:
		w.Fault(object.Broken("schedule.part", 0, "start_minute must be a full hour, in minutes after midnight", at("start_minute")...))
	case end > 1440 || end%60 != 0 || end-start < 60:
		w.Fault(object.Broken("schedule.part", 0, "end_minute must be a full hour, at most 1440 and at least 60 after start_minute", at("end_minute")...))
	case zone != "USER" && zone != "ADVERTISER":
		w.Fault(set(object.Broken("schedule.part", 0, "timezone_type must be USER or ADVERTISER", at("timezone_type")...), "ADVERTISER"))
	}
	days := object.Listed(part, "days")
	if len(days) == 0 {
		w.Fault(set(object.Broken("schedule.part", 0, "days must name days of the week, 0 for Sunday to 6", at("days")...), []any{0, 1, 2, 3, 4, 5, 6}))
	}
	for j := range days {
		s := span{object.Whole(map[string]any{"day": days[j]}, "day"), start, end}
		if s.day < 0 || s.day > 6 {
			w.Fault(object.Broken("schedule.part", 0, "days must be 0 for Sunday to 6", append(at("days"), digits(j))...))
		}
		if slices.ContainsFunc(taken, func(t span) bool { return t.day == s.day && t.start < s.end && s.start < t.end }) {
			w.Fault(drop(object.Broken("schedule.part", 0, "parts of adset_schedule overlap", at("days")...), "adset_schedule", digits(i)))
			break
		}
		taken = append(taken, s)
	}
	return taken
}
