package storetest

import (
	"testing"

	"github.com/marquetry/marquetry/internal/store"
)

// SQLite opens an empty database in a temporary directory; it is closed with the test.
func SQLite(t testing.TB) *store.DB {
	t.Helper()
	return open(t, store.Config{Dir: t.TempDir()})
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
		test(t, open(t, store.Config{URL: Postgres(t)}))
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
