package generate

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/store"
)

// Generation is how far the texts of a creative are and how they came about, for people to read.
type Generation struct {
	State    string           // of the newest job: QUEUED, RUNNING, DONE or FAILED; "" for a creative that never opted in
	Error    string           // why it failed, or what the last attempt ran into
	Source   string           // the primary text that the others vary
	Language string           // ISO 639-1 code, "" when not known
	Button   string           // type of button that the text calls for, a suggestion; "" for none
	Fallback string           // why rewrites stand in for a model, for the operator; "" when they do not
	Gate     string           // version of the gate
	Rejected map[string]int64 // candidates of all jobs, by the gate's code
	Flags    []string         // what was odd about the source, by the newest job
	Assets   []*store.Object  // all of the creative, oldest first, the rejected ones too
}

// Generation reads it. Its cost does not depend on how many creatives there are.
func (s *Service) Generation(ctx context.Context, tx store.Tx, c *store.Object) (Generation, error) {
	g := Generation{Rejected: map[string]int64{}}
	if !edition.Generates(c.Data) {
		return g, nil
	}
	g.Source = creative.Message(c.Data)
	rows, err := tx.Query(ctx, "SELECT state, error, result FROM jobs WHERE creative_id = ? ORDER BY id DESC LIMIT ?", c.ID, mostAssets+1)
	if err != nil {
		return g, err
	}
	if err := g.jobs(rows); err != nil {
		return g, fmt.Errorf("generate: jobs of %s: %w", c.ID, err)
	}
	g.Assets, err = assetsOf(ctx, tx, c.ID)
	return g, err
}

// jobs adds what came of each job, newest first.
func (g *Generation) jobs(rows *sql.Rows) error {
	defer func() { _ = rows.Close() }() // rows.Err below has the cause
	for n := 0; rows.Next(); n++ {
		if err := g.job(rows, n == 0); err != nil {
			return err
		}
	}
	return rows.Err()
}

// job adds what came of one job.
func (g *Generation) job(row interface{ Scan(...any) error }, newest bool) error {
	var state, problem, result string
	if err := row.Scan(&state, &problem, &result); err != nil {
		return err
	}
	var o outcome
	if result != "" {
		if err := json.Unmarshal([]byte(result), &o); err != nil {
			return err
		}
	}
	for code, n := range o.Rejected {
		g.Rejected[code] += n
	}
	g.Language, g.Button, g.Gate = cmp.Or(g.Language, o.Language), cmp.Or(g.Button, o.Button), cmp.Or(g.Gate, o.Gate)
	if newest {
		g.State, g.Error, g.Fallback, g.Flags = state, problem, o.Fallback, o.Flags
	}
	return nil
}
