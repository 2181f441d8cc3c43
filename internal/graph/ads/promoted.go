package ads

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
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
	promotedEvent(w, own)
	if !touched(w, "promoted_object", "destination_type") {
		return nil
	}
	if object.Text(own, "pixel_id") != "" && object.Text(own, "application_id") != "" && own["omnichannel_object"] == nil {
		f := object.Broken("adset.promoted_object", 1487929, "promoted_object names a pixel and an app: results of which are meant?", "promoted_object")
		w.Fault(drop(f, "promoted_object", "application_id"))
	}
	if err := whatsApp(ctx, w, own); err != nil {
		return err
	}
	if _, sent := w.Sent["promoted_object"]; !sent || object.Text(own, "pixel_id") == "" {
		return nil
	}
	own["pixel_id"] = object.Text(own, "pixel_id") // a number of 18 digits loses some in many clients
	_, err := owned(ctx, w, "adspixel", object.Text(own, "pixel_id"), "promoted_object", "pixel_id")
	return err
}

// promotedEvent checks the event that a promoted object names.
func promotedEvent(w *graph.Write, own map[string]any) {
	event := object.Text(own, "custom_event_type")
	switch {
	case event != "" && !slices.Contains(conversionEvents(), event):
		f := object.Broken("adset.event", 0, "custom_event_type must be one of {"+strings.Join(conversionEvents(), ", ")+"}", "promoted_object", "custom_event_type")
		if f.Known = object.Nearest(event, conversionEvents(), 3); len(f.Known) > 0 {
			f = set(f, f.Known[0])
		}
		w.Fault(f)
	case event == "OTHER" && object.Text(own, "custom_event_str") == "" && object.Text(own, "custom_conversion_id") == "" && object.Text(own, "pixel_rule") == "":
		w.Fault(object.Broken("adset.event", 0, "custom_event_type OTHER needs custom_event_str or custom_conversion_id", "promoted_object", "custom_event_str"))
	}
}

// whatsApp checks that there is a number where clicks lead to WhatsApp: the promoted object's, or that of its Page.
func whatsApp(ctx context.Context, w *graph.Write, own map[string]any) error {
	if object.Text(w.Data, "destination_type") != "WHATSAPP" || object.Text(own, "whatsapp_phone_number") != "" || object.Text(own, "whats_app_business_phone_number_id") != "" {
		return nil
	}
	page, err := w.Tx.Object(ctx, object.Text(own, "page_id"))
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	if page.Text("whatsapp_number") == "" {
		w.Fault(object.Broken("adset.whatsapp", 2446880, "destination_type WHATSAPP needs promoted_object.whatsapp_phone_number, or a Page with whatsapp_number", "promoted_object", "whatsapp_phone_number"))
	}
	return nil
}
