package access

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// usualCPM is what a new account charges for a thousand impressions, in millionths of the currency: 5.00.
const usualCPM = 5_000_000

// tasks are what somebody may do in an ad account: everything.
func tasks() []any { return []any{"DRAFT", "ANALYZE", "ADVERTISE", "MANAGE"} }

// AccountData is the data of a new ad account. The zone's number is 0 where the platform has none.
func AccountData(name, currency string, zone int64, zoneName string) map[string]any {
	return map[string]any{
		"name": name, "currency": currency, "timezone_name": zoneName, "timezone_id": zone, "account_status": int64(1), "disable_reason": int64(0),
		"balance": int64(0), "spend_cap": int64(0), "marquetry_cpm_micros": int64(usualCPM), "is_personal": int64(0), "is_prepay_account": false,
		"has_migrated_permissions": true, "offsite_pixels_tos_accepted": true, "tax_id_status": int64(0), "user_tasks": tasks(),
	}
}

// newAccount makes an ad account of a business. A token that is limited to others could not see it, so it may not make one.
func newAccount(ctx context.Context, call *graph.Call, tx store.Tx) (any, error) {
	if len(call.Caller.Accounts) > 0 {
		return nil, &object.Fault{Code: 10, Rule: "account.limited", Message: "(#10) Making an ad account needs an access token that is not limited to ad accounts"}
	}
	currency, zone := object.Text(call.Args, "currency"), object.Whole(call.Args, "timezone_id")
	var faults object.Faults
	if !slices.Contains(object.Currencies(), currency) {
		faults = append(faults, &object.Fault{Code: 2607, Rule: "account.currency", Path: []string{"currency"}, Message: fmt.Sprintf("(#2607) %q is not the code of a currency in which the platform bills", currency)})
	}
	name := object.ZoneName(zone)
	if name == "" {
		faults = append(faults, object.Broken("account.timezone", 0, fmt.Sprintf("timezone_id %d is not the number of a time zone", zone), "timezone_id"))
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	digits, _, err := tx.NextID(ctx)
	if err != nil {
		return nil, err
	}
	data := AccountData(object.Text(call.Args, "name"), currency, zone, name)
	answer := object.Ordered{{Name: "id", Value: "act_" + digits}, {Name: "account_id", Value: digits}, {Name: "business_id", Value: call.Node.ID}}
	data["owner"] = call.Node.ID
	for _, party := range []string{"end_advertiser", "media_agency", "partner"} {
		data[party] = call.Args[party]
		answer = append(answer, object.Member{Name: party + "_id", Value: call.Args[party]})
	}
	account := &store.Object{ID: "act_" + digits, Type: "adaccount", AccountID: digits, Data: data}
	audit := &store.Audit{At: call.Now, AccountID: digits, Actor: call.Caller.Name, Object: account.ID, Type: "adaccount", Action: "create", Changes: "{}"}
	return answer, errors.Join(call.Save(ctx, tx, account), tx.Audit(ctx, audit))
}

// accountUsers lists the users that the token sees with what they may do: everything, unless somebody said otherwise.
func accountUsers(ctx context.Context, call *graph.Call, tx store.Tx, _ *graph.Selection) (*graph.Rows, error) {
	found, err := everything(ctx, tx, "user", call.Caller.Sees)
	if err != nil {
		return nil, err
	}
	rows := &graph.Rows{Data: []any{}}
	for _, user := range found.Objects {
		may, said := assigned(call.Node)[user.ID]
		if !said {
			may = tasks()
		}
		if may != nil {
			rows.Data = append(rows.Data, object.Ordered{{Name: "id", Value: user.ID}, {Name: "name", Value: user.Text("name")}, {Name: "tasks", Value: may}})
		}
	}
	rows.Total = len(rows.Data)
	return rows, nil
}

// assigned is what was said of users in an ad account: their tasks, or nil for one that was taken off.
func assigned(account *store.Object) map[string]any {
	return object.Members(account.Data, "assigned_users")
}

// assign says what a user may do in an ad account, or takes the user off.
func assign(off bool) graph.Action {
	return func(ctx context.Context, call *graph.Call, tx store.Tx) (any, error) {
		user, err := tx.Object(ctx, object.Text(call.Args, "user"))
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return nil, err
		}
		if err != nil || user.Type != "user" || !call.Caller.Sees(user) {
			return nil, object.Broken("reference", 0, "user must be the id of a user that the token sees", "user")
		}
		all := map[string]any{}
		maps.Copy(all, assigned(call.Node))
		if all[user.ID] = call.Args["tasks"]; off {
			all[user.ID] = nil
		}
		changed := *call.Node
		changed.Data = maps.Clone(changed.Data)
		changed.Data["assigned_users"] = all
		return object.Ordered{{Name: "success", Value: true}}, call.Save(ctx, tx, &changed)
	}
}
