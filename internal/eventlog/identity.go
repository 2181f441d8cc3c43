package eventlog

import (
	"context"
	"errors"
	"fmt"

	"github.com/marquetry/marquetry/internal/store"
)

// settingLog is where a database keeps the identity of the log that is folded into it.
const settingLog = "eventlog.identity"

// ErrOtherLog is a database whose folds were made from another log: its checkpoints mean nothing in this one, and events would be left out.
var ErrOtherLog = errors.New("the database belongs to another event log: start with the data directory that it was filled from, or run rebuild to fold this one")

// Claim makes sure that the database is folded from this log alone: it notes the log in a database that has none, and fails with
// [ErrOtherLog] if it has another.
func (f *Folder) Claim(ctx context.Context) error {
	own, err := f.log.Identity(ctx)
	if err != nil {
		return fmt.Errorf("eventlog: identity: %w", err)
	}
	return f.db.Write(ctx, func(tx store.Tx) error {
		noted, err := tx.Setting(ctx, settingLog)
		switch {
		case errors.Is(err, store.ErrNotFound):
			return tx.SetSetting(ctx, settingLog, own)
		case err == nil && noted != own:
			return ErrOtherLog
		}
		return err
	})
}

// adopt notes this log in the database whatever it had before, for a rebuild.
func (f *Folder) adopt(ctx context.Context) error {
	own, err := f.log.Identity(ctx)
	if err != nil {
		return fmt.Errorf("eventlog: identity: %w", err)
	}
	return f.db.Write(ctx, func(tx store.Tx) error { return tx.SetSetting(ctx, settingLog, own) })
}
