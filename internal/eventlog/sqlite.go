package eventlog

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"sync"

	_ "modernc.org/sqlite" // driver "sqlite"
)

// SQLite is a Log in a file of its own, so that appending never waits for a fold or a Graph write. One goroutine writes;
// what arrives while it waits for the disk goes into its next commit.
type SQLite struct {
	write    *sql.DB
	read     *sql.DB
	appended *signal

	mu     sync.RWMutex // held for reading while sending to queue, for writing to close it
	closed bool
	queue  chan request
	done   chan error // the writer's last word, once queue is closed and empty
}

// Limits of one append.
const (
	maxEventBytes = 64 << 10 // of one event as JSON, and of one key
	maxEvents     = 10_000   // in one call
)

// ErrClosed is what Append returns after Close.
var ErrClosed = errors.New("eventlog: closed")

// row is one event as it is stored.
type row struct {
	key  sql.NullString
	data []byte
}

// request is one call of Append, waiting for a commit.
type request struct {
	rows   []row
	result chan<- result // has room for the answer, so that the writer never waits for a caller
}

// result answers one request.
type result struct {
	receipts []Receipt
	err      error
}

// schema has the position as rowid. A key is null for events that cannot be told apart.
const schema = `
CREATE TABLE IF NOT EXISTS events (seq INTEGER PRIMARY KEY, key TEXT, data BLOB NOT NULL);
CREATE UNIQUE INDEX IF NOT EXISTS events_by_key ON events (key) WHERE key IS NOT NULL;
CREATE TABLE IF NOT EXISTS log (identity TEXT NOT NULL);
INSERT INTO log SELECT lower(hex(randomblob(16))) WHERE NOT EXISTS (SELECT 1 FROM log);`

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
	l := &SQLite{write: write, read: read, appended: newSignal(), queue: make(chan request, 1024), done: make(chan error, 1)}
	ctx := context.Background() // of the writer, which Close ends
	w, err := newWriter(ctx, write)
	if err != nil {
		return nil, fmt.Errorf("eventlog: open: %w", errors.Join(err, read.Close(), write.Close()))
	}
	go func() { l.done <- w.run(ctx, l.queue, l.appended) }()
	return l, nil
}

// Append implements Log. When ctx ends first, the events may or may not be in the log; sending them again with their keys is safe.
func (l *SQLite) Append(ctx context.Context, events []Event) ([]Receipt, error) {
	if len(events) == 0 {
		return nil, nil
	}
	rows, err := encode(events)
	if err != nil {
		return nil, err
	}
	answer := make(chan result, 1)
	if err := l.enqueue(ctx, request{rows, answer}); err != nil {
		return nil, err
	}
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case r := <-answer:
		return r.receipts, r.err
	}
}

// enqueue hands a request to the writer.
func (l *SQLite) enqueue(ctx context.Context, r request) error {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if l.closed {
		return ErrClosed
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case l.queue <- r:
		return nil
	}
}

// encode makes rows of events, in the caller's goroutine.
func encode(events []Event) ([]row, error) {
	if len(events) > maxEvents {
		return nil, fmt.Errorf("eventlog: %d events in one append, at most %d", len(events), maxEvents)
	}
	rows := make([]row, len(events))
	for i, e := range events {
		data, err := json.Marshal(e)
		if err != nil {
			return nil, fmt.Errorf("eventlog: event %d: %w", i, err)
		}
		if len(data) > maxEventBytes || len(e.Key) > maxEventBytes {
			return nil, fmt.Errorf("eventlog: event %d has %d bytes and a key of %d, at most %d", i, len(data), len(e.Key), maxEventBytes)
		}
		rows[i] = row{sql.NullString{String: e.Key, Valid: e.Key != ""}, data}
	}
	return rows, nil
}

// Read implements Log.
func (l *SQLite) Read(ctx context.Context, after int64, limit int) ([]Event, error) {
	return l.events(ctx, "SELECT seq, COALESCE(key, ''), data FROM events WHERE seq > ? ORDER BY seq LIMIT ?", after, max(limit, 0))
}

// About implements Log. The id is searched for in the text of an event, which is much cheaper than decoding it: a quote within a string
// of JSON is escaped, so that nothing else looks like this member.
func (l *SQLite) About(ctx context.Context, adID string, after, upTo int64) ([]Event, error) {
	member, err := json.Marshal(adID)
	if err != nil {
		return nil, err
	}
	return l.events(ctx, "SELECT seq, COALESCE(key, ''), data FROM events WHERE seq > ? AND seq <= ? AND instr(data, ?) > 0 ORDER BY seq",
		after, upTo, append([]byte(`"ad":`), member...))
}

// events reads the rows of a query.
func (l *SQLite) events(ctx context.Context, query string, args ...any) ([]Event, error) {
	rows, err := l.read.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("eventlog: read: %w", err)
	}
	defer func() { _ = rows.Close() }() // rows.Err below has the cause
	var events []Event
	for rows.Next() {
		var e Event
		var data []byte
		if err := rows.Scan(&e.Seq, &e.Key, &data); err != nil {
			return nil, fmt.Errorf("eventlog: read: %w", err)
		}
		if err := json.Unmarshal(data, &e); err != nil {
			return nil, fmt.Errorf("eventlog: event at %d: %w", e.Seq, err)
		}
		events = append(events, e)
	}
	return events, rows.Err()
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

// Appended implements Log. It tells of appends by this process.
func (l *SQLite) Appended() <-chan struct{} { return l.appended.wait() }

// Close commits what is queued, answers it and closes the file. Closing again does nothing.
func (l *SQLite) Close() error {
	l.mu.Lock()
	if l.closed {
		l.mu.Unlock()
		return nil
	}
	l.closed = true
	close(l.queue)
	l.mu.Unlock()
	return errors.Join(<-l.done, l.read.Close(), l.write.Close())
}
