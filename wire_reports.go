package marquetry

import (
	"cmp"
	"context"
	"errors"
	"net/url"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/insights"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// runLife is how many seconds the rows of a report run are kept, as on the platform: 30 days.
const runLife = 30 * 24 * 3600

// reportRuns are the extensions of asynchronous reports. The rows are computed with the POST, outside of its write transaction; that
// the run is not ready at once is the instance's latency.
func reportRuns(reporter *insights.Reporter) graph.Extensions {
	return graph.Extensions{
		Prepare: map[string]graph.Preparation{"insights.run": computeRun(reporter)},
		Actions: map[string]graph.Action{"insights.run": startRun, "report.export": exportRun},
		Deletes: map[string]graph.DeleteHook{"report": func(ctx context.Context, _ *graph.Call, tx store.Tx, run *store.Object) error {
			return tx.DropBlob(ctx, rowsName(run))
		}},
		Edges: map[string]graph.EdgeResolver{"report.rows": runRows},
		Fields: map[string]graph.FieldResolver{
			"report.status":         graph.Each(func(call *graph.Call, run *store.Object) any { return stateOf(call, run).status }),
			"report.percent":        graph.Each(func(call *graph.Call, run *store.Object) any { return stateOf(call, run).percent }),
			"report.running":        graph.Each(func(call *graph.Call, run *store.Object) any { return stateOf(call, run).percent < 100 }),
			"report.time_ref":       graph.Each(func(_ *graph.Call, run *store.Object) any { return run.Created }),
			"report.time_completed": graph.Each(completedAt),
			"report.url":            graph.Each(exportURL),
		},
	}
}

// computed is a report before it is stored: its rows, or the error that it ended with.
type computed struct {
	snapshot *insights.Snapshot
	packed   []byte
	fault    *object.Fault
}

// computeRun answers the request with all of its rows. Wrong parameters are refused at once; what goes wrong later fails the run.
func computeRun(reporter *insights.Reporter) graph.Preparation {
	return func(ctx context.Context, call *graph.Call, read graph.Reader) (any, error) {
		request, faults := insights.Parse(call.Params, call.Version, call.Now)
		if err := faults.Err(); err != nil {
			return nil, err
		}
		request.Object = call.Node
		var c computed
		err := read(ctx, func(tx store.Tx) (err error) {
			c.snapshot, err = reporter.Snapshot(ctx, tx, request)
			return err
		})
		if err == nil {
			c.packed, err = c.snapshot.Pack()
		}
		if errors.As(err, &c.fault) {
			err = nil
		}
		return c, err
	}
}

// startRun stores the run with its rows and answers its id. Rows that nobody can read any more are dropped.
func startRun(ctx context.Context, call *graph.Call, tx store.Tx) (any, error) {
	c, _ := call.Ready.(computed)
	id, seq, err := tx.NextID(ctx)
	if err != nil {
		return nil, err
	}
	name := object.Text(call.Params, "export_name")
	run := &store.Object{ID: id, Seq: seq, Type: "adreportrun", AccountID: call.Account.AccountID, Created: call.Now, Updated: call.Now, Data: map[string]any{
		"is_bookmarked": false, "is_async_export": int64(0), "friendly_name": name,
	}}
	if object.Text(call.Params, "export_format") != "" {
		run.Data["is_async_export"] = int64(1)
	}
	switch {
	case c.fault != nil:
		run.Data["error_code"], run.Data["error_message"] = int64(cmp.Or(c.fault.Code, 100)), c.fault.Message
		run.Data["error_user_title"], run.Data["error_user_msg"] = c.fault.Title, c.fault.Detail
		if c.fault.Subcode != 0 {
			run.Data["error_subcode"] = int64(c.fault.Subcode)
		}
	default:
		run.Data["date_start"], run.Data["date_stop"] = c.snapshot.First.String(), c.snapshot.Last.String()
		run.Data["marquetry_rows"] = int64(len(c.snapshot.Rows))
		if err := tx.PutBlob(ctx, rowsName(run), "application/gzip", c.packed); err != nil {
			return nil, err
		}
	}
	if err := tx.DropBlobs(ctx, "adreportrun", call.Now-runLife, rowsPrefix); err != nil {
		return nil, err
	}
	return object.Ordered{{Name: "report_run_id", Value: id}, {Name: "id", Value: id}}, tx.Insert(ctx, run)
}

// rowsPrefix begins the name under which a run's rows are kept, before its id.
const rowsPrefix = "report/"

// rowsName is the name under which a run's rows are kept.
func rowsName(run *store.Object) string { return rowsPrefix + run.ID }

// state is how far a run is.
type state struct {
	status  string
	percent int64
}

// stateOf follows from the time since the run was asked for.
func stateOf(call *graph.Call, run *store.Object) state {
	age := call.Now - run.Created
	switch {
	case age >= runLife:
		return state{"Job Skipped", 100}
	case age >= call.Latency && run.Data["error_code"] != nil:
		return state{"Job Failed", 100}
	case age >= call.Latency:
		return state{"Job Completed", 100}
	case age <= 0:
		return state{"Job Not Started", 0}
	}
	return state{"Job Running", 100 * age / call.Latency}
}

// completedAt is when a run was ready, 0 until then.
func completedAt(call *graph.Call, run *store.Object) any {
	if stateOf(call, run).percent < 100 {
		return int64(0)
	}
	return run.Created + call.Latency
}

// exportURL is where a run's rows are as a file.
func exportURL(call *graph.Call, run *store.Object) any {
	u := call.Base.JoinPath("ads", "ads_insights", "export_report")
	u.RawQuery = url.Values{"report_run_id": {run.ID}, "format": {"csv"}}.Encode()
	return u.String()
}

// runRows answers the insights of a run.
func runRows(ctx context.Context, call *graph.Call, tx store.Tx, _ *graph.Selection) (*graph.Rows, error) {
	snapshot, err := rowsOf(ctx, call, tx, call.Node)
	if err != nil {
		return nil, err
	}
	result, err := snapshot.Page(call.Params)
	if err != nil {
		return nil, err
	}
	return reportRows(result), nil
}

// rowsOf reads the rows of a run that is complete.
func rowsOf(ctx context.Context, call *graph.Call, tx store.Tx, run *store.Object) (*insights.Snapshot, error) {
	if now := stateOf(call, run); now.status != "Job Completed" {
		return nil, object.Broken("report.status", 0, "report run "+run.ID+" has no rows: its async_status is "+now.status, "report_run_id")
	}
	_, packed, err := tx.Blob(ctx, rowsName(run))
	if err != nil {
		return nil, err
	}
	return insights.Unpack(packed, call.Base.String())
}

// exportRun answers the rows of a run as a file.
func exportRun(ctx context.Context, call *graph.Call, tx store.Tx) (any, error) {
	id := object.Text(call.Args, "report_run_id")
	run, err := tx.Object(ctx, id)
	if errors.Is(err, store.ErrNotFound) || err == nil && (run.Type != "adreportrun" || !call.Caller.Sees(run)) {
		return nil, graph.Missing(id)
	}
	if err != nil {
		return nil, err
	}
	if object.Text(call.Args, "format") == "xls" {
		return nil, object.Broken("report.format", 0, "format xls is not made here; ask for csv", "format")
	}
	snapshot, err := rowsOf(ctx, call, tx, run)
	if err != nil {
		return nil, err
	}
	table, err := snapshot.CSV()
	name := cmp.Or(object.Text(call.Args, "name"), run.Text("friendly_name"), "report "+run.ID)
	return &graph.Document{ContentType: "text/csv; charset=utf-8", Name: name + ".csv", Data: table}, err
}
