package edition

import (
	"bytes"
	"context"
	"io"
	"io/fs"
	"time"

	"quire/blob"
	"quire/book"
)

// shelved is the pictures of a book as a file system: each is read from the
// bucket when it is opened.
type shelved struct {
	ctx    context.Context // of the work that reads them
	bucket blob.Bucket
	paths  map[string]blob.Hash
}

// Open reads a picture.
func (s shelved) Open(name string) (fs.File, error) {
	hash, ok := s.paths[name]
	if !ok || !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	r, err := s.bucket.Open(s.ctx, hash)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	defer r.Close() // it was only read
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, &fs.PathError{Op: "read", Path: name, Err: err}
	}
	return &picture{Reader: bytes.NewReader(data), name: name}, nil
}

// picture is an open picture, and what is known of it.
type picture struct {
	*bytes.Reader
	name string
}

func (p *picture) Stat() (fs.FileInfo, error) { return p, nil }
func (p *picture) Close() error               { return nil }
func (p *picture) Name() string               { return p.name }
func (p *picture) Mode() fs.FileMode          { return 0o444 }
func (p *picture) ModTime() time.Time         { return time.Time{} }
func (p *picture) IsDir() bool                { return false }
func (p *picture) Sys() any                   { return nil }

// Manuscript returns the bound text of a book, with its pictures, and its brief:
// problem.Missing without the book, problem.Conflict before there is a text.
func (m *Maker) Manuscript(ctx context.Context, id book.ID) (book.Manuscript, book.Brief, error) {
	b, err := m.Shelf.Book(ctx, id)
	if err != nil {
		return book.Manuscript{}, b.Brief, err
	}
	text, err := m.manuscript(ctx, b)
	return text, b.Brief, err
}
