package main

import (
	"bytes"
	"context"
	"io"
	"io/fs"
	"log"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"quire/book"
	"quire/store"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/rogpeppe/go-internal/testscript"

	"quire/llm/fake"
	"quire/offline"
)

// playedModel is what played providers are asked for; its price is known.
const playedModel = "openai/gpt-4.1"

// stage holds the servers of a story.
type stage struct {
	played []*fake.Server // in the order in which they were started
	before map[string]int // what was paid at the last look
	hangs  atomic.Int64   // questions that are still taken before the line goes dead; 0 is all
	asked  atomic.Int64   // requests to the servers that a redirect leads to
}

// dead reports whether the line is dead for one more question.
func (s *stage) dead() bool {
	for {
		n := s.hangs.Load()
		if n <= 0 {
			return n < 0
		}
		next := n - 1
		if next == 0 {
			next = -1
		}
		if s.hangs.CompareAndSwap(n, next) {
			return false
		}
	}
}

// paid is how often each question was answered, in full or in part, by all
// providers together: what a real one would want money for.
func (s *stage) paid() map[string]int {
	all := map[string]int{}
	for _, p := range s.played {
		for _, c := range p.Log() {
			if c.Key != "" && c.Route != fake.Count && c.Status == http.StatusOK {
				all[c.Key]++
			}
		}
	}
	return all
}

// playProvider starts a provider that speaks all three protocols and leads quire
// to it, by OpenAI's: provider [-beside] [SCRIPT]. Earlier ones are no longer
// counted, but for -beside. The variable PROVIDER is its address, KEY its key.
func playProvider(ts *testscript.TestScript, neg bool, args []string) {
	beside := len(args) > 0 && args[0] == "-beside"
	if beside {
		args = args[1:]
	}
	if neg || len(args) > 1 {
		ts.Fatalf("usage: provider [-beside] [SCRIPT]")
	}
	played := &fake.Server{Author: &offline.Author{}, Keys: []string{secretKey}}
	if len(args) == 1 {
		script, err := fake.ReadScript(strings.NewReader(ts.ReadFile(args[0])))
		ts.Check(err)
		played.Script = script
	}
	s := ts.Value(stageValue).(*stage)
	if !beside {
		s.played, s.before = nil, nil
	}
	s.played = append(s.played, played)
	s.hangs.Store(0)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/chat/completions") && s.dead() { // OpenAI's line
			panic(http.ErrAbortHandler)
		}
		played.ServeHTTP(w, r)
	}))
	ts.Defer(server.Close)
	ts.Defer(played.Close) // first: it ends what waits
	ts.Setenv("PROVIDER", server.URL)
	ts.Setenv("OPENAI_BASE_URL", server.URL+"/v1")
	ts.Setenv("KEY", secretKey)
	ts.Setenv("OPENAI_API_KEY", secretKey)
	ts.Setenv("QUIRE_MODELS", playedModel)
}

// stageValue is where a story keeps its stage.
const stageValue = "stage"

// answeredOnce judges that no question was answered twice by all providers of the
// story together; with a number, that so many were answered since the last look.
func answeredOnce(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) > 1 {
		ts.Fatalf("usage: once [N]")
	}
	s := ts.Value(stageValue).(*stage)
	now := s.paid()
	for key, n := range now {
		if n > 1 {
			ts.Fatalf("the question %.12s was paid for %d times", key, n)
		}
	}
	fresh := len(now) - len(s.before)
	s.before = maps.Clone(now)
	if len(args) == 1 && strconv.Itoa(fresh) != args[0] {
		ts.Fatalf("%d questions were paid for, not %s", fresh, args[0])
	}
	ts.Logf("%d questions were paid for", fresh)
}

// hangUp lets the line of OpenAI's protocol go dead after so many further questions, or live
// again: hangup N, ! hangup.
func hangUp(ts *testscript.TestScript, neg bool, args []string) {
	s := ts.Value(stageValue).(*stage)
	if neg {
		s.hangs.Store(0)
		return
	}
	n, err := strconv.Atoi(args[0])
	ts.Check(err)
	s.hangs.Store(int64(n))
}

// onePen judges that each chapter of a book was written by one model: onepen ID.
func onePen(ts *testscript.TestScript, neg bool, args []string) {
	s, err := store.Open(context.Background(), filepath.Join(ts.Getenv("QUIRE_HOME"), "quire.db"))
	ts.Check(err)
	defer s.Close()
	chapters, err := s.Chapters(context.Background(), book.ID(args[0]))
	ts.Check(err)
	shared := 0
	for _, c := range chapters {
		names, err := s.Credits(context.Background(), book.ID(args[0]), "section/"+string(c.ID))
		ts.Check(err)
		ts.Logf("chapter %d is by %v", c.Ordinal, names)
		if len(names) != 1 {
			shared++
		}
	}
	if len(chapters) == 0 || shared > 0 != neg {
		ts.Fatalf("%d of %d chapters were not written by one model", shared, len(chapters))
	}
}

// foreigners are servers that are no providers, or bad ones.
var foreigners = map[string]http.HandlerFunc{
	"html": func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, "<!DOCTYPE html><html><body>Please sign in to the network.</body></html>")
	},
	"badgateway": func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusBadGateway)
		_, _ = io.WriteString(w, "<html><body><h1>502 Bad Gateway</h1></body></html>")
	},
	"json": func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `{"status": "ok", "uptime": 17}`)
	},
	"missing": http.NotFound,
	"echo": func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = io.WriteString(w, `{"error": {"message": "the key `+strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")+` is not valid", "type": "invalid_request_error", "code": "invalid_api_key"}}`)
	},
	"endless": func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		event := `data: {"choices": [{"index": 0, "delta": {"content": "` + strings.Repeat("on and on ", 1000) + `"}}]}` + "\n\n"
		for r.Context().Err() == nil {
			if _, err := io.WriteString(w, event); err != nil {
				return
			}
		}
	},
	"longline": func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		_, _ = io.WriteString(w, `data: {"choices": [{"index": 0, "delta": {"content": "`)
		for r.Context().Err() == nil {
			if _, err := io.WriteString(w, strings.Repeat("on and on ", 1000)); err != nil {
				return
			}
		}
	},
}

// playForeigner starts a server that is no provider and leads quire to it:
// foreigner KIND. A kind is one of foreigners, or
// redirect (to a server that writes down what comes), tls (with a certificate
// that nobody knows), refused (nothing listens).
func playForeigner(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: foreigner KIND")
	}
	stage := ts.Value(stageValue).(*stage)
	handler, known := foreigners[args[0]]
	switch {
	case known:
	case args[0] == "redirect":
		other := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, _ *http.Request) { stage.asked.Add(1) }))
		ts.Defer(other.Close)
		handler = func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, other.URL+"/v1/chat/completions", http.StatusTemporaryRedirect)
		}
	case args[0] == "tls", args[0] == "refused":
		handler = http.NotFound
	default:
		ts.Fatalf("there is no foreigner %q", args[0])
	}
	server := httptest.NewUnstartedServer(handler)
	if args[0] == "tls" {
		server.Config.ErrorLog = log.New(io.Discard, "", 0) // of handshakes
		server.StartTLS()
	} else {
		server.Start()
	}
	ts.Defer(server.Close)
	if args[0] == "refused" {
		server.Close()
	}
	ts.Setenv("PROVIDER", server.URL)
	ts.Setenv("OPENAI_BASE_URL", server.URL+"/v1")
	ts.Setenv("KEY", secretKey)
	ts.Setenv("OPENAI_API_KEY", secretKey)
	ts.Setenv("QUIRE_MODELS", playedModel)
}

// eventsOf judges that a book has an event of a kind whose data meet each
// pattern: events ID KIND PATTERN…
func eventsOf(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: events ID KIND PATTERN...")
	}
	s, err := store.Open(context.Background(), filepath.Join(ts.Getenv("QUIRE_HOME"), "quire.db"))
	ts.Check(err)
	defer s.Close()
	found := 0
	for seq := int64(0); ; {
		page, err := s.Events(context.Background(), book.ID(args[0]), seq, 500)
		ts.Check(err)
		if len(page) == 0 {
			break
		}
		for _, e := range page {
			if seq = e.Seq; string(e.Kind) != args[1] {
				continue
			}
			found++
			for _, pattern := range args[2:] {
				if !neg && !regexp.MustCompile(pattern).Match(e.Data) {
					ts.Fatalf("the event %s does not have %s", e.Data, pattern)
				}
			}
		}
	}
	if found > 0 == neg {
		ts.Fatalf("the book has %d events %s", found, args[1])
	}
}

// notLed judges that no server that a redirect leads to was asked.
func notLed(ts *testscript.TestScript, _ bool, _ []string) {
	if n := ts.Value(stageValue).(*stage).asked.Load(); n > 0 {
		ts.Fatalf("%d redirects were followed", n)
	}
}

// noKeyHere greps everything in the story's folder, and what its last command
// printed: nokey [KEY].
func noKeyHere(ts *testscript.TestScript, _ bool, args []string) {
	key := secretKey
	if len(args) == 1 {
		key = args[0]
	}
	seen := 0
	look := func(name string, data []byte) {
		seen += len(data)
		for at := 0; at+12 <= len(key); at++ {
			if bytes.Contains(data, []byte(key[at:at+12])) {
				ts.Fatalf("%s holds the key, from its letter %d on", name, at)
			}
		}
	}
	look("stdout", []byte(ts.ReadFile("stdout")))
	look("stderr", []byte(ts.ReadFile("stderr")))
	ts.Check(filepath.WalkDir(ts.Getenv("WORK"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(path, ".key") || d.Type()&fs.ModeSymlink != 0 {
			return err // a link is the program itself
		}
		data, err := os.ReadFile(path)
		look(filepath.Base(path), data)
		return err
	}))
	if seen < 1000 {
		ts.Fatalf("only %d bytes were looked at", seen)
	}
}

// breakKey puts a line break into OpenAI's key, which no story can write.
func breakKey(ts *testscript.TestScript, _ bool, _ []string) {
	ts.Setenv("OPENAI_API_KEY", secretKey[:20]+"\n"+secretKey[20:])
}
