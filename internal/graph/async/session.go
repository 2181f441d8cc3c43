package async

import (
	"net/http"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// done reports whether something seems to be complete.
func done(call *graph.Call, o *store.Object) bool { return call.Now >= o.Created+call.Latency }

// sessionFields are what a session computes.
func sessionFields() map[string]graph.FieldResolver {
	failure := func(o *store.Object) (int64, string) {
		return graph.Failure(int(object.Whole(o.Data, "code")), []byte(o.Text("answer")))
	}
	whenDone := func(value func(*store.Object) any) graph.FieldResolver {
		return graph.Each(func(call *graph.Call, o *store.Object) any {
			if !done(call, o) {
				return nil
			}
			return value(o)
		})
	}
	return map[string]graph.FieldResolver{
		"async.session.status":     graph.Each(sessionStatus),
		"async.session.percent":    graph.Each(percent),
		"async.session.start_time": graph.Each(func(_ *graph.Call, o *store.Object) any { return o.Created }),
		"async.session.complete_time": graph.Each(func(call *graph.Call, o *store.Object) any {
			if !done(call, o) {
				return nil
			}
			return o.Created + call.Latency
		}),
		"async.session.result": whenDone(func(o *store.Object) any { return o.Text("answer") }),
		"async.session.error_code": whenDone(func(o *store.Object) any {
			if code, _ := failure(o); code != 0 {
				return code
			}
			return nil
		}),
		"async.session.exception": whenDone(func(o *store.Object) any {
			if _, message := failure(o); message != "" {
				return message
			}
			return nil
		}),
	}
}

// sessionStatus is how far an operation is.
func sessionStatus(call *graph.Call, o *store.Object) any {
	switch {
	case !done(call, o):
		return "IN_PROGRESS"
	case object.Whole(o.Data, "code") >= http.StatusBadRequest:
		return "FAILED"
	}
	return "COMPLETED"
}

// percent is how much of the latency has passed.
func percent(call *graph.Call, o *store.Object) any {
	if done(call, o) {
		return int64(100)
	}
	return (call.Now - o.Created) * 100 / call.Latency
}
