package eventlog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"

	_ "modernc.org/sqlite" // driver "sqlite"
)

// SQLite is a Log in a file of its own, so that appending never waits for a fold or a Graph write. One process at a time appends.
type SQLite struct {
	*queue
	write *sql.DB
	read  *sql.DB
}

// sqliteSchema has the position as rowid.
const sqliteSchema = `
CREATE TABLE IF NOT EXISTS events (seq INTEGER PRIMARY KEY, key TEXT, data BLOB NOT NULL);
CREATE UNIQUE INDEX IF NOT EXISTS events_by_key ON events (key) WHERE key IS NOT NULL;
CREATE TABLE IF NOT EXISTS log (identity TEXT NOT NULL);
INSERT INTO log SELECT lower(hex(randomblob(16))) WHERE NOT EXISTS (SELECT 1 FROM log);`

// lastSeq reads the position of the newest event.
const lastSeq = "SELECT COALESCE(MAX(seq), 0) FROM events"

// OpenSQLite opens the log in a file, which it creates if needed, and starts its writer.
func OpenSQLite(path string) (*SQLite, error) {
	file := url.URL{Path: filepath.ToSlash(path)}
	dsn := "file:" + file.EscapedPath() + "?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)"
	write, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, fmt.Errorf("eventlog: open: %w", err)
	}
	read, err := sql.Open("sqlite", dsn+"&_pragma=query_only(1)")
	if err != nil {
		return nil, fmt.Errorf("eventlog: open: %w", errors.Join(err, write.Close()))
	}
	ctx := context.Background() // of the writer, which Close ends
	w, err := newWriter(ctx, write)
	if err != nil {
		return nil, fmt.Errorf("eventlog: open: %w", errors.Join(err, read.Close(), write.Close()))
	}
	return &SQLite{queue: newQueue(ctx, w), write: write, read: read}, nil
}

// Read implements Log.
func (l *SQLite) Read(ctx context.Context, after int64, limit int) ([]Event, error) {
	return scan(l.read.QueryContext(ctx, "SELECT seq, key, data FROM events WHERE seq > ? ORDER BY seq LIMIT ?", after, max(limit, 0)))
}

// About implements Log.
func (l *SQLite) About(ctx context.Context, adID string, after, upTo int64) ([]Event, error) {
	id, err := member(adID)
	if err != nil {
		return nil, err
	}
	return scan(l.read.QueryContext(ctx, "SELECT seq, key, data FROM events WHERE seq > ? AND seq <= ? AND instr(data, ?) > 0 ORDER BY seq", after, upTo, id))
}

// Find implements Log.
func (l *SQLite) Find(ctx context.Context, key string) (*Event, error) {
	return one(scan(l.read.QueryContext(ctx, "SELECT seq, key, data FROM events WHERE key = ?", key)))
}

// Last implements Log.
func (l *SQLite) Last(ctx context.Context) (seq int64, err error) {
	err = l.read.QueryRowContext(ctx, lastSeq).Scan(&seq)
	return seq, err
}

// Identity implements Log.
func (l *SQLite) Identity(ctx context.Context) (id string, err error) {
	err = l.read.QueryRowContext(ctx, "SELECT identity FROM log").Scan(&id)
	return id, err
}

// Close commits what is queued, answers it and closes the file. Closing again does nothing.
func (l *SQLite) Close() error {
	first, err := l.close()
	if !first {
		return nil
	}
	return errors.Join(err, l.read.Close(), l.write.Close())
}
