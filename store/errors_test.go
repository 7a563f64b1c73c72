package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"quire/problem"
)

func TestFailuresOfADatabaseAreSorted(t *testing.T) {
	pg := func(code string) error { return &pgconn.PgError{Code: code, Message: "secret detail"} }
	for name, tt := range map[string]struct {
		err  error
		kind problem.Kind
	}{
		"no row":                     {sql.ErrNoRows, problem.Missing},
		"a problem stays":            {problem.New(problem.Invalid, "x"), problem.Invalid},
		"a caller who left":          {context.Canceled, problem.Canceled},
		"a server that died":         {fmt.Errorf("receive: %w", io.ErrUnexpectedEOF), problem.Unavailable},
		"a connection closed":        {errors.New("conn closed"), problem.Unavailable},
		"a bad connection":           {driver.ErrBadConn, problem.Unavailable},
		"a closed socket":            {net.ErrClosed, problem.Unavailable},
		"nobody listens":             {&net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}, problem.Unavailable},
		"shutting down":              {pg("57P01"), problem.Unavailable},
		"too many connections":       {pg("53300"), problem.Unavailable},
		"a serialization failure":    {pg("40001"), problem.Unavailable},
		"a wrong password":           {pg("28P01"), problem.Denied},
		"no such database":           {pg("3D000"), problem.Denied},
		"a mistake in our own query": {pg("42601"), problem.Internal},
		"anything else":              {errors.New("x"), problem.Internal},
	} {
		if got := translate(tt.err); !problem.Is(got, tt.kind) {
			t.Errorf("%s is %s, want %s", name, problem.Of(got).Kind, tt.kind)
		}
	}
	if translate(nil) != nil {
		t.Error("no failure was translated into one")
	}
	for name, tt := range map[string]struct {
		err  error
		kind problem.Kind
	}{
		"no rights":     {syscall.EACCES, problem.Denied},
		"read only":     {syscall.EROFS, problem.Denied},
		"no room":       {syscall.ENOSPC, problem.Limited},
		"no folder":     {syscall.ENOENT, problem.Invalid},
		"anything else": {errors.New("x"), problem.Internal},
	} {
		if got := translateFile(tt.err); !problem.Is(got, tt.kind) {
			t.Errorf("a lock with %s is %s, want %s", name, problem.Of(got).Kind, tt.kind)
		}
	}
	if !errors.Is(translateFile(syscall.ENOSPC), ErrFull) {
		t.Error("no room is not known as such")
	}
}
