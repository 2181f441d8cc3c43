package async

import (
	"context"
	"fmt"
	"net/http"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// maxRequests is the most requests of one set, which is what a batch takes.
const maxRequests = 50

// job is one request of a set: what was sent, and the operation that does it.
type job struct {
	kind      string
	input     map[string]any
	operation map[string]any
}

// creating makes jobs of specs that a POST on an edge of the account would take.
func creating(kind, edge string, specs func(*graph.Call) []any) func(*graph.Call) []job {
	return func(call *graph.Call) []job {
		var jobs []job
		for _, spec := range specs(call) {
			input, _ := spec.(map[string]any)
			jobs = append(jobs, job{kind, input, map[string]any{"method": "POST", "relative_url": call.Node.ID + "/" + edge, "body": input}})
		}
		return jobs
	}
}

// batched makes jobs of operations, which are POSTs unless they say otherwise.
func batched(call *graph.Call) []job {
	var jobs []job
	for _, item := range object.Listed(call.Args, "adbatch") {
		input, _ := item.(map[string]any)
		operation := map[string]any{"method": "POST"}
		for name, value := range input {
			operation[name] = value
		}
		jobs = append(jobs, job{"BATCH_API", input, operation})
	}
	return jobs
}

// queue is the action that makes a set of jobs and has them done when it is stored.
func queue(jobs func(*graph.Call) []job) graph.Action {
	return func(ctx context.Context, call *graph.Call, tx store.Tx) (any, error) {
		todo := jobs(call)
		if len(todo) == 0 || len(todo) > maxRequests {
			return nil, object.Broken("async.set.size", 0, fmt.Sprintf("(#100) A set takes 1 to %d requests, %d were sent", maxRequests, len(todo)))
		}
		params := graph.Params{}
		for _, name := range []string{"name", "notification_mode", "notification_uri"} {
			if value, ok := call.Params[name]; ok {
				params[name] = value
			}
		}
		made, err := call.Create(ctx, tx, "adasyncrequestset", params)
		if err != nil {
			return nil, err
		}
		set := made.Row
		set.Data[sent] = int64(len(todo))
		if err := call.Save(ctx, tx, set); err != nil {
			return nil, err
		}
		call.Later(func(ctx context.Context, d graph.Deferred) error { return work(ctx, d, call, set, todo) })
		return object.Ordered{{Name: "id", Value: set.ID}}, nil
	}
}

// work does the jobs of a set, each in its own transaction, and keeps what came of them.
func work(ctx context.Context, d graph.Deferred, call *graph.Call, set *store.Object, todo []job) error {
	batch := make([]any, len(todo))
	for i, j := range todo {
		batch[i] = j.operation
	}
	answers, err := d.Perform(ctx, batch)
	if err != nil {
		return err
	}
	return d.Write(ctx, func(tx store.Tx) error {
		errors := int64(0)
		for i, answer := range answers {
			if answer.Status >= http.StatusBadRequest {
				errors++
			}
			if err := keep(ctx, call, tx, set, todo[i], answer); err != nil {
				return err
			}
		}
		set.Data[failed] = errors
		return call.Save(ctx, tx, set)
	})
}

// keep stores one request of a set with its answer. The ad set of an ad is known to be the account's own once the ad is made.
func keep(ctx context.Context, call *graph.Call, tx store.Tx, set *store.Object, j job, answer graph.Performed) error {
	id, _, err := tx.NextID(ctx)
	if err != nil {
		return err
	}
	data := map[string]any{"async_request_set_id": set.ID, "type": j.kind, "input": j.input, "code": int64(answer.Status), "answer": string(answer.Body)}
	if adset := object.Text(j.input, "adset_id"); adset != "" && j.kind == adCreation && answer.Status == http.StatusOK {
		data["scope_object_id"] = adset
	}
	return call.Save(ctx, tx, &store.Object{ID: id, Type: "adasyncrequest", AccountID: set.AccountID, Data: data})
}
