package ads

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
)

// feedLabels gives the labels of a feed, which were sent by name, the ids of the account's labels of those names.
func feedLabels(ctx context.Context, w *graph.Write) error {
	byName := map[string][]map[string]any{}
	collectLabels(w.Data["asset_feed_spec"], byName)
	for _, name := range slices.Sorted(maps.Keys(byName)) {
		made, err := w.Create(ctx, w.Tx, "adlabel", graph.Params{"name": name})
		if err != nil {
			return err
		}
		for _, label := range byName[name] {
			label["id"] = written(made).ID
		}
	}
	return nil
}

// collectLabels finds every label of a feed: in the lists adlabels, and in members such as image_label.
func collectLabels(v any, byName map[string][]map[string]any) {
	take := func(v any) {
		label, _ := v.(map[string]any)
		if name := strings.TrimSpace(object.Text(label, "name")); name != "" {
			byName[name] = append(byName[name], label)
		}
	}
	switch v := v.(type) {
	case map[string]any:
		for member, inner := range v {
			switch {
			case strings.HasSuffix(member, "_label"):
				take(inner)
			case member == "adlabels":
				for _, elem := range object.Listed(v, member) {
					take(elem)
				}
			default:
				collectLabels(inner, byName)
			}
		}
	case []any:
		for _, elem := range v {
			collectLabels(elem, byName)
		}
	}
}
