package account

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// Sizes of the log's pages, in rows.
const (
	usualActivities = 25
	mostActivities  = 500
	auditChunk      = 500 // lines of the record that are read at once
)

// fieldEvents makes a table of pairs: an event, and the fields whose change is called so.
func fieldEvents(pairs ...any) map[string]event {
	table := map[string]event{}
	for i := 0; i < len(pairs); i += 2 {
		for name := range strings.FieldsSeq(pairs[i+1].(string)) {
			table[name] = pairs[i].(event)
		}
	}
	return table
}

// activity is one row: one change of one field, or a creation or deletion.
type activity struct {
	line  *store.Audit
	at    int // its place among the rows of its line
	what  subject
	event event
	extra object.Ordered
}

// activities reads the record of an account or of one of its objects.
func activities(ctx context.Context, call *graph.Call, tx store.Tx, _ *graph.Selection) (*graph.Rows, error) {
	query, err := activityQuery(ctx, call, tx)
	if err != nil {
		return nil, err
	}
	seq, at, err := cursorOf(object.Text(call.Args, "after"))
	if err != nil {
		return nil, err
	}
	limit := usualActivities
	if n, ok := call.Args["limit"].(int64); ok {
		if n < 1 || n > mostActivities {
			return nil, object.Broken("activities.limit", 0, fmt.Sprintf("limit must be 1 to %d", mostActivities), "limit").Put(min(max(n, 1), mostActivities))
		}
		limit = int(n)
	}
	rows, err := activityRows(ctx, tx, query, cursorAt{seq, at}, object.Text(call.Args, "category"), limit)
	if err != nil {
		return nil, err
	}
	return answer(ctx, call, tx, rows, limit)
}

// cursorAt is a place in the log: a line of the record, and one of its rows. Zeros are its beginning.
type cursorAt struct {
	seq int64
	row int
}

// activityRows reads the record from a place on until it has one row more than a page, or there are no more.
func activityRows(ctx context.Context, tx store.Tx, query store.AuditQuery, from cursorAt, category string, limit int) ([]activity, error) {
	var rows []activity
	table, page := subjects(), store.Page{Limit: auditChunk}
	if from.seq > 0 {
		page.After = from.seq + 1 // the line of the last row may have more
	}
	for len(rows) <= limit {
		lines, err := tx.Audits(ctx, query, page)
		if err != nil {
			return nil, err
		}
		for _, line := range lines {
			for _, row := range rowsOf(line, table[line.Type], category) {
				if line.Seq != from.seq || row.at > from.row {
					rows = append(rows, row)
				}
			}
		}
		if len(lines) < auditChunk {
			break
		}
		page.After = lines[len(lines)-1].Seq
	}
	return rows, nil
}

// activityQuery says which lines count: of the account all, of another object its own, and of oid, extra_oids and what is below them if that
// is asked for.
func activityQuery(ctx context.Context, call *graph.Call, tx store.Tx) (store.AuditQuery, error) {
	q := store.AuditQuery{AccountID: call.Node.AccountID, ActorID: object.Text(call.Args, "uid"),
		Since: object.Whole(call.Args, "since"), Until: object.Whole(call.Args, "until"), Types: slices.Sorted(maps.Keys(subjects()))}
	if call.Node.Type != "adaccount" {
		q.Objects = []string{call.Node.ID}
		return q, nil
	}
	q.Objects = append(object.IDs(call.Args["oid"]), object.IDs(call.Args["extra_oids"])...)
	if below, _ := call.Args["add_children"].(bool); !below || len(q.Objects) == 0 {
		return q, nil
	}
	parents := slices.Clone(q.Objects)
	for typ, field := range map[string]string{"adset": "campaign_id", "ad": "adset_id"} {
		lists, err := tx.ListMany(ctx, store.Listing{Type: typ, Field: field}, parents, mostActivities)
		if err != nil {
			return q, err
		}
		for _, list := range lists {
			for _, o := range list {
				q.Objects = append(q.Objects, o.ID)
			}
		}
	}
	return q, nil
}

// rowsOf reads a line of the record as rows of a category, or of all. A change that left a field as it was is none.
func rowsOf(line *store.Audit, what subject, category string) []activity {
	var rows []activity
	add := func(e event, extra object.Ordered) {
		if e.name != "" {
			rows = append(rows, activity{line: line, at: len(rows) + 1, what: what, event: e, extra: extra})
		}
	}
	now, before := members(line.Changes), members(line.Before)
	switch line.Action {
	case "create":
		add(what.create, object.Ordered{{Name: "new_value", Value: now["name"]}, {Name: "type", Value: "name"}})
	case "delete":
		add(what.remove, object.Ordered{{Name: "old_value", Value: before["status"]}, {Name: "new_value", Value: object.Deleted}, {Name: "type", Value: "status"}})
	default:
		for _, name := range slices.Sorted(maps.Keys(now)) {
			e, named := what.fields[name]
			if !named {
				e = what.rest
			}
			if name != "execution_options" && !reflect.DeepEqual(now[name], before[name]) {
				add(e, object.Ordered{{Name: "old_value", Value: before[name]}, {Name: "new_value", Value: now[name]}, {Name: "type", Value: name}})
			}
		}
	}
	return slices.DeleteFunc(rows, func(a activity) bool {
		return category != "" && category != a.event.category && category != what.category
	})
}

// members decodes what the record holds; what is no object has none.
func members(text string) map[string]any {
	var out map[string]any
	if json.Unmarshal([]byte(text), &out) != nil {
		return nil
	}
	return out
}

// answer is a page of rows, with the names of the objects.
func answer(ctx context.Context, call *graph.Call, tx store.Tx, rows []activity, limit int) (*graph.Rows, error) {
	page := &graph.Rows{Total: -1}
	more := len(rows) > limit
	rows = rows[:min(limit, len(rows))]
	var ids []string
	for _, row := range rows {
		ids = append(ids, row.line.Object)
	}
	slices.Sort(ids)
	found, err := tx.Objects(ctx, slices.Compact(ids))
	if err != nil {
		return nil, err
	}
	zone := call.Account.Zone()
	for _, row := range rows {
		data, err := row.render(found[row.line.Object], zone)
		if err != nil {
			return nil, err
		}
		page.Data = append(page.Data, data)
	}
	if len(rows) > 0 {
		page.First, page.Last = rows[0].cursor(), rows[len(rows)-1].cursor()
	}
	if more {
		page.Next = page.Last
	}
	return page, nil
}

// render writes a row.
func (a activity) render(o *store.Object, zone *time.Location) (object.Ordered, error) {
	extra, err := json.Marshal(a.extra)
	if err != nil {
		return nil, err
	}
	name := o.Text("name")
	if o == nil {
		name = object.Text(members(a.line.Before), "name")
	}
	at := time.Unix(a.line.At, 0).In(zone)
	return object.Ordered{
		{Name: "actor_id", Value: a.line.ActorID}, {Name: "actor_name", Value: a.line.Actor},
		{Name: "event_time", Value: at.Format("2006-01-02T15:04:05-0700")}, {Name: "event_type", Value: a.event.name},
		{Name: "translated_event_type", Value: a.event.text}, {Name: "extra_data", Value: string(extra)},
		{Name: "object_id", Value: strings.TrimPrefix(a.line.Object, "act_")}, {Name: "object_name", Value: name}, {Name: "object_type", Value: a.what.name},
		{Name: "date_time_in_timezone", Value: at.Format("01/02/2006 at 3:04 PM")},
	}, nil
}

// cursor is the place after a row.
func (a activity) cursor() string {
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%d.%d", a.line.Seq, a.at))
}

// cursorOf reads the place of a cursor; zeros for none.
func cursorOf(text string) (seq int64, at int, err error) {
	if text == "" {
		return 0, 0, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if n, bad := fmt.Sscanf(string(raw), "%d.%d", &seq, &at); err != nil || bad != nil || n != 2 || seq < 1 {
		return 0, 0, object.Broken("activities.after", 0, "(#100) Param after is not a cursor of this list", "after")
	}
	return seq, at, nil
}
