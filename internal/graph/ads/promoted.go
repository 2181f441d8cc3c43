package ads

import (
	"context"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/graph"
)

// promoted checks the object whose events the goal counts: that it is there, that its pixel exists in the account, and that the event is
// known. The campaign's own promoted object serves as well.
func (s *service) promoted(ctx context.Context, w *graph.Write, campaign map[string]any) error {
	own := members(w.Data, "promoted_object")
	wanted, goal := needs(text(w.Data, "optimization_goal")), text(w.Data, "optimization_goal")
	has := func(name string) bool {
		return text(own, name) != "" || text(members(campaign, "promoted_object"), name) != ""
	}
	if len(wanted) > 0 && !slices.ContainsFunc(wanted, has) {
		w.Fault(broken("adset.promoted_object", 0, "optimization_goal "+goal+" needs promoted_object with one of "+
			strings.Join(wanted, ", "), "promoted_object"))
	}
	event := text(own, "custom_event_type")
	switch {
	case event != "" && !slices.Contains(conversionEvents(), event):
		w.Fault(broken("adset.event", 0, "custom_event_type must be one of {"+strings.Join(conversionEvents(), ", ")+"}", "promoted_object", "custom_event_type"))
	case event == "OTHER" && text(own, "custom_event_str") == "" && text(own, "custom_conversion_id") == "" && text(own, "pixel_rule") == "":
		w.Fault(broken("adset.event", 0, "custom_event_type OTHER needs custom_event_str or custom_conversion_id", "promoted_object", "custom_event_str"))
	}
	if _, sent := w.Sent["promoted_object"]; !sent || text(own, "pixel_id") == "" {
		return nil
	}
	own["pixel_id"] = text(own, "pixel_id") // a number of 18 digits loses some in many clients
	_, err := owned(ctx, w, "adspixel", text(own, "pixel_id"), "promoted_object", "pixel_id")
	return err
}
