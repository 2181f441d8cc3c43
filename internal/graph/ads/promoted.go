package ads

import (
	"context"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
)

// promoted checks the object whose events the goal counts: that it is there, that its pixel exists in the account, and that the event is
// known. The campaign's own promoted object serves as well.
func (s *service) promoted(ctx context.Context, w *graph.Write, campaign map[string]any) error {
	own := object.Members(w.Data, "promoted_object")
	wanted, goal := needs(object.Text(w.Data, "optimization_goal")), object.Text(w.Data, "optimization_goal")
	has := func(name string) bool {
		return object.Text(own, name) != "" || object.Text(object.Members(campaign, "promoted_object"), name) != ""
	}
	if len(wanted) > 0 && !slices.ContainsFunc(wanted, has) {
		w.Fault(object.Broken("adset.promoted_object", 0, "optimization_goal "+goal+" needs promoted_object with one of "+
			strings.Join(wanted, ", "), "promoted_object"))
	}
	event := object.Text(own, "custom_event_type")
	switch {
	case event != "" && !slices.Contains(conversionEvents(), event):
		w.Fault(object.Broken("adset.event", 0, "custom_event_type must be one of {"+strings.Join(conversionEvents(), ", ")+"}", "promoted_object", "custom_event_type"))
	case event == "OTHER" && object.Text(own, "custom_event_str") == "" && object.Text(own, "custom_conversion_id") == "" && object.Text(own, "pixel_rule") == "":
		w.Fault(object.Broken("adset.event", 0, "custom_event_type OTHER needs custom_event_str or custom_conversion_id", "promoted_object", "custom_event_str"))
	}
	if _, sent := w.Sent["promoted_object"]; !sent || object.Text(own, "pixel_id") == "" {
		return nil
	}
	own["pixel_id"] = object.Text(own, "pixel_id") // a number of 18 digits loses some in many clients
	_, err := owned(ctx, w, "adspixel", object.Text(own, "pixel_id"), "promoted_object", "pixel_id")
	return err
}
