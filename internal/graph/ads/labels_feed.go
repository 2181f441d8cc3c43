package ads

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
)

// assetLabels gives the labels that a feed's assets and rules name their ids, as the platform reads them back; the account has them then.
func assetLabels(ctx context.Context, w *graph.Write, v any) error {
	switch v := v.(type) {
	case []any:
		for _, elem := range v {
			if err := assetLabels(ctx, w, elem); err != nil {
				return err
			}
		}
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			tags := object.Listed(v, name)
			if strings.HasSuffix(name, "_label") {
				tags = []any{v[name]}
			} else if name != "adlabels" {
				tags = nil
			}
			for _, tag := range tags {
				if err := identify(ctx, w, tag); err != nil {
					return err
				}
			}
			if err := assetLabels(ctx, w, v[name]); err != nil {
				return err
			}
		}
	}
	return nil
}

// identify finds or makes the label of a {name}.
func identify(ctx context.Context, w *graph.Write, tag any) error {
	label, _ := tag.(map[string]any)
	name := strings.TrimSpace(object.Text(label, "name"))
	if name == "" || label["id"] != nil {
		return nil
	}
	made, err := w.Create(ctx, w.Tx, "adlabel", graph.Params{"name": name})
	if err == nil {
		label["id"] = written(made).ID
	}
	return err
}
