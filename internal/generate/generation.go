package generate

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/store"
)

// Generation is how far the assets of a creative are, and what its jobs ran into: what no asset can tell.
type Generation struct {
	State    string           // of the newest job of each kind the one that is furthest from its end: RUNNING, QUEUED, FAILED or DONE
	Error    string           // why that failed, or what its last attempt ran into
	Language string           // ISO 639-1 code, "" when not known
	Button   string           // type of button that the text calls for, a suggestion; "" for none
	Fallback string           // why rewrites stand in for a model, "" when they do not
	Rejected map[string]int64 // candidates of all jobs, by the gate's code
	Flags    []string         // what was odd about the source
	Progress *Progress        // with the items of its product set; nil where it has none
}

// states are those of jobs, the one that says most of a creative first.
func states() []string { return []string{running, queued, failed, done} }

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
	rows, err := tx.Query(ctx, "SELECT creative_id, kind, state, error, result FROM jobs WHERE creative_id IN ("+marks+") ORDER BY creative_id, id DESC", args...)
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
	newer := map[string]bool{}
	return scanned(rows, func() error {
		var id, kind, state, problem, result string
		if err := rows.Scan(&id, &kind, &state, &problem, &result); err != nil {
			return err
		}
		if state == resting {
			state = done
		}
		var o outcome
		if err := json.Unmarshal([]byte(result), &o); err != nil && result != "" {
			problem = "its row is damaged: " + err.Error() // which is no reason to hide the creatives beside it
		}
		g := all[id]
		if g.Rejected == nil {
			g.Rejected = map[string]int64{}
		}
		if !newer[id+kind] && (g.State == "" || slices.Index(states(), state) < slices.Index(states(), g.State)) {
			g.State, g.Error = state, problem
		}
		if !newer[id+kind] {
			g.Fallback = cmp.Or(g.Fallback, o.Fallback)
		}
		newer[id+kind] = true
		for code, n := range o.Rejected {
			g.Rejected[code] += n
		}
		g.Language, g.Button, g.Progress = cmp.Or(g.Language, o.Language), cmp.Or(g.Button, o.Button), cmp.Or(g.Progress, o.Progress)
		if g.Flags == nil {
			g.Flags = o.Flags
		}
		all[id] = g
		return nil
	})
}
