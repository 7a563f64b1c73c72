// Package disk keeps stored bytes in a folder, two levels deep by hash.
package disk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"quire/blob"
	"quire/problem"
)

// Bucket is a folder of stored bytes. The folder is made when first needed.
type Bucket struct {
	Dir string
}

var _ blob.Bucket = Bucket{}

// Put writes to a temporary file beside its place and renames it when whole.
func (b Bucket) Put(ctx context.Context, r io.Reader) (blob.Ref, error) {
	if err := os.MkdirAll(b.Dir, 0o700); err != nil {
		return blob.Ref{}, translate(err)
	}
	tmp, err := os.CreateTemp(b.Dir, ".new-*")
	if err != nil {
		return blob.Ref{}, translate(err)
	}
	defer os.Remove(tmp.Name()) // after a rename there is nothing to remove
	defer tmp.Close()           // closing twice is harmless
	sum := sha256.New()
	n, err := io.Copy(io.MultiWriter(tmp, sum), reader{ctx, r})
	if err != nil {
		return blob.Ref{}, translate(err)
	}
	if err := errors.Join(tmp.Sync(), tmp.Close()); err != nil {
		return blob.Ref{}, translate(err)
	}
	ref := blob.Ref{Hash: blob.Hash(hex.EncodeToString(sum.Sum(nil))), Bytes: n}
	place := b.place(ref.Hash)
	if err := os.MkdirAll(filepath.Dir(place), 0o700); err != nil {
		return blob.Ref{}, translate(err)
	}
	if err := os.Rename(tmp.Name(), place); err != nil {
		return blob.Ref{}, translate(err)
	}
	return ref, nil
}

// Open returns the bytes; the caller closes them.
func (b Bucket) Open(_ context.Context, hash blob.Hash) (io.ReadCloser, error) {
	if err := hash.Check(); err != nil {
		return nil, err
	}
	f, err := os.Open(b.place(hash))
	if err != nil {
		return nil, translate(err)
	}
	return f, nil
}

// Delete removes the file.
func (b Bucket) Delete(_ context.Context, hash blob.Hash) error {
	if err := hash.Check(); err != nil {
		return err
	}
	if err := os.Remove(b.place(hash)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return translate(err)
	}
	return nil
}

// Check hashes the file again.
func (b Bucket) Check(ctx context.Context, hash blob.Hash) error {
	f, err := b.Open(ctx, hash)
	if err != nil {
		return err
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, reader{ctx, f}); err != nil {
		return translate(err)
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != string(hash) {
		return problem.New(problem.Internal, "stored bytes are damaged").Try("export the book again: they are made anew")
	}
	return nil
}

func (b Bucket) place(hash blob.Hash) string {
	return filepath.Join(b.Dir, string(hash[:2]), string(hash))
}

// reader stops reading when its context ends.
type reader struct {
	ctx context.Context
	r   io.Reader
}

func (r reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}

// translate sorts a failure of the file system.
func translate(err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return problem.New(problem.Missing, "the stored bytes are gone").Because(err).Try("export the book again: they are made anew")
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return problem.New(problem.Limited, "the disk is full").Because(err).Try("make room on the disk, then resume")
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return problem.New(problem.Denied, "the home cannot be written").Because(err).Try("choose another folder with --home, or change its rights")
	default:
		return fmt.Errorf("stored bytes: %w", err)
	}
}
