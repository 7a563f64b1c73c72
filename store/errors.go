package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"quire/problem"
)

// translate sorts a failure of the database; problems pass as they are.
func translate(err error) error {
	var sorted *problem.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &sorted), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, sql.ErrNoRows):
		return problem.New(problem.Missing, "it is not in the library").Because(err)
	}
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		return translateSQLite(lite)
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return translatePostgres(pg)
	}
	var network *net.OpError
	var connect *pgconn.ConnectError
	if errors.As(err, &network) || errors.As(err, &connect) || lost(err) {
		return away(err)
	}
	return fmt.Errorf("database: %w", err)
}

// lost reports whether the connection to the database broke.
func lost(err error) bool {
	for _, cut := range []error{sql.ErrConnDone, driver.ErrBadConn, io.EOF, io.ErrUnexpectedEOF, net.ErrClosed} {
		if errors.Is(err, cut) {
			return true
		}
	}
	return strings.Contains(err.Error(), "conn closed") // pgx has no name for it
}

func translateSQLite(err *sqlite.Error) error {
	switch err.Code() & 0xff { // the primary result code
	case sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR:
		return full(err)
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return problem.New(problem.Internal, "the library's database is damaged").Because(err).
			Try("put a copy of quire.db back into the home, or move quire.db away to begin a new library")
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH:
		return problem.New(problem.Denied, "the home cannot be written").Because(err).
			Try("choose another folder with --home, or change its rights")
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return away(err)
	default:
		return fmt.Errorf("database: %w", err)
	}
}

func translatePostgres(err *pgconn.PgError) error {
	switch {
	case strings.HasPrefix(err.Code, "08"), strings.HasPrefix(err.Code, "57P"), strings.HasPrefix(err.Code, "53"), strings.HasPrefix(err.Code, "40"):
		return away(err) // connection, shutdown, resources, serialization
	case strings.HasPrefix(err.Code, "28"), err.Code == "3D000":
		return problem.New(problem.Denied, "the database refused us").Because(err).Try("check user, password and name in the database's address")
	default:
		return fmt.Errorf("database: %w", err)
	}
}

// translateFile sorts a failure to make the lock beside an SQLite file.
func translateFile(err error) error {
	switch {
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return problem.New(problem.Denied, "the home cannot be written").Because(err).
			Try("choose another folder with --home, or change its rights")
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return full(err)
	case errors.Is(err, fs.ErrNotExist):
		return problem.New(problem.Invalid, "the database has no folder").Because(err).Try("make the folder, or choose another")
	default:
		return translate(err)
	}
}

// ErrFull is below every failure to write because there is no room. Trying again
// does not help until somebody makes some.
var ErrFull = errors.New("no room")

func full(err error) error {
	return problem.New(problem.Limited, "the library cannot be written: the disk is full or fails").Because(errors.Join(ErrFull, err)).
		Try("make room on the disk, then try again; what was written is kept")
}

func away(err error) error {
	return problem.New(problem.Unavailable, "the database does not answer").Because(err).Try("see that it runs, then try again")
}
