package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/marquetry/marquetry"
)

// ledgerCmd is `marquetry ledger`.
type ledgerCmd struct {
	Verify ledgerVerifyCmd `cmd:"" help:"Check that no record was changed, removed or moved."`
	Show   ledgerShowCmd   `cmd:"" help:"Print the records."`
}

// ledgerVerifyCmd is `marquetry ledger verify`.
type ledgerVerifyCmd struct {
	instanceFlags
	Head []string `help:"A head that an earlier verification printed: the ledger must still run through it." placeholder:"COUNT:HASH"`
	JSON bool     `name:"json" help:"Print one JSON object."`
}

// Help is the example shown by --help.
func (ledgerVerifyCmd) Help() string {
	return "The ledger says of each generated asset how it came about, who approved or rejected it, and in which ads it was shown. Each record's hash " +
		"covers it and the record before. Note the head elsewhere: who can write to the database could otherwise write the whole ledger anew. " +
		"The exit code is 1 when a record does not fit.\n\n" +
		"Example:\n  marquetry ledger verify --data ./data"
}

// Run verifies.
func (c ledgerVerifyCmd) Run(ctx context.Context, io streams) error {
	return c.reopen(ctx, io, func(server *marquetry.Server) error {
		v, err := server.VerifyLedger(ctx, func(marquetry.LedgerRecord) {}, c.Head...)
		if err != nil {
			return err
		}
		switch {
		case c.JSON:
			err = printJSON(io.out, v)
		case v.OK:
			fmt.Fprintf(io.out, "ok, %d records, head %s\n", v.Count, v.Head)
		}
		if err == nil && !v.OK {
			err = fmt.Errorf("record %d of the ledger does not fit: %s", v.Record, v.Why)
		}
		return err
	})
}

// ledgerShowCmd is `marquetry ledger show`.
type ledgerShowCmd struct {
	instanceFlags
	Creative string `help:"Only the records of this creative." placeholder:"ID"`
	JSON     bool   `name:"json" help:"Print one JSON object a line."`
}

// Help is the example shown by --help.
func (ledgerShowCmd) Help() string {
	return "Prints the records that fit, oldest first, up to the first that does not.\n\n" +
		"Example:\n  marquetry ledger show --data ./data --creative 120200000000000007"
}

// Run prints.
func (c ledgerShowCmd) Run(ctx context.Context, io streams) error {
	return c.reopen(ctx, io, func(server *marquetry.Server) error {
		var failed error
		shown := 0
		lines := json.NewEncoder(io.out)
		lines.SetEscapeHTML(false)
		v, err := server.VerifyLedger(ctx, func(r marquetry.LedgerRecord) {
			if failed != nil || c.Creative != "" && c.Creative != r.Creative {
				return
			}
			shown++
			switch {
			case c.JSON:
				failed = lines.Encode(r)
			default:
				_, failed = fmt.Fprintf(io.out, "%d  %s  %-9s  creative %s  %s\n", r.Seq, time.Unix(r.At, 0).UTC().Format(time.RFC3339), r.Kind, r.Creative, strings.TrimSpace(string(r.Body)))
			}
		})
		if err == nil && !v.OK {
			err = fmt.Errorf("record %d of the ledger does not fit: %s", v.Record, v.Why)
		}
		if err == nil && shown == 0 {
			fmt.Fprintln(io.err, "no record is about that: nothing was generated")
		}
		return errors.Join(err, failed)
	})
}
