package jobs

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"
)

// Handle is the database that the queue shares with the store. Pool is set on
// PostgreSQL and nil on SQLite.
type Handle struct {
	SQL  *sql.DB
	Pool *pgxpool.Pool
}

// Tx is an open transaction. Conn is the connection below it on PostgreSQL, nil
// on SQLite.
type Tx struct {
	SQL  *sql.Tx
	Conn *pgx.Conn
}

// engine is a River client of either database.
type engine interface {
	add(ctx context.Context, tx Tx, job Job, p policy) error
	start(ctx context.Context) error
	stop(ctx context.Context) error
}

// Migrate brings River's own tables up to date, or removes them.
func Migrate(ctx context.Context, h Handle, up bool) error {
	if h.Pool != nil {
		return migrate(ctx, riverpgxv5.New(h.Pool), up)
	}
	return migrate(ctx, riversqlite.New(h.SQL), up)
}

func migrate[T any](ctx context.Context, driver riverdriver.Driver[T], up bool) error {
	m, err := rivermigrate.New(driver, &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return fmt.Errorf("migrations of the queue: %w", err)
	}
	direction, opts := rivermigrate.DirectionUp, &rivermigrate.MigrateOpts{}
	if !up {
		direction, opts = rivermigrate.DirectionDown, &rivermigrate.MigrateOpts{TargetVersion: -1}
	}
	if _, err := m.Migrate(ctx, direction, opts); err != nil {
		return fmt.Errorf("migrate the queue: %w", err)
	}
	return nil
}

// newEngine makes a client that works for q, or one that only adds if q is nil.
func newEngine(h Handle, q *Queue) (engine, error) {
	if h.Pool != nil {
		return makeEngine(riverpgxv5.New(h.Pool), q, func(tx Tx) pgx.Tx { return connTx{tx.Conn} })
	}
	return makeEngine(riversqlite.New(h.SQL), q, func(tx Tx) *sql.Tx { return tx.SQL })
}

type client[T any] struct {
	river *river.Client[T]
	of    func(Tx) T
}

func makeEngine[T any](driver riverdriver.Driver[T], q *Queue, of func(Tx) T) (engine, error) {
	config := &river.Config{Logger: slog.New(slog.DiscardHandler)}
	if q != nil {
		config = q.config()
	}
	c, err := river.NewClient(driver, config)
	if err != nil {
		return nil, fmt.Errorf("open the queue: %w", err)
	}
	return client[T]{c, of}, nil
}

// config is River's, for running jobs. The poll times are those measured in
// architecture.md: a chain of jobs on SQLite takes 21 ms a link with them.
func (q *Queue) config() *river.Config {
	workers := river.NewWorkers()
	for kind := range q.Handlers {
		river.AddWorkerArgs(workers, order{Job: Job{Kind: kind}}, river.Worker[order](&worker{queue: q}))
	}
	generation, pdf := q.generation(), q.pdfCompile()
	return &river.Config{
		Workers: workers,
		Queues: map[string]river.QueueConfig{
			generation.queue: {MaxWorkers: generation.width},
			pdf.queue:        {MaxWorkers: pdf.width},
		},
		FetchCooldown:     10 * time.Millisecond,
		FetchPollInterval: 50 * time.Millisecond,
		JobTimeout:        generation.timeout,
		// A process that died leaves jobs that River thinks are running. Leases have
		// long given the work to others; this only tidies the queue.
		RescueStuckJobsAfter: 2 * time.Hour,
		Logger:               slog.New(slog.DiscardHandler), // one line a try is ours to log
	}
}

func (c client[T]) add(ctx context.Context, tx Tx, job Job, p policy) error {
	opts := &river.InsertOpts{Queue: p.queue, Priority: p.priority, MaxAttempts: p.tries}
	if _, err := c.river.InsertTx(ctx, c.of(tx), order{Job: job}, opts); err != nil {
		return fmt.Errorf("order %s for book %s: %w", job.Kind, job.Book, err)
	}
	return nil
}

func (c client[T]) start(ctx context.Context) error { return c.river.Start(ctx) }

func (c client[T]) stop(ctx context.Context) error { return c.river.StopAndCancel(ctx) }

// connTx lets River write inside a database/sql transaction that is already open
// on the same connection. It cannot end it: that is the store's.
type connTx struct{ conn *pgx.Conn }

var errNested = errors.New("a transaction of the store cannot be nested")

func (t connTx) Begin(context.Context) (pgx.Tx, error) { return nil, errNested }
func (connTx) Commit(context.Context) error            { return nil }
func (connTx) Rollback(context.Context) error          { return nil }
func (connTx) LargeObjects() pgx.LargeObjects          { return pgx.LargeObjects{} }
func (t connTx) Conn() *pgx.Conn                       { return t.conn }

func (t connTx) CopyFrom(ctx context.Context, table pgx.Identifier, columns []string, rows pgx.CopyFromSource) (int64, error) {
	return t.conn.CopyFrom(ctx, table, columns, rows)
}

func (t connTx) SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults {
	return t.conn.SendBatch(ctx, b)
}

func (t connTx) Prepare(ctx context.Context, name, sql string) (*pgconn.StatementDescription, error) {
	return t.conn.Prepare(ctx, name, sql)
}

func (t connTx) Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error) {
	return t.conn.Exec(ctx, sql, args...)
}

func (t connTx) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	return t.conn.Query(ctx, sql, args...)
}

func (t connTx) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row {
	return t.conn.QueryRow(ctx, sql, args...)
}
