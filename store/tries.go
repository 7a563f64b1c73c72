package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"quire/book"
	"quire/jobs"
	"quire/llm"
	"quire/problem"
)

var _ llm.Tries = (*Store)(nil)

// Record writes a try down. A book that was deleted meanwhile makes it
// problem.Missing.
func (s *Store) Record(ctx context.Context, t llm.Try) error {
	const query = `INSERT INTO tries (book_id, call_key, role, artefact, revision, attempt, provider, model, request_id, outcome,
			token_use, estimated, cost, cost_known, began_at, first_us, took_us)
		SELECT id, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17 FROM books WHERE id = $1`
	usage, err := json.Marshal(t.Usage)
	if err != nil {
		return fmt.Errorf("usage of a try of %s: %w", t.Artefact, err)
	}
	return s.inTx(ctx, func(tx jobs.Tx) error {
		done, err := tx.SQL.ExecContext(ctx, query, t.Book, t.Key, t.Role, t.Artefact, t.Revision, t.Attempt, t.Provider, t.Model, t.ID, t.Outcome,
			string(usage), flag(t.Estimated), t.Cost.USD, flag(t.Cost.Known), micro(t.Began), t.First.Microseconds(), t.Took.Microseconds())
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return missing(book.ID(t.Book))
		}
		return nil
	})
}

// Spent is the known cost of all tries of a book.
func (s *Store) Spent(ctx context.Context, id string) (book.USD, error) {
	const query = `SELECT CAST(COALESCE(SUM(cost), 0) AS BIGINT) FROM tries WHERE book_id = $1`
	var sum int64
	err := s.db.QueryRowContext(ctx, query, id).Scan(&sum)
	return book.USD(sum), translate(err)
}

// Tries lists the tries of a book in the order in which they began.
func (s *Store) Tries(ctx context.Context, id book.ID) ([]llm.Try, error) {
	const query = `SELECT call_key, role, artefact, revision, attempt, provider, model, request_id, outcome,
			token_use, estimated, cost, cost_known, began_at, first_us, took_us
		FROM tries WHERE book_id = $1 ORDER BY began_at, call_key`
	rows, err := s.db.QueryContext(ctx, query, id)
	if err != nil {
		return nil, translate(err)
	}
	defer rows.Close() // the error of the rows is read below
	var list []llm.Try
	for rows.Next() {
		t := llm.Try{Book: string(id)}
		var usage string
		var estimated, known, began, first, took int64
		if err := rows.Scan(&t.Key, &t.Role, &t.Artefact, &t.Revision, &t.Attempt, &t.Provider, &t.Model, &t.ID, &t.Outcome,
			&usage, &estimated, &t.Cost.USD, &known, &began, &first, &took); err != nil {
			return nil, translate(err)
		}
		if err := json.Unmarshal([]byte(usage), &t.Usage); err != nil {
			return nil, fmt.Errorf("usage of a try of %s: %w", t.Artefact, err)
		}
		t.Estimated, t.Cost.Known, t.Began = estimated != 0, known != 0, moment(began)
		t.First, t.Took = time.Duration(first)*time.Microsecond, time.Duration(took)*time.Microsecond
		list = append(list, t)
	}
	return list, translate(rows.Err())
}

// Writer returns the model, as provider/model, that gave the first kept reply
// for the artefacts below prefix, "" if there is none.
func (s *Store) Writer(ctx context.Context, id, prefix string) (string, error) {
	const query = `SELECT t.provider, t.model FROM calls c JOIN tries t ON t.book_id = c.book_id AND t.call_key = c.call_key AND t.outcome = 'stop'
		WHERE c.book_id = $1 AND substr(c.artefact, 1, length($2)) = $2 AND c.refused = '' ORDER BY c.created_at, t.began_at DESC LIMIT 1`
	var provider, model string
	err := translate(s.db.QueryRowContext(ctx, query, id, prefix).Scan(&provider, &model))
	if problem.Is(err, problem.Missing) {
		return "", nil
	}
	return llm.Caps{Provider: provider, Model: model}.Name(), err
}

// flag is a truth as a column holds it.
func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}
