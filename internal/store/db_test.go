package store_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/marquetry/marquetry/internal/store"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

// exists tells whether an object is committed.
func exists(t *testing.T, db *store.DB, id string) (found bool) {
	t.Helper()
	read(t, db, func(ctx context.Context, tx store.Tx) error {
		_, err := tx.Object(ctx, id)
		if found = err == nil; errors.Is(err, store.ErrNotFound) {
			return nil
		}
		return err
	})
	return found
}

// insert returns a write that adds an object with an id and fails with err.
func insert(id string, err error) func(context.Context, store.Tx) error {
	return func(ctx context.Context, tx store.Tx) error {
		return errors.Join(tx.Insert(ctx, &store.Object{ID: id, Type: "ad"}), err)
	}
}

// An error or a panic leaves no trace and no lock.
func TestRollback(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		refused := errors.New("refused")
		fn := insert("a", refused)
		if err := db.Write(t.Context(), func(tx store.Tx) error { return fn(t.Context(), tx) }); !errors.Is(err, refused) {
			t.Errorf("Write: %v", err)
		}
		func() {
			defer func() {
				if recover() == nil {
					t.Error("the panic was swallowed")
				}
			}()
			_ = db.Write(t.Context(), func(tx store.Tx) error { panic(insert("a", nil)(t.Context(), tx)) })
		}()
		if exists(t, db, "a") || db.Version() != 0 {
			t.Error("something was kept of a failed write")
		}
		write(t, db, insert("a", nil))
		if !exists(t, db, "a") {
			t.Error("a write after failed ones is lost")
		}
	})
}

// A read transaction cannot write.
func TestReadOnly(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		fn := insert("a", nil)
		if err := db.Read(t.Context(), func(tx store.Tx) error { return fn(t.Context(), tx) }); err == nil {
			t.Error("inserted in a read transaction")
		}
	})
}

// A read sees the state of its first statement, while writes go on beside it.
func TestSnapshot(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		read(t, db, func(ctx context.Context, tx store.Tx) error {
			before, err := tx.Objects(ctx, []string{"a", "b"})
			write(t, db, insert("a", nil))
			after, err2 := tx.Objects(ctx, []string{"a", "b"})
			if len(before) != 0 || len(after) != 0 {
				t.Errorf("saw %d objects, then %d", len(before), len(after))
			}
			return errors.Join(err, err2)
		})
		if !exists(t, db, "a") {
			t.Error("the write is lost")
		}
	})
}

// Writers that read what they change are alone, so that no update is lost; sequences have no gaps.
func TestWritersAreAlone(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		const writers, each = 8, 10
		var all sync.WaitGroup
		for range writers {
			all.Go(func() {
				for range each {
					err := db.Write(t.Context(), func(tx store.Tx) error {
						_, seq, err := tx.NextID(t.Context())
						if err != nil {
							return err
						}
						count, err := tx.Checkpoint(t.Context(), "count")
						if seq != count+1 {
							err = errors.Join(err, fmt.Errorf("seq %d after %d writes", seq, count))
						}
						return errors.Join(err, tx.SetCheckpoint(t.Context(), "count", count+1))
					})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		read(t, db, func(ctx context.Context, tx store.Tx) error {
			count, err := tx.Checkpoint(ctx, "count")
			if count != writers*each {
				t.Errorf("%d writes counted, want %d", count, writers*each)
			}
			return err
		})
	})
}

// A write that the database turned away for reasons of concurrency runs again, but not for ever.
func TestRetry(t *testing.T) {
	t.Parallel()
	conflict := func(ctx context.Context, tx store.Tx) error {
		_, err := tx.Exec(ctx, "DO $$ BEGIN RAISE EXCEPTION SQLSTATE '40001'; END $$")
		return err
	}
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		db, err := store.Open(t.Context(), store.Config{URL: storetest.Postgres(t)})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = db.Close() }) // nothing is kept
		retry(t, db, conflict)
	})
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		db, err := store.Open(t.Context(), store.Config{Dir: dir})
		if err != nil {
			t.Fatal(err)
		}
		impatient, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "marquetry.db")+"?_txlock=immediate")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = impatient.Close(); _ = db.Close() }) // nothing is kept
		retry(t, db, func(ctx context.Context, _ store.Tx) error {
			_, err := impatient.BeginTx(ctx, nil) // while Write holds the lock
			return err
		})
	})
}

// retry checks Write with a function whose error asks for another attempt.
func retry(t *testing.T, db *store.DB, conflict func(context.Context, store.Tx) error) {
	t.Helper()
	tries := 0
	write(t, db, func(ctx context.Context, tx store.Tx) error {
		if tries++; tries < 3 {
			return conflict(ctx, tx)
		}
		return insert("a", nil)(ctx, tx)
	})
	if tries != 3 || !exists(t, db, "a") {
		t.Errorf("%d tries, want 3", tries)
	}
	tries = 0
	err := db.Write(t.Context(), func(tx store.Tx) error { tries++; return conflict(t.Context(), tx) })
	if err == nil || tries != 8 {
		t.Errorf("%d tries, then %v", tries, err)
	}
	ctx, stop := context.WithCancel(t.Context())
	err = db.Write(ctx, func(tx store.Tx) error { stop(); return conflict(t.Context(), tx) })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("after the caller left: %v", err)
	}
}

// Commits that touch objects are told of and counted; others are not.
func TestChanged(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		next := db.Changed()
		write(t, db, func(ctx context.Context, tx store.Tx) error { return tx.SetSetting(ctx, "a", "b") })
		select {
		case <-next:
			t.Error("told of a setting")
		default:
		}
		write(t, db, insert("a", nil))
		<-next
		write(t, db, func(ctx context.Context, tx store.Tx) error {
			o, err := tx.Object(ctx, "a")
			return errors.Join(err, tx.Update(ctx, o), insert("b", nil)(ctx, tx))
		})
		version, err := db.ObjectsVersion(t.Context())
		if db.Version() != 2 || version != 2 || err != nil {
			t.Errorf("Version = %d, ObjectsVersion = %d, %v; want 2", db.Version(), version, err)
		}
	})
}

// Processes that start at the same moment on an empty database all find its tables, and one of them sees what another wrote.
func TestOpenTogether(t *testing.T) {
	t.Parallel()
	for name, config := range map[string]func(t *testing.T) store.Config{
		"sqlite":   func(t *testing.T) store.Config { return store.Config{Dir: filepath.Join(t.TempDir(), "new #1?")} },
		"postgres": func(t *testing.T) store.Config { return store.Config{URL: storetest.Postgres(t)} },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := config(t)
			dbs := make([]*store.DB, 6)
			var all sync.WaitGroup
			for i := range dbs {
				all.Go(func() {
					var err error
					if dbs[i], err = store.Open(t.Context(), c); err != nil {
						t.Error(err)
					}
				})
			}
			all.Wait()
			if t.Failed() {
				return
			}
			write(t, dbs[0], insert("a", nil))
			version, err := dbs[1].ObjectsVersion(t.Context())
			if version != 1 || err != nil || !exists(t, dbs[2], "a") {
				t.Errorf("another handle sees version %d, %v", version, err)
			}
			for _, db := range dbs {
				if err := db.Close(); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

// What cannot be opened says why, without the password of the address.
func TestOpenErrors(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]store.Config{
		"nothing":    {},
		"a file":     {Dir: "db_test.go"},
		"no server":  {URL: "postgres://user:secret@127.0.0.1:1/none"},
		"not a URL":  {URL: "postgres://user:secret@:::bad"},
		"not a kind": {URL: "mysql://user:secret@localhost/x"},
	} {
		db, err := store.Open(t.Context(), c)
		if err == nil {
			t.Errorf("%s: opened %v", name, db.Close())
		} else if strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: the error tells the password: %v", name, err)
		}
	}
}
