package eventlog_test

import (
	"path/filepath"
	"testing"

	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/eventlog/eventlogtest"
)

// openIn is how the tests of this package keep a log in a directory whose name needs escaping.
func openIn(dir string) (eventlog.Log, error) {
	return eventlog.OpenSQLite(filepath.Join(dir, "events #1?.db"))
}

// The SQLite log does what every log must.
func TestSQLite(t *testing.T) {
	t.Parallel()
	eventlogtest.Run(t, openIn)
}
