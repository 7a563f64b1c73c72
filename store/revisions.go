package store

import (
	"context"
	"encoding/json"
	"strings"

	"quire/book"
	"quire/problem"
	"quire/write"
)

// Revisions lists the revisions of all artefacts whose name is prefix or lies
// below it, by name and number; only the current ones if current is set. The
// prefix "" is all.
func (s *Store) Revisions(ctx context.Context, id book.ID, prefix string, current bool) ([]write.Revision, error) {
	const query = `SELECT r.artefact, r.revision, a.revision, r.inputs, r.author, r.call_key, r.created_at FROM revisions r
		JOIN artefacts a ON a.book_id = r.book_id AND a.name = r.artefact
		WHERE r.book_id = $1 AND ($2 = '' OR r.artefact = $2 OR (r.artefact >= $3 AND r.artefact < $4)) AND ($5 = 0 OR r.revision = a.revision)
		ORDER BY r.artefact, r.revision`
	prefix = strings.TrimSuffix(prefix, "/")
	rows, err := s.db.QueryContext(ctx, query, id, prefix, prefix+"/", prefix+"0", truth(current)) // 0 follows / in ASCII
	if err != nil {
		return nil, translate(err)
	}
	defer rows.Close() // the error of the rows is read below
	var list []write.Revision
	for rows.Next() {
		var r write.Revision
		var newest int
		var created int64
		if err := rows.Scan(&r.Artefact, &r.Number, &newest, &r.Inputs, &r.Author, &r.Call, &created); err != nil {
			return nil, translate(err)
		}
		r.Current, r.Created = r.Number == newest, moment(created)
		list = append(list, r)
	}
	return list, translate(rows.Err())
}

// Revision returns the body of one revision of an artefact, or problem.Missing.
func (s *Store) Revision(ctx context.Context, id book.ID, name string, number int) (json.RawMessage, error) {
	const query = `SELECT body FROM revisions WHERE book_id = $1 AND artefact = $2 AND revision = $3`
	var body string
	err := translate(s.db.QueryRowContext(ctx, query, id, name, number).Scan(&body))
	if problem.Is(err, problem.Missing) {
		return nil, problem.New(problem.Missing, "%s has no revision %d", name, number).Try("quire history %s lists them", id)
	}
	return json.RawMessage(body), err
}
