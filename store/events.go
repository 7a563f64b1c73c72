package store

import (
	"context"
	"encoding/json"
	"fmt"

	"quire/book"
	"quire/event"
	"quire/jobs"
)

// Events returns up to limit events of a book with a number above after, in order.
func (s *Store) Events(ctx context.Context, id book.ID, after int64, limit int) ([]event.Event, error) {
	const query = `SELECT seq, kind, data, at FROM events WHERE book_id = $1 AND seq > $2 ORDER BY seq LIMIT $3`
	rows, err := s.db.QueryContext(ctx, query, id, after, limit)
	if err != nil {
		return nil, translate(err)
	}
	defer rows.Close() // the error of the rows is read below
	var list []event.Event
	for rows.Next() {
		e := event.Event{Book: id}
		var data string
		var at int64
		if err := rows.Scan(&e.Seq, &e.Kind, &data, &at); err != nil {
			return nil, translate(err)
		}
		e.Data, e.At = json.RawMessage(data), moment(at)
		list = append(list, e)
	}
	return list, translate(rows.Err())
}

// appendEvents gives each event the next number of its book. The counter is on
// the book's row, which the update locks: the order of commits is the order of
// numbers, without gaps.
func (s *Store) appendEvents(ctx context.Context, tx jobs.Tx, id book.ID, list []event.Payload) error {
	const next = `UPDATE books SET last_seq = last_seq + 1 WHERE id = $1 RETURNING last_seq`
	const keep = `INSERT INTO events (book_id, seq, kind, data, at) VALUES ($1, $2, $3, $4, $5)`
	for _, p := range list {
		data, err := json.Marshal(p)
		if err != nil {
			return fmt.Errorf("event %s: %w", p.Kind(), err)
		}
		var seq int64
		if err := tx.SQL.QueryRowContext(ctx, next, id).Scan(&seq); err != nil {
			return err
		}
		if _, err := tx.SQL.ExecContext(ctx, keep, id, seq, p.Kind(), string(data), s.now()); err != nil {
			return err
		}
	}
	return nil
}
