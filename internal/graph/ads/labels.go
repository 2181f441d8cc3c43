package ads

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// mostLabels is how many labels one object may carry.
const mostLabels = 200

// labelIDs is the field that refers to labels.
const labelIDs = "label_ids"

// adlabel keeps the names of labels unique in their account: a name that exists is that label. The name is the row's hash, by which it is found.
func adlabel(ctx context.Context, w *graph.Write) error {
	name := strings.TrimSpace(object.Text(w.Data, "name"))
	if name == "" {
		if w.Sent["name"] != nil {
			w.Fault(object.Broken("label.name", 0, "name of a label must not be empty", "name"))
		}
		return nil
	}
	w.Data["name"], w.Hash = name, name
	found, err := w.Tx.ObjectsByHash(ctx, "adlabel", w.Account.AccountID, []string{name})
	same := found[name]
	switch {
	case err != nil || same == nil:
		return err
	case w.Creating():
		w.Existing = same
	case same.ID != w.Old.ID:
		w.Fault(object.Broken("label.unique", 0, fmt.Sprintf("the account has another label named %q", name), "name"))
	}
	return nil
}

// labels keeps, of the labels that were sent, their ids. A name that the account does not have makes a label.
func labels(ctx context.Context, w *graph.Write) error {
	delete(w.Data, "adlabels")
	if w.Creating() && w.Type.Name == "adcreative" && w.Existing == nil && len(w.Faults) == 0 {
		if err := assetLabels(ctx, w, w.Data["asset_feed_spec"]); err != nil {
			return err
		}
	}
	sent, changed := w.Sent["adlabels"]
	if changed && w.Existing != nil {
		w.Warnings = append(w.Warnings, object.Warning{Rule: "labels.existing", Path: []string{"adlabels"}, Message: "a creative of the same content exists and is answered; its labels stay as they are"})
	}
	if !changed || w.Existing != nil {
		return nil
	}
	list, _ := sent.([]any)
	if len(list) > mostLabels {
		f := object.Broken("labels.max", 0, fmt.Sprintf("adlabels has %d labels, at most %d are allowed", len(list), mostLabels), "adlabels")
		f.Sent, f.Limit = len(list), mostLabels
		w.Fault(f)
		return nil
	}
	ids, err := labelled(ctx, w, list)
	if w.Data[labelIDs] = ids; len(ids) == 0 {
		delete(w.Data, labelIDs)
	}
	return err
}

// labelled finds or makes the labels of a list of {id} and {name}, each once.
func labelled(ctx context.Context, w *graph.Write, list []any) ([]any, error) {
	var ids []any
	for i, elem := range list {
		label, _ := elem.(map[string]any)
		id, name := object.Text(label, "id"), object.Text(label, "name")
		switch {
		case id != "":
			o, err := owned(ctx, w, "adlabel", id, "adlabels", digits(i), "id")
			if o == nil || err != nil {
				id = ""
			}
			if err != nil {
				return nil, err
			}
		case strings.TrimSpace(name) == "":
			w.Fault(drop(object.Broken("labels.name", 0, "a label needs an id or a name", "adlabels", digits(i))))
		default:
			made, err := w.Create(ctx, w.Tx, "adlabel", graph.Params{"name": name})
			if err != nil {
				return nil, err
			}
			id = written(made).ID
		}
		if id != "" && !slices.Contains(ids, any(id)) {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

// written is the object that a create gave: a new one, or one of equal content.
func written(w *graph.Write) *store.Object {
	if w.Existing != nil {
		return w.Existing
	}
	return w.Row
}

// labelsOf reads the labels of many objects with one store call.
func labelsOf(ctx context.Context, _ *graph.Call, tx store.Tx, objs []*store.Object, _ *graph.Selection) ([]any, error) {
	var wanted []string
	for _, o := range objs {
		wanted = append(wanted, object.IDs(o.Data[labelIDs])...)
	}
	slices.Sort(wanted)
	found, err := tx.Objects(ctx, slices.Compact(wanted))
	values := make([]any, len(objs))
	for i, o := range objs {
		var list []*store.Object
		for _, id := range object.IDs(o.Data[labelIDs]) {
			if label := found[id]; label != nil {
				list = append(list, label)
			}
		}
		if len(list) > 0 {
			values[i] = list
		}
	}
	return values, err
}

// addLabels adds labels to those of an object.
func addLabels(ctx context.Context, call *graph.Call, tx store.Tx) (any, error) {
	list, _ := call.Args["adlabels"].([]any)
	return relabel(ctx, call, tx, append(references(call.Node), list...))
}

// removeLabels takes labels off an object. One that it does not carry is a fault.
func removeLabels(ctx context.Context, call *graph.Call, tx store.Tx) (any, error) {
	carried, err := labelsOf(ctx, call, tx, []*store.Object{call.Node}, nil)
	if err != nil {
		return nil, err
	}
	kept, _ := carried[0].([]*store.Object)
	gone, _ := call.Args["adlabels"].([]any)
	var faults object.Faults
	for i, elem := range gone {
		label, _ := elem.(map[string]any)
		at := slices.IndexFunc(kept, func(o *store.Object) bool {
			return o.ID == object.Text(label, "id") || label["id"] == nil && o.Text("name") == strings.TrimSpace(object.Text(label, "name"))
		})
		if at < 0 {
			faults = append(faults, object.Broken("labels.absent", 0, "the object does not carry this label", "adlabels", digits(i)))
			continue
		}
		kept = slices.Delete(kept, at, at+1)
	}
	if len(gone) == 0 {
		faults = append(faults, object.Broken("required", 0, "(#100) The parameter adlabels is required", "adlabels"))
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	list := []any{}
	for _, o := range kept {
		list = append(list, map[string]any{"id": o.ID})
	}
	return relabel(ctx, call, tx, list)
}

// relabel gives the call's node a new list of labels, by the rules of an update.
func relabel(ctx context.Context, call *graph.Call, tx store.Tx, list []any) (any, error) {
	if _, err := call.Change(ctx, tx, call.Node, graph.Params{"adlabels": list}); err != nil {
		return nil, err
	}
	return object.Ordered{{Name: "success", Value: true}}, nil
}

// references are an object's labels as a write names them.
func references(o *store.Object) []any {
	list := []any{}
	for _, id := range object.IDs(o.Data[labelIDs]) {
		list = append(list, map[string]any{"id": id})
	}
	return list
}

// byLabels lists the live objects of a type that carry any, or all, of some labels of the account, newest first.
func byLabels(typ string) graph.EdgeResolver {
	return func(ctx context.Context, call *graph.Call, tx store.Tx, _ *graph.Selection) (*graph.Rows, error) {
		ids := slices.Compact(slices.Sorted(slices.Values(object.IDs(call.Args["ad_label_ids"]))))
		if len(ids) == 0 {
			return nil, object.Broken("required", 0, "(#100) The parameter ad_label_ids is required", "ad_label_ids")
		}
		found, err := tx.Objects(ctx, ids)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			if o := found[id]; o == nil || o.Type != "adlabel" || o.AccountID != call.Node.AccountID {
				return nil, object.Broken("reference", 0, "ad_label_ids names "+id+", which is no label of this ad account", "ad_label_ids")
			}
		}
		lists, err := tx.ListMany(ctx, store.Listing{Type: typ, Field: labelIDs}, ids, 0)
		if err != nil {
			return nil, err
		}
		need := 1
		if call.Args["operator"] == "ALL" {
			need = len(ids)
		}
		objs := carriers(lists, need)
		return &graph.Rows{Objects: objs, Total: len(objs)}, nil
	}
}

// carriers are the objects that stand in at least so many of the lists, newest first.
func carriers(lists map[string][]*store.Object, need int) []*store.Object {
	count := map[string]int{}
	objs := []*store.Object{}
	for _, list := range lists {
		for _, o := range list {
			if count[o.ID]++; count[o.ID] == need {
				objs = append(objs, o)
			}
		}
	}
	slices.SortFunc(objs, func(a, b *store.Object) int { return int(b.Seq - a.Seq) })
	return objs
}
