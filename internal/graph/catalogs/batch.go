package catalogs

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/catalog"
	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// batchType is the type of the row that remembers a batch; it is no object of the API.
const batchType = "catalogbatch"

// mostRemembered is the most errors, and the most warnings, that a batch keeps.
const mostRemembered = 1000

// request is one change of a batch with what is wrong with it.
type request struct {
	*change
	line int
}

// itemsBatch makes up to 5000 changes in a feed's words.
func (s *service) itemsBatch(ctx context.Context, call *graph.Call, tx store.Tx) (any, error) {
	if typ := object.Text(call.Args, "item_type"); typ != "PRODUCT_ITEM" {
		return nil, object.Broken("items_batch.item_type", 0, fmt.Sprintf("(#100) Param item_type must be one of {PRODUCT_ITEM}; %q is not emulated", typ), "item_type")
	}
	requests := s.requests(call, func(sent map[string]any) (catalog.Item, []catalog.Problem) {
		data := maps.Clone(object.Members(sent, "data"))
		if data == nil || data["id"] == nil && sent["retailer_id"] == nil {
			return catalog.Item{}, []catalog.Problem{{Rule: "missing_field", Field: "id", Message: "id is required, inside of data", Fatal: true}}
		}
		if data["id"] == nil {
			data["id"] = sent["retailer_id"]
		}
		return s.schema.Item(data, "")
	})
	handle, err := s.run(ctx, call, tx, requests)
	if err != nil {
		return nil, err
	}
	return object.Ordered{{Name: "handles", Value: []string{handle}}, {Name: "validation_status", Value: validation(requests)}}, nil
}

// olderBatch makes up to 5000 changes in the API's words, with the id beside the data.
func (s *service) olderBatch(ctx context.Context, call *graph.Call, tx store.Tx) (any, error) {
	requests := s.requests(call, func(sent map[string]any) (catalog.Item, []catalog.Problem) {
		data := maps.Clone(object.Members(sent, "data"))
		if data == nil {
			data = map[string]any{}
		}
		if sent["retailer_id"] != nil {
			data["retailer_id"] = sent["retailer_id"]
		}
		return s.named(data)
	})
	handle, err := s.run(ctx, call, tx, requests)
	return object.Ordered{{Name: "handles", Value: []string{handle}}}, err
}

// named reads an item in the API's words.
func (s *service) named(data map[string]any) (catalog.Item, []catalog.Problem) {
	item := catalog.Item{}
	var problems []catalog.Problem
	for _, name := range slices.Sorted(maps.Keys(data)) {
		f := s.item.Field(name)
		if f == nil || !f.Has(object.Create) || !f.Has(object.Read) {
			problems = append(problems, catalog.Problem{Rule: "unknown_field", Field: name, Message: name + " is no field of an item that a batch can set"})
			continue
		}
		switch value, fault := f.Coerce(name, data[name], nil); {
		case fault != nil:
			problems = append(problems, catalog.Problem{Rule: "invalid_value", Field: name, Message: strings.TrimPrefix(fault.Message, "(#100) Param "), Fatal: true})
		case value != nil:
			item[f.Name] = value
		}
	}
	if item.Text("retailer_id") == "" {
		problems = append(problems, catalog.Problem{Rule: "missing_field", Field: "retailer_id", Message: "retailer_id is required", Fatal: true})
	}
	return item, problems
}

// requests reads the changes of a batch, each item by read. An item may stand in a batch once.
func (s *service) requests(call *graph.Call, read func(map[string]any) (catalog.Item, []catalog.Problem)) []request {
	upsert := call.Args["allow_upsert"] != false
	seen := map[string]bool{}
	var all []request
	for i, elem := range object.Listed(call.Args, "requests") {
		sent, _ := elem.(map[string]any)
		c := &change{upsert: upsert}
		c.item, c.problems = read(sent)
		switch method := strings.ToUpper(object.Text(sent, "method")); method {
		case "CREATE":
			c.replace, c.upsert = true, true
		case "UPDATE":
		case "DELETE":
			c.delete = true
		default:
			c.problems = append(c.problems, catalog.Problem{Rule: "method", Field: "method", Message: "method must be CREATE, UPDATE or DELETE", Fatal: true})
		}
		id := c.item.Text("retailer_id")
		if id != "" && seen[id] {
			c.problems = append(c.problems, catalog.Problem{Rule: "duplicate", Field: "id", Message: "the batch has the item more than once", Fatal: true})
		}
		seen[id] = true
		all = append(all, request{c, i + 1})
	}
	return all
}

// run makes those changes that are good so far, and remembers what became of all.
func (s *service) run(ctx context.Context, call *graph.Call, tx store.Tx, requests []request) (string, error) {
	k, err := openKeeper(ctx, call, tx, call.Node.ID)
	if err != nil {
		return "", err
	}
	for part := range slices.Chunk(requests, chunk) {
		var good []*change
		for _, r := range part {
			if !catalog.Fatal(r.problems) {
				good = append(good, r.change)
			}
		}
		if err := k.put(ctx, good); err != nil {
			return "", err
		}
	}
	id, _, err := tx.NextID(ctx)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256([]byte("batch " + call.Node.ID + " " + id))
	handle := "A" + base64.RawURLEncoding.EncodeToString(sum[:])
	err = call.Audit(ctx, tx, call.Node, "update", map[string]any{"batch": handle, "requests": int64(len(requests))}, nil)
	return handle, errors.Join(err, tx.Insert(ctx, &store.Object{ID: id, Type: batchType, AccountID: call.Node.AccountID, Hash: key(call.Node.ID, handle), Data: outcome(requests),
		Refs: []store.Ref{{Field: "product_catalog_id", To: call.Node.ID}}, Created: call.Now, Updated: call.Now}))
}

// outcome is what a batch keeps of itself.
func outcome(requests []request) map[string]any {
	var wrong, warnings, invalid []any
	var bad, odd int64
	for _, r := range requests {
		id := r.item.Text("retailer_id")
		if catalog.Fatal(r.troubles()) && id != "" {
			invalid = append(invalid, id)
		}
		for _, p := range r.troubles() {
			line := map[string]any{"line": int64(r.line), "id": id, "message": p.Message}
			if p.Fatal {
				bad++
				wrong = append(wrong, line)
			} else {
				odd++
				warnings = append(warnings, line)
			}
		}
	}
	return map[string]any{"errors": wrong[:min(len(wrong), mostRemembered)], "errors_total_count": bad,
		"warnings": warnings[:min(len(warnings), mostRemembered)], "warnings_total_count": odd, "invalid": invalid}
}

// validation lists the changes that something is wrong with.
func validation(requests []request) []any {
	all := []any{}
	for _, r := range requests {
		if len(r.troubles()) == 0 {
			continue
		}
		wrong, warnings := []any{}, []any{}
		for _, p := range r.troubles() {
			line := map[string]any{"message": p.Message}
			if p.Fatal {
				wrong = append(wrong, line)
			} else {
				warnings = append(warnings, line)
			}
		}
		all = append(all, object.Ordered{{Name: "retailer_id", Value: r.item.Text("retailer_id")}, {Name: "errors", Value: wrong}, {Name: "warnings", Value: warnings}})
	}
	return all
}

// batchStatus tells what became of a batch: it was over before its handle was known.
func batchStatus(ctx context.Context, call *graph.Call, tx store.Tx, _ *graph.Selection) (*graph.Rows, error) {
	handle := object.Text(call.Args, "handle")
	if handle == "" {
		return nil, object.Broken("required", 0, "(#100) The parameter handle is required", "handle")
	}
	found, err := tx.ObjectsByHash(ctx, batchType, call.Node.AccountID, []string{key(call.Node.ID, handle)})
	if err != nil {
		return nil, err
	}
	o := found[key(call.Node.ID, handle)]
	if o == nil {
		return nil, object.Broken("items_batch.handle", 0, "(#100) Param handle names no batch of this catalog", "handle")
	}
	status := map[string]any{"handle": handle, "status": "finished", "errors": list(o.Data, "errors"), "errors_total_count": o.Data["errors_total_count"],
		"warnings": list(o.Data, "warnings"), "warnings_total_count": o.Data["warnings_total_count"]}
	if call.Args["load_ids_of_invalid_requests"] == true {
		status["ids_of_invalid_requests"] = list(o.Data, "invalid")
	}
	return &graph.Rows{Data: []any{status}, Total: 1}, nil
}

// list is a member that is a list, also when nothing is in it.
func list(data map[string]any, name string) []any {
	if all := object.Listed(data, name); all != nil {
		return all
	}
	return []any{}
}
