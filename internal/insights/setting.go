package insights

import (
	"strconv"
	"strings"

	"github.com/marquetry/marquetry/internal/object"
)

// setting is what an ad set counts, as the field attribution_setting spells its attribution_spec: views, clicks, engaged views, such as
// 1d_view_7d_click, which is also what is counted where it names nothing. "" when every window has no days.
func setting(adset map[string]any) string {
	spec := object.Listed(adset, "attribution_spec")
	if len(spec) == 0 {
		return "1d_view_7d_click"
	}
	var windows []string
	for _, kind := range []struct{ event, name string }{{"VIEW_THROUGH", "view"}, {"CLICK_THROUGH", "click"}, {"ENGAGED_VIDEO_VIEW", "ev"}} {
		for _, item := range spec {
			window, _ := item.(map[string]any)
			if days := object.Whole(window, "window_days"); object.Text(window, "event_type") == kind.event && days > 0 {
				windows = append(windows, strconv.FormatInt(days, 10)+"d_"+kind.name)
			}
		}
	}
	return strings.Join(windows, "_")
}

// settingField is attribution_setting of rows of one ad set or ad; rows of a higher level have none.
func settingField() field {
	return field{needs: needs{objects: true}, value: func(w *writer, r *row) any {
		if len(r.ids) <= AdSetLevel.depth() {
			return nil
		}
		if o := w.objects[r.ids[AdSetLevel.depth()]]; o != nil {
			if s := setting(o.Data); s != "" {
				return s
			}
		}
		return nil
	}}
}
