package eventlog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // driver "pgx"
)

// Postgres is a Log in a table of a PostgreSQL database, to which several processes append.
type Postgres struct {
	*queue
	pool *sql.DB
	stop context.CancelFunc
	over sync.WaitGroup
}

// postgresSchema creates what is missing. The lock lets processes that start together create it one after the other.
const postgresSchema = `
SELECT pg_advisory_xact_lock(1835102834);
CREATE TABLE IF NOT EXISTS event_log (seq BIGINT PRIMARY KEY, key BYTEA UNIQUE, data BYTEA NOT NULL);
CREATE TABLE IF NOT EXISTS event_log_identity (identity TEXT NOT NULL);
INSERT INTO event_log_identity SELECT md5(random()::text || clock_timestamp()::text) WHERE NOT EXISTS (SELECT 1 FROM event_log_identity);`

// aloneAppending makes appenders wait for each other until they have committed: positions have no gaps, and one that can be read is
// behind all that will ever be before it. The number is "marr", next to the one of the store's writers.
const aloneAppending = "SELECT pg_advisory_xact_lock(1835102834)"

// lastPosition reads the position of the newest event.
const lastPosition = "SELECT COALESCE(MAX(seq), 0) FROM event_log"

// lookout is how often a process looks for events that others appended.
const lookout = 200 * time.Millisecond

// maxConnections is how many connections a log uses: one appends, the others read.
const maxConnections = 4

// OpenPostgres opens the log in a database, which it prepares if needed, and starts appending and looking out.
func OpenPostgres(ctx context.Context, address string) (*Postgres, error) {
	pool, err := sql.Open("pgx", address)
	if err != nil {
		return nil, fmt.Errorf("eventlog: open: %w", err)
	}
	pool.SetMaxOpenConns(maxConnections)
	pool.SetMaxIdleConns(maxConnections)
	if _, err := pool.ExecContext(ctx, postgresSchema); err != nil {
		return nil, fmt.Errorf("eventlog: open: %w", errors.Join(err, pool.Close()))
	}
	running, stop := context.WithCancel(context.WithoutCancel(ctx)) // until Close
	l := &Postgres{pool: pool, stop: stop}
	l.queue = newQueue(context.WithoutCancel(ctx), appender{pool})
	l.over.Go(func() { l.watch(running) })
	return l, nil
}

// InPostgres reports whether a database keeps a log.
func InPostgres(ctx context.Context, address string) (kept bool, err error) {
	pool, err := sql.Open("pgx", address)
	if err == nil {
		err = pool.QueryRowContext(ctx, "SELECT to_regclass('event_log') IS NOT NULL").Scan(&kept)
		err = errors.Join(err, pool.Close())
	}
	if err != nil {
		return false, fmt.Errorf("eventlog: look for a log in the database: %w", err)
	}
	return kept, nil
}

// watch tells those who wait of events that other processes appended. While the database is away there are none.
func (l *Postgres) watch(ctx context.Context) {
	tick := time.NewTicker(lookout)
	defer tick.Stop()
	for known := int64(0); ; {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if last, err := l.Last(ctx); err == nil && last != known {
			known = last
			l.appended.send()
		}
	}
}

// Read implements Log.
func (l *Postgres) Read(ctx context.Context, after int64, limit int) ([]Event, error) {
	return scan(l.pool.QueryContext(ctx, "SELECT seq, key, data FROM event_log WHERE seq > $1 ORDER BY seq LIMIT $2", after, max(limit, 0)))
}

// About implements Log.
func (l *Postgres) About(ctx context.Context, adID string, after, upTo int64) ([]Event, error) {
	id, err := member(adID)
	if err != nil {
		return nil, err
	}
	return scan(l.pool.QueryContext(ctx, "SELECT seq, key, data FROM event_log WHERE seq > $1 AND seq <= $2 AND position($3::bytea IN data) > 0 ORDER BY seq", after, upTo, id))
}

// Find implements Log.
func (l *Postgres) Find(ctx context.Context, key string) (*Event, error) {
	return one(scan(l.pool.QueryContext(ctx, "SELECT seq, key, data FROM event_log WHERE key = $1", []byte(key))))
}

// Last implements Log.
func (l *Postgres) Last(ctx context.Context) (seq int64, err error) {
	err = l.pool.QueryRowContext(ctx, lastPosition).Scan(&seq)
	return seq, err
}

// Identity implements Log.
func (l *Postgres) Identity(ctx context.Context) (id string, err error) {
	err = l.pool.QueryRowContext(ctx, "SELECT identity FROM event_log_identity").Scan(&id)
	return id, err
}

// Close commits what is queued, answers it and closes the connections. Closing again does nothing.
func (l *Postgres) Close() error {
	first, err := l.close()
	if !first {
		return nil
	}
	l.stop()
	l.over.Wait()
	return errors.Join(err, l.pool.Close())
}
