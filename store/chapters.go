package store

import (
	"context"
	"database/sql"

	"quire/book"
)

// reader is a database or a transaction.
type reader interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// Chapters returns the chapters of a book in reading order.
func (s *Store) Chapters(ctx context.Context, id book.ID) ([]book.Chapter, error) {
	list, err := chapters(ctx, s.db, id)
	return list, translate(err)
}

func chapters(ctx context.Context, from reader, id book.ID) ([]book.Chapter, error) {
	const query = `SELECT id, ordinal, title, state, target, words, draft, wave, locked, reason, changed_at
		FROM chapters WHERE book_id = $1 ORDER BY ordinal`
	rows, err := from.QueryContext(ctx, query, id)
	if err != nil {
		return nil, err
	}
	defer rows.Close() // the error of the rows is read below
	var list []book.Chapter
	for rows.Next() {
		var c book.Chapter
		var locked, changed int64
		if err := rows.Scan(&c.ID, &c.Ordinal, &c.Title, &c.State, &c.Target, &c.Words, &c.Draft, &c.Wave, &locked, &c.Reason, &changed); err != nil {
			return nil, err
		}
		c.Locked, c.Changed = locked != 0, moment(changed)
		list = append(list, c)
	}
	return list, rows.Err()
}

// putChapters writes the rows, new or changed. What people alone decide, a job
// leaves as it is: it may have read the row before they did.
func (s *Store) putChapters(ctx context.Context, tx *sql.Tx, id book.ID, list []book.Chapter, job bool) error {
	const query = `INSERT INTO chapters (book_id, id, ordinal, title, state, target, words, draft, wave, locked, reason, changed_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
		ON CONFLICT (book_id, id) DO UPDATE SET ordinal = excluded.ordinal, state = excluded.state,
		title = CASE WHEN $13 = 1 THEN chapters.title ELSE excluded.title END,
		target = excluded.target, words = excluded.words, draft = excluded.draft, wave = excluded.wave,
		locked = CASE WHEN $13 = 1 THEN chapters.locked ELSE excluded.locked END, reason = excluded.reason, changed_at = excluded.changed_at`
	for _, c := range list {
		if _, err := tx.ExecContext(ctx, query, id, c.ID, c.Ordinal, c.Title, c.State, c.Target, c.Words, max(c.Draft, 1), c.Wave, truth(c.Locked), c.Reason, s.now(), truth(job)); err != nil {
			return err
		}
	}
	return nil
}

// truth is a flag as the database keeps it.
func truth(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
