package ads

import (
	"cmp"
	"context"
	"slices"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// mostPeriods is how many periods of higher demand a campaign or an ad set may have.
const mostPeriods = 50

// period checks a time of higher demand: it lies ahead, its owner has a budget, and no other overlaps it.
func period(ctx context.Context, w *graph.Write) error {
	field, id := "campaign_id", object.Text(w.Data, "campaign_id")
	if id == "" {
		field, id = "adset_id", object.Text(w.Data, "adset_id")
	}
	if id == "" {
		w.Fault(object.Broken("period.owner", 0, "a period belongs to a campaign or an ad set", "adset_id"))
		return nil
	}
	w.Data["ad_object_id"] = id
	owner, err := w.Tx.Object(ctx, id)
	if err != nil {
		return err
	}
	start, end := object.Whole(w.Data, "time_start"), object.Whole(w.Data, "time_end")
	switch {
	case !hasBudget(owner.Data):
		w.Fault(object.Broken("period.budget", 0, "the "+owner.Type+" has no budget of its own", "budget_value"))
	case object.Whole(w.Data, "budget_value") < 1 && w.Data["budget_value"] != nil:
		w.Fault(object.Broken("period.value", 0, "budget_value must be positive", "budget_value"))
	case end <= start && end != 0:
		w.Fault(set(object.Broken("period.end", 0, "time_end must be after time_start", "time_end"), max(start, w.Now)+day))
	case end <= w.Now && end != 0:
		w.Fault(set(object.Broken("period.end", 1487033, "time_end must be in the future", "time_end"), w.Now+day))
	}
	return apart(ctx, w, field, id, start, end)
}

// apart checks that an owner's periods are not too many, and that none overlaps the new one.
func apart(ctx context.Context, w *graph.Write, field, id string, start, end int64) error {
	others, err := children(ctx, w.Tx, "highdemandperiod", field, id)
	if err != nil {
		return err
	}
	if w.Creating() && len(others) >= mostPeriods {
		w.Fault(most("period.max", len(others)+1, mostPeriods, "periods of one budget"))
	}
	if slices.ContainsFunc(others, func(o *store.Object) bool {
		same := !w.Creating() && o.ID == w.Old.ID
		return !same && object.Whole(o.Data, "time_start") < end && start < object.Whole(o.Data, "time_end")
	}) {
		w.Fault(object.Broken("period.overlap", 0, "another period overlaps this one", "time_start"))
	}
	return nil
}

// periodsBetween keeps the periods that overlap the asked time.
func periodsBetween(call *graph.Call) (func(*store.Object) bool, error) {
	from, to := object.Whole(call.Args, "time_start"), object.Whole(call.Args, "time_stop")
	return func(o *store.Object) bool {
		return object.Whole(o.Data, "time_end") > from && (to == 0 || object.Whole(o.Data, "time_start") < to)
	}, nil
}

// periods makes the periods that were sent with a campaign or an ad set, and changes those that are sent with an id.
func periods(ctx context.Context, w *graph.Write) {
	specs := object.Listed(w.Sent, "budget_schedule_specs")
	if len(specs) == 0 {
		return
	}
	w.After = append(w.After, func(id string) error {
		for i, spec := range specs {
			members, _ := spec.(map[string]any)
			if err := onePeriod(ctx, w, id, members); err != nil {
				return beneath(err, "budget_schedule_specs", digits(i))
			}
		}
		return nil
	})
}

// onePeriod makes or changes one.
func onePeriod(ctx context.Context, w *graph.Write, owner string, spec map[string]any) error {
	known := object.Text(spec, "id")
	if known == "" {
		sent := graph.Params{w.Type.Name + "_id": owner}
		for name, v := range spec {
			sent[name] = v
		}
		_, err := w.Create(ctx, w.Tx, "highdemandperiod", sent)
		return err
	}
	found, err := w.Tx.Objects(ctx, []string{known})
	if err != nil {
		return err
	}
	o := found[known]
	if o == nil || o.Type != "highdemandperiod" || cmp.Or(o.Text("campaign_id"), o.Text("adset_id")) != owner {
		return object.Broken("reference", 0, "there is no such period of this object", "id")
	}
	_, err = w.Change(ctx, w.Tx, o, spec)
	return err
}
