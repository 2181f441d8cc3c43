package account

import (
	"context"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// smallest is the size below which the platform names no number of people.
const smallest = 1000

// ratios are what the names of a lookalike's closeness stand for.
func ratios() map[string]float64 { return map[string]float64{"similarity": 0.01, "reach": 0.05} }

// audienceSize is about how many people are in a custom audience; -1 when nothing here knows.
func (s *service) audienceSize(o *store.Object) int64 {
	switch o.Text("subtype") {
	case "CUSTOM":
		return object.Whole(o.Data, "received")
	case "LOOKALIKE":
		spec := object.Members(o.Data, "lookalike_spec")
		ratio := fraction(spec["ratio"])
		if ratio == 0 {
			ratio = ratios()[object.Text(spec, "type")]
		}
		people := 0.0
		for _, code := range lookalikeCountries(spec) {
			people += float64(s.tables.online(code))
		}
		return int64(people * (ratio - fraction(spec["starting_ratio"])))
	}
	return -1
}

// audienceBound makes a resolver of one of the two bounds of an audience's size.
func (s *service) audienceBound(of func(lower, upper int64) int64) graph.FieldResolver {
	return graph.Each(func(_ *graph.Call, o *store.Object) any {
		n := s.audienceSize(o)
		if n < 0 {
			return int64(-1)
		}
		return of(bounds(n))
	})
}

// bounds hide the exact size, as on the platform: two leading digits, and never below a thousand.
func bounds(n int64) (lower, upper int64) {
	if n < smallest {
		return smallest, smallest
	}
	return rounded(n), rounded(n*118/100 + 1)
}

// rounded keeps the two leading digits.
func rounded(n int64) int64 {
	unit := int64(1)
	for n/unit >= 100 {
		unit *= 10
	}
	return n / unit * unit
}

// state is a number with what it means.
func state(code int, description string) object.Ordered {
	return object.Ordered{{Name: "code", Value: code}, {Name: "description", Value: description}}
}

// deliveryStatus says whether ads can be delivered to an audience.
func (s *service) deliveryStatus(_ *graph.Call, o *store.Object) any {
	if n := s.audienceSize(o); n >= 0 && n < smallest {
		return state(300, "The audience is too small to deliver ads to.")
	}
	return state(200, "The audience is ready for use.")
}

// operationStatus says what happens to an audience at the moment.
func operationStatus(call *graph.Call, o *store.Object) any {
	switch {
	case o.Text("subtype") == "CUSTOM" && object.Whole(o.Data, "time_content_updated") == 0:
		return state(410, "Nothing was uploaded to the audience yet.")
	case o.Text("subtype") == "LOOKALIKE" && call.Now < o.Created+call.Latency:
		return state(441, "The audience is being filled.")
	}
	return state(200, "Normal")
}

// lookalikes finds the audiences that resemble others, with one store call.
func lookalikes(ctx context.Context, _ *graph.Call, tx store.Tx, objs []*store.Object, _ *graph.Selection) ([]any, error) {
	ids := make([]string, len(objs))
	for i, o := range objs {
		ids[i] = o.ID
	}
	lists, err := tx.ListMany(ctx, store.Listing{Type: "customaudience", Field: "origin_audience_id"}, ids, mostAudiences)
	values := make([]any, len(objs))
	for i, id := range ids {
		var list []any
		for _, o := range lists[id] {
			list = append(list, o.ID)
		}
		if list != nil {
			values[i] = list
		}
	}
	return values, err
}

// seed is the audience that a lookalike resembles.
func seed(_ *graph.Call, o *store.Object) any { return o.Data["origin_audience_id"] }

// created and updated are the times under their other names.
func created(_ *graph.Call, o *store.Object) any { return o.Created }

// updated is when the row last changed.
func updated(_ *graph.Call, o *store.Object) any { return o.Updated }
