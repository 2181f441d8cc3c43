package account

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/audience"
	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// mostAudiences is how many custom audiences an account may hold.
const mostAudiences = 500

// audienceFull is the platform's code for an account that holds as many as it may.
const audienceFull = 2654

// customAudience checks a custom audience. What it needs follows from where its people come from.
func (s *service) customAudience(ctx context.Context, w *graph.Write) error {
	if w.Creating() {
		n, err := w.Tx.Count(ctx, store.Listing{Type: "customaudience", Field: "account_id", To: w.Account.ID})
		if err != nil {
			return err
		}
		if n >= mostAudiences {
			f := object.Broken("audience.full", 0, fmt.Sprintf("the account has %d custom audiences, at most %d are allowed", n, mostAudiences))
			f.Code, f.Sent, f.Limit = audienceFull, n+1, mostAudiences
			w.Fault(f)
		}
	}
	keepRule(w, "rule")
	if object.Text(w.Data, "subtype") == "" && len(w.Faults) == 0 {
		w.Data["subtype"] = impliedSubtype(w.Data)
	}
	if days, sent := w.Data["retention_days"].(int64); sent && (days < 1 || days > mostRetention) {
		w.Fault(object.Broken("audience.retention", 0, fmt.Sprintf("retention_days must be 1 to %d", mostRetention), "retention_days").Put(min(max(days, 1), mostRetention)))
	}
	switch subtype := object.Text(w.Data, "subtype"); subtype {
	case "CUSTOM":
		if w.Creating() && object.Text(w.Data, "customer_file_source") == "" {
			w.Fault(object.Broken("audience.source", 0, "customer_file_source is required: who collected the data of a CUSTOM audience", "customer_file_source"))
		}
	case "LOOKALIKE":
		s.lookalike(w)
	case "WEBSITE", "APP", "ENGAGEMENT", "VIDEO":
		return audienceRule(ctx, w, subtype)
	}
	return nil
}

// impliedSubtype is where the people of an audience come from that does not say so.
func impliedSubtype(data map[string]any) string {
	if data["lookalike_spec"] != nil {
		return "LOOKALIKE"
	}
	for _, rule := range object.Listed(object.Members(ruleOf(data), "inclusions"), "rules") {
		members, _ := rule.(map[string]any)
		for _, source := range object.Listed(members, "event_sources") {
			from, _ := source.(map[string]any)
			switch object.Text(from, "type") {
			case "pixel":
				return "WEBSITE"
			case "app":
				return "APP"
			}
			return "ENGAGEMENT"
		}
	}
	if data["rule"] != nil {
		return "WEBSITE"
	}
	return "CUSTOM"
}

// lookalike checks whom an audience resembles, where, and how closely.
func (s *service) lookalike(w *graph.Write) {
	if !w.Creating() && w.Sent["lookalike_spec"] == nil {
		return
	}
	spec := object.Members(w.Data, "lookalike_spec")
	if object.Text(w.Data, "origin_audience_id") == "" && len(object.Listed(spec, "origin")) == 0 {
		w.Fault(object.Broken("lookalike.origin", 0, "origin_audience_id is required: the audience that a LOOKALIKE audience resembles", "origin_audience_id"))
	}
	if spec == nil {
		w.Fault(object.Broken("lookalike.spec", 0, "lookalike_spec is required for a LOOKALIKE audience", "lookalike_spec"))
		return
	}
	ratio, typed := fraction(spec["ratio"]), object.Text(spec, "type")
	switch {
	case typed != "" && !slices.Contains([]string{"similarity", "reach", "custom_ratio"}, typed):
		w.Fault(object.Broken("lookalike.type", 0, "type must be similarity, reach or custom_ratio", "lookalike_spec", "type"))
	case spec["ratio"] == nil && (typed == "similarity" || typed == "reach"):
	case ratio < 0.01 || ratio > 0.2:
		w.Fault(object.Broken("lookalike.ratio", 0, "ratio must be 0.01 to 0.2", "lookalike_spec", "ratio").Put(min(max(ratio, 0.01), 0.2)))
	case fraction(spec["starting_ratio"]) >= ratio:
		w.Fault(object.Broken("lookalike.ratio", 0, "starting_ratio must be less than ratio", "lookalike_spec", "starting_ratio"))
	}
	places := lookalikeCountries(spec)
	if len(places) == 0 {
		w.Fault(object.Broken("lookalike.country", 0, "country or location_spec is required", "lookalike_spec", "country"))
	}
	for _, code := range places {
		if s.tables.ByCode[strings.ToUpper(code)].Code == "" {
			w.Fault(object.Broken("lookalike.country", 0, fmt.Sprintf("%q is no country: two letters such as US are", code), "lookalike_spec", "country"))
		}
	}
}

// lookalikeCountries are those of a spec, by either of its members.
func lookalikeCountries(spec map[string]any) []string {
	if code := object.Text(spec, "country"); code != "" {
		return []string{code}
	}
	return object.IDs(object.Members(spec, "location_spec", "geo_locations")["countries"])
}

// fraction is a number that may be whole, or text; else zero.
func fraction(v any) float64 {
	switch n := v.(type) {
	case float64:
		return n
	case int64:
		return float64(n)
	case string:
		var f float64
		if _, err := fmt.Sscanf(n, "%g", &f); err == nil {
			return f
		}
	}
	return 0
}

// byPixel lists the custom audiences of one pixel.
func byPixel(call *graph.Call) (func(*store.Object) bool, error) {
	pixel := object.Text(call.Args, "pixel_id")
	if pixel == "" {
		return nil, nil
	}
	return func(o *store.Object) bool { return o.Text("pixel_id") == pixel }, nil
}

// forgetMembers removes the members with their audience.
func forgetMembers(ctx context.Context, _ *graph.Call, tx store.Tx, o *store.Object) error {
	return audience.Forget(ctx, tx, o.ID)
}
