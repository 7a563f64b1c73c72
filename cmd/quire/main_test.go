package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"quire/llm"
	"quire/offline"
	"quire/store/storetest/pg"
)

// The variables that tell a quire under test what to report and where to die.
const (
	countVariable  = testPrefix + "COUNT"  // file that gets a line a question: its journal key
	pointsVariable = testPrefix + "POINTS" // file that gets a line a point that was passed
	killVariable   = testPrefix + "KILL"   // "NAME N": die at the N-th time the point is passed
	panicVariable  = testPrefix + "PANIC"  // "NAME N": panic at the N-th time the point is passed
	refuseVariable = testPrefix + "REFUSE" // artefact whose answers are empty, N times: "NAME N"
	sayVariable    = testPrefix + "SAY"    // text at the end of the first N sections: "TEXT N"
	paceVariable   = testPrefix + "PACE"   // words a second of the author
	pidVariable    = testPrefix + "PID"    // file that gets the process's number
	asksVariable   = testPrefix + "ASKS"   // a person sits at a terminal and can be asked
)

// TestMain also is the quire of the stories and the crash tests: the real one,
// with a model that counts and points that kill.
func TestMain(m *testing.M) {
	testscript.Main(after{m}, map[string]func(){"quire": quireUnderTest, "badfile": writeBadFiles})
}

// after stops the PostgreSQL of the tests, if they started one.
type after struct{ m *testing.M }

// Run runs the tests. No test may spend the developer's money: keys that are set
// are forgotten first.
func (a after) Run() int {
	for _, key := range accesses {
		_ = os.Unsetenv(key.keyVariable()) // fails for no name of ours
		_ = os.Unsetenv(key.keyVariable() + "_FILE")
		_ = os.Unsetenv(key.variable + "_BASE_URL")
	}
	code := a.m.Run()
	pg.Stop()
	if childDir != "" {
		_ = os.RemoveAll(childDir) // what is left lies in the system's temporary folder
	}
	return code
}

// child is the quire that tests start hundreds of times. TestMain puts the test
// binary there; under the race detector, where each would take seconds to start
// and to write, it is built once more without it. The stories and all tests that
// stay in one process run under the detector.
var child = sync.OnceValues(func() (string, error) {
	if !raced {
		return exec.LookPath("quire")
	}
	dir, err := os.MkdirTemp("", "quire-child-")
	if err != nil {
		return "", err
	}
	childDir = dir
	path := filepath.Join(dir, "quire")
	if out, err := exec.Command("go", "test", "-c", "-o", path, ".").CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the quire under test: %w: %s", err, out)
	}
	return path, nil
})

var childDir string // removed at the end

func quireUnderTest() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	pace, _ := strconv.Atoi(os.Getenv(paceVariable)) // unset is at once
	s := &session{ctx: ctx, env: os.Environ(), in: os.Stdin, out: os.Stdout, talk: os.Stderr, live: os.Getenv(testPrefix+"LIVE") != "", asks: os.Getenv(asksVariable) != ""}
	s.model = counting{Model: &offline.Author{Pace: pace}}
	s.point = killer()
	note(os.Getenv(pidVariable), strconv.Itoa(os.Getpid()))
	os.Exit(s.run(os.Args[1:]))
}

// counting writes down each question before it is asked.
type counting struct{ llm.Model }

var refusals struct {
	sync.Mutex
	done int
	said int
}

func (m counting) Stream(ctx context.Context, r llm.Request, on func(llm.Chunk) error) (llm.Result, error) {
	note(os.Getenv(countVariable), llm.Key(r))
	if name, n, ok := nth(os.Getenv(refuseVariable)); ok && strings.HasPrefix(r.Artefact, name) {
		refusals.Lock()
		defer refusals.Unlock()
		if refusals.done++; refusals.done <= n {
			return llm.Result{Finish: llm.Stop, Text: " "}, nil
		}
	}
	res, err := m.Model.Stream(ctx, r, on)
	if text, n, ok := nth(os.Getenv(sayVariable)); ok && err == nil && strings.HasPrefix(r.Artefact, "section/") {
		refusals.Lock()
		defer refusals.Unlock()
		if refusals.said++; refusals.said <= n {
			res.Text += "\n\n" + text
		}
	}
	return res, err
}

// killer returns the hook of points.
func killer() func(string) {
	dies, panics := at(os.Getenv(killVariable)), at(os.Getenv(panicVariable))
	return func(point string) {
		note(os.Getenv(pointsVariable), point)
		if panics(point) {
			panic("a point of a test")
		}
		if dies(point) {
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {} // until the signal arrives
		}
	}
}

// at returns what tells whether a point is passed for the time that "NAME N" says.
func at(text string) func(point string) bool {
	name, n, ok := nth(text)
	var mu sync.Mutex
	passed := 0
	return func(point string) bool {
		if !ok || point != name {
			return false
		}
		mu.Lock()
		defer mu.Unlock()
		passed++
		return passed == n
	}
}

// nth splits "NAME N".
func nth(text string) (name string, n int, ok bool) {
	at := strings.LastIndexByte(text, ' ')
	if at < 0 {
		return "", 0, false
	}
	n, err := strconv.Atoi(text[at+1:])
	return text[:at], n, err == nil
}

// note appends a line to a file; each line is one write, so that it is whole
// also when the process is killed.
func note(file, line string) {
	if file == "" {
		return
	}
	f, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		panic(err)
	}
	defer f.Close()
	if _, err := fmt.Fprintln(f, line); err != nil {
		panic(err)
	}
}

// writeBadFiles makes the files that no text archive can hold.
func writeBadFiles() {
	for name, data := range map[string][]byte{
		"binary.md":   {0x89, 'P', 'N', 'G', 0, 0, 1},
		"binary.csv":  {0, 1, 2},
		"long.txt":    []byte(strings.Repeat("word ", 6001)),
		"binary.dat":  {'a', 0, 'b'},
		"broken.xlsx": []byte("PK\x03\x04 this is no workbook"),
	} {
		if err := os.WriteFile(name, data, 0o600); err != nil {
			panic(err)
		}
	}
}

// detected are the stories that use a quire with the race detector, where many
// goroutines write books. The others, which start quire often or set many pages,
// use the one without it: what happens in them happens in tests of the rooms too.
var detected = []string{"life", "paid", "stop", "write"}

// undetected gives a story the quire without the race detector.
func undetected(e *testscript.Env) error {
	path, err := child()
	if err != nil {
		return err
	}
	bin := filepath.Join(e.WorkDir, ".bin")
	if err := os.Mkdir(bin, 0o700); err != nil {
		return err
	}
	e.Setenv("PATH", bin+string(os.PathListSeparator)+e.Getenv("PATH"))
	return os.Symlink(path, filepath.Join(bin, "quire"))
}

// TestStories tells how people use the command line, the real one.
func TestStories(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("testdata", "stories"),
		Setup: func(e *testscript.Env) error {
			if name := filepath.Base(e.WorkDir); raced && !slices.Contains(detected, strings.TrimPrefix(name, "script-")) {
				if err := undetected(e); err != nil {
					return err
				}
			}
			e.Setenv("QUIRE_HOME", filepath.Join(e.WorkDir, "home"))
			e.Setenv("HOME", e.WorkDir)
			e.Values[stageValue] = &stage{}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"bookid": bookID, "provider": playProvider, "foreigner": playForeigner, "once": answeredOnce, "events": eventsOf,
			"hangup": hangUp, "onepen": onePen, "notled": notLed, "brokenkey": breakKey, "nokey": noKeyHere,
		},
	})
}

// bookID puts the ID of the newest book into a variable: bookid NAME.
func bookID(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: bookid NAME")
	}
	ts.Check(ts.Exec("quire", "books", "--json"))
	_, rest, ok := strings.Cut(ts.ReadFile("stdout"), `"id": "`)
	if !ok {
		ts.Fatalf("there is no book")
	}
	id, _, _ := strings.Cut(rest, `"`)
	ts.Setenv(args[0], id)
}
