package account

import (
	"context"
	"fmt"
	"strings"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// mostConversions is how many custom conversions an account may hold.
const mostConversions = 100

// customConversion checks a custom conversion: a name of its own, a pixel, and a rule.
func customConversion(ctx context.Context, w *graph.Write) error {
	name := strings.TrimSpace(object.Text(w.Data, "name"))
	found, err := w.Tx.ObjectsByHash(ctx, "customconversion", w.Account.AccountID, []string{name})
	if err != nil {
		return err
	}
	if same := found[name]; same != nil && (w.Creating() || same.ID != w.Old.ID) {
		w.Fault(object.Broken("conversion.name", 0, fmt.Sprintf("the account has a custom conversion named %q", name), "name"))
	}
	w.Hash = name
	if !w.Creating() {
		return nil
	}
	keepRule(w, "rule")
	if w.Data["rule"] == nil && w.Sent["advanced_rule"] == nil {
		w.Fault(object.Broken("required", 0, "(#100) The parameter rule is required", "rule"))
	}
	if value := fraction(w.Data["default_conversion_value"]); value < 0 {
		w.Fault(object.Broken("conversion.value", 0, "default_conversion_value must not be negative", "default_conversion_value").Put(0))
	}
	w.Data["is_archived"], w.Data["is_unavailable"] = false, false
	n, err := w.Tx.Count(ctx, store.Listing{Type: "customconversion", Field: "account_id", To: w.Account.ID})
	if n >= mostConversions {
		w.Fault(object.Broken("conversion.max", 0, fmt.Sprintf("the account has %d custom conversions, at most %d are allowed", n, mostConversions)))
	}
	if err != nil {
		return err
	}
	return conversionSource(ctx, w)
}

// conversionSource finds the pixel whose events count.
func conversionSource(ctx context.Context, w *graph.Write) error {
	id := object.Text(w.Data, "event_source_id")
	delete(w.Data, "event_source_id")
	if id == "" {
		w.Fault(object.Broken("required", 0, "(#100) The parameter event_source_id is required", "event_source_id"))
		return nil
	}
	found, err := w.Tx.Objects(ctx, []string{id})
	if pixel := found[id]; err != nil || pixel == nil || pixel.Type != "adspixel" || pixel.AccountID != w.Account.AccountID {
		w.Fault(object.Broken("reference", 0, "event_source_id "+id+" is no pixel of this ad account", "event_source_id"))
		return err
	}
	w.Data["pixel_id"], w.Data["event_source_type"] = id, "pixel"
	w.Data["data_sources"] = []any{map[string]any{"id": id, "source_type": "PIXEL"}}
	return nil
}
