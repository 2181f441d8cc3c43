package ads

import (
	"slices"
	"strconv"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
)

// windows are the days after an event of a kind in which a result can be attributed to it; nil for no kind.
func windows(kind string) []int64 {
	switch kind {
	case "CLICK_THROUGH":
		return []int64{1, 7}
	case "VIEW_THROUGH", "ENGAGED_VIDEO_VIEW":
		return []int64{1}
	}
	return nil
}

// counted are goals whose results are counted as they happen: only a day after a click is left to attribute.
func counted(goal string) bool {
	return slices.Contains([]string{"AD_RECALL_LIFT", "IMPRESSIONS", "POST_ENGAGEMENT", "REACH", "THRUPLAY", "TWO_SECOND_CONTINUOUS_VIDEO_VIEWS"}, goal)
}

// attributionSpec checks that of an ad set, and gives a new one the account's where it says nothing and the goal leaves a choice.
func attributionSpec(w *graph.Write, goal string) {
	if w.Creating() && w.Data["attribution_spec"] == nil && w.Account != nil && !counted(goal) {
		w.Data["attribution_spec"] = w.Account.Data["attribution_spec"]
	}
	attribution(w, goal)
}

// attribution checks attribution_spec: known events, their windows, each once, and what the goal leaves to choose. A window of no days
// leaves the event out.
func attribution(w *graph.Write, goal string) {
	if !touched(w, "attribution_spec", "optimization_goal") {
		return
	}
	seen := map[string]bool{}
	for i, item := range object.Listed(w.Data, "attribution_spec") {
		spec, _ := item.(map[string]any)
		kind, days := object.Text(spec, "event_type"), object.Whole(spec, "window_days")
		fits := days == 0 || slices.Contains(windows(kind), days)
		path := []string{"attribution_spec", digits(i)}
		switch {
		case windows(kind) == nil:
			w.Fault(drop(object.Broken("attribution.event", 1885559, "event_type must be one of CLICK_THROUGH, VIEW_THROUGH, ENGAGED_VIDEO_VIEW", append(path, "event_type")...), path...))
		case seen[kind]:
			w.Fault(drop(object.Broken("attribution.event", 1885559, "attribution_spec names "+kind+" twice", append(path, "event_type")...), path...))
		case !fits:
			f := object.Broken("attribution.window", 1885559, "window_days is "+strconv.FormatInt(days, 10)+", it must be 1 or, for CLICK_THROUGH, 7", append(path, "window_days")...)
			w.Fault(set(f, int64(1)))
		case counted(goal) && days > 0 && (kind != "CLICK_THROUGH" || days != 1):
			f := object.Broken("attribution.goal", 1885559, "optimization_goal "+goal+" is attributed within one day of a click", append(path, "window_days")...)
			w.Fault(drop(f, "attribution_spec"))
		}
		seen[kind] = true
	}
}
