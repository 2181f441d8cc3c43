package store

import (
	"database/sql"
	"errors"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// dialect is all that differs between the databases once they are open.
type dialect struct {
	goose    goose.Dialect
	rebind   func(query string) string // ? placeholders to the database's own
	prepare  bool                      // whether repeated statements are worth preparing; pgx keeps them prepared itself
	snapshot sql.IsolationLevel        // at which a read transaction sees one state
	alone    string                    // statement that makes a write transaction wait until it is the only one; "" when BEGIN does
	retry    func(error) bool          // whether the same transaction may succeed when run again
}

// sqliteDialect keeps the SQL as it is written; BEGIN IMMEDIATE makes writers wait.
func sqliteDialect() dialect {
	return dialect{
		goose:   goose.DialectSQLite3,
		prepare: true,
		rebind:  func(query string) string { return query },
		retry: func(err error) bool {
			var e *sqlite.Error
			return errors.As(err, &e) && e.Code()&0xff == sqlite3.SQLITE_BUSY
		},
	}
}

// writeLock is the key of the advisory lock that makes writers of one PostgreSQL database wait for each other: "marq".
const writeLock = 0x6d617271

// postgresDialect numbers the placeholders. Its writers are alone as in SQLite, so that Seq is also the order of commits
// and a list never gains an object behind a cursor that a reader already passed.
func postgresDialect() dialect {
	return dialect{
		goose:    goose.DialectPostgres,
		snapshot: sql.LevelRepeatableRead,
		rebind:   numberPlaceholders,
		alone:    "SELECT pg_advisory_xact_lock(" + strconv.Itoa(writeLock) + ")",
		retry: func(err error) bool {
			var e *pgconn.PgError
			return errors.As(err, &e) && (e.Code == "40001" || e.Code == "40P01") // serialisation failure, deadlock
		},
	}
}

// numberPlaceholders rewrites each ? outside quotes to $1, $2, ….
func numberPlaceholders(query string) string {
	var out strings.Builder
	var quote rune
	n := 0
	for _, c := range query {
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '\'' || c == '"':
			quote = c
		case c == '?':
			n++
			out.WriteByte('$')
			out.WriteString(strconv.Itoa(n))
			continue
		}
		out.WriteRune(c)
	}
	return out.String()
}
