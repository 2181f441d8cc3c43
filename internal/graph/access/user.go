package access

import (
	"context"
	"slices"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// everything lists the objects of a type of which an instance has few, newest first, those that pass.
func everything(ctx context.Context, tx store.Tx, typ string, pass func(*store.Object) bool) (*graph.Rows, error) {
	list := []*store.Object{}
	err := tx.All(ctx, typ, func(o *store.Object) error {
		if pass(o) {
			list = append(list, o)
		}
		return nil
	})
	slices.Reverse(list)
	return &graph.Rows{Objects: list, Total: len(list)}, err
}

// businesses lists every business; the protocol leaves out those that the token does not see.
func businesses(ctx context.Context, _ *graph.Call, tx store.Tx, _ *graph.Selection) (*graph.Rows, error) {
	return everything(ctx, tx, "business", func(*store.Object) bool { return true })
}

// catalogs lists every catalog, of which the protocol leaves out the same.
func catalogs(ctx context.Context, _ *graph.Call, tx store.Tx, _ *graph.Selection) (*graph.Rows, error) {
	return everything(ctx, tx, "productcatalog", func(*store.Object) bool { return true })
}

// permissions lists what the token may do. Those of other users are not known: tokens have permissions, users have none.
func permissions(_ context.Context, call *graph.Call, _ store.Tx, _ *graph.Selection) (*graph.Rows, error) {
	rows := &graph.Rows{Data: []any{}}
	only, status := object.Text(call.Args, "permission"), object.Text(call.Args, "status")
	for _, scope := range call.Caller.Scopes {
		if call.Node.ID == call.Caller.UserID && (only == "" || only == scope) && (status == "" || status == "granted") {
			rows.Data = append(rows.Data, object.Ordered{{Name: "permission", Value: scope}, {Name: "status", Value: "granted"}})
		}
	}
	rows.Total = len(rows.Data)
	return rows, nil
}

// installed is whether a user has the caller's application: only those of its own token are known.
func installed(call *graph.Call, o *store.Object) any { return o.ID == call.Caller.UserID }

// pictureAddress is where the one picture is that everybody has.
func pictureAddress(call *graph.Call, _ *store.Object) any {
	return call.Base.JoinPath("static/icon.svg").String()
}

// picture is a user's picture as a field.
func picture(call *graph.Call, o *store.Object) any {
	return map[string]any{"data": map[string]any{"url": pictureAddress(call, o), "width": int64(50), "height": int64(50), "is_silhouette": true}}
}

// answerPicture is the same as an answer of its own.
func answerPicture(_ context.Context, call *graph.Call, _ store.Tx) (any, error) {
	return picture(call, call.Node), nil
}
