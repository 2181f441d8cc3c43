package access

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/inspect"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// Bounds of the crash reports that clients send.
const (
	mostReports   = 1000     // kept, the newest
	longestReport = 64 << 10 // bytes of one
	reportsPage   = 100      // answered at once, unless limit says fewer
)

// applicationLink is where an application is looked at: here, at its own node.
func applicationLink(call *graph.Call, o *store.Object) any { return call.Base.JoinPath(o.ID).String() }

// applicationName is the name again.
func applicationName(_ *graph.Call, o *store.Object) any { return o.Data["name"] }

// keepReport keeps what a client says of its own crash, without the secrets in it. The oldest report makes room.
func keepReport(ctx context.Context, call *graph.Call, tx store.Tx) (any, error) {
	sent := map[string]any{}
	for name, value := range call.Params {
		if _, isFile := value.(*graph.File); !isFile && name != "access_token" && name != "appsecret_proof" {
			sent[name] = value
		}
	}
	report, err := json.Marshal(inspect.Clean(sent))
	if err != nil {
		return nil, err
	}
	if len(report) > longestReport {
		return nil, &object.Fault{Rule: "report.size", Message: fmt.Sprintf("(#100) A report has %d bytes at most, this one has %d", longestReport, len(report)), Sent: len(report), Limit: longestReport}
	}
	var last int64
	if err := tx.QueryRow(ctx, "SELECT COALESCE(MAX(seq), 0) FROM client_reports").Scan(&last); err != nil {
		return nil, err
	}
	_, err = tx.Exec(ctx, "INSERT INTO client_reports (seq, app_id, at, actor, report) VALUES (?, ?, ?, ?, ?)", last+1, call.Node.ID, call.Now, call.Caller.Name, string(report))
	if err == nil {
		_, err = tx.Exec(ctx, "DELETE FROM client_reports WHERE seq <= ?", last+1-mostReports)
	}
	return object.Ordered{{Name: "success", Value: true}}, err
}

// reports lists them, newest first. The cursor is the place of the last one.
func reports(ctx context.Context, call *graph.Call, tx store.Tx, _ *graph.Selection) (_ *graph.Rows, err error) {
	if !call.Caller.Can(object.Admin) {
		return nil, &object.Fault{Code: 10, Rule: "report.admin", Message: "(#10) Reading the reports of clients needs the permission admin"}
	}
	limit, before := object.Whole(call.Params, "limit"), object.Whole(call.Params, "after")
	if limit < 1 || limit > reportsPage {
		limit = reportsPage
	}
	if before < 1 {
		before = 1 << 62
	}
	found, err := tx.Query(ctx, "SELECT seq, at, actor, report FROM client_reports WHERE app_id = ? AND seq < ? ORDER BY seq DESC LIMIT ?", call.Node.ID, before, limit+1)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, found.Close()) }()
	rows := &graph.Rows{Data: []any{}, Total: -1}
	for found.Next() {
		var seq, at int64
		var actor, report string
		if err := found.Scan(&seq, &at, &actor, &report); err != nil {
			return nil, err
		}
		if int64(len(rows.Data)) == limit {
			rows.Next = rows.Last
			break
		}
		rows.Last = strconv.FormatInt(seq, 10)
		rows.Data = append(rows.Data, object.Ordered{{Name: "id", Value: rows.Last}, {Name: "time", Value: at}, {Name: "actor", Value: actor}, {Name: "report", Value: json.RawMessage(report)}})
	}
	return rows, found.Err()
}
