package catalogs

import (
	"context"

	"github.com/marquetry/marquetry/internal/catalog"
	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// Limits of what an upload keeps of its troubles.
const (
	mostTroubles = 100 // kinds
	mostSamples  = 10  // rows of each
)

// tally counts the troubles of an upload by their kind.
type tally struct {
	fatal, warnings int64
	byKind          map[string]*trouble
	order           []*trouble
}

// trouble is one kind: a rule broken in one column.
type trouble struct {
	kind    string // "missing_field.brand"
	problem catalog.Problem
	count   int64
	samples []sample
}

// sample is a row that has the trouble.
type sample struct {
	line       int
	retailerID string
}

// newTally counts from zero.
func newTally() *tally { return &tally{byKind: map[string]*trouble{}} }

// add counts one problem of a row; line 0 is the file as a whole. What is wrong in more ways than are kept is counted, and no more.
func (t *tally) add(line int, retailerID string, p catalog.Problem) {
	if p.Fatal {
		t.fatal++
	} else {
		t.warnings++
	}
	kind := p.Rule
	if p.Field != "" {
		kind += "." + p.Field
	}
	one := t.byKind[kind]
	if one == nil {
		if len(t.order) == mostTroubles {
			return
		}
		one = &trouble{kind: kind, problem: p}
		t.byKind[kind] = one
		t.order = append(t.order, one)
	}
	if one.count++; line > 0 && len(one.samples) < mostSamples {
		one.samples = append(one.samples, sample{line, retailerID})
	}
}

// keep writes the troubles under their upload, each with its samples.
func (t *tally) keep(ctx context.Context, call *graph.Call, tx store.Tx, upload *store.Object) error {
	for _, one := range t.order {
		severity := "warning"
		if one.problem.Fatal {
			severity = "fatal"
		}
		id, err := under(ctx, call, tx, upload, "productfeeduploaderror", map[string]any{"upload_id": upload.ID, "severity": severity, "error_type": one.kind,
			"summary": one.problem.Message, "description": one.problem.Message, "total_count": one.count, "affected_surfaces": []any{"Dynamic Ads"}})
		if err != nil {
			return err
		}
		for _, s := range one.samples {
			data := map[string]any{"error_id": id, "row_number": int64(s.line)}
			if s.retailerID != "" {
				data["retailer_id"] = s.retailerID
			}
			if _, err := under(ctx, call, tx, upload, "productfeeduploaderrorsample", data); err != nil {
				return err
			}
		}
	}
	return nil
}

// under adds an object that belongs to whom the upload belongs to.
func under(ctx context.Context, call *graph.Call, tx store.Tx, upload *store.Object, typ string, data map[string]any) (string, error) {
	id, _, err := tx.NextID(ctx)
	if err != nil {
		return "", err
	}
	return id, call.Save(ctx, tx, &store.Object{ID: id, Type: typ, AccountID: upload.AccountID, Data: data})
}

// requestReport notes that somebody wants the errors in one piece.
func requestReport(ctx context.Context, call *graph.Call, tx store.Tx) (any, error) {
	call.Node.Data["report_requested"] = true
	return object.Ordered{{Name: "success", Value: true}}, call.Save(ctx, tx, call.Node)
}

// errorReport is where the errors are with their samples, once that was asked for.
func errorReport(call *graph.Call, o *store.Object) any {
	if o.Data["report_requested"] != true {
		return map[string]any{"report_status": "NOT_REQUESTED"}
	}
	link := call.Base.JoinPath(o.ID, "errors")
	link.RawQuery = "fields=severity,error_type,summary,total_count,samples{row_number,retailer_id}"
	return map[string]any{"report_status": "WRITE_FINISHED", "file_handle": link.String()}
}
