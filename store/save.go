package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"quire/book"
	"quire/jobs"
	"quire/problem"
	"quire/write"
)

var _ write.Shelf = (*Store)(nil)

// Save makes a change, all of it or nothing. It fails with problem.Conflict when
// the lease that the change names is not held, the book stopped moving, or it is
// in a state from which the change is not allowed.
func (s *Store) Save(ctx context.Context, c write.Change) error {
	err := s.inTx(ctx, func(tx jobs.Tx) error {
		if err := s.change(ctx, tx, c); err != nil {
			return err
		}
		s.point("save.before " + c.Name)
		return nil
	})
	if err == nil {
		s.point("save.after " + c.Name)
	}
	return err
}

func (s *Store) change(ctx context.Context, tx jobs.Tx, c write.Change) error {
	b, err := s.guard(ctx, tx, c.Book, c.Unit, c.Run)
	if err != nil {
		return err
	}
	if c.From != nil && !slices.Contains(c.From, b.State) {
		return problem.New(problem.Conflict, "the book %q is %s", b.Title, b.State).Try("quire show %s tells where it stands", b.ID)
	}
	if err := allowed(ctx, tx.SQL, c, b); err != nil {
		return err
	}
	if c.Then != nil {
		if err := s.stand(ctx, tx, &b, *c.Then); err != nil {
			return err
		}
	}
	if c.Terms != nil {
		if err := putTerms(ctx, tx.SQL, c.Book, *c.Terms); err != nil {
			return err
		}
	}
	if c.Brief != nil {
		if err := putBrief(ctx, tx.SQL, c.Book, *c.Brief); err != nil {
			return err
		}
	}
	if err := s.unlocked(ctx, tx.SQL, c); err != nil {
		return err
	}
	if err := s.putArtefacts(ctx, tx.SQL, c.Book, c.Artefacts); err != nil {
		return err
	}
	if err := s.putChapters(ctx, tx.SQL, c.Book, c.Chapters, c.Run != ""); err != nil {
		return err
	}
	if err := s.putPictures(ctx, tx.SQL, c.Book, c.Pictures); err != nil {
		return err
	}
	if err := s.appendEvents(ctx, tx, c.Book, c.Events); err != nil {
		return err
	}
	if err := s.leave(ctx, tx, c); err != nil {
		return err
	}
	if err := s.Jobs.Add(ctx, tx, c.Jobs...); err != nil {
		return err
	}
	return s.next(ctx, tx, b, c)
}

// allowed asks the change itself whether it may be made.
func allowed(ctx context.Context, tx *sql.Tx, c write.Change, b book.Book) error {
	if c.Allow == nil {
		return nil
	}
	rows, err := chapters(ctx, tx, c.Book)
	if err != nil {
		return err
	}
	return c.Allow(b, rows)
}

// guard locks the book's row and holds the change against its lease.
func (s *Store) guard(ctx context.Context, tx jobs.Tx, id book.ID, unit, run string) (book.Book, error) {
	const query = `UPDATE books SET changed_at = $2 WHERE id = $1 RETURNING ` + bookColumns
	const beat = `UPDATE leases SET beat_at = $4 WHERE book_id = $1 AND unit = $2 AND run_id = $3`
	b, err := scanBook(tx.SQL.QueryRowContext(ctx, query, id, s.now()))
	if err := translate(err); err != nil {
		if problem.Is(err, problem.Missing) {
			return b, missing(id)
		}
		return b, err
	}
	if run == "" {
		return b, nil
	}
	done, err := tx.SQL.ExecContext(ctx, beat, id, unit, run, s.now())
	if err != nil {
		return b, err
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 || !b.State.Moving() {
		return b, problem.New(problem.Conflict, "somebody else goes on with the book, or it was stopped").Because(err)
	}
	return b, nil
}

// stand moves the book to where it stands now.
func (s *Store) stand(ctx context.Context, tx jobs.Tx, b *book.Book, to write.Standing) error {
	const query = `UPDATE books SET state = $2, stage = $3, title = $4, reason = $5, hint = $6, ended_at = $7 WHERE id = $1`
	b.State, b.Reason, b.Hint = to.State, to.Reason, to.Hint
	if to.Stage != "" {
		b.Stage = to.Stage
	}
	if to.Title != "" {
		b.Title = to.Title
	}
	_, err := tx.SQL.ExecContext(ctx, query, b.ID, b.State, b.Stage, b.Title, b.Reason, b.Hint, micro(b.Ended))
	return err
}

// putTerms changes by whom and for how much the book is written.
func putTerms(ctx context.Context, tx *sql.Tx, id book.ID, to book.Terms) error {
	const query = `UPDATE books SET terms = $2 WHERE id = $1`
	terms, err := json.Marshal(to)
	if err != nil {
		return fmt.Errorf("terms of book %s: %w", id, err)
	}
	_, err = tx.ExecContext(ctx, query, id, string(terms))
	return err
}

// putBrief changes what a book is written from.
func putBrief(ctx context.Context, tx *sql.Tx, id book.ID, to book.Brief) error {
	const query = `UPDATE books SET brief = $2 WHERE id = $1`
	brief, err := json.Marshal(to)
	if err != nil {
		return fmt.Errorf("brief of book %s: %w", id, err)
	}
	_, err = tx.ExecContext(ctx, query, id, string(brief))
	return err
}

// unlocked refuses a job's change of the text of a chapter that a person locked
// meanwhile, or whose draft they wrote themselves.
func (s *Store) unlocked(ctx context.Context, tx *sql.Tx, c write.Change) error {
	const query = `SELECT locked FROM chapters WHERE book_id = $1 AND id = $2`
	const current = `SELECT r.body FROM artefacts a JOIN revisions r ON r.book_id = a.book_id AND r.artefact = a.name AND r.revision = a.revision
		WHERE a.book_id = $1 AND a.name = $2`
	for _, a := range c.Artefacts {
		id, text := strings.CutPrefix(a.Name, "chapter/")
		if !text || c.Run == "" {
			continue
		}
		var locked int64
		if err := tx.QueryRowContext(ctx, query, c.Book, id).Scan(&locked); err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if locked != 0 {
			return write.ErrLocked
		}
		var body string
		if err := tx.QueryRowContext(ctx, current, c.Book, a.Name).Scan(&body); errors.Is(err, sql.ErrNoRows) {
			continue
		} else if err != nil {
			return err
		}
		var was book.ChapterText
		if err := json.Unmarshal([]byte(body), &was); err != nil {
			return fmt.Errorf("%s of book %s: %w", a.Name, c.Book, err)
		}
		if text, ok := a.Body.(book.ChapterText); ok && was.Theirs() && text.Draft <= was.Draft {
			return write.ErrTheirs
		}
	}
	return nil
}

// leave ends the leases that the change ends.
func (s *Store) leave(ctx context.Context, tx jobs.Tx, c write.Change) error {
	const all = `DELETE FROM leases WHERE book_id = $1`
	const one = `DELETE FROM leases WHERE book_id = $1 AND unit = $2 AND run_id = $3`
	var err error
	switch {
	case c.Drop:
		_, err = tx.SQL.ExecContext(ctx, all, c.Book)
	case c.Leave:
		_, err = tx.SQL.ExecContext(ctx, one, c.Book, c.Unit, c.Run)
	}
	return err
}

// next orders what follows from how the book stands after the change.
func (s *Store) next(ctx context.Context, tx jobs.Tx, b book.Book, c write.Change) error {
	if c.Next == nil {
		return nil
	}
	rows, err := chapters(ctx, tx.SQL, c.Book)
	if err != nil {
		return err
	}
	list, touched := c.Next(b, rows)
	if err := s.putChapters(ctx, tx.SQL, c.Book, touched, false); err != nil {
		return err
	}
	return s.Jobs.Add(ctx, tx, list...)
}
