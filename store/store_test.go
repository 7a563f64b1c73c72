package store_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"quire/book"
	"quire/edition"
	"quire/event"
	"quire/jobs"
	"quire/llm"
	"quire/problem"
	"quire/store"
	"quire/store/storetest"
	"quire/store/storetest/pg"
	"quire/write"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// brief is a brief with every field filled.
var brief = book.Brief{
	Topic: "Salt", Title: "Salt & <Light>", Author: "A. Writer", Kind: book.Fiction, Language: "en", Chapters: 3, Words: 900, Seed: 7,
	Outline: []book.Heading{{Level: 1, Title: "“One”", KeyPoints: []string{"a", "b"}, Words: 300}},
}

// create puts a queued book into the store.
func create(t *testing.T, s *store.Store, id book.ID) book.Book {
	t.Helper()
	b := book.Book{ID: id, Title: "Salt", Brief: brief, State: book.Queued, Outputs: []string{"/tmp/a.pdf"}}
	events := []event.Payload{event.BookCreated{Title: "Salt", Chapters: 3}}
	if err := s.Create(t.Context(), b, events, []jobs.Job{{Kind: jobs.Advance, Book: id, Unit: jobs.UnitBook}}); err != nil {
		t.Fatal(err)
	}
	return b
}

func save(t *testing.T, s *store.Store, c write.Change) {
	t.Helper()
	if err := s.Save(t.Context(), c); err != nil {
		t.Fatal(err)
	}
}

func TestABookComesBackAsItWasPutIn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		want := create(t, s, "bk_a")
		got, err := s.Book(t.Context(), "bk_a")
		if err != nil {
			t.Fatal(err)
		}
		want.Seq = 1
		if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(book.Book{}, "Created", "Changed")); diff != "" {
			t.Errorf("book (-want +got):\n%s", diff)
		}
		if got.Created.IsZero() || got.Created.Location() != time.UTC {
			t.Errorf("created %v is not a time in UTC", got.Created)
		}
		if _, err := s.Book(t.Context(), "bk_none"); !problem.Is(err, problem.Missing) {
			t.Errorf("a book that is not there: %v, want missing", err)
		}
	})
}

func TestBooksAreListedNewestFirstPageByPage(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		tick := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
		s.Clock = func() time.Time { return tick }
		for _, id := range []book.ID{"bk_1", "bk_2", "bk_3", "bk_4"} {
			create(t, s, id)
			if id != "bk_2" { // bk_2 and bk_3 are of the same moment
				tick = tick.Add(time.Second)
			}
		}
		var got []book.ID
		for after := book.ID(""); ; {
			page, err := s.Books(t.Context(), after, 2)
			if err != nil {
				t.Fatal(err)
			}
			for _, b := range page {
				got, after = append(got, b.ID), b.ID
			}
			if len(page) < 2 {
				break
			}
		}
		if diff := cmp.Diff([]book.ID{"bk_4", "bk_3", "bk_2", "bk_1"}, got); diff != "" {
			t.Errorf("books (-want +got):\n%s", diff)
		}
	})
}

func TestAChangeIsSavedWithItsEventsAndJobs(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		create(t, s, "bk_a")
		chapters := []book.Chapter{{ID: "ch_1", Ordinal: 1, Title: "One", State: book.ChapterWaiting, Target: 300, Draft: 1, Wave: 2, Locked: true}}
		var seen []book.Chapter
		save(t, s, write.Change{
			Name: "test", Book: "bk_a", Then: &write.Standing{State: book.Running, Stage: "draft", Title: "Salt and Light"},
			Artefacts: []write.Artefact{{Name: "section/ch_1/1", Body: book.Section{Markdown: "One ‘<b>’ two", Words: 2}, Inputs: "x", Author: "me"}},
			Chapters:  chapters,
			Events:    []event.Payload{event.ChapterWritten{Chapter: "ch_1", Title: "One"}, event.ManuscriptBound{Chapters: 1}},
			Next: func(b book.Book, list []book.Chapter) ([]jobs.Job, []book.Chapter) {
				seen = list
				if b.Title != "Salt and Light" || b.State != book.Running {
					t.Errorf("next saw the book as %q, %s", b.Title, b.State)
				}
				list[0].State = book.ChapterQueued
				return []jobs.Job{{Kind: jobs.Chapter, Book: b.ID, Unit: "ch_1"}}, list
			},
		})
		if len(seen) != 1 || seen[0].Title != "One" {
			t.Errorf("next saw the chapters %v", seen)
		}
		got, err := s.Chapters(t.Context(), "bk_a")
		if err != nil {
			t.Fatal(err)
		}
		chapters[0].State = book.ChapterQueued
		if diff := cmp.Diff(chapters, got, cmpopts.IgnoreFields(book.Chapter{}, "Changed")); diff != "" {
			t.Errorf("chapters (-want +got):\n%s", diff)
		}
		events, err := s.Events(t.Context(), "bk_a", 1, 10)
		if err != nil {
			t.Fatal(err)
		}
		if len(events) != 2 || events[0].Seq != 2 || events[1].Seq != 3 || events[1].Kind != "manuscript.bound" {
			t.Errorf("events after the first: %+v", events)
		}
	})
}

func TestArtefactsHaveRevisionsAndOneIsCurrent(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		create(t, s, "bk_a")
		for _, text := range []string{"first", "second"} {
			save(t, s, write.Change{Name: "test", Book: "bk_a", Artefacts: []write.Artefact{
				{Name: "section/ch_1/1", Body: text}, {Name: "section/ch_10/1", Body: "other"}, {Name: "sectional", Body: "no"}, {Name: "concept", Body: "c"},
			}})
		}
		for prefix, want := range map[string][]string{
			"section/ch_1":  {"section/ch_1/1"},
			"section/ch_1/": {"section/ch_1/1"},
			"section":       {"section/ch_1/1", "section/ch_10/1"},
			"concept":       {"concept"},
			"nothing":       nil,
		} {
			found, err := s.Artefacts(t.Context(), "bk_a", prefix)
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			for _, name := range want {
				if found[name] != nil {
					names = append(names, name)
				}
			}
			if diff := cmp.Diff(want, names); diff != "" || len(found) != len(want) {
				t.Errorf("artefacts below %q are %v, want %v", prefix, found, want)
			}
		}
		found, err := s.Artefacts(t.Context(), "bk_a", "section/ch_1/1")
		if err != nil || string(found["section/ch_1/1"]) != `"second"` {
			t.Errorf("the current revision is %s (%v), want the second", found["section/ch_1/1"], err)
		}
	})
}

func TestAFailedChangeLeavesNothingBehind(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		create(t, s, "bk_a")
		s.Jobs = failingJobs{}
		err := s.Save(t.Context(), write.Change{
			Name: "test", Book: "bk_a", Then: &write.Standing{State: book.Running, Title: "Other"},
			Artefacts: []write.Artefact{{Name: "concept", Body: "x"}},
			Chapters:  []book.Chapter{{ID: "ch_1", Ordinal: 1}},
			Events:    []event.Payload{event.BookPaused{}},
			Jobs:      []jobs.Job{{Kind: jobs.Advance, Book: "bk_a"}},
		})
		if !errors.Is(err, errNoJobs) {
			t.Fatalf("the change ended with %v, want the queue's failure", err)
		}
		b, err := s.Book(t.Context(), "bk_a")
		if err != nil || b.Title != "Salt" || b.Seq != 1 || b.State != book.Queued {
			t.Errorf("the book is %+v (%v), want it untouched", b, err)
		}
		chapters, _ := s.Chapters(t.Context(), "bk_a")
		found, _ := s.Artefacts(t.Context(), "bk_a", "concept")
		events, _ := s.Events(t.Context(), "bk_a", 0, 10)
		if len(chapters) != 0 || len(found) != 0 || len(events) != 1 {
			t.Errorf("left behind: %v %v %v", chapters, found, events)
		}
	})
}

var errNoJobs = errors.New("no jobs today")

type failingJobs struct{}

func (failingJobs) Add(_ context.Context, _ jobs.Tx, list ...jobs.Job) error {
	if len(list) == 0 {
		return nil
	}
	return errNoJobs
}

func TestEventNumbersHaveNoGapsWhenManySave(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		create(t, s, "bk_a")
		const writers, each = 8, 10
		var wg sync.WaitGroup
		for range writers {
			wg.Go(func() {
				for range each {
					if err := s.Save(t.Context(), write.Change{Name: "test", Book: "bk_a", Events: []event.Payload{event.BookPaused{}, event.BookPaused{}}}); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		events, err := s.Events(t.Context(), "bk_a", 0, 1000)
		if err != nil {
			t.Fatal(err)
		}
		if len(events) != 1+2*writers*each {
			t.Errorf("%d events, want %d", len(events), 1+2*writers*each)
		}
		for i, e := range events {
			if e.Seq != int64(i+1) {
				t.Fatalf("event %d has number %d", i+1, e.Seq)
			}
		}
	})
}

func TestALeaseHasOneHolder(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		tick := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
		s.Clock = func() time.Time { return tick }
		create(t, s, "bk_a")
		job := jobs.Job{Kind: jobs.Chapter, Book: "bk_a", Unit: "ch_1"}
		claim := func(run string) bool {
			t.Helper()
			ok, err := s.Claim(t.Context(), job, run, 10*time.Second)
			if err != nil {
				t.Fatal(err)
			}
			return ok
		}
		change := func(run string) error {
			return s.Save(t.Context(), write.Change{Name: "test", Book: "bk_a", Unit: "ch_1", Run: run})
		}
		if !claim("r1") || claim("r2") {
			t.Fatal("the first claim must win and the second lose")
		}
		if err := change("r1"); err != nil {
			t.Errorf("the holder cannot save: %v", err)
		}
		if err := change("r2"); !problem.Is(err, problem.Conflict) {
			t.Errorf("a stranger's save: %v, want conflict", err)
		}
		tick = tick.Add(11 * time.Second)
		if !claim("r2") {
			t.Fatal("a dead run's lease must be taken over")
		}
		if err := change("r1"); !problem.Is(err, problem.Conflict) {
			t.Errorf("the dead run woke up and saved: %v, want conflict", err)
		}
		if err := s.Beat(t.Context(), job, "r1"); !problem.Is(err, problem.Conflict) {
			t.Errorf("the dead run's beat: %v, want conflict", err)
		}
		if err := s.Beat(t.Context(), job, "r2"); err != nil {
			t.Errorf("the holder's beat: %v", err)
		}
		if err := s.Release(t.Context(), job, "r1"); err != nil || claim("r3") {
			t.Errorf("a stranger's release must change nothing (%v)", err)
		}
		moving, err := s.Moving(t.Context(), 10*time.Second)
		if diff := cmp.Diff([]jobs.Moving{{Book: "bk_a", Living: []string{"ch_1"}}}, moving); diff != "" || err != nil {
			t.Errorf("moving (-want +got):\n%s (%v)", diff, err)
		}
		if err := s.Release(t.Context(), job, "r2"); err != nil || !claim("r3") {
			t.Errorf("a released unit must be free (%v)", err)
		}
		if err := s.Forget(t.Context()); err != nil || !claim("r4") {
			t.Errorf("a forgotten lease must be free (%v)", err)
		}
	})
}

func TestAChangeThatLeavesTheRestToOthersFreesItsUnitAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		create(t, s, "bk_a")
		claim := func(unit, run string) bool {
			t.Helper()
			ok, err := s.Claim(t.Context(), jobs.Job{Kind: jobs.Advance, Book: "bk_a", Unit: unit}, run, time.Minute)
			if err != nil {
				t.Fatal(err)
			}
			return ok
		}
		if !claim("book", "r1") || !claim("ch_1", "r2") {
			t.Fatal("the units are not free")
		}
		save(t, s, write.Change{Name: "test", Book: "bk_a", Unit: "book", Run: "r1", Leave: true})
		if !claim("book", "r3") || claim("ch_1", "r4") {
			t.Error("leaving must free the own unit and no other")
		}
	})
}

func TestABookThatWasStoppedCannotBeWorkedOn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		create(t, s, "bk_a")
		job := jobs.Job{Kind: jobs.Chapter, Book: "bk_a", Unit: "ch_1"}
		if ok, err := s.Claim(t.Context(), job, "r1", time.Minute); !ok || err != nil {
			t.Fatal(ok, err)
		}
		save(t, s, write.Change{Name: "cancel", Book: "bk_a", Then: &write.Standing{State: book.Canceled}})
		if err := s.Beat(t.Context(), job, "r1"); !problem.Is(err, problem.Conflict) {
			t.Errorf("beat on a canceled book: %v, want conflict", err)
		}
		if err := s.Save(t.Context(), write.Change{Name: "test", Book: "bk_a", Unit: "ch_1", Run: "r1"}); !problem.Is(err, problem.Conflict) {
			t.Errorf("save on a canceled book: %v, want conflict", err)
		}
		if ok, err := s.Claim(t.Context(), job, "r2", 0); ok || err != nil {
			t.Errorf("claim on a canceled book: %v %v", ok, err)
		}
		if moving, err := s.Moving(t.Context(), time.Minute); len(moving) != 0 || err != nil {
			t.Errorf("moving: %v %v", moving, err)
		}
		err := s.Save(t.Context(), write.Change{Name: "test", Book: "bk_a", From: []book.State{book.Queued}})
		if !problem.Is(err, problem.Conflict) {
			t.Errorf("a change from another state: %v, want conflict", err)
		}
		if err := s.Save(t.Context(), write.Change{Name: "test", Book: "bk_none"}); !problem.Is(err, problem.Missing) {
			t.Errorf("a change of no book: %v, want missing", err)
		}
	})
}

func TestTheJournalKeepsEachReplyOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		create(t, s, "bk_a")
		e := llm.Entry{Key: "k1", Book: "bk_a", Role: llm.Draft, Artefact: "section/ch_1/1", Revision: 1, Attempt: 1,
			Result: llm.Result{Text: "Text “with” <tags>\x00"[:20], Finish: llm.Stop, Provider: "p", Model: "m", ID: "r", Usage: llm.Usage{Input: 10, CachedRead: 4, Output: 3}, Cost: llm.Free}}
		if _, err := s.Reply(t.Context(), "k1"); !problem.Is(err, problem.Missing) {
			t.Fatalf("an empty journal answered: %v", err)
		}
		other := e
		other.Result.Text = "something else"
		for _, entry := range []llm.Entry{e, other} {
			if err := s.Keep(t.Context(), entry); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Refuse(t.Context(), "bk_a", "k1", "too short"); err != nil {
			t.Fatal(err)
		}
		if err := s.Refuse(t.Context(), "bk_a", "k1", "again"); err != nil {
			t.Fatal(err)
		}
		got, err := s.Reply(t.Context(), "k1")
		if err != nil {
			t.Fatal(err)
		}
		e.Refused = "too short"
		if diff := cmp.Diff(e, got); diff != "" {
			t.Errorf("entry (-want +got):\n%s", diff)
		}
		events, err := s.Events(t.Context(), "bk_a", 1, 10)
		if err != nil || len(events) != 2 || events[0].Kind != "call.finished" || events[1].Kind != "reply.refused" {
			t.Errorf("events %v (%v), want one of the call and one of the refusal", events, err)
		}
		e.Key, e.Book = "k2", "bk_none"
		if err := s.Keep(t.Context(), e); !problem.Is(err, problem.Missing) {
			t.Errorf("a reply for a deleted book: %v, want missing", err)
		}
	})
}

func TestEditionsAreKeptAndReplaced(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		at := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
		for _, id := range []book.ID{"bk_a", "bk_b"} {
			create(t, s, id)
			job := jobs.Job{Kind: jobs.Typeset, Book: id, Unit: jobs.UnitEdition}
			if ok, err := s.Claim(t.Context(), job, "r1", time.Minute); !ok || err != nil {
				t.Fatal(ok, err)
			}
			c := edition.Change{Book: id, Unit: jobs.UnitEdition, Run: "r1", State: book.Finished, At: at, Files: []edition.File{
				{Format: edition.PDF, Blob: "aa", Bytes: 5, Pages: 2, Words: 9, Warnings: []string{"w"}, Made: at},
				{Format: edition.EPUB, Blob: "shared", Bytes: 6, Words: 9, Made: at},
			}, Events: []event.Payload{event.BookFinished{Words: 9}}}
			c.Files[0].Blob += ""
			if id == "bk_b" {
				c.Files[0].Blob = "bb"
			}
			if err := s.SaveEditions(t.Context(), c); err != nil {
				t.Fatal(err)
			}
		}
		files, err := s.Editions(t.Context(), "bk_a")
		if err != nil || len(files) != 2 || files[0].Format != edition.EPUB || files[1].Warnings[0] != "w" || !files[1].Made.Equal(at) {
			t.Errorf("editions %+v (%v)", files, err)
		}
		b, err := s.Book(t.Context(), "bk_a")
		if err != nil || b.State != book.Finished || !b.Ended.Equal(at) || b.Date() != "2026-03-04" {
			t.Errorf("the book is %+v (%v)", b, err)
		}
		blobs, err := s.Blobs(t.Context())
		if err != nil || fmt.Sprint(blobs) != "[aa bb shared]" {
			t.Errorf("blobs %v (%v)", blobs, err)
		}
		if err := s.SaveEditions(t.Context(), edition.Change{Book: "bk_a", Unit: jobs.UnitEdition, Run: "r2"}); !problem.Is(err, problem.Conflict) {
			t.Errorf("editions of a stranger: %v, want conflict", err)
		}
		orphans, err := s.Delete(t.Context(), "bk_a")
		if err != nil || fmt.Sprint(orphans) != "[aa]" {
			t.Errorf("orphans %v (%v), want only what no other book has", orphans, err)
		}
	})
}

func TestDeleteTakesAllOfABookAndNoMovingOne(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		create(t, s, "bk_a")
		if _, err := s.Delete(t.Context(), "bk_a"); !problem.Is(err, problem.Conflict) {
			t.Fatalf("delete of a moving book: %v, want conflict", err)
		}
		save(t, s, write.Change{Name: "test", Book: "bk_a", Then: &write.Standing{State: book.Canceled},
			Artefacts: []write.Artefact{{Name: "concept", Body: 1}}, Chapters: []book.Chapter{{ID: "ch_1", Ordinal: 1}}})
		if _, err := s.Delete(t.Context(), "bk_a"); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Delete(t.Context(), "bk_a"); !problem.Is(err, problem.Missing) {
			t.Errorf("second delete: %v, want missing", err)
		}
		chapters, _ := s.Chapters(t.Context(), "bk_a")
		found, _ := s.Artefacts(t.Context(), "bk_a", "concept")
		events, _ := s.Events(t.Context(), "bk_a", 0, 10)
		if len(chapters)+len(found)+len(events) != 0 {
			t.Errorf("left behind: %v %v %v", chapters, found, events)
		}
	})
}

// databases gives an address of an empty database of each kind.
var databases = map[string]func(t *testing.T) string{
	"SQLite":     func(t *testing.T) string { return filepath.Join(t.TempDir(), "quire.db") },
	"PostgreSQL": pg.Database,
}

func TestMigrationsGoUpDownAndUp(t *testing.T) {
	for name, where := range databases {
		t.Run(name, func(t *testing.T) {
			address := where(t)
			s := storetest.Open(t, address)
			create(t, s, "bk_a")
			for range 4 { // as many as there are migrations
				if err := s.Down(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := s.Book(t.Context(), "bk_a"); err == nil || problem.Is(err, problem.Missing) {
				t.Errorf("after down the table of books is still there: %v", err)
			}
			again := storetest.Open(t, address)
			create(t, again, "bk_a")
			if err := again.Check(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestProcessesThatStartTogetherMigrateOnce(t *testing.T) {
	for name, where := range databases {
		t.Run(name, func(t *testing.T) {
			address := where(t)
			var wg sync.WaitGroup
			for range 5 {
				wg.Go(func() {
					s, err := store.Open(t.Context(), address)
					if err != nil {
						t.Error(err)
						return
					}
					if err := s.Close(); err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
		})
	}
}

func TestAHomeOfANewerVersionIsRefused(t *testing.T) {
	for name, where := range databases {
		t.Run(name, func(t *testing.T) {
			address := where(t)
			s := storetest.Open(t, address)
			if _, err := s.Handle().SQL.ExecContext(t.Context(), `UPDATE goose_db_version SET version_id = 9000 WHERE version_id = 1`); err != nil {
				t.Fatal(err)
			}
			_, err := store.Open(t.Context(), address)
			if !problem.Is(err, problem.Conflict) || !strings.Contains(problem.Of(err).Detail, "newer quire") {
				t.Errorf("a newer home: %v, want conflict", err)
			}
		})
	}
}

func TestAnSQLiteFileIsCopiedBeforeAMigration(t *testing.T) {
	file := filepath.Join(t.TempDir(), "quire #1?.db") // signs that mean something in an address
	s := storetest.Open(t, file)
	create(t, s, "bk_a")
	if _, err := s.Handle().SQL.ExecContext(t.Context(), `UPDATE settings SET value = 'older' WHERE name = 'queue'`); err != nil {
		t.Fatal(err)
	}
	storetest.Open(t, file)
	old := storetest.Open(t, file+".before-5")
	if _, err := old.Book(t.Context(), "bk_a"); err != nil {
		t.Errorf("the copy lacks the book: %v", err)
	}
}

func TestADamagedDatabaseIsToldInOneSentence(t *testing.T) {
	for name, damage := range map[string]func(file string) error{
		"not a database": func(file string) error { return os.WriteFile(file, []byte(strings.Repeat("no database ", 600)), 0o600) },
		"torn pages":     tear,
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "quire.db")
			s, err := store.Open(t.Context(), file)
			if err != nil {
				t.Fatal(err)
			}
			s.Jobs = storetest.Open(t, filepath.Join(t.TempDir(), "other.db")).Jobs
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			if err := damage(file); err != nil {
				t.Fatal(err)
			}
			s, err = store.Open(t.Context(), file)
			if err == nil {
				err = s.Check(t.Context())
				if closing := s.Close(); closing != nil {
					t.Error(closing)
				}
			}
			p := problem.Of(err)
			if p == nil || p.Detail != "the library's database is damaged" || p.Hint == "" {
				t.Errorf("opened a damaged database: %v", err)
			}
		})
	}
}

// tear overwrites the middle of the file.
func tear(file string) error {
	f, err := os.OpenFile(file, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	junk, _ := json.Marshal(strings.Repeat("junk", 8000))
	_, err = f.WriteAt(junk, 4096)
	return errors.Join(err, f.Close())
}

func TestAnAddressThatIsNoneIsInvalid(t *testing.T) {
	for _, address := range []string{"postgres://bad host:x/", "mysql://u@h/d", "host=localhost password=secret"} {
		if _, err := store.Open(t.Context(), address); !problem.Is(err, problem.Invalid) {
			t.Errorf("a broken address: %v, want invalid", err)
		}
	}
	_, err := store.Open(t.Context(), "postgres://u:secret@127.0.0.1:1/none?connect_timeout=2")
	if !problem.Is(err, problem.Unavailable) {
		t.Errorf("a database that is away: %v, want unavailable", err)
	}
	if strings.Contains(problem.Of(err).Detail+problem.Of(err).Hint, "secret") {
		t.Errorf("the sentence tells the password: %v", err)
	}
	if _, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "none", "quire.db")); err == nil {
		t.Error("opened a file in a folder that does not exist")
	}
}
