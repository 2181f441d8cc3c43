package ads

import (
	"context"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// gone are the platform's subcodes for touching what was deleted or archived, by type.
func gone(typ string) int {
	return map[string]int{"campaign": 1487566, "adset": 1487056, "ad": 1885088}[typ]
}

// standing checks the status of a campaign, an ad set or an ad: a new one is ACTIVE or PAUSED, of an archived one only the name and
// the deletion can change, of a deleted one only the name. It reports whether the other rules still have something to say.
// Deletions are carried on by the delete hooks, which the protocol runs for them; archiving is here.
func (s *service) standing(ctx context.Context, w *graph.Write) (bool, error) {
	status := object.Text(w.Data, "status")
	if w.Creating() {
		if status != object.Active && status != object.Paused {
			w.Fault(set(object.Broken("status.create", 0, "status must be ACTIVE or PAUSED on creation", "status"), object.Paused))
		}
		return true, nil
	}
	if !live(w.Old) {
		frozen(w, w.Old.Status, status)
		return false, nil
	}
	if status == object.Archived {
		w.After = append(w.After, func(id string) error { return carry(ctx, w.Call, w.Tx, w.Type.Name, id, status) })
		return false, s.archive(ctx, w)
	}
	return status == object.Active || status == object.Paused, nil
}

// frozen checks a change of what is deleted or archived.
func frozen(w *graph.Write, old, status string) {
	for _, name := range sentNames(w) {
		deleting := name == "status" && (status == object.Deleted || status == old)
		if name == "name" || name == "execution_options" || deleting {
			continue
		}
		message := "only the name of a deleted object can change"
		if old == object.Archived {
			message = "only the name of an archived object can change, and it can be deleted"
		}
		w.Fault(drop(object.Broken("status.gone", gone(w.Type.Name), message, name)))
	}
}

// carry deletes or archives everything below a campaign or an ad set. Archived children are deleted with their parent.
func carry(ctx context.Context, call *graph.Call, tx store.Tx, typ, id, status string) error {
	from := []string{object.Active, object.Paused}
	if status == object.Deleted {
		from = append(from, object.Archived)
	}
	below := map[string][]store.Listing{
		"campaign": {{Type: "adset", Field: "campaign_id"}, {Type: "ad", Field: "campaign_id"}},
		"adset":    {{Type: "ad", Field: "adset_id"}},
	}
	for _, l := range below[typ] {
		list, err := children(ctx, tx, l.Type, l.Field, id, from...)
		if err != nil {
			return err
		}
		for _, o := range list {
			if err := setStatus(ctx, call, tx, o, status); err != nil {
				return err
			}
		}
	}
	return nil
}

// deleteParent carries the deletion of a campaign or an ad set to what is below it.
func deleteParent(ctx context.Context, call *graph.Call, tx store.Tx, o *store.Object) error {
	return carry(ctx, call, tx, o.Type, o.ID, object.Deleted)
}
