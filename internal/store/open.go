package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	"github.com/jackc/pgx/v5"
	_ "github.com/jackc/pgx/v5/stdlib" // driver "pgx"
	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // driver "sqlite"
)

// Config says where the data is: in URL (postgres://…) if it is set, otherwise in the file marquetry.db of the directory Dir.
type Config struct {
	Dir  string
	URL  string
	Lazy bool // commits to the file may be lost in a power cut, as tests can afford
}

// readers is how many read transactions can run at once; further ones wait.
const readers = 8

// migrations is the one history of the database: every service's tables, one file per change, forward only.
//
//go:embed migrations/*.sql
var migrations embed.FS

// Open opens the database, creates it if needed, and brings its tables up to date.
func Open(ctx context.Context, c Config) (*DB, error) {
	open := openSQLite
	if c.URL != "" {
		open = openPostgres
	}
	db, err := open(c)
	if err != nil {
		return nil, fmt.Errorf("store: open: %w", err)
	}
	if err := db.migrate(ctx); err != nil {
		return nil, fmt.Errorf("store: migrate: %w", errors.Join(err, db.Close()))
	}
	return db, nil
}

// openSQLite uses one connection for writing, so that writers queue in Go rather than in busy loops, and others for reading,
// which WAL lets run beside it. Commits are on disk when they return.
func openSQLite(c Config) (*DB, error) {
	if c.Dir == "" {
		return nil, errors.New("no data directory and no database URL given")
	}
	if err := os.MkdirAll(c.Dir, 0o700); err != nil {
		return nil, err
	}
	dsn := sqliteDSN(filepath.Join(c.Dir, "marquetry.db"))
	if c.Lazy {
		dsn += "&_pragma=synchronous(OFF)"
	}
	write, err := sql.Open("sqlite", dsn+"&_txlock=immediate")
	if err != nil {
		return nil, err
	}
	write.SetMaxOpenConns(1)
	read, err := sql.Open("sqlite", dsn+"&_pragma=query_only(1)")
	if err != nil {
		return nil, errors.Join(err, write.Close())
	}
	read.SetMaxOpenConns(readers)
	read.SetMaxIdleConns(readers)
	return &DB{write: write, read: read, dialect: sqliteDialect(), changes: newChanges()}, nil
}

// sqliteDSN names a file whatever characters its path has, and sets what every connection needs.
func sqliteDSN(path string) string {
	file := url.URL{Path: filepath.ToSlash(path)}
	return "file:" + file.EscapedPath() +
		"?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)" +
		"&_pragma=journal_size_limit(67108864)" // gives back the disk that a rebuild took
}

// openPostgres uses one pool for both: the server isolates readers, and the dialect's lock makes writers queue.
func openPostgres(c Config) (*DB, error) {
	if _, err := pgx.ParseConfig(c.URL); err != nil {
		return nil, fmt.Errorf("the address of the database must be like postgres://user@host/name: %w", err) // which hides passwords
	}
	pool, err := sql.Open("pgx", c.URL)
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(2 * readers)
	pool.SetMaxIdleConns(readers)
	return &DB{write: pool, read: pool, dialect: postgresDialect(), changes: newChanges()}, nil
}

// migrate applies the migrations that the database does not have yet. Another process that starts at the same moment may be
// first with any of them; ours is then undone, and the next attempt finds it applied.
func (db *DB) migrate(ctx context.Context) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(db.dialect.goose, db.write, files)
	if err != nil {
		return err
	}
	for range len(provider.ListSources()) + 1 {
		if _, err = provider.Up(ctx); err == nil {
			return nil
		}
	}
	return err
}
