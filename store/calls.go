package store

import (
	"context"
	"encoding/json"
	"fmt"

	"quire/book"
	"quire/event"
	"quire/jobs"
	"quire/llm"
	"quire/problem"
)

var _ llm.Memory = (*Store)(nil)

// Reply returns a journalled reply, or problem.Missing.
func (s *Store) Reply(ctx context.Context, key string) (llm.Entry, error) {
	const query = `SELECT book_id, role, artefact, revision, attempt, provider, model, request_id, reply, finish, token_use, refused
		FROM calls WHERE call_key = $1`
	e := llm.Entry{Key: key}
	var usage string
	err := s.db.QueryRowContext(ctx, query, key).Scan(&e.Book, &e.Role, &e.Artefact, &e.Revision, &e.Attempt,
		&e.Result.Provider, &e.Result.Model, &e.Result.ID, &e.Result.Text, &e.Result.Finish, &usage, &e.Refused)
	if err != nil {
		return e, translate(err)
	}
	if err := json.Unmarshal([]byte(usage), &e.Result.Usage); err != nil {
		return e, fmt.Errorf("usage of call %s: %w", key, err)
	}
	e.Result.Cost = llm.Free // it was paid for when it came
	return e, nil
}

// Keep writes a reply into the journal, with its event. A book that was deleted
// meanwhile makes it problem.Missing.
func (s *Store) Keep(ctx context.Context, e llm.Entry) error {
	const query = `INSERT INTO calls (call_key, book_id, role, artefact, revision, attempt, provider, model, request_id, reply, finish, token_use, refused, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, '', $13) ON CONFLICT (call_key) DO NOTHING`
	usage, err := json.Marshal(e.Result.Usage)
	if err != nil {
		return fmt.Errorf("usage of call %s: %w", e.Key, err)
	}
	r := e.Result
	return s.inTx(ctx, func(tx jobs.Tx) error {
		if err := s.lockBook(ctx, tx, book.ID(e.Book)); err != nil {
			return err
		}
		done, err := tx.SQL.ExecContext(ctx, query, e.Key, e.Book, e.Role, e.Artefact, e.Revision, e.Attempt,
			r.Provider, r.Model, r.ID, r.Text, r.Finish, string(usage), s.now())
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return err
		}
		return s.appendEvents(ctx, tx, book.ID(e.Book), []event.Payload{event.CallFinished{
			Key: e.Key, Role: string(e.Role), Artefact: e.Artefact, Attempt: e.Attempt, Provider: r.Provider, Model: r.Model,
			Finish: string(r.Finish), Input: r.Usage.Input, Cached: r.Usage.CachedRead, Output: r.Usage.Output,
			Cost: event.Amount(r.Cost.USD, r.Cost.Known),
		}})
	})
}

// Refuse marks a reply as not what was asked for, with its event; a second time
// changes nothing.
func (s *Store) Refuse(ctx context.Context, id, key, reason string) error {
	const query = `UPDATE calls SET refused = $2 WHERE call_key = $1 AND refused = '' RETURNING artefact, attempt`
	return s.inTx(ctx, func(tx jobs.Tx) error {
		if err := s.lockBook(ctx, tx, book.ID(id)); err != nil {
			return err
		}
		var artefact string
		var attempt int
		err := translate(tx.SQL.QueryRowContext(ctx, query, key, reason).Scan(&artefact, &attempt))
		if problem.Is(err, problem.Missing) {
			return nil
		}
		if err != nil {
			return err
		}
		return s.appendEvents(ctx, tx, book.ID(id), []event.Payload{event.ReplyRefused{Key: key, Artefact: artefact, Attempt: attempt, Reason: reason}})
	})
}

// lockBook keeps other changes of the book out until the transaction ends.
func (s *Store) lockBook(ctx context.Context, tx jobs.Tx, id book.ID) error {
	const query = `UPDATE books SET changed_at = $2 WHERE id = $1`
	done, err := tx.SQL.ExecContext(ctx, query, id, s.now())
	if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return missing(id)
	}
	return nil
}
