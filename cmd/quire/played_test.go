package main

import (
	"context"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"quire/book"
	"quire/store"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"quire/llm/fake"
	"quire/offline"
)

// playedModel is what played providers are asked for; its price is known.
const playedModel = "openai/gpt-4.1"

// stage holds the servers of a story.
type stage struct {
	played  []*fake.Server // in the order in which they were started
	before  map[string]int // answers of all of them, by question, at the last look
	foreign map[string]int // requests to servers that are no providers, by kind
}

// answered is how often each question was answered, by all providers together.
func (s *stage) answered() map[string]int {
	all := map[string]int{}
	for _, p := range s.played {
		for key, n := range p.AllAnswered() {
			all[key] += n
		}
	}
	return all
}

// playProvider starts a provider that speaks all three protocols and leads quire
// to it, by OpenAI's: provider [SCRIPT]. The variable PROVIDER is its address.
func playProvider(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) > 1 {
		ts.Fatalf("usage: provider [SCRIPT]")
	}
	played := &fake.Server{Author: &offline.Author{}, Keys: []string{secretKey}}
	if len(args) == 1 {
		script, err := fake.ReadScript(strings.NewReader(ts.ReadFile(args[0])))
		ts.Check(err)
		played.Script = script
	}
	server := httptest.NewServer(played)
	ts.Defer(server.Close)
	ts.Defer(played.Close) // first: it ends what waits
	s := ts.Value(stageValue).(*stage)
	s.played = append(s.played, played)
	ts.Setenv("PROVIDER", server.URL)
	ts.Setenv("OPENAI_BASE_URL", server.URL+"/v1")
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
	now := s.answered()
	for key, n := range now {
		if n > 1 {
			ts.Fatalf("the question %.12s was answered %d times", key, n)
		}
	}
	fresh := len(now) - len(s.before)
	s.before = maps.Clone(now)
	if len(args) == 1 && strconv.Itoa(fresh) != args[0] {
		ts.Fatalf("%d questions were answered, not %s", fresh, args[0])
	}
	ts.Logf("%d questions were answered", fresh)
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
	var asked atomic.Int64
	handler, known := foreigners[args[0]]
	switch {
	case known:
	case args[0] == "redirect":
		other := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, _ *http.Request) { asked.Add(1) }))
		ts.Defer(other.Close)
		handler = func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, other.URL+"/v1/chat/completions", http.StatusTemporaryRedirect)
		}
		ts.Defer(func() {
			if asked.Load() > 0 {
				ts.Logf("a redirect was followed with the key")
			}
		})
	case args[0] == "tls", args[0] == "refused":
		handler = http.NotFound
	default:
		ts.Fatalf("there is no foreigner %q", args[0])
	}
	server := httptest.NewUnstartedServer(handler)
	if args[0] == "tls" {
		server.Config.ErrorLog = nil
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
	ts.Setenv("OPENAI_API_KEY", secretKey)
	ts.Setenv("QUIRE_MODELS", playedModel)
	ts.Setenv("BEGAN", time.Now().Format(time.RFC3339Nano))
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
