package object_test

import (
	"testing"

	"github.com/marquetry/marquetry/internal/object"
)

// TestPromotedEvent checks the way from an ad set's promoted_object to the pixel's event.
func TestPromotedEvent(t *testing.T) {
	t.Parallel()
	for typ, want := range map[string]string{
		"": "Purchase", "PURCHASE": "Purchase", "ADD_TO_CART": "AddToCart", "CONTENT_VIEW": "ViewContent", "INITIATED_CHECKOUT": "InitiateCheckout",
		"COMPLETE_REGISTRATION": "CompleteRegistration", "LEAD": "Lead", "OTHER": "Signed up",
	} {
		adset := map[string]any{"promoted_object": map[string]any{"custom_event_type": typ, "custom_event_str": "Signed up"}}
		if got := object.PromotedEvent(adset); got != want {
			t.Errorf("PromotedEvent(%q) = %q, want %q", typ, got, want)
		}
	}
	if got := object.PromotedEvent(nil); got != "Purchase" {
		t.Errorf("without a promoted object: %q", got)
	}
}
