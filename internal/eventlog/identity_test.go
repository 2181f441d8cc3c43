package eventlog_test

import (
	"errors"
	"testing"

	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

// TestOtherLogIsRefused brings a database to another log, which has more events, so that nothing but its name tells.
func TestOtherLogIsRefused(t *testing.T) {
	t.Parallel()
	db := storetest.SQLite(t)
	f, other := newFixture(t, db), newFixture(t, db)
	for range 2 {
		if err := f.folder.Claim(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	f.add(t, 10)
	f.catchUp(t, 10)
	other.add(t, 12)
	if err := other.folder.Claim(t.Context()); !errors.Is(err, eventlog.ErrOtherLog) {
		t.Fatalf("claim by another log: %v", err)
	}
	if err := other.folder.Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	other.a.check(t, db, 12)
	if err := other.folder.Claim(t.Context()); err != nil {
		t.Errorf("after the rebuild: %v", err)
	}
	if err := f.folder.Claim(t.Context()); !errors.Is(err, eventlog.ErrOtherLog) {
		t.Errorf("claim by the log before: %v", err)
	}
}
