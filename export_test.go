package marquetry

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync/atomic"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/insights"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

// Dump writes every rollup and learning cell, and of every ad's model the exact numbers that it decides and reports by, so that tests
// can compare two states byte by byte.
func (s *Server) Dump(ctx context.Context, out io.Writer) error {
	return s.db.Read(ctx, func(tx store.Tx) error {
		if err := insights.Dump(ctx, tx, out); err != nil {
			return err
		}
		for _, table := range []string{"learn_cells", "learn_days"} {
			if err := dumpTable(ctx, tx, out, table); err != nil {
				return err
			}
		}
		return tx.All(ctx, "ad", func(ad *store.Object) error {
			learned, ok := s.deliver.Learned(ad.ID)
			if !ok {
				return fmt.Errorf("nothing was learnt of ad %s", ad.ID)
			}
			fmt.Fprintln(out, "model", ad.ID, learned.State, learned.Totals, learned.Model.ProbabilityBest())
			for k := range learned.Space.Size() {
				fmt.Fprintf(out, "model %s %d %x %x\n", ad.ID, k, learned.Model.Rate("", k), learned.Policy.Propensity("", k))
			}
			return nil
		})
	})
}

// Counted answers as Handler does, for the Graph API alone, and counts the calls to the store of what reads.
func (s *Server) Counted(calls *atomic.Int64) (http.Handler, error) {
	registry, err := object.Build(object.Types()...)
	if err != nil {
		return nil, err
	}
	extensions, err := s.extensions(&insights.Reporter{Learner: s.deliver})
	if err != nil {
		return nil, err
	}
	return graph.New(s.settings.graph, registry, storetest.Counted{DB: s.db, Calls: calls}, extensions)
}

// Multiply puts so many copies of every object of the given types beside it, with references to the same others.
func (s *Server) Multiply(ctx context.Context, types []string, copies int) error {
	return s.db.Write(ctx, func(tx store.Tx) error {
		for _, typ := range types {
			var all []*store.Object
			if err := tx.All(ctx, typ, func(o *store.Object) error { all = append(all, o); return nil }); err != nil {
				return err
			}
			for _, o := range all {
				for range copies {
					if err := double(ctx, tx, *o); err != nil {
						return err
					}
				}
			}
		}
		return nil
	})
}

// Forge puts one text in the place of another in an object's stored data, behind everybody's back. That something else changes, too, has
// readers look again.
func (s *Server) Forge(ctx context.Context, id, before, after string) error {
	return s.db.Write(ctx, func(tx store.Tx) error {
		if _, err := tx.Exec(ctx, "UPDATE objects SET data = REPLACE(data, ?, ?) WHERE id = ?", before, after, id); err != nil {
			return err
		}
		account, err := tx.Object(ctx, s.Fresh.AccountID)
		if err != nil {
			return err
		}
		return tx.Update(ctx, account)
	})
}

// double adds a copy of an object.
func double(ctx context.Context, tx store.Tx, o store.Object) (err error) {
	original := o.ID
	if o.ID, o.Seq, err = tx.NextID(ctx); err != nil {
		return err
	}
	o.Hash = ""
	if err := tx.Insert(ctx, &o); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO object_refs (object_id, field, to_id, type, seq, status, name, updated)
		SELECT CAST(? AS TEXT), field, to_id, type, CAST(? AS BIGINT), status, name, updated FROM object_refs WHERE object_id = ?`, o.ID, o.Seq, original)
	return err
}

// DumpTable writes the rows of a table.
func (s *Server) DumpTable(ctx context.Context, out io.Writer, table string) error {
	return s.db.Read(ctx, func(tx store.Tx) error { return dumpTable(ctx, tx, out, table) })
}

// dumpTable writes a table's rows, sorted by all their columns.
func dumpTable(ctx context.Context, tx store.Tx, out io.Writer, table string) (err error) {
	rows, err := tx.Query(ctx, "SELECT * FROM "+table+" ORDER BY 1, 2, 3, 4, 5, 6")
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	values, targets := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		targets[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(targets...); err != nil {
			return err
		}
		fmt.Fprintln(out, table, values)
	}
	return rows.Err()
}

// Refuses reports whether a server of that role has nothing to do with a path.
func Refuses(role, path string) bool {
	roles := rolesOf(whoAnswers(), path)
	return len(roles) > 0 && !settings{Config: Config{Roles: []string{role}}}.has(roles...)
}

// Paths lists the paths that are served beside the Graph API, and those that roles are given to.
func (s *Server) Paths() (served, known []string) {
	for pattern := range s.mounts() {
		if path := pattern[strings.Index(pattern, "/"):]; path != "/{$}" && path != "/v1/" { // the console's front page and what delivery serves
			served = append(served, path)
		}
	}
	for pattern := range s.deliver.Routes() {
		served = append(served, pattern[strings.Index(pattern, "/"):])
	}
	for _, of := range whoAnswers() {
		known = append(known, of.prefix)
	}
	return served, known
}
