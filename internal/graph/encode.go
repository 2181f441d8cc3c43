package graph

import (
	"context"
	"strconv"
	"time"

	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// timeLayout is how the platform writes times: no colon in the offset.
const timeLayout = "2006-01-02T15:04:05-0700"

// encode turns a stored or computed value into what JSON shows; nil for unset. A value that a resolver already put into its
// final form stays as it is.
// Times are written as dates says.
func encode(kind, elem object.Kind, value any, zone *time.Location, dates string) any {
	switch v := value.(type) {
	case nil:
		return nil
	case int64:
		return encodeInt(kind, v, zone, dates)
	case []any:
		if kind != object.List {
			return v
		}
		items := make([]any, len(v))
		for i, item := range v {
			items[i] = encode(elem, 0, item, zone, dates)
		}
		return items
	}
	return value
}

// encodeInt writes a whole number as its kind wants it: money and ids as digit strings, times in the account's zone. A time of zero
// is unset.
func encodeInt(kind object.Kind, n int64, zone *time.Location, dates string) any {
	switch kind {
	case object.Money, object.ID:
		return strconv.FormatInt(n, 10)
	case object.Time:
		if n == 0 {
			return nil
		}
		return timeIn(dates, time.Unix(n, 0).In(zone))
	}
	return n
}

// project cuts a nested value down to what was selected below it, in the order asked. Members that are not there are left out;
// what is neither object nor list has nothing below and stays.
func project(value any, sel *Selection) any {
	if sel == nil || len(sel.Fields) == 0 {
		return value
	}
	switch v := value.(type) {
	case map[string]any:
		return pick(sel, func(name string) any { return v[name] })
	case object.Ordered:
		return pick(sel, func(name string) any {
			for _, m := range v {
				if m.Name == name {
					return m.Value
				}
			}
			return nil
		})
	case []any:
		items := make([]any, len(v))
		for i, item := range v {
			items[i] = project(item, sel)
		}
		return items
	}
	return value
}

// pick takes the selected members.
func pick(sel *Selection, member func(string) any) object.Ordered {
	out := object.Ordered{}
	for _, s := range sel.Fields {
		if value := project(member(s.Name), s.Below); value != nil {
			out = append(out, object.Member{Name: s.As, Value: value})
		}
	}
	return out
}

// zone is an account's time zone; UTC without an account, as for users and Pages.
func (h *Handler) zone(account *store.Object) *time.Location {
	if account == nil {
		return time.UTC
	}
	name := account.Text("timezone_name")
	if known, ok := h.zones.Load(name); ok {
		return known.(*time.Location)
	}
	zone := account.Zone()
	h.zones.Store(name, zone)
	return zone
}

// zonesOf finds the zone of each object's account.
func (rd *reader) zonesOf(ctx context.Context, f *object.Field, objs []*store.Object) (func(*store.Object) *time.Location, error) {
	accounts, err := rd.accountsOf(ctx, objs, f.Kind == object.Time)
	return func(o *store.Object) *time.Location { return rd.handler.zone(accounts[accountOf(o)]) }, err
}

// accountsOf finds the accounts of objects by their digits. With read, those that the call does not know are read, by one store call.
func (rd *reader) accountsOf(ctx context.Context, objs []*store.Object, read bool) (map[string]*store.Object, error) {
	accounts := map[string]*store.Object{"": nil}
	if rd.call.Account != nil {
		accounts[accountOf(rd.call.Account)] = rd.call.Account
	}
	var unknown []string
	for _, o := range objs {
		digits := accountOf(o)
		if o.ID == "act_"+digits {
			accounts[digits] = o
		} else if _, known := accounts[digits]; !known {
			unknown = append(unknown, "act_"+digits)
		}
	}
	if len(unknown) == 0 || !read {
		return accounts, nil
	}
	found, err := rd.tx.Objects(ctx, distinctIDs(unknown))
	for _, account := range found {
		accounts[accountOf(account)] = account
	}
	return accounts, err
}
