package ads

import (
	"context"
	"errors"
	"net/url"

	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// Rows of a page of combinations.
const (
	usualRows = 25
	mostRows  = 500
)

// combinations lists what an ad can show, one page at a time: each row is computed from its number, so that the cost of a page does
// not depend on how many there are. The count comes first, in the summary. Cursors are numbers of combinations.
func combinations(ctx context.Context, call *graph.Call, tx store.Tx, _ *graph.Selection) (*graph.Rows, error) {
	o, err := tx.Object(ctx, object.Text(call.Node.Data, "creative_id"))
	if err == nil {
		o, err = edition.Shown(ctx, tx, o)
	}
	if err != nil {
		return nil, err
	}
	feed, err := creative.FeedOf(edition.Content(o))
	if errors.Is(err, creative.ErrNoAssets) {
		return &graph.Rows{Summary: totals(0)}, nil
	}
	if err != nil {
		return nil, object.Broken("combinations", 0, err.Error(), "creative")
	}
	total := feed.Combinations()
	begin, end, fault := window(call.Params, total)
	if fault != nil {
		return nil, fault
	}
	rows := &graph.Rows{Summary: totals(total), Total: total, First: digits(begin), Last: digits(end)}
	for k, slots := range feed.Each(begin) {
		if k == end {
			break
		}
		rows.Data = append(rows.Data, combination(call.Base, feed, k, slots))
	}
	if end < total {
		rows.Next = digits(end)
	}
	if begin > 0 {
		rows.Prev = digits(begin)
	}
	return rows, nil
}

// totals is the summary of a list of n.
func totals(n int) object.Ordered { return object.Ordered{{Name: "total_count", Value: n}} }

// window is the range of numbers that the page has: after names its first, before the one behind its last.
func window(params graph.Params, total int) (begin, end int, fault *object.Fault) {
	limit, fault := number(params, "limit", usualRows)
	if fault != nil {
		return 0, 0, fault
	}
	if limit > mostRows {
		f := object.Broken("combinations.limit", 0, "limit must be at most "+digits(mostRows), "limit")
		f.Sent, f.Limit = limit, mostRows
		return 0, 0, f
	}
	if params["before"] != nil {
		end, fault = number(params, "before", 0)
		end = min(end, total)
		return max(0, end-limit), end, fault
	}
	begin, fault = number(params, "after", 0)
	begin = min(begin, total)
	return begin, min(total, begin+limit), fault
}

// number reads a parameter that is a whole number, not negative.
func number(params graph.Params, name string, preset int) (int, *object.Fault) {
	field := object.Field{Name: name, Kind: object.Int}
	v, fault := field.Coerce(name, params[name], nil)
	if fault != nil {
		return 0, fault
	}
	n, sent := v.(int64)
	switch {
	case !sent:
		return preset, nil
	case n < 0 || n > 1<<31-1:
		return 0, object.Broken("number.range", 0, name+" must be 0 to 2147483647", name)
	}
	return int(n), nil
}

// combination is one row.
func combination(base *url.URL, feed creative.Feed, k int, slots []uint8) object.Ordered {
	assets := object.Ordered{}
	for i, a := range feed.Assets(slots) {
		assets = append(assets, object.Member{Name: feed.Pools[i].Name, Value: asset(base, a, int(slots[i]))})
	}
	return object.Ordered{
		{Name: "id", Value: feed.CombinationID(slots)},
		{Name: "index", Value: k},
		{Name: "assets", Value: assets},
	}
}

// asset is one asset with its place in the feed.
func asset(base *url.URL, a creative.Asset, index int) object.Ordered {
	out := object.Ordered{{Name: "id", Value: a.ID}, {Name: "index", Value: index}}
	address := a.URL
	if a.Hash != "" {
		address = mediaURL(base, a.Hash, 0)
	}
	for _, m := range []struct{ name, value string }{
		{"text", a.Text}, {"hash", a.Hash}, {"url", address}, {"video_id", a.VideoID}, {"type", a.Type},
	} {
		if m.value != "" {
			out = append(out, object.Member{Name: m.name, Value: m.value})
		}
	}
	return out
}
