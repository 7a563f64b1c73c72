package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"quire/book"
	"quire/problem"
	"quire/write"
)

// Artefacts returns the current revisions of all artefacts whose name is prefix
// or lies below it ("section" or "section/ch_1f2e3d4c"), by name.
func (s *Store) Artefacts(ctx context.Context, id book.ID, prefix string) (map[string]json.RawMessage, error) {
	const query = `SELECT a.name, r.body FROM artefacts a
		JOIN revisions r ON r.book_id = a.book_id AND r.artefact = a.name AND r.revision = a.revision
		WHERE a.book_id = $1 AND (a.name = $2 OR (a.name >= $3 AND a.name < $4)) ORDER BY a.name`
	prefix = strings.TrimSuffix(prefix, "/")
	rows, err := s.db.QueryContext(ctx, query, id, prefix, prefix+"/", prefix+"0") // 0 follows / in ASCII
	if err != nil {
		return nil, translate(err)
	}
	defer rows.Close() // the error of the rows is read below
	found := map[string]json.RawMessage{}
	for rows.Next() {
		var name, body string
		if err := rows.Scan(&name, &body); err != nil {
			return nil, translate(err)
		}
		found[name] = json.RawMessage(body)
	}
	return found, translate(rows.Err())
}

// putArtefacts appends a revision of each artefact and makes it the current one.
func (s *Store) putArtefacts(ctx context.Context, tx *sql.Tx, id book.ID, list []write.Artefact) error {
	const point = `INSERT INTO artefacts (book_id, name, revision) VALUES ($1, $2, 1)
		ON CONFLICT (book_id, name) DO UPDATE SET revision = artefacts.revision + 1 RETURNING revision`
	const keep = `INSERT INTO revisions (book_id, artefact, revision, body, inputs, author, call_key, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`
	for _, a := range list {
		body, err := json.Marshal(a.Body)
		if err != nil {
			return fmt.Errorf("artefact %s: %w", a.Name, err)
		}
		var revision int64
		if err := tx.QueryRowContext(ctx, point, id, a.Name).Scan(&revision); err != nil {
			return err
		}
		if a.Base > 0 && revision != int64(a.Base)+1 {
			return problem.New(problem.Conflict, "somebody changed it meanwhile: revision %d is not the newest any more", a.Base).
				Try("look at the newest one with quire history, and make your change again")
		}
		if _, err := tx.ExecContext(ctx, keep, id, a.Name, revision, string(body), a.Inputs, a.Author, a.Call, s.now()); err != nil {
			return err
		}
	}
	return nil
}

// Credits lists who made the current revisions of what lies at or below prefix,
// each once, sorted: models as provider/model.
func (s *Store) Credits(ctx context.Context, id book.ID, prefix string) ([]string, error) {
	const query = `SELECT DISTINCT r.author FROM artefacts a
		JOIN revisions r ON r.book_id = a.book_id AND r.artefact = a.name AND r.revision = a.revision
		WHERE a.book_id = $1 AND r.author <> '' AND (a.name = $2 OR substr(a.name, 1, length($3)) = $3)`
	rows, err := s.db.QueryContext(ctx, query, id, prefix, prefix+"/")
	if err != nil {
		return nil, translate(err)
	}
	defer rows.Close() // the error of the rows is read below
	var list []string
	for rows.Next() {
		var author string
		if err := rows.Scan(&author); err != nil {
			return nil, translate(err)
		}
		list = append(list, author)
	}
	slices.Sort(list)
	return list, translate(rows.Err())
}
