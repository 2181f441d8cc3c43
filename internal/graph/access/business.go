package access

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// nothingShared lists what other businesses share with this one: here they share nothing.
func nothingShared(context.Context, *graph.Call, store.Tx, *graph.Selection) (*graph.Rows, error) {
	return &graph.Rows{Objects: []*store.Object{}}, nil
}

// businessPages lists the Pages that belong to a business.
func businessPages(ctx context.Context, call *graph.Call, tx store.Tx, _ *graph.Selection) (*graph.Rows, error) {
	return everything(ctx, tx, "page", func(o *store.Object) bool { return o.Text("owner_business_id") == call.Node.ID })
}

// businessUsers lists the people of a business, or the users that stand for programs.
func businessUsers(system bool) graph.EdgeResolver {
	return func(ctx context.Context, call *graph.Call, tx store.Tx, _ *graph.Selection) (*graph.Rows, error) {
		return everything(ctx, tx, "user", func(o *store.Object) bool {
			return o.Text("business_id") == call.Node.ID && (o.Data["system"] == true) == system
		})
	}
}

// mostAccounts is how many ad accounts of a business its pixels are looked for in.
const mostAccounts = 1000

// inAccounts lists the objects of a type in a business's ad accounts, newest first, with two store calls.
func inAccounts(typ string) graph.EdgeResolver {
	return func(ctx context.Context, call *graph.Call, tx store.Tx, _ *graph.Selection) (*graph.Rows, error) {
		accounts, err := tx.List(ctx, store.Listing{Type: "adaccount", Field: "owner", To: call.Node.ID}, store.Page{Limit: mostAccounts})
		if err != nil {
			return nil, err
		}
		var ids []string
		for _, account := range accounts {
			ids = append(ids, account.ID)
		}
		found, err := tx.ListMany(ctx, store.Listing{Type: typ, Field: "account_id"}, ids, mostAccounts)
		list := []*store.Object{}
		for _, rows := range found {
			list = append(list, rows...)
		}
		slices.SortFunc(list, func(a, b *store.Object) int { return cmp.Compare(b.Seq, a.Seq) })
		return &graph.Rows{Objects: list, Total: len(list)}, err
	}
}

// addSystemUser makes a user that stands for a program. Its tokens are made on the command line.
func addSystemUser(ctx context.Context, call *graph.Call, tx store.Tx) (any, error) {
	role, _, _ := strings.Cut(cmp.Or(object.Text(call.Args, "role"), "EMPLOYEE"), "_")
	id, _, err := tx.NextID(ctx)
	if err != nil {
		return nil, err
	}
	o := &store.Object{ID: id, Type: "user", Data: SystemUser(object.Text(call.Args, "name"), role, call.Node.ID)}
	return object.Ordered{{Name: "id", Value: id}}, call.Save(ctx, tx, o)
}

// SystemUser is the data of a user that stands for a program.
func SystemUser(name, role, business string) map[string]any {
	return map[string]any{"name": name, "first_name": name, "short_name": name, "locale": "en_US", "system": true, "role": role, "business_id": business}
}

// accountBusiness finds the businesses that own ad accounts, with one store call.
func accountBusiness(ctx context.Context, _ *graph.Call, tx store.Tx, accounts []*store.Object, _ *graph.Selection) ([]any, error) {
	var ids []string
	for _, account := range accounts {
		ids = append(ids, account.Text("owner"))
	}
	slices.Sort(ids)
	found, err := tx.Objects(ctx, slices.Compact(ids))
	values := make([]any, len(accounts))
	for i, account := range accounts {
		if business := found[account.Text("owner")]; business != nil {
			values[i] = business
		}
	}
	return values, err
}

// businessName is the name of an account's business, where the token sees the business.
func businessName(ctx context.Context, call *graph.Call, tx store.Tx, accounts []*store.Object, sub *graph.Selection) ([]any, error) {
	values, err := accountBusiness(ctx, call, tx, accounts, sub)
	for i, value := range values {
		if business, ok := value.(*store.Object); ok && call.Caller.Sees(business) {
			values[i] = business.Text("name")
		} else {
			values[i] = nil
		}
	}
	return values, err
}
