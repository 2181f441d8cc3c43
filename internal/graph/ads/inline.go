package ads

import (
	"context"
	"slices"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
)

// parent finds the id of the object that a new one is in, by the field that names it, or makes that object of a whole spec that was sent
// beside: an ad set of an ad's adset_spec, a campaign of an ad set's campaign_spec. On an existing object the spec changes the parent.
func parent(ctx context.Context, w *graph.Write, typ, field, specField string) error {
	spec, _ := w.Sent[specField].(map[string]any)
	id := object.Text(w.Data, field)
	switch {
	case spec == nil:
		return nil
	case id == "":
		made, err := w.Create(ctx, w.Tx, typ, spec)
		if err == nil {
			w.Data[field] = made.Row.ID
		}
		return within(w, specField, err)
	}
	o, err := w.Tx.Object(ctx, id)
	if err == nil {
		_, err = w.Change(ctx, w.Tx, o, spec)
	}
	return within(w, specField, err)
}

// within adds the faults of an object that was sent inside of another, at the path where it stood.
func within(w *graph.Write, field string, err error) error {
	faults, ok := asFaults(beneath(err, field))
	if ok {
		w.Faults = append(w.Faults, faults...)
		return nil
	}
	return err
}

// beneath puts the faults of an error, and their fixes, below a path.
func beneath(err error, path ...string) error {
	faults, ok := asFaults(err)
	if !ok {
		return err
	}
	moved := make(object.Faults, len(faults))
	for i, f := range faults {
		copied := *f
		copied.Path, copied.Fixes = slices.Concat(path, f.Path), slices.Clone(f.Fixes)
		for j := range copied.Fixes {
			copied.Fixes[j].Path = slices.Concat(path, copied.Fixes[j].Path)
		}
		moved[i] = &copied
	}
	return moved
}

// olderParent takes an ad set's id that was sent as campaign_id of a new ad, which is how ads were made when ad sets were called campaigns.
func olderParent(ctx context.Context, w *graph.Write) error {
	id := object.Text(w.Params, "campaign_id")
	if !w.Creating() || id == "" || w.Data["adset_id"] != nil || w.Sent["adset_spec"] != nil {
		return nil
	}
	found, err := w.Tx.Objects(ctx, []string{id})
	if o := found[id]; o == nil || o.Type != "adset" || w.Account == nil || o.AccountID != w.Account.AccountID {
		w.Fault(object.Broken("required", 0, "(#100) The parameter adset_id is required", "adset_id"))
		return err
	}
	w.Data["adset_id"] = id
	w.Warnings = slices.DeleteFunc(w.Warnings, func(a object.Warning) bool { return slices.Equal(a.Path, []string{"campaign_id"}) })
	return nil
}
