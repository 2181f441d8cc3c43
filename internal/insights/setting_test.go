package insights

import "testing"

// TestSetting spells attribution_spec.
func TestSetting(t *testing.T) {
	t.Parallel()
	window := func(event string, days int64) any { return map[string]any{"event_type": event, "window_days": days} }
	for want, spec := range map[string][]any{
		"1d_view_7d_click":       nil,
		"7d_click":               {window("CLICK_THROUGH", 7), window("VIEW_THROUGH", 0)},
		"1d_view_1d_click":       {window("CLICK_THROUGH", 1), window("VIEW_THROUGH", 1)},
		"1d_view":                {window("VIEW_THROUGH", 1)},
		"1d_view_7d_click_1d_ev": {window("ENGAGED_VIDEO_VIEW", 1), window("CLICK_THROUGH", 7), window("VIEW_THROUGH", 1)},
		"":                       {window("CLICK_THROUGH", 0)},
	} {
		if got := setting(map[string]any{"attribution_spec": spec}); got != want {
			t.Errorf("%v: %q, want %q", spec, got, want)
		}
	}
}
