// Package blob is where stored bytes are described. This room defines a bucket
// of unchanging byte strings under their own hash; disk keeps one in a folder.
//
// Next: figure
package blob

import (
	"context"
	"io"
	"regexp"

	"quire/problem"
)

// Hash names bytes by their SHA-256, 64 hexadecimal digits.
type Hash string

// Ref is what is known of stored bytes.
type Ref struct {
	Hash  Hash
	Bytes int64
}

// Bucket keeps bytes under their hash. Implementations are safe for concurrent
// use, and what they show is always whole: a write that fails leaves nothing.
type Bucket interface {
	// Put reads all of r and keeps it; the same bytes twice are kept once.
	Put(ctx context.Context, r io.Reader) (Ref, error)
	// Open returns the bytes, or problem.Missing.
	Open(ctx context.Context, hash Hash) (io.ReadCloser, error)
	// Delete forgets the bytes; to forget what is not there is no failure.
	Delete(ctx context.Context, hash Hash) error
	// Check reads the bytes again and fails with problem.Missing if they are gone
	// and problem.Internal if they are not what they were.
	Check(ctx context.Context, hash Hash) error
}

var hashForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

// Check reports a hash that is none as missing.
func (h Hash) Check() error {
	if !hashForm.MatchString(string(h)) {
		return problem.New(problem.Missing, "there are no stored bytes of that name")
	}
	return nil
}
