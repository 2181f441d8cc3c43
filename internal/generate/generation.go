package generate

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/marquetry/marquetry/internal/store"
)

// Generation is how far the texts of a creative are, and what its jobs ran into: what no asset can tell.
type Generation struct {
	State    string           // of the newest job: QUEUED, RUNNING, DONE or FAILED
	Error    string           // why it failed, or what its last attempt ran into
	Language string           // ISO 639-1 code, "" when not known
	Button   string           // type of button that the text calls for, a suggestion; "" for none
	Fallback string           // why rewrites stand in for a model, "" when they do not
	Rejected map[string]int64 // candidates of all jobs, by the gate's code
	Flags    []string         // what was odd about the source
}

// Generations reads them for creatives, by id; those that never had a job are left out. It is one query for so many creatives, as a page of
// a list has.
func Generations(ctx context.Context, tx store.Tx, creativeIDs []string) (map[string]Generation, error) {
	all := map[string]Generation{}
	if len(creativeIDs) == 0 {
		return all, nil
	}
	args := make([]any, len(creativeIDs))
	for i, id := range creativeIDs {
		args[i] = id
	}
	marks := strings.TrimSuffix(strings.Repeat("?,", len(args)), ",")
	rows, err := tx.Query(ctx, "SELECT creative_id, state, error, result FROM jobs WHERE creative_id IN ("+marks+") ORDER BY creative_id, id DESC", args...)
	if err == nil {
		err = each(rows, all)
	}
	if err != nil {
		return nil, fmt.Errorf("generate: jobs: %w", err)
	}
	return all, nil
}

// each adds what came of each job, the newest of a creative first.
func each(rows *sql.Rows, all map[string]Generation) error {
	defer func() { _ = rows.Close() }() // rows.Err below has the cause
	for rows.Next() {
		var id, state, problem, result string
		if err := rows.Scan(&id, &state, &problem, &result); err != nil {
			return err
		}
		var o outcome
		if err := json.Unmarshal([]byte(result), &o); err != nil && result != "" {
			problem = "its row is damaged: " + err.Error() // which is no reason to hide the creatives beside it
		}
		g, known := all[id]
		if !known {
			g = Generation{State: state, Error: problem, Fallback: o.Fallback, Rejected: map[string]int64{}}
		}
		for code, n := range o.Rejected {
			g.Rejected[code] += n
		}
		g.Language, g.Button = cmp.Or(g.Language, o.Language), cmp.Or(g.Button, o.Button)
		if g.Flags == nil {
			g.Flags = o.Flags
		}
		all[id] = g
	}
	return rows.Err()
}
