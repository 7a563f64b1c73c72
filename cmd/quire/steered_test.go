package main

import (
	"encoding/json"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quire/llm/fake"
	"quire/offline"
)

// steered is a maker who steers a book through all that a model answers: gates, a
// direction, an edit of the plan, chapters, sections and passages anew, a refresh,
// an older version. It returns the book's Markdown.
func steered(t *testing.T, env []string) string {
	t.Helper()
	dir := t.TempDir()
	do := func(args ...string) *used {
		t.Helper()
		u := use(t, t.Context(), dir, env, args...)
		if u.code != 0 {
			t.Fatalf("%q: exit %d: %s", args, u.code, u.talk.String())
		}
		return u
	}
	out := filepath.Join(dir, "book.md")
	do("write", "Salt", "--kind", "fiction", "--chapters", "2", "--words", "1400", "--seed", "4", "--approve", "concept,beats", "-o", out,
		"--budget", "none", "--date", "2026-01-31")
	var books []struct{ ID string }
	if err := json.Unmarshal(do("books", "--json").out.Bytes(), &books); err != nil || len(books) != 1 {
		t.Fatal(books, err)
	}
	id := books[0].ID
	own := filepath.Join(dir, "own.md")
	if err := os.WriteFile(own, []byte("These words are mine. They stay.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	do("approve", id, "concept", "--direction", "2")
	do("approve", id, "beats")
	do("regenerate", id, "--chapter", "1", "--notes", "Rain.")
	do("regenerate", id, "--chapter", "2", "--section", "1")
	do("regenerate", id, "--chapter", "1", "--span", "2:2", "--notes", "Shorter.")
	do("edit", id, "chapter", "2", "--file", own)
	do("refresh", id, "--yes")
	do("keep", id, "--chapter", "2", "--rev", "1")
	text, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestABookIsSteeredTheSameThroughEveryProvider steers a book by the built-in author
// in this process, and by the same author behind each provider's wire.
func TestABookIsSteeredTheSameThroughEveryProvider(t *testing.T) {
	want := steered(t, nil)
	server := httptest.NewServer(&fake.Server{Author: &offline.Author{}, Keys: []string{secretKey}})
	t.Cleanup(server.Close)
	for provider, env := range providersPlayed(server.URL) {
		t.Run(provider, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(want, steered(t, env)); diff != "" {
				t.Errorf("book (-in this process +over the wire):\n%s", diff)
			}
		})
	}
}
