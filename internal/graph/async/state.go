package async

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// A set keeps how many requests were sent, and of those that are left, how many failed.
const (
	sent   = "total_count"
	failed = "error_count"
	gone   = "canceled_count"
)

// setFields are what a set and its requests compute.
func setFields() map[string]graph.FieldResolver {
	fields := map[string]graph.FieldResolver{
		"async.set.owner":        graph.Each(func(_ *graph.Call, o *store.Object) any { return o.AccountID }),
		"async.set.is_completed": graph.Each(func(call *graph.Call, o *store.Object) any { return done(call, o) }),
		"async.request.status":   graph.Each(func(call *graph.Call, o *store.Object) any { return requestStatus(call, o) }),
		"async.request.result":   graph.Each(requestResult),
	}
	for _, name := range []string{sent, "initial_count", "in_progress_count", "success_count", failed, gone} {
		fields["async.set."+name] = graph.Each(func(call *graph.Call, o *store.Object) any { return counts(call, o)[name] })
	}
	return fields
}

// counts are a set's requests by how far they are.
func counts(call *graph.Call, set *store.Object) map[string]int64 {
	n := map[string]int64{sent: object.Whole(set.Data, sent), gone: object.Whole(set.Data, gone)}
	left := n[sent] - n[gone]
	if !done(call, set) {
		n["in_progress_count"] = left
		return n
	}
	n[failed] = object.Whole(set.Data, failed)
	n["success_count"] = left - n[failed]
	return n
}

// requestStatus is how far a request is.
func requestStatus(call *graph.Call, o *store.Object) string {
	switch {
	case !done(call, o):
		return "IN_PROGRESS"
	case refused(o):
		return "ERROR"
	}
	return "SUCCESS"
}

// refused reports whether the answer to a request is an error.
func refused(o *store.Object) bool { return object.Whole(o.Data, "code") >= http.StatusBadRequest }

// requestResult is the answer to a request, once it is complete.
func requestResult(call *graph.Call, o *store.Object) any {
	text := o.Text("answer")
	if !done(call, o) || !json.Valid([]byte(text)) {
		return nil
	}
	return json.RawMessage(text)
}

// completed chooses sets by whether they are complete.
func completed(call *graph.Call) (func(*store.Object) bool, error) {
	over, asked := call.Args["is_completed"].(bool)
	if !asked {
		return nil, nil
	}
	return func(o *store.Object) bool { return done(call, o) == over }, nil
}

// inStatuses chooses requests by their state.
func inStatuses(call *graph.Call) (func(*store.Object) bool, error) {
	wanted := object.Listed(call.Args, "statuses")
	if len(wanted) == 0 {
		return nil, nil
	}
	return func(o *store.Object) bool { return slices.Contains(wanted, any(requestStatus(call, o))) }, nil
}

// eraseRequests takes a set's requests away with it.
func eraseRequests(ctx context.Context, _ *graph.Call, tx store.Tx, set *store.Object) error {
	requests, err := tx.List(ctx, store.Listing{Type: "adasyncrequest", Field: "async_request_set_id", To: set.ID}, store.Page{})
	for _, r := range requests {
		if err := tx.Delete(ctx, r.ID); err != nil {
			return err
		}
	}
	return err
}

// countCanceled counts a request that is taken away. What it has done already stays done.
func countCanceled(ctx context.Context, call *graph.Call, tx store.Tx, o *store.Object) error {
	set, err := tx.Object(ctx, o.Text("async_request_set_id"))
	if err != nil {
		return err
	}
	set.Data[gone] = object.Whole(set.Data, gone) + 1
	if refused(o) {
		set.Data[failed] = object.Whole(set.Data, failed) - 1
	}
	return call.Save(ctx, tx, set)
}
