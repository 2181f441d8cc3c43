package main

import (
	"context"
	"fmt"
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
	return "The event log is the truth; reports and what was learnt are folded from it. Rebuilding gives the same bytes.\n\n" +
		"Example:\n  marquetry rebuild --data ./data"
}

// Run rebuilds.
func (c rebuildCmd) Run(ctx context.Context, io streams) error {
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
