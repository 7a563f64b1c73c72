package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"quire/llm"
	"quire/problem"
)

var _ llm.Spool = Spool{}

// Spool keeps replies in files while the database is away, a file each. It is
// safe for concurrent use, by other processes too, as long as each key is.
type Spool struct {
	Dir string // made when it is needed
}

// Put keeps an entry. It is on the disk when Put returns.
func (s Spool) Put(e llm.Entry) error {
	path, err := s.path(e.Key)
	if err != nil {
		return err
	}
	text, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("spool of a reply: %w", err)
	}
	if err := os.MkdirAll(s.Dir, 0o700); err != nil {
		return fmt.Errorf("spool of a reply: %w", err)
	}
	f, err := os.CreateTemp(s.Dir, "new-*")
	if err != nil {
		return fmt.Errorf("spool of a reply: %w", err)
	}
	defer os.Remove(f.Name()) // after the rename there is nothing to remove
	_, err = f.Write(text)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("spool of a reply: %w", err)
	}
	return nil
}

// Get returns the entry of a key, or problem.Missing.
func (s Spool) Get(key string) (llm.Entry, error) {
	var e llm.Entry
	path, err := s.path(key)
	if err != nil {
		return e, err
	}
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return e, problem.New(problem.Missing, "the reply is not in the spool")
	}
	if err != nil {
		return e, fmt.Errorf("spool of a reply: %w", err)
	}
	if err := json.Unmarshal(text, &e); err != nil || e.Key != key {
		return e, problem.New(problem.Missing, "the reply in the spool is damaged").Because(err)
	}
	return e, nil
}

// Drop forgets an entry.
func (s Spool) Drop(key string) error {
	path, err := s.path(key)
	if err != nil {
		return err
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("spool of a reply: %w", err)
	}
	return nil
}

// path is the file of a key, which must be the hexadecimal digits of a hash.
func (s Spool) path(key string) (string, error) {
	if key == "" || strings.Trim(key, "0123456789abcdef") != "" {
		return "", fmt.Errorf("spool: %q is no key", key)
	}
	return filepath.Join(s.Dir, key+".json"), nil
}
