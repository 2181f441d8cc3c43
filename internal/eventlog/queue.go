package eventlog

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
)

// Limits of one append.
const (
	maxEventBytes = 64 << 10 // of one event as JSON, and of one key
	maxEvents     = 10_000   // in one call
	maxBatch      = 4096     // after so many events a commit does not look for more
)

// ErrClosed is what Append returns after Close.
var ErrClosed = errors.New("eventlog: closed")

// row is one event as it is stored. A key is null for events that cannot be told apart.
type row struct {
	key  sql.NullString
	data []byte
}

// request is one call of Append, waiting for a commit.
type request struct {
	rows   []row
	result chan<- result // has room for the answer, so that the committer never waits for a caller
}

// result answers one request.
type result struct {
	receipts []Receipt
	err      error
}

// committer appends batches. On an error nothing of the batch is in the log.
type committer interface {
	append(ctx context.Context, batch []request) ([][]Receipt, error)
	close() error
}

// queue is the appending half of a log: one goroutine commits, and what arrives while it waits for the disk goes into its next commit.
type queue struct {
	appended *signal

	mu       sync.RWMutex // held for reading while sending to requests, for writing to close it
	closed   bool
	requests chan request
	done     chan error // the committer's last word, once requests is closed and empty
}

// newQueue starts the goroutine, which close ends. Its context is not a caller's: one who leaves must not undo the commit that others share.
func newQueue(ctx context.Context, c committer) *queue {
	q := &queue{appended: newSignal(), requests: make(chan request, 1024), done: make(chan error, 1)}
	go func() {
		for first := range q.requests {
			q.commit(ctx, c, gather(first, q.requests))
		}
		q.done <- c.close()
	}()
	return q
}

// Append implements Log. When ctx ends first, the events may or may not be in the log; sending them again with their keys is safe.
func (q *queue) Append(ctx context.Context, events []Event) ([]Receipt, error) {
	if len(events) == 0 {
		return nil, nil
	}
	rows, err := encode(events)
	if err != nil {
		return nil, err
	}
	answer := make(chan result, 1)
	if err := q.enqueue(ctx, request{rows, answer}); err != nil {
		return nil, err
	}
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case r := <-answer:
		return r.receipts, r.err
	}
}

// enqueue hands a request to the committer.
func (q *queue) enqueue(ctx context.Context, r request) error {
	q.mu.RLock()
	defer q.mu.RUnlock()
	if q.closed {
		return ErrClosed
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case q.requests <- r:
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

// gather takes what is waiting, without waiting for more.
func gather(first request, waiting <-chan request) []request {
	batch := []request{first}
	for n := len(first.rows); n < maxBatch; {
		select {
		case r, open := <-waiting:
			if !open {
				return batch
			}
			batch = append(batch, r)
			n += len(r.rows)
		default:
			return batch
		}
	}
	return batch
}

// commit appends a batch and answers its requests.
func (q *queue) commit(ctx context.Context, c committer, batch []request) {
	receipts, err := c.append(ctx, batch)
	if err != nil {
		err = fmt.Errorf("eventlog: append: %w", err)
	} else {
		q.appended.send()
	}
	for i, r := range batch {
		if err != nil {
			r.result <- result{err: err}
		} else {
			r.result <- result{receipts: receipts[i]}
		}
	}
}

// Appended implements Log.
func (q *queue) Appended() <-chan struct{} { return q.appended.wait() }

// close commits what is queued and answers it; first is false when that was done before.
func (q *queue) close() (first bool, err error) {
	q.mu.Lock()
	if q.closed {
		q.mu.Unlock()
		return false, nil
	}
	q.closed = true
	close(q.requests)
	q.mu.Unlock()
	return true, <-q.done
}

// scan reads rows of position, key and data.
func scan(rows *sql.Rows, err error) ([]Event, error) {
	if err != nil {
		return nil, fmt.Errorf("eventlog: read: %w", err)
	}
	defer func() { _ = rows.Close() }() // rows.Err below has the cause
	var events []Event
	for rows.Next() {
		var e Event
		var key, data []byte
		if err := rows.Scan(&e.Seq, &key, &data); err != nil {
			return nil, fmt.Errorf("eventlog: read: %w", err)
		}
		if err := json.Unmarshal(data, &e); err != nil {
			return nil, fmt.Errorf("eventlog: event at %d: %w", e.Seq, err)
		}
		e.Key = string(key)
		events = append(events, e)
	}
	return events, rows.Err()
}

// one is the only event that was found, nil for none.
func one(found []Event, err error) (*Event, error) {
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0], nil
}

// member is how the id of an ad stands in the text of its events. Searching for it is much cheaper than decoding the events, and a quote
// within a string of JSON is escaped, so that nothing else looks like it.
func member(adID string) ([]byte, error) {
	id, err := json.Marshal(adID)
	return append([]byte(`"ad":`), id...), err
}
