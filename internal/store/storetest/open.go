package storetest

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/marquetry/marquetry/internal/store"
)

// SQLite opens an empty database in a temporary directory; it is closed with the test.
func SQLite(t testing.TB) *store.DB {
	t.Helper()
	return open(t, store.Config{Dir: Dir(t), Lazy: true})
}

// Dir is a temporary directory with an empty database in it, whose tables are made.
func Dir(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	file, err := template()
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "marquetry.db"), file, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// template is the file of an empty database: to copy it takes a fraction of the time that its migrations take.
var template = sync.OnceValues(func() (_ []byte, err error) { //nolint:gochecknoglobals // every test of the process shares it
	dir, err := os.MkdirTemp("", "marquetry-template-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if err := migrate(store.Config{Dir: dir, Lazy: true}); err != nil {
		return nil, err
	}
	return os.ReadFile(filepath.Join(dir, "marquetry.db")) //nolint:gosec // the file just made
})

// migrate makes the tables of a database, which tests then copy.
func migrate(c store.Config) error {
	db, err := store.Open(context.Background(), c) // outlives the test that happens to be first
	if err != nil {
		return err
	}
	return db.Close()
}

// Each runs a test on every kind of database, in parallel, each time on an empty one.
func Each(t *testing.T, test func(t *testing.T, db *store.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		test(t, SQLite(t))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		test(t, open(t, store.Config{URL: copied(t)}))
	})
}

// open opens a database and has it closed with the test.
func open(t testing.TB, c store.Config) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Errorf("close the store: %v", err)
		}
	})
	return db
}
