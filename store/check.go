package store

import (
	"context"

	"quire/problem"
)

// Check reads the whole database and reports damage as problem.Internal.
func (s *Store) Check(ctx context.Context) error {
	if s.pool != nil {
		return translate(s.db.PingContext(ctx))
	}
	rows, err := s.db.QueryContext(ctx, `PRAGMA integrity_check(1)`)
	if err != nil {
		return translate(err)
	}
	defer rows.Close() // the error of the rows is read below
	for rows.Next() {
		var verdict string
		if err := rows.Scan(&verdict); err != nil {
			return translate(err)
		}
		if verdict != "ok" {
			return problem.New(problem.Internal, "the library's database is damaged").
				Try("put a copy of quire.db back into the home, or move quire.db away to begin a new library")
		}
	}
	return translate(rows.Err())
}
