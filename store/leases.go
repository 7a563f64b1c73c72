package store

import (
	"context"
	"time"

	"quire/book"
	"quire/jobs"
	"quire/problem"
)

var _ jobs.Leases = (*Store)(nil)

// Claim takes the unit for run, unless a living run holds it or the book does
// not move, and reports whether it did.
func (s *Store) Claim(ctx context.Context, job jobs.Job, run string, deadAfter time.Duration) (bool, error) {
	const query = `INSERT INTO leases (book_id, unit, run_id, beat_at)
		SELECT b.id, $2, $3, $4 FROM books b WHERE b.id = $1 AND (b.state = $5 OR b.state = $6)
		ON CONFLICT (book_id, unit) DO UPDATE SET run_id = excluded.run_id, beat_at = excluded.beat_at
		WHERE leases.beat_at < $7`
	done, err := s.db.ExecContext(ctx, query, job.Book, job.Unit, run, s.now(), book.Queued, book.Running, s.now()-deadAfter.Microseconds())
	if err != nil {
		return false, translate(err)
	}
	n, err := done.RowsAffected()
	return n == 1, translate(err)
}

// Beat keeps the lease alive while its book moves.
func (s *Store) Beat(ctx context.Context, job jobs.Job, run string) error {
	const query = `UPDATE leases SET beat_at = $4 WHERE book_id = $1 AND unit = $2 AND run_id = $3
		AND EXISTS (SELECT 1 FROM books b WHERE b.id = $1 AND (b.state = $5 OR b.state = $6))`
	done, err := s.db.ExecContext(ctx, query, job.Book, job.Unit, run, s.now(), book.Queued, book.Running)
	if err != nil {
		return translate(err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return problem.New(problem.Conflict, "the lease was lost").Because(err)
	}
	return nil
}

// Release gives the unit back.
func (s *Store) Release(ctx context.Context, job jobs.Job, run string) error {
	const query = `DELETE FROM leases WHERE book_id = $1 AND unit = $2 AND run_id = $3`
	_, err := s.db.ExecContext(ctx, query, job.Book, job.Unit, run)
	return translate(err)
}

// Moving lists the books that should move with their living units, the oldest
// book first.
func (s *Store) Moving(ctx context.Context, deadAfter time.Duration) ([]jobs.Moving, error) {
	const query = `SELECT b.id, COALESCE(l.unit, '') FROM books b
		LEFT JOIN leases l ON l.book_id = b.id AND l.beat_at >= $3
		WHERE b.state = $1 OR b.state = $2 ORDER BY b.created_at, b.id, l.unit`
	rows, err := s.db.QueryContext(ctx, query, book.Queued, book.Running, s.now()-deadAfter.Microseconds())
	if err != nil {
		return nil, translate(err)
	}
	defer rows.Close() // the error of the rows is read below
	var list []jobs.Moving
	for rows.Next() {
		var id book.ID
		var unit string
		if err := rows.Scan(&id, &unit); err != nil {
			return nil, translate(err)
		}
		if len(list) == 0 || list[len(list)-1].Book != id {
			list = append(list, jobs.Moving{Book: id})
		}
		if unit != "" {
			last := &list[len(list)-1]
			last.Living = append(last.Living, unit)
		}
	}
	return list, translate(rows.Err())
}

// Forget ends all leases. Whoever holds a home alone calls it at start: the
// leases are those of a process that died.
func (s *Store) Forget(ctx context.Context) error {
	const query = `DELETE FROM leases`
	_, err := s.db.ExecContext(ctx, query)
	return translate(err)
}
