// Package store is where everything is remembered. This room keeps books,
// chapters, artefacts, calls, events, leases and editions in SQLite or
// PostgreSQL with one text of SQL, and implements what other rooms declare. A
// method is one transaction; a change takes its events and jobs with it.
//
// Next: cmd/quire
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite" // the driver named sqlite

	"quire/jobs"
	"quire/problem"
)

// Store remembers everything in one database. It is safe for concurrent use.
// Jobs must be set before the first change.
type Store struct {
	Jobs  Jobs
	Clock func() time.Time
	Point func(name string) // called before and after a change is committed; nil is nothing

	db   *sql.DB
	pool *pgxpool.Pool // nil on SQLite
	file string        // of SQLite; "" on PostgreSQL
}

// Jobs orders work within a transaction of the store.
type Jobs interface {
	Add(ctx context.Context, tx jobs.Tx, list ...jobs.Job) error
}

// sqlitePragmas: writers queue up instead of failing, and a commit outlives a
// crash of the process and a power cut.
const sqlitePragmas = "?_pragma=journal_mode(WAL)&_pragma=busy_timeout(10000)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)&_txlock=immediate"

// Open opens the database and brings it up to date. Where is the path of an
// SQLite file, or the address of a PostgreSQL database (postgres://…). It fails
// with problem.Conflict if a newer quire made it, and with problem.Internal if it
// is damaged.
func Open(ctx context.Context, where string) (*Store, error) {
	s := &Store{Clock: time.Now}
	if strings.HasPrefix(where, "postgres://") || strings.HasPrefix(where, "postgresql://") {
		pool, err := pgxpool.New(ctx, where)
		if err != nil {
			return nil, problem.New(problem.Invalid, "the address of the database cannot be read").Because(err).
				Try("write it as postgres://user:password@host:5432/name")
		}
		s.pool, s.db = pool, stdlib.OpenDBFromPool(pool)
	} else if strings.Contains(where, "://") || strings.Contains(where, "password=") || strings.Contains(where, "host=") {
		return nil, problem.New(problem.Invalid, "the address of the database cannot be read").
			Try("write it as postgres://user:password@host:5432/name")
	} else {
		path, err := filepath.Abs(where)
		if err != nil {
			return nil, fmt.Errorf("path of the database: %w", err)
		}
		db, err := sql.Open("sqlite", "file:"+escapePath(path)+sqlitePragmas)
		if err != nil {
			return nil, translate(err)
		}
		s.db, s.file = db, path
	}
	if err := s.migrate(ctx); err != nil {
		if damage := s.Check(ctx); problem.Of(err).Kind == problem.Internal && damage != nil {
			err = damage // torn tables answer in many ways
		}
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// escapePath makes a path safe inside a file: address.
func escapePath(path string) string {
	return strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(filepath.ToSlash(path))
}

// Close ends all use of the database.
func (s *Store) Close() error {
	err := s.db.Close()
	if s.pool != nil {
		s.pool.Close()
	}
	return err
}

// Handle is the database as the queue shares it.
func (s *Store) Handle() jobs.Handle { return jobs.Handle{SQL: s.db, Pool: s.pool} }

// inTx runs fn in a transaction and commits it unless fn fails. No other method
// of the store or the queue may be called inside, but Jobs.Add with the same tx.
func (s *Store) inTx(ctx context.Context, fn func(tx jobs.Tx) error) error {
	conn, err := s.db.Conn(ctx)
	if err != nil {
		return translate(err)
	}
	defer conn.Close() // gives the connection back to the pool
	tx := jobs.Tx{}
	if tx.SQL, err = conn.BeginTx(ctx, nil); err != nil {
		return translate(err)
	}
	defer tx.SQL.Rollback() // after a commit this does nothing
	if s.pool != nil {
		err := conn.Raw(func(driver any) error {
			tx.Conn = driver.(*stdlib.Conn).Conn()
			return nil
		})
		if err != nil {
			return translate(err)
		}
	}
	if err := fn(tx); err != nil {
		return translate(err)
	}
	return translate(tx.SQL.Commit())
}

func (s *Store) now() int64 { return s.Clock().UnixMicro() }

// moment reads a time column; 0 is the zero time.
func moment(micro int64) time.Time {
	if micro == 0 {
		return time.Time{}
	}
	return time.UnixMicro(micro).UTC()
}

func micro(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

func (s *Store) point(name string) {
	if s.Point != nil {
		s.Point(name)
	}
}

// Alone reports whether only one process may run jobs on the database: on SQLite.
func (s *Store) Alone() bool { return s.pool == nil }
