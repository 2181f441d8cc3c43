package async

import (
	"maps"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
)

// adCreation is the type of a request that makes an ad.
const adCreation = "ASYNC_ADGROUP_CREATION"

// New provides what the declarations of these objects name.
func New() graph.Extensions {
	fields := sessionFields()
	maps.Copy(fields, setFields())
	adSpecs := func(c *graph.Call) []any { return object.Listed(c.Args, "ad_specs") }
	creativeSpec := func(c *graph.Call) []any { return []any{c.Args["creative_spec"]} }
	return graph.Extensions{
		Fields: fields,
		Actions: map[string]graph.Action{
			"async.ads":       queue(creating(adCreation, "ads", adSpecs)),
			"async.creatives": queue(creating("ASYNC_ADCREATIVE_CREATION", "adcreatives", creativeSpec)),
			"async.batch":     queue(batched),
		},
		Filters: map[string]graph.RowFilter{"async.completed": completed, "async.statuses": inStatuses},
		Deletes: map[string]graph.DeleteHook{"async.set": eraseRequests, "async.request": countCanceled},
	}
}
