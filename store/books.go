package store

import (
	"context"
	"encoding/json"
	"fmt"

	"quire/book"
	"quire/event"
	"quire/jobs"
	"quire/problem"
	"quire/write"
)

const bookColumns = `id, title, brief, terms, state, stage, engine, outputs, reason, hint, last_seq, created_at, changed_at, ended_at`

// scanner is a row of either kind.
type scanner interface{ Scan(into ...any) error }

func scanBook(row scanner) (book.Book, error) {
	var b book.Book
	var brief, terms, outputs string
	var created, changed, ended int64
	err := row.Scan(&b.ID, &b.Title, &brief, &terms, &b.State, &b.Stage, &b.Engine, &outputs, &b.Reason, &b.Hint, &b.Seq, &created, &changed, &ended)
	if err != nil {
		return b, err
	}
	b.Created, b.Changed, b.Ended = moment(created), moment(changed), moment(ended)
	if err := json.Unmarshal([]byte(brief), &b.Brief); err != nil {
		return b, fmt.Errorf("brief of book %s: %w", b.ID, err)
	}
	if err := json.Unmarshal([]byte(terms), &b.Terms); err != nil {
		return b, fmt.Errorf("terms of book %s: %w", b.ID, err)
	}
	if err := json.Unmarshal([]byte(outputs), &b.Outputs); err != nil {
		return b, fmt.Errorf("outputs of book %s: %w", b.ID, err)
	}
	return b, nil
}

// Create puts a new book into the library with its first events, jobs and
// artefacts.
func (s *Store) Create(ctx context.Context, b book.Book, events []event.Payload, list []jobs.Job, with ...write.Artefact) error {
	const query = `INSERT INTO books (id, title, brief, terms, state, stage, engine, outputs, reason, hint, last_seq, created_at, changed_at, ended_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '', '', 0, $9, $9, 0)`
	brief, err := json.Marshal(b.Brief)
	if err != nil {
		return fmt.Errorf("brief of book %s: %w", b.ID, err)
	}
	terms, err := json.Marshal(b.Terms)
	if err != nil {
		return fmt.Errorf("terms of book %s: %w", b.ID, err)
	}
	outputs, err := json.Marshal(b.Outputs)
	if err != nil {
		return fmt.Errorf("outputs of book %s: %w", b.ID, err)
	}
	err = s.inTx(ctx, func(tx jobs.Tx) error {
		if _, err := tx.SQL.ExecContext(ctx, query, b.ID, b.Title, string(brief), string(terms), b.State, b.Stage, b.Engine, string(outputs), s.now()); err != nil {
			return err
		}
		if err := s.putArtefacts(ctx, tx.SQL, b.ID, with); err != nil {
			return err
		}
		if err := s.appendEvents(ctx, tx, b.ID, events); err != nil {
			return err
		}
		if err := s.Jobs.Add(ctx, tx, list...); err != nil {
			return err
		}
		s.point("save.before book")
		return nil
	})
	if err == nil {
		s.point("save.after book")
	}
	return err
}

// Book returns a book, or problem.Missing.
func (s *Store) Book(ctx context.Context, id book.ID) (book.Book, error) {
	const query = `SELECT ` + bookColumns + ` FROM books WHERE id = $1`
	b, err := scanBook(s.db.QueryRowContext(ctx, query, id))
	if err := translate(err); err != nil {
		if problem.Is(err, problem.Missing) {
			return b, missing(id)
		}
		return b, err
	}
	return b, nil
}

func missing(id book.ID) error {
	return problem.New(problem.Missing, "there is no book %s in the library", id).Try("quire books lists them")
}

// Books returns up to limit books, the newest first, that are older than after;
// "" begins with the newest.
func (s *Store) Books(ctx context.Context, after book.ID, limit int) ([]book.Book, error) {
	const query = `SELECT ` + bookColumns + ` FROM books b
		WHERE $1 = '' OR (b.created_at, b.id) < (SELECT a.created_at, a.id FROM books a WHERE a.id = $1)
		ORDER BY b.created_at DESC, b.id DESC LIMIT $2`
	rows, err := s.db.QueryContext(ctx, query, string(after), limit)
	if err != nil {
		return nil, translate(err)
	}
	defer rows.Close() // the error of the rows is read below
	var list []book.Book
	for rows.Next() {
		b, err := scanBook(rows)
		if err != nil {
			return nil, translate(err)
		}
		list = append(list, b)
	}
	return list, translate(rows.Err())
}

// Delete removes a book that does not move with all that belongs to it, and
// returns its editions' stored bytes that no other book has.
func (s *Store) Delete(ctx context.Context, id book.ID) ([]string, error) {
	const remove = `DELETE FROM books WHERE id = $1 AND state <> $2 AND state <> $3`
	const blobs = `SELECT e.blob FROM (SELECT blob FROM editions WHERE book_id = $1 UNION SELECT blob FROM pictures WHERE book_id = $1) e
		WHERE NOT EXISTS (SELECT 1 FROM editions o WHERE o.blob = e.blob AND o.book_id <> $1)
		AND NOT EXISTS (SELECT 1 FROM pictures o WHERE o.blob = e.blob AND o.book_id <> $1) ORDER BY e.blob`
	b, err := s.Book(ctx, id)
	if err != nil {
		return nil, err
	}
	var orphans []string
	err = s.inTx(ctx, func(tx jobs.Tx) error {
		rows, err := tx.SQL.QueryContext(ctx, blobs, id)
		if err != nil {
			return err
		}
		defer rows.Close() // the error of the rows is read below
		for rows.Next() {
			var hash string
			if err := rows.Scan(&hash); err != nil {
				return err
			}
			orphans = append(orphans, hash)
		}
		if err := rows.Err(); err != nil {
			return err
		}
		done, err := tx.SQL.ExecContext(ctx, remove, id, book.Queued, book.Running)
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return problem.New(problem.Conflict, "the book %q is being written", b.Title).Because(err).Try("quire cancel %s first", id)
		}
		return nil
	})
	return orphans, err
}
