package store

import (
	"context"
	"database/sql"

	"quire/blob"
	"quire/book"
	"quire/write"
)

// Pictures returns the pictures of a book: where their bytes lie, by the path
// that the manuscript names.
func (s *Store) Pictures(ctx context.Context, id book.ID) (map[string]blob.Hash, error) {
	const query = `SELECT path, blob FROM pictures WHERE book_id = $1 ORDER BY path`
	rows, err := s.db.QueryContext(ctx, query, id)
	if err != nil {
		return nil, translate(err)
	}
	defer rows.Close() // the error of the rows is read below
	found := map[string]blob.Hash{}
	for rows.Next() {
		var path string
		var hash blob.Hash
		if err := rows.Scan(&path, &hash); err != nil {
			return nil, translate(err)
		}
		found[path] = hash
	}
	return found, translate(rows.Err())
}

// putPictures records pictures of a book; one under a path that is known takes
// its place.
func (s *Store) putPictures(ctx context.Context, tx *sql.Tx, id book.ID, list []write.Picture) error {
	const query = `INSERT INTO pictures (book_id, path, blob) VALUES ($1, $2, $3)
		ON CONFLICT (book_id, path) DO UPDATE SET blob = excluded.blob`
	for _, p := range list {
		if _, err := tx.ExecContext(ctx, query, id, p.Path, p.Blob); err != nil {
			return err
		}
	}
	return nil
}
