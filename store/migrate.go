package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime/debug"
	"time"

	"github.com/gofrs/flock"
	"github.com/pressly/goose/v3"

	"quire/jobs"
	"quire/problem"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrate brings the tables of store and queue up to date. Processes that start
// together take turns; an SQLite file is copied first.
func (s *Store) migrate(ctx context.Context) (err error) {
	unlock, err := s.turn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	p, err := s.provider()
	if err != nil {
		return err
	}
	now, target, err := p.GetVersions(ctx)
	if err != nil {
		return translate(err)
	}
	river := version("github.com/riverqueue/river")
	switch {
	case now > target:
		return problem.New(problem.Conflict, "this home was last used by a newer quire").
			Try("use that version or a newer one, or choose another folder with --home")
	case now == target && s.setting(ctx, "queue") == river:
		return nil
	case now > 0:
		if err := s.copyBefore(ctx, now); err != nil {
			return err
		}
	}
	if _, err := p.Up(ctx); err != nil {
		return translate(err)
	}
	if err := jobs.Migrate(ctx, s.Handle(), true); err != nil {
		return translate(err)
	}
	return s.set(ctx, "queue", river)
}

// migrationLock is the key of PostgreSQL's advisory lock: "quire" in ASCII.
const migrationLock = 0x7175697265

// turn waits until no other process migrates the database.
func (s *Store) turn(ctx context.Context) (unlock func() error, err error) {
	if s.pool == nil {
		f := flock.New(s.file+".lock", flock.SetPermissions(0o600))
		if _, err := f.TryLockContext(ctx, 10*time.Millisecond); err != nil {
			return nil, translateFile(err)
		}
		return f.Close, nil
	}
	conn, err := s.db.Conn(ctx)
	if err != nil {
		return nil, translate(err)
	}
	if _, err := conn.ExecContext(ctx, `SELECT pg_advisory_lock($1)`, int64(migrationLock)); err != nil {
		return nil, translate(errors.Join(err, conn.Close()))
	}
	return func() error {
		_, err := conn.ExecContext(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock($1)`, int64(migrationLock))
		return translate(errors.Join(err, conn.Close()))
	}, nil
}

// Down undoes the last migration, for tests of reversibility; with the last one
// the queue's tables go too.
func (s *Store) Down(ctx context.Context) error {
	p, err := s.provider()
	if err != nil {
		return err
	}
	if _, err := p.Down(ctx); err != nil {
		return translate(err)
	}
	if now, err := p.GetDBVersion(ctx); err != nil || now > 0 {
		return translate(err)
	}
	return translate(jobs.Migrate(ctx, s.Handle(), false))
}

func (s *Store) provider() (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, fmt.Errorf("migrations: %w", err)
	}
	dialect := goose.DialectSQLite3
	if s.pool != nil {
		dialect = goose.DialectPostgres
	}
	p, err := goose.NewProvider(dialect, s.db, files, goose.WithLogger(goose.NopLogger()))
	if err != nil {
		return nil, translate(err)
	}
	return p, nil
}

// copyBefore keeps the SQLite file as it was before migration number now.
// Operators of PostgreSQL have their own copies.
func (s *Store) copyBefore(ctx context.Context, now int64) error {
	if s.pool != nil {
		return nil
	}
	to := fmt.Sprintf("%s.before-%d", s.file, now+1)
	if err := os.Remove(to); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return translate(err)
	}
	_, err := s.db.ExecContext(ctx, `VACUUM INTO $1`, to)
	return translate(err)
}

// setting reads a row of settings, "" if there is none.
func (s *Store) setting(ctx context.Context, name string) string {
	const query = `SELECT value FROM settings WHERE name = $1`
	var value string
	err := s.db.QueryRowContext(ctx, query, name).Scan(&value)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "" // before the first migration there is no table
	}
	return value
}

func (s *Store) set(ctx context.Context, name, value string) error {
	const query = `INSERT INTO settings (name, value) VALUES ($1, $2)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value`
	_, err := s.db.ExecContext(ctx, query, name, value)
	return translate(err)
}

// version is that of a library that quire was built with.
func version(module string) string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	for _, dep := range info.Deps {
		if dep.Path == module {
			return dep.Version
		}
	}
	return "unknown"
}
