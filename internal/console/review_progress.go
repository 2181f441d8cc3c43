package console

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/generate"
	"github.com/marquetry/marquetry/internal/store"
)

// progressView is how far a job is with the items of a product set.
type progressView struct {
	frame
	version
	generate.Progress
	ID      string // of the creative
	Have    int    // how many assets the page shows: when there are more it is loaded again
	Running bool
	Percent int64
	Parts   []stripeView
}

// stripeView is a part of a bar of 1000 units.
type stripeView struct {
	Class    string
	X, Width int64
}

// progressOf is a generation's progress as a page shows it, nil where it has none.
func progressOf(id string, g generate.Generation, have int) *progressView {
	if g.Progress == nil {
		return nil
	}
	p := &progressView{Progress: *g.Progress, ID: id, Have: have, Running: g.State == "RUNNING" || g.State == "QUEUED"}
	total := max(1, p.Total, p.Done)
	p.Percent = 100 * p.Done / total
	at := int64(0)
	for _, part := range []struct {
		class string
		n     int64
	}{{"eligible", p.Eligible}, {"ineligible", p.Ineligible}, {"failed", p.Failed}} {
		if part.n > 0 {
			width := max(2, 1000*part.n/total) // one of very many is seen, too
			p.Parts = append(p.Parts, stripeView{part.class, at, width})
			at += width
		}
	}
	return p
}

// progress answers how far the job of a creative is, and tells the page around it when there is more to be seen.
func (c *console) progress(w http.ResponseWriter, r *http.Request, v visitor) {
	var out *progressView
	err := c.db.Read(r.Context(), func(tx store.Tx) (err error) {
		out, err = readProgress(r.Context(), tx, v, r.PathValue("id"))
		return err
	})
	switch {
	case errors.Is(err, errNothing):
		c.page(w, r, v, http.StatusNotFound, "no-review", &reviewView{})
	case err != nil:
		c.fail(w, r, err)
	default:
		if shown, err := strconv.Atoi(r.URL.Query().Get("have")); !out.Running || err != nil || shown != out.Have {
			w.Header().Set("HX-Trigger", "made")
			out.Have = shown // until the page has been loaded again
		}
		c.show(w, r, v, "progress", false, out)
	}
}

// readProgress reads it; a creative without a product set has none.
func readProgress(ctx context.Context, tx store.Tx, v visitor, id string) (*progressView, error) {
	if _, _, err := reviewed(ctx, tx, v, id); err != nil {
		return nil, err
	}
	assets, err := edition.Assets(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	all, err := generate.Generations(ctx, tx, []string{id})
	if err != nil {
		return nil, err
	}
	if p := progressOf(id, all[id], len(assets)); p != nil {
		return p, nil
	}
	return nil, errNothing
}
