package main

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"quire/book"
	"quire/store"
)

// crashBook is the books of the crash tests: a story that is killed at nearly
// every point, a guide at some of them, and a story of eight chapters at every point of
// the journal.
var crashBook = map[string][]string{
	"a story":        {"Salt", "--kind", "fiction", "--chapters", "2", "--words", "1500"},
	"a guide":        {"Salt", "--kind", "nonfiction", "--chapters", "3", "--words", "1200"},
	"eight chapters": {"Salt", "--kind", "fiction", "--chapters", "8", "--words", "2000"},
}

// inFlight is how many questions are asked at once: one for each chapter that is
// written at once.
const inFlight = 4

// spared reports whether a book of the crash tests is not killed there, to save
// time: scripts/cover comes after make test, which does all.
func spared(name, kill string, i int) bool {
	_, n, _ := nth(kill)
	switch {
	case name == "eight chapters" && !strings.HasPrefix(kill, "journal."):
		return true
	case name == "a guide" && n > 1 && i%4 > 0:
		return true
	case name == "a story" && n > 2 && strings.HasPrefix(kill, "save.") && i%2 > 0:
		return true
	}
	return testing.CoverMode() != "" && i%6 > 0
}

// run is one use of quire in a home of its own.
type run struct {
	t    *testing.T
	dir  string
	vars []string
}

func newRun(t *testing.T, vars ...string) *run {
	return &run{t: t, dir: t.TempDir(), vars: vars}
}

// command is the quire under test with the run's files and variables.
func (r *run) command(args ...string) *exec.Cmd {
	cmd := quireIn(r.t, r.dir, args...)
	cmd.Env = append(cmd.Env, countVariable+"="+filepath.Join(r.dir, "asked"))
	cmd.Env = append(cmd.Env, r.vars...)
	return cmd
}

// write begins the book, with fixed seed and date; it may be killed.
func (r *run) write(what []string, vars ...string) error {
	args := append([]string{"write"}, what...)
	cmd := r.command(append(args, "--seed", "11", "--date", "2026-01-02", "-o", "out.pdf", "-o", "out.epub", "-o", "out.md")...)
	cmd.Env = append(cmd.Env, vars...)
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
		r.t.Fatalf("write ended by itself: %v\n%s", err, out)
	}
	return err
}

// files are the bytes of the run's outputs.
func (r *run) files() map[string][]byte { return r.only("out.pdf", "out.epub", "out.md") }

// only are the bytes of the named outputs.
func (r *run) only(names ...string) map[string][]byte {
	found := map[string][]byte{}
	for _, name := range names {
		data, err := os.ReadFile(filepath.Join(r.dir, name))
		if err != nil {
			r.t.Errorf("after the resume %s is not there: %v", name, err)
		}
		found[name] = data
	}
	return found
}

// asked lists the journal keys of the questions so far, in order.
func (r *run) asked() []string { return lines(r.t, filepath.Join(r.dir, "asked")) }

// journalled lists the keys in the journal, and the newest book's ID.
func (r *run) journalled() (keys []string, id book.ID) {
	r.t.Helper()
	if _, err := os.Stat(filepath.Join(r.dir, "home", "quire.db")); errors.Is(err, os.ErrNotExist) {
		return nil, "" // killed before there was a library
	}
	s, err := store.Open(r.t.Context(), filepath.Join(r.dir, "home", "quire.db"))
	if err != nil {
		r.t.Fatal(err)
	}
	defer s.Close()
	rows, err := s.Handle().SQL.QueryContext(r.t.Context(), `SELECT call_key FROM calls`)
	if err != nil {
		r.t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var key string
		if err := rows.Scan(&key); err != nil {
			r.t.Fatal(err)
		}
		keys = append(keys, key)
	}
	books, err := s.Books(r.t.Context(), "", 1)
	if err != nil {
		r.t.Fatal(err)
	}
	if len(books) == 1 {
		id = books[0].ID
	}
	return keys, id
}

func lines(t *testing.T, file string) []string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(text)), "\n")
}

// TestAKilledBookIsFinishedAsIfNothingHadHappened kills quire with SIGKILL at
// every point of journal, saves and jobs, and at random moments, and lets resume
// finish the book: the files have the bytes of an unbroken run, no journalled
// reply is asked for again, and no more questions are repeated than were open.
func TestAKilledBookIsFinishedAsIfNothingHadHappened(t *testing.T) {
	for name, what := range crashBook {
		t.Run(name, func(t *testing.T) {
			whole := newRun(t)
			points := filepath.Join(whole.dir, "points")
			began := time.Now()
			if err := whole.write(what, pointsVariable+"="+points); err != nil {
				t.Fatal(err)
			}
			took, want := time.Since(began), whole.files()
			kills := killsAt(lines(t, points))
			t.Logf("an unbroken run took %v; killing at %d points:\n%s", took, len(kills), strings.Join(kills, "\n"))
			for i, kill := range kills {
				if spared(name, kill, i) {
					continue
				}
				t.Run(kill, func(t *testing.T) {
					t.Parallel()
					r := newRun(t)
					passed := filepath.Join(r.dir, "points")
					if err := r.write(what, killVariable+"="+kill, pointsVariable+"="+passed); err == nil {
						r.unkilled(kill, lines(t, passed), want)
						return
					}
					r.resumed(what, want)
				})
			}
			random := rand.New(rand.NewPCG(uint64(len(kills)), 7))
			for i := range 3 {
				after := time.Duration(random.Int64N(int64(took)))
				t.Run(fmt.Sprintf("random moment %d", i+1), func(t *testing.T) {
					t.Parallel()
					r := newRun(t)
					r.killedAfter(what, after)
					r.resumed(what, want)
				})
			}
		})
	}
}

// killsAt makes the list of kills from the points of an unbroken run: every time
// that each point is passed.
func killsAt(points []string) (kills []string) {
	count := map[string]int{}
	for _, p := range points {
		count[p]++
		kills = append(kills, fmt.Sprintf("%s %d", p, count[p]))
	}
	slices.Sort(kills)
	return kills
}

// unkilled judges a run that ended by itself. That is sound only if it did not
// pass the point so often: an order that was given twice is sometimes met by the
// first one's lease and sometimes not. Its files are the unbroken run's all the
// same.
func (r *run) unkilled(kill string, passed []string, want map[string][]byte) {
	r.t.Helper()
	name, n, _ := nth(kill)
	times := 0
	for _, point := range passed {
		if point == name {
			times++
		}
	}
	if n == 1 || times >= n {
		r.t.Errorf("the run passed %q %d times and was not killed", name, times)
	}
	for file, data := range r.files() {
		if !bytes.Equal(data, want[file]) {
			r.t.Errorf("%s differs from that of an unbroken run", file)
		}
	}
}

// killedAfter begins the book and kills it after a while, if it still runs.
func (r *run) killedAfter(what []string, after time.Duration) {
	r.t.Helper()
	args := append([]string{"write"}, what...)
	cmd := r.command(append(args, "--seed", "11", "--date", "2026-01-02", "-o", "out.pdf", "-o", "out.epub", "-o", "out.md")...)
	if err := cmd.Start(); err != nil {
		r.t.Fatal(err)
	}
	timer := time.AfterFunc(after, func() { _ = cmd.Process.Kill() }) // it may be done already
	_ = cmd.Wait()                                                    // killed or not
	timer.Stop()
}

// resumed lets the killed book go on and judges the outcome. A book whose very
// first save was cut off is not in the library: it is begun again.
func (r *run) resumed(what []string, want map[string][]byte) {
	r.t.Helper()
	kept, id := r.journalled()
	before := r.asked()
	if id == "" {
		if err := r.write(what); err != nil {
			r.t.Fatal(err)
		}
	} else if out, err := r.command("resume", string(id)).CombinedOutput(); err != nil {
		r.t.Fatalf("resume: %v\n%s", err, out)
	}
	for name, data := range r.files() {
		if !bytes.Equal(data, want[name]) {
			r.t.Errorf("%s differs from that of an unbroken run", name)
		}
	}
	repeats := 0
	for _, key := range r.asked()[len(before):] {
		if slices.Contains(kept, key) {
			r.t.Errorf("the journalled reply %.12s was asked for again", key)
		}
		if slices.Contains(before, key) {
			repeats++
		}
	}
	if before[0] == "" {
		return // nothing was asked before the kill
	}
	open := len(before) - len(kept)
	if repeats > open {
		r.t.Errorf("%d questions were repeated, but only %d were open", repeats, open)
	}
	if open > inFlight {
		r.t.Errorf("%d questions were open at the kill, but only %d are asked at once: replies were lost", open, inFlight)
	}
}
