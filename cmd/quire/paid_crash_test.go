package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"quire/llm/fake"
	"quire/offline"
	"quire/store"
)

// paidRun is a run whose books are written through a played provider. begun is
// closed when the first question has come.
func paidRun(t *testing.T, script fake.Script, vars ...string) (r *run, played *fake.Server, begun <-chan struct{}) {
	t.Helper()
	played = &fake.Server{Author: &offline.Author{}, Keys: []string{secretKey}, Script: script}
	first := make(chan struct{})
	var once sync.Once
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		once.Do(func() { close(first) })
		played.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	t.Cleanup(played.Close) // first: it ends what waits
	vars = append(vars, "OPENAI_API_KEY="+secretKey, "OPENAI_BASE_URL="+server.URL+"/v1", "QUIRE_MODELS="+playedModel)
	return newRun(t, vars...), played, first
}

// paidFor is how often each question, by artefact and attempt, was answered in
// full or in part.
func paidFor(played *fake.Server) map[string]int {
	paid := map[string]int{}
	for _, c := range played.Log() {
		if c.Key != "" && c.Status == http.StatusOK {
			paid[fmt.Sprintf("%s#%d", c.Artefact, c.Attempt)]++
		}
	}
	return paid
}

// kept lists the questions, by artefact and attempt, whose replies are in the
// journal, or wait for it.
func (r *run) kept() map[string]bool {
	r.t.Helper()
	s, err := store.Open(r.t.Context(), filepath.Join(r.dir, "home", "quire.db"))
	if err != nil {
		r.t.Fatal(err)
	}
	defer s.Close()
	rows, err := s.Handle().SQL.QueryContext(r.t.Context(), `SELECT artefact, attempt FROM calls`)
	if err != nil {
		r.t.Fatal(err)
	}
	defer rows.Close()
	kept := map[string]bool{}
	for rows.Next() {
		var artefact string
		var attempt int
		if err := rows.Scan(&artefact, &attempt); err != nil {
			r.t.Fatal(err)
		}
		kept[fmt.Sprintf("%s#%d", artefact, attempt)] = true
	}
	if err := rows.Err(); err != nil {
		r.t.Fatal(err)
	}
	return kept
}

// TestAKilledBookIsNotPaidForTwice kills quire while a provider writes, and lets
// resume finish the book: the provider is not asked again for what is in the
// journal, for no more than was under way, and the files are those of an unbroken
// run.
func TestAKilledBookIsNotPaidForTwice(t *testing.T) {
	for _, name := range []string{"a story", "a guide"} {
		what := crashBook[name]
		t.Run(name, func(t *testing.T) {
			whole, _, _ := paidRun(t, fake.Script{})
			if err := whole.write(what); err != nil {
				t.Fatal(err)
			}
			want := whole.files()
			for _, kill := range []string{
				"journal.before concept 1", "journal.after outline 1", "journal.before draft 2", "journal.after draft 2",
				"journal.after observe 1", "job.end chapter 1",
			} {
				t.Run(kill, func(t *testing.T) {
					t.Parallel()
					r, played, _ := paidRun(t, fake.Script{})
					if err := r.write(what, killVariable+"="+kill); err == nil {
						t.Fatal("the run was not killed")
					}
					kept, before := r.kept(), paidFor(played)
					r.resumed(what, want)
					again := 0
					for question, n := range paidFor(played) {
						if n > before[question] && kept[question] {
							t.Errorf("the journalled reply to %s was paid for again", question)
						}
						if before[question] > 0 {
							again += n - before[question]
						}
					}
					if again > inFlight || again > len(before)-len(kept) {
						t.Errorf("%d questions were paid for again; %d are asked at once, and %d were open", again, inFlight, len(before)-len(kept))
					}
				})
			}
		})
	}
}

// TestACrashShowsNoKey looks at what a process leaves behind that crashes in the
// midst of a question, or whose work panics.
func TestACrashShowsNoKey(t *testing.T) {
	stalled := fake.Script{Rules: []fake.Rule{{Role: "concept", Fault: "stall"}}}
	for name, tt := range map[string]struct {
		script fake.Script
		vars   []string
		quit   bool
		shows  string
	}{
		"every goroutine's stack": {stalled, []string{"GOTRACEBACK=all"}, true, "SIGQUIT: quit"},
		"a panic in a job":        {fake.Script{}, []string{panicVariable + "=journal.before concept 1"}, false, "panic: a point of a test"},
	} {
		t.Run(name, func(t *testing.T) {
			r, _, begun := paidRun(t, tt.script, append(tt.vars, "QUIRE_LOG=debug")...)
			cmd := r.command("write", "Salt", "--chapters", "1", "--words", "300", "-o", "out.md")
			var out bytes.Buffer
			cmd.Stdout, cmd.Stderr = &out, &out
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			if tt.quit {
				<-begun
				if err := cmd.Process.Signal(syscall.SIGQUIT); err != nil {
					t.Fatal(err)
				}
			}
			var exit *exec.ExitError
			if err := cmd.Wait(); tt.quit && !errors.As(err, &exit) {
				t.Errorf("the process ended with %v", err)
			}
			if !strings.Contains(out.String(), tt.shows) || !strings.Contains(out.String(), "goroutine ") {
				t.Errorf("this is no crash:\n%s", out.String())
			}
			r.holdsNoKey(out.Bytes())
		})
	}
}

// holdsNoKey greps what was said and every file of the run for any twelve letters
// of the key.
func (r *run) holdsNoKey(said []byte) {
	r.t.Helper()
	look := func(name string, data []byte) {
		for at := 0; at+12 <= len(secretKey); at++ {
			if bytes.Contains(data, []byte(secretKey[at:at+12])) {
				r.t.Errorf("%s holds the key, from its letter %d on", name, at)
				return
			}
		}
	}
	look("what was said", said)
	err := filepath.WalkDir(r.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		look(d.Name(), data)
		return err
	})
	if err != nil {
		r.t.Error(err)
	}
}
