package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/marquetry/marquetry"
)

// rebuildCmd is `marquetry rebuild`.
type rebuildCmd struct {
	instanceFlags
	JSON bool `name:"json" help:"Print one JSON object."`
}

// Help is the example shown by --help.
func (rebuildCmd) Help() string {
	return "The event log, DIR/events.db, is the truth; reports and what was learnt are folded from it. Rebuilding gives the same bytes. A server may " +
		"be running meanwhile; its reports are incomplete until this is done.\n\n" +
		"Example:\n  marquetry rebuild --data ./data"
}

// Run rebuilds. It wants an event log that is there: reports in PostgreSQL must not be replaced by nothing because of a misspelt directory.
func (c rebuildCmd) Run(ctx context.Context, io streams) error {
	if _, err := os.Stat(filepath.Join(c.Data, "events.db")); errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no event log in %s", c.Data)
	}
	return c.open(ctx, io, func(server *marquetry.Server) error {
		start := time.Now()
		if err := server.Rebuild(ctx); err != nil {
			return err
		}
		seconds := time.Since(start).Seconds()
		if c.JSON {
			return printJSON(io.out, map[string]any{"rebuilt": true, "seconds": seconds})
		}
		fmt.Fprintf(io.out, "rebuilt in %.1f s\n", seconds)
		return nil
	})
}
