package store_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"quire/book"
	"quire/edition"
	"quire/event"
	"quire/jobs"
	"quire/llm"
	"quire/problem"
	"quire/store"
	"quire/store/storetest"
	"quire/write"
)

var failingJob = jobs.Job{Kind: jobs.Chapter, Book: "bk_a", Unit: "ch_1"}

// methods is every use of a store, on book bk_a with a lease of run r1.
var methods = map[string]func(ctx context.Context, s *store.Store) error{
	"Create": func(ctx context.Context, s *store.Store) error {
		return s.Create(ctx, book.Book{ID: "bk_new", State: book.Queued}, []event.Payload{event.BookPaused{}}, []jobs.Job{failingJob})
	},
	"Book":     func(ctx context.Context, s *store.Store) error { _, err := s.Book(ctx, "bk_a"); return err },
	"Books":    func(ctx context.Context, s *store.Store) error { _, err := s.Books(ctx, "", 5); return err },
	"Chapters": func(ctx context.Context, s *store.Store) error { _, err := s.Chapters(ctx, "bk_a"); return err },
	"Artefacts": func(ctx context.Context, s *store.Store) error {
		_, err := s.Artefacts(ctx, "bk_a", "concept")
		return err
	},
	"Credits": func(ctx context.Context, s *store.Store) error {
		_, err := s.Credits(ctx, "bk_a", "section")
		return err
	},
	"Record": func(ctx context.Context, s *store.Store) error { return s.Record(ctx, llm.Try{Book: "bk_a"}) },
	"Spent":  func(ctx context.Context, s *store.Store) error { _, err := s.Spent(ctx, "bk_a"); return err },
	"Tries":  func(ctx context.Context, s *store.Store) error { _, err := s.Tries(ctx, "bk_a"); return err },
	"Writer": func(ctx context.Context, s *store.Store) error {
		_, err := s.Writer(ctx, "bk_a", "concept")
		return err
	},
	"Events": func(ctx context.Context, s *store.Store) error { _, err := s.Events(ctx, "bk_a", 0, 5); return err },
	"Reply":  func(ctx context.Context, s *store.Store) error { _, err := s.Reply(ctx, "k1"); return err },
	"Keep": func(ctx context.Context, s *store.Store) error {
		return s.Keep(ctx, llm.Entry{Key: "k2", Book: "bk_a"})
	},
	"Refuse": func(ctx context.Context, s *store.Store) error { return s.Refuse(ctx, "bk_a", "k1", "no") },
	"Claim": func(ctx context.Context, s *store.Store) error {
		_, err := s.Claim(ctx, failingJob, "r2", 0)
		return err
	},
	"Beat":     func(ctx context.Context, s *store.Store) error { return s.Beat(ctx, failingJob, "r1") },
	"Release":  func(ctx context.Context, s *store.Store) error { return s.Release(ctx, failingJob, "r9") },
	"Moving":   func(ctx context.Context, s *store.Store) error { _, err := s.Moving(ctx, time.Minute); return err },
	"Forget":   func(ctx context.Context, s *store.Store) error { return s.Forget(ctx) },
	"Editions": func(ctx context.Context, s *store.Store) error { _, err := s.Editions(ctx, "bk_a"); return err },
	"Pictures": func(ctx context.Context, s *store.Store) error { _, err := s.Pictures(ctx, "bk_a"); return err },
	"Blobs":    func(ctx context.Context, s *store.Store) error { _, err := s.Blobs(ctx); return err },
	"Delete": func(ctx context.Context, s *store.Store) error {
		_, err := s.Delete(ctx, "bk_a")
		if problem.Is(err, problem.Conflict) {
			return nil // it moves, which is no failure of the database
		}
		return err
	},
	"Save": func(ctx context.Context, s *store.Store) error {
		return s.Save(ctx, write.Change{
			Name: "test", Book: "bk_a", Unit: "ch_1", Run: "r1", Then: &write.Standing{State: book.Running, Stage: "draft"}, Terms: &book.Terms{Provider: "x"},
			Artefacts: []write.Artefact{{Name: "concept", Body: "x"}}, Chapters: []book.Chapter{{ID: "ch_1", Ordinal: 1}},
			Events: []event.Payload{event.BookPaused{}}, Jobs: []jobs.Job{failingJob}, Drop: true,
			Next: func(_ book.Book, list []book.Chapter) ([]jobs.Job, []book.Chapter) {
				return []jobs.Job{failingJob}, list
			},
		})
	},
	"SaveEditions": func(ctx context.Context, s *store.Store) error {
		return s.SaveEditions(ctx, edition.Change{Book: "bk_a", Unit: "ch_1", Run: "r1", State: book.Finished, At: time.Now(),
			Files: []edition.File{{Format: edition.PDF, Blob: "aa"}}, Events: []event.Payload{event.BookPaused{}}})
	},
}

// filled is a store on SQLite with a book, a chapter, an artefact, a reply and a
// lease.
func filled(t *testing.T) *store.Store {
	t.Helper()
	s := storetest.Open(t, filepath.Join(t.TempDir(), "quire.db"))
	create(t, s, "bk_a")
	save(t, s, write.Change{Name: "test", Book: "bk_a", Artefacts: []write.Artefact{{Name: "concept", Body: 1}}, Chapters: []book.Chapter{{ID: "ch_1", Ordinal: 1}}})
	if err := s.Keep(t.Context(), llm.Entry{Key: "k1", Book: "bk_a"}); err != nil {
		t.Fatal(err)
	}
	if err := s.Record(t.Context(), llm.Try{Book: "bk_a", Key: "k1"}); err != nil {
		t.Fatal(err)
	}
	if ok, err := s.Claim(t.Context(), failingJob, "r1", time.Minute); !ok || err != nil {
		t.Fatal(ok, err)
	}
	return s
}

// copied is another store that holds the same: sooner made than filled anew.
func copied(t *testing.T, full *store.Store) *store.Store {
	t.Helper()
	where := filepath.Join(t.TempDir(), "quire.db")
	if _, err := full.Handle().SQL.ExecContext(t.Context(), `VACUUM INTO $1`, where); err != nil {
		t.Fatal(err)
	}
	return storetest.Open(t, where)
}

// TestEveryMethodTellsThatTheDatabaseFails takes one table away at a time. What
// needs it fails, and a change that fails leaves no part of itself in the others.
func TestEveryMethodTellsThatTheDatabaseFails(t *testing.T) {
	needs := map[string]string{
		"books":     "Book Books Beat Claim Create Delete Keep Moving Record Refuse Save SaveEditions",
		"chapters":  "Chapters Save",
		"artefacts": "Artefacts Credits Save",
		"revisions": "Artefacts Credits Save",
		"events":    "Create Keep Refuse Save SaveEditions",
		"calls":     "Reply Keep Refuse Writer",
		"tries":     "Record Spent Tries Writer",
		"leases":    "Claim Beat Release Moving Forget Save SaveEditions",
		"editions":  "Editions Blobs Delete SaveEditions",
		"pictures":  "Pictures Blobs Delete",
		"river_job": "Create Save",
	}
	full := filled(t)
	for table, users := range needs {
		t.Run(table, func(t *testing.T) {
			for name, method := range methods {
				needed := strings.Contains(" "+users+" ", " "+name+" ")
				s := copied(t, full)
				away := fmt.Sprintf(`PRAGMA foreign_keys = 0; ALTER TABLE %s RENAME TO gone_%s`, table, table)
				if _, err := s.Handle().SQL.ExecContext(t.Context(), away); err != nil {
					t.Fatal(err)
				}
				before := snapshot(t, s, table)
				err := method(t.Context(), s)
				if needed && err == nil {
					t.Errorf("%s succeeded without table %s", name, table)
				}
				if err == nil {
					continue
				}
				if p := problem.Of(err); strings.Contains(p.Detail+p.Hint, table) {
					t.Errorf("%s tells of the table: %q", name, p.Detail)
				}
				if after := snapshot(t, s, table); after != before {
					t.Errorf("%s failed and left\n%s\nof\n%s", name, after, before)
				}
			}
		})
	}
}

// snapshot counts the rows of all tables but the one that is gone.
func snapshot(t *testing.T, s *store.Store, gone string) string {
	t.Helper()
	var out strings.Builder
	for _, table := range []string{"books", "chapters", "artefacts", "revisions", "events", "calls", "tries", "leases", "editions", "pictures", "river_job"} {
		if table == gone {
			table = "gone_" + table
		}
		var n int
		if err := s.Handle().SQL.QueryRowContext(t.Context(), `SELECT count(*) FROM `+table).Scan(&n); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&out, "%s %d\n", table, n)
	}
	return out.String()
}

func TestEveryMethodEndsWithItsContext(t *testing.T) {
	s := filled(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for name, method := range methods {
		if err := method(ctx, s); !problem.Is(err, problem.Canceled) {
			t.Errorf("%s after a cancel: %v", name, err)
		}
	}
}

func TestRowsThatAreNotWhatTheyShouldBeAreTold(t *testing.T) {
	for column, method := range map[string]string{"books.brief": "Book", "books.outputs": "Books", "books.terms": "Book", "calls.token_use": "Reply", "tries.token_use": "Tries"} {
		s := filled(t)
		table, field, _ := strings.Cut(column, ".")
		if _, err := s.Handle().SQL.ExecContext(t.Context(), fmt.Sprintf(`UPDATE %s SET %s = '{'`, table, field)); err != nil {
			t.Fatal(err)
		}
		if err := methods[method](t.Context(), s); !problem.Is(err, problem.Internal) {
			t.Errorf("%s with a broken %s: %v", method, column, err)
		}
	}
}
