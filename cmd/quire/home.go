package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"quire/problem"
)

// home is the folder in which a library lives.
type home struct {
	dir    string
	runner *flock.Flock
}

// openHome makes the folder if needed.
func openHome(dir string) (home, error) {
	if dir == "" {
		return home{}, problem.New(problem.Invalid, "this machine has no folder for data").Try("give one with --home or QUIRE_HOME")
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		p := problem.New(problem.Denied, "the home cannot be made").Because(err).Try("choose another folder with --home, or change its rights")
		if info, stat := os.Stat(dir); stat == nil && !info.IsDir() {
			p = problem.New(problem.Invalid, "the home is a file, not a folder").Because(err).Try("choose a folder with --home")
		}
		return home{}, p
	}
	return home{dir: dir, runner: flock.New(filepath.Join(dir, "runner.lock"), flock.SetPermissions(0o600))}, nil
}

// lockPatience outlasts the moment in which another process only looks whether
// the home is busy.
const lockPatience = 300 * time.Millisecond

// lock makes this process the home's one runner, and notes for which book.
func (h home) lock(ctx context.Context, book string) error {
	if h.locked() {
		h.tell(book)
		return nil
	}
	ctx, stop := context.WithTimeout(ctx, lockPatience)
	defer stop()
	got, err := h.runner.TryLockContext(ctx, lockPatience/10)
	if errors.Is(err, context.DeadlineExceeded) {
		got, err = false, nil
	}
	switch {
	case errors.Is(err, fs.ErrPermission):
		return problem.New(problem.Denied, "the home cannot be written").Because(err).Try("choose another folder with --home, or change its rights")
	case err != nil:
		return err
	case !got:
		p := problem.New(problem.Conflict, "another quire is writing in this home")
		if holder := h.holder(); holder != "" {
			p = problem.New(problem.Conflict, "another quire is writing book %s in this home", holder)
		}
		return p.Try("wait until it is done, stop it with Ctrl-C, or choose another folder with --home")
	}
	h.tell(book)
	return nil
}

// tell notes for which book the home is locked. The note is for people only: the
// lock itself is what counts.
func (h home) tell(book string) { _ = os.WriteFile(h.note(), []byte(book+"\n"), 0o600) }

func (h home) note() string { return filepath.Join(h.dir, "runner.book") }

// holder is the book that the runner noted, "" if it noted none.
func (h home) holder() string {
	text, err := os.ReadFile(h.note())
	if err != nil || len(text) > 64 {
		return ""
	}
	return strings.TrimSpace(string(text))
}

func (h home) locked() bool { return h.runner.Locked() }

// unlock gives the home back.
func (h home) unlock() error {
	if !h.locked() {
		return nil
	}
	// Only the runner writes the note, and a stale one does no harm.
	_ = os.Remove(h.note())
	return h.runner.Unlock()
}

// busy reports whether some process runs jobs in the home.
func (h home) busy() bool {
	if h.locked() {
		return true
	}
	got, err := h.runner.TryRLock() // several may look at once
	if err != nil || !got {
		return true
	}
	// Nothing was locked for longer than the look.
	_ = h.runner.Unlock()
	return false
}
