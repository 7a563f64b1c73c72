package store

import (
	"context"
	"encoding/json"
	"fmt"

	"quire/blob"
	"quire/book"
	"quire/edition"
	"quire/jobs"
	"quire/write"
)

var _ edition.Shelf = (*Store)(nil)

// Editions returns the kept files of a book by format, in alphabetical order.
func (s *Store) Editions(ctx context.Context, id book.ID) ([]edition.File, error) {
	const query = `SELECT format, blob, bytes, pages, words, warnings, created_at FROM editions WHERE book_id = $1 ORDER BY format`
	rows, err := s.db.QueryContext(ctx, query, id)
	if err != nil {
		return nil, translate(err)
	}
	defer rows.Close() // the error of the rows is read below
	var list []edition.File
	for rows.Next() {
		var f edition.File
		var warnings string
		var made int64
		if err := rows.Scan(&f.Format, &f.Blob, &f.Bytes, &f.Pages, &f.Words, &warnings, &made); err != nil {
			return nil, translate(err)
		}
		if err := json.Unmarshal([]byte(warnings), &f.Warnings); err != nil {
			return nil, fmt.Errorf("warnings of an edition of book %s: %w", id, err)
		}
		f.Made = moment(made)
		list = append(list, f)
	}
	return list, translate(rows.Err())
}

// SaveEditions records files and where the book stands with them.
func (s *Store) SaveEditions(ctx context.Context, c edition.Change) error {
	err := s.inTx(ctx, func(tx jobs.Tx) error {
		b, err := s.guard(ctx, tx, c.Book, c.Unit, c.Run)
		if err != nil {
			return err
		}
		if b.Ended.IsZero() {
			b.Ended = c.At
		}
		if err := s.stand(ctx, tx, &b, write.Standing{State: c.State, Reason: c.Reason, Hint: c.Hint}); err != nil {
			return err
		}
		if err := s.putEditions(ctx, tx, c.Book, c.Files); err != nil {
			return err
		}
		if err := s.appendEvents(ctx, tx, c.Book, c.Events); err != nil {
			return err
		}
		s.point("save.before edition")
		return nil
	})
	if err == nil {
		s.point("save.after edition")
	}
	return err
}

func (s *Store) putEditions(ctx context.Context, tx jobs.Tx, id book.ID, files []edition.File) error {
	const query = `INSERT INTO editions (book_id, format, blob, bytes, pages, words, warnings, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (book_id, format) DO UPDATE SET blob = excluded.blob, bytes = excluded.bytes, pages = excluded.pages,
		words = excluded.words, warnings = excluded.warnings, created_at = excluded.created_at`
	for _, f := range files {
		if f.Warnings == nil {
			f.Warnings = []string{}
		}
		warnings, err := json.Marshal(f.Warnings)
		if err != nil {
			return fmt.Errorf("warnings of an edition of book %s: %w", id, err)
		}
		if _, err := tx.SQL.ExecContext(ctx, query, id, f.Format, f.Blob, f.Bytes, f.Pages, f.Words, string(warnings), micro(f.Made)); err != nil {
			return err
		}
	}
	return nil
}

// Blobs lists the stored bytes that editions need, each once.
func (s *Store) Blobs(ctx context.Context) ([]blob.Hash, error) {
	const query = `SELECT blob FROM editions UNION SELECT blob FROM pictures ORDER BY blob`
	rows, err := s.db.QueryContext(ctx, query)
	if err != nil {
		return nil, translate(err)
	}
	defer rows.Close() // the error of the rows is read below
	var list []blob.Hash
	for rows.Next() {
		var hash blob.Hash
		if err := rows.Scan(&hash); err != nil {
			return nil, translate(err)
		}
		list = append(list, hash)
	}
	return list, translate(rows.Err())
}
