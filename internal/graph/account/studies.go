package account

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// mostCells is how many parts the people of a study can be split into.
const mostCells = 150

// adStudy checks a study: its time, and its cells, which are kept in their own shape with references to what they test.
func adStudy(ctx context.Context, w *graph.Write) error {
	if start, end := object.Whole(w.Data, "start_time"), object.Whole(w.Data, "end_time"); end > 0 && end <= start {
		w.Fault(object.Broken("study.time", 0, "end_time must be after start_time", "end_time"))
	}
	w.Data["updated_by"] = w.Caller.UserID
	if w.Creating() {
		w.Data["created_by"] = w.Caller.UserID
	}
	sent, changed := w.Data["cells"].([]any)
	delete(w.Data, "cells")
	if !changed {
		if w.Creating() {
			w.Fault(object.Broken("required", 0, "(#100) The parameter cells is required", "cells"))
		}
		return nil
	}
	return studyCells(ctx, w, sent)
}

// studyCells checks the cells: shares of 100 per cent, and campaigns or ad sets of the account.
func studyCells(ctx context.Context, w *graph.Write, sent []any) error {
	least := 1
	if w.Data["type"] == "SPLIT_TEST" {
		least = 2
	}
	if n := len(sent); n < least || n > mostCells {
		w.Fault(object.Broken("study.cells", 0, fmt.Sprintf("cells has %d cells, it must have %d to %d", n, least, mostCells), "cells"))
		return nil
	}
	var cells, campaigns, adsets []any
	share := 0.0
	for i, elem := range sent {
		cell, _ := elem.(map[string]any)
		at := []string{"cells", strconv.Itoa(i)}
		treated, control := fraction(cell["treatment_percentage"]), fraction(cell["control_percentage"])
		if treated <= 0 || control < 0 || treated+control > 100 {
			w.Fault(object.Broken("study.share", 0, "treatment_percentage must be above 0 and, with control_percentage, at most 100", append(at, "treatment_percentage")...))
		}
		share += treated + control
		inside := []any{}
		for _, id := range append(object.IDs(cell["campaigns"]), object.IDs(cell["campaign_ids"])...) {
			campaigns, inside = append(campaigns, id), append(inside, id)
		}
		for _, id := range append(object.IDs(cell["adsets"]), object.IDs(cell["adset_ids"])...) {
			adsets, inside = append(adsets, id), append(inside, id)
		}
		surplus(w, at, cell)
		cells = append(cells, map[string]any{"name": object.Text(cell, "name"), "treatment_percentage": treated, "control_percentage": control, "in": inside})
	}
	if share > 100 {
		w.Fault(object.Broken("study.share", 0, fmt.Sprintf("the cells have %g per cent of the people, at most 100 are there", share), "cells"))
	}
	w.Data["cell_list"], w.Data["campaign_ids"], w.Data["adset_ids"] = cells, campaigns, adsets
	return inAccount(ctx, w, map[string][]any{"campaign": campaigns, "adset": adsets})
}

// surplus warns of what a cell has that is not kept.
func surplus(w *graph.Write, at []string, cell map[string]any) {
	kept := []string{"name", "treatment_percentage", "control_percentage", "campaigns", "campaign_ids", "adsets", "adset_ids"}
	for _, name := range slices.Sorted(maps.Keys(cell)) {
		if !slices.Contains(kept, name) {
			w.Warnings = append(w.Warnings, object.Warning{Rule: "ignored", Path: append(slices.Clone(at), name), Message: "not kept of a cell; ignored"})
		}
	}
}

// inAccount checks that what a study tests exists in its account, and is in one cell only.
func inAccount(ctx context.Context, w *graph.Write, tested map[string][]any) error {
	for _, typ := range []string{"campaign", "adset"} {
		ids := object.IDs(tested[typ])
		found, err := w.Tx.Objects(ctx, ids)
		if err != nil {
			return err
		}
		for i, id := range ids {
			if o := found[id]; o == nil || o.Type != typ || o.AccountID != w.Account.AccountID {
				w.Fault(object.Broken("reference", 0, "cells name "+id+", which is no "+typ+" of this ad account", "cells"))
			}
			if slices.Contains(ids[:i], id) {
				w.Fault(object.Broken("study.once", 0, id+" stands in two cells", "cells"))
			}
		}
		if len(ids) == 0 {
			delete(w.Data, typ+"_ids")
		}
	}
	return nil
}

// addStudy makes a study from its business, as the platform's libraries do: in the account of the first campaign or ad set that a cell names.
func addStudy(ctx context.Context, call *graph.Call, tx store.Tx) (any, error) {
	if !call.Caller.Can(object.AdsManagement) {
		return nil, &object.Fault{Code: 294, Rule: "study.permission", Message: "(#294) Managing ads needs an access token with the permission " + object.AdsManagement}
	}
	account, err := studied(ctx, call, tx)
	if err != nil {
		return nil, err
	}
	if account == nil || account.Text("owner") != call.Node.ID || !call.Caller.Sees(account) {
		return nil, object.Broken("study.account", 0, "cells name no campaign or ad set of an ad account of this business", "cells")
	}
	inside := *call
	inside.Account = account
	w, err := inside.Create(ctx, tx, "adstudy", call.Params)
	if err != nil {
		return nil, err
	}
	return object.Ordered{{Name: "id", Value: w.Row.ID}}, nil
}

// studied is the account of the first object that a cell of the call names; nil if there is none.
func studied(ctx context.Context, call *graph.Call, tx store.Tx) (*store.Object, error) {
	for _, elem := range object.Listed(call.Args, "cells") {
		cell, _ := elem.(map[string]any)
		for _, name := range []string{"campaigns", "campaign_ids", "adsets", "adset_ids"} {
			ids := object.IDs(cell[name])
			if len(ids) == 0 {
				continue
			}
			tested, err := tx.Objects(ctx, ids[:1])
			if err != nil || tested[ids[0]] == nil {
				return nil, err
			}
			id := "act_" + tested[ids[0]].AccountID
			accounts, err := tx.Objects(ctx, []string{id})
			return accounts[id], err
		}
	}
	return nil, nil
}

// studyCellRows lists the cells of a study as they were sent.
func studyCellRows(_ context.Context, call *graph.Call, _ store.Tx, _ *graph.Selection) (*graph.Rows, error) {
	list := object.Listed(call.Node.Data, "cell_list")
	rows := &graph.Rows{Objects: []*store.Object{}, Total: len(list)}
	for i, elem := range list {
		cell, _ := elem.(map[string]any)
		data := map[string]any{"ad_entities_count": int64(len(object.Listed(cell, "in")))}
		for _, name := range []string{"name", "treatment_percentage", "control_percentage"} {
			data[name] = cell[name]
		}
		rows.Objects = append(rows.Objects, row("adstudycell", len(list)-i, call.Node.ID+":"+strconv.Itoa(i+1), data))
	}
	return rows, nil
}

// row is an object that is not stored: a line of a table, or something computed. Its place in the list is from the end, so that the
// protocol can page it.
func row(typ string, place int, id string, data map[string]any) *store.Object {
	return &store.Object{Type: typ, ID: id, Seq: int64(place), Data: data}
}
