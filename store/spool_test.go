package store_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quire/llm"
	"quire/problem"
	"quire/store"
)

func TestTheSpoolKeepsRepliesUntilTheyAreDropped(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "spool")
	s := store.Spool{Dir: dir}
	want := llm.Entry{Key: "ab12", Book: "bk_a", Role: llm.Draft, Artefact: "section/ch_1/1", Revision: 1, Attempt: 2,
		Result: llm.Result{Text: "Text “with” <tags>", Finish: llm.Stop, Provider: "p", Usage: llm.Usage{Input: 3}, Cost: llm.Cost{USD: 7, Known: true}}}
	if err := s.Drop("ab12"); err != nil {
		t.Errorf("an empty spool: %v", err)
	}
	for range 2 {
		if err := s.Put(want); err != nil {
			t.Fatal(err)
		}
	}
	got, err := s.Get("ab12")
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("entry (-want +got):\n%s%v", diff, err)
	}
	if files, err := os.ReadDir(dir); len(files) != 1 || err != nil {
		t.Errorf("the spool has %d files (%v), want 1", len(files), err)
	}
	if err := s.Drop("ab12"); err != nil {
		t.Error(err)
	}
	if _, err := s.Get("ab12"); !problem.Is(err, problem.Missing) {
		t.Errorf("a dropped reply: %v, want missing", err)
	}
}

func TestADamagedSpoolIsAskedAnew(t *testing.T) {
	s := store.Spool{Dir: t.TempDir()}
	for _, text := range []string{"", "{", `{"Key":"other"}`} {
		if err := os.WriteFile(filepath.Join(s.Dir, "ab12.json"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Get("ab12"); !problem.Is(err, problem.Missing) {
			t.Errorf("%q: %v, want missing", text, err)
		}
	}
	for _, key := range []string{"", "../x", "AB", "a/b"} {
		if _, err := s.Get(key); err == nil {
			t.Errorf("%q is taken for a key", key)
		}
		if err := s.Put(llm.Entry{Key: key}); err == nil {
			t.Errorf("%q is taken for a key", key)
		}
	}
}
