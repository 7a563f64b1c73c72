// Package fake is where a provider is played: an HTTP server that speaks the
// wire formats of OpenAI, Anthropic and Google over any llm.Model, refuses what
// they refuse, keeps their limits, counts their caches, and fails as a script
// tells it to. It remembers what it was asked, so that tests can judge.
//
// It knows no clock but the time package and waits with timers only, which end
// when the client leaves or the server closes: it works inside a synctest bubble.
package fake

import (
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"quire/llm"
	"quire/problem"
)

// Route is which wire a request comes over.
type Route string

// The routes, by the last word of their paths.
const (
	Chat     Route = "chat"     // OpenAI: /v1/chat/completions
	Messages Route = "messages" // Anthropic: /v1/messages
	Generate Route = "generate" // Google: :generateContent and :streamGenerateContent
	Models   Route = "models"   // the lists of models of all three
	Count    Route = "count"    // the counting of tokens, which makes no text
)

// Server is a fake provider. Set its fields before it serves; Author is needed.
// It is safe for concurrent use. Close ends all that waits.
type Server struct {
	Author   llm.Model
	Script   Script
	Keys     []string // that are accepted; empty is any key, or none
	Models   []string // that exist beside the author's; empty is every name
	Limits   Limits   // of each key
	Pace     int      // words a second that a stream gives out; 0 is all at once
	Remember int      // calls to keep, the oldest go first; 0 is 1,000, below 0 none

	once    sync.Once
	mux     *http.ServeMux
	done    chan struct{}
	closing sync.Once

	log    log
	cues   cues
	meters meters
	cache  cache
}

// mostBody is the longest request that is read.
const mostBody = 32 << 20

// ServeHTTP answers like the provider whose path is asked for.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.start()
	s.mux.ServeHTTP(w, r)
}

// Close ends every wait, so that open answers break off. It may be called more
// than once.
func (s *Server) Close() {
	s.start()
	s.closing.Do(func() { close(s.done) })
}

func (s *Server) start() {
	s.once.Do(func() {
		s.done = make(chan struct{})
		s.mux = http.NewServeMux()
		s.mux.HandleFunc("POST /v1/chat/completions", func(w http.ResponseWriter, r *http.Request) { s.visit(w, r, Chat, chat{}) })
		s.mux.HandleFunc("POST /v1/messages", func(w http.ResponseWriter, r *http.Request) { s.visit(w, r, Messages, messages{}) })
		s.mux.HandleFunc("POST /v1/messages/count_tokens", func(w http.ResponseWriter, r *http.Request) { s.visit(w, r, Count, messages{}) })
		s.mux.HandleFunc("POST /v1beta/models/{call}", s.visitGenerate)
		for _, path := range []string{"GET /v1/models", "GET /v1/models/{model...}", "GET /v1beta/models", "GET /v1beta/models/{model}"} {
			s.mux.HandleFunc(path, s.visitModels)
		}
		s.mux.HandleFunc("/", s.visitNothing)
	})
}

// visitGenerate sorts Google's calls by the word behind the colon.
func (s *Server) visitGenerate(w http.ResponseWriter, r *http.Request) {
	call := r.PathValue("call")
	switch call[strings.LastIndex(call, ":")+1:] {
	case "generateContent", "streamGenerateContent":
		s.visit(w, r, Generate, generate{})
	case "countTokens":
		s.visit(w, r, Count, generate{})
	default:
		s.visitNothing(w, r)
	}
}

// visitNothing answers paths that the provider does not have.
func (s *Server) visitNothing(w http.ResponseWriter, r *http.Request) {
	v := s.begin(w, r, "", dialectOf(r))
	defer v.end()
	v.refuse(refusal{status: http.StatusNotFound, message: "Invalid URL (" + r.Method + " " + r.URL.Path + ")"})
}

// dialectOf tells whose client speaks, where a path alone does not.
func dialectOf(r *http.Request) dialect {
	switch {
	case strings.HasPrefix(r.URL.Path, "/v1beta/"):
		return generate{}
	case r.Header.Get("Anthropic-Version") != "" || r.Header.Get("X-Api-Key") != "" || strings.HasPrefix(r.URL.Path, "/v1/messages"):
		return messages{}
	default:
		return chat{}
	}
}

// visit answers one question.
func (s *Server) visit(w http.ResponseWriter, r *http.Request, route Route, d dialect) {
	v := s.begin(w, r, route, d)
	defer v.end()
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, mostBody))
	if err != nil {
		v.refuse(refusal{status: http.StatusRequestEntityTooLarge, message: "the request is too large"})
		return
	}
	v.call.Body = body
	if !v.admit() {
		return
	}
	q, wrong := d.read(r, body, route == Count)
	if wrong != nil {
		v.refuse(*wrong)
		return
	}
	v.question(q)
	if !s.knows(q.model) {
		v.refuse(d.noModel(q.model))
		return
	}
	if route == Count {
		v.call.Outcome = "counted"
		v.say(http.StatusOK, d.counted(llm.TokensOf(q.request)))
		return
	}
	v.answer(q)
}

// knows reports whether there is a model of the name.
func (s *Server) knows(model string) bool {
	if len(s.Models) == 0 || model == s.Author.Caps().Model {
		return true
	}
	for _, name := range s.Models {
		if name == model {
			return true
		}
	}
	return false
}

// write asks the author. A prompt without a task is not ours; it gets a small
// piece about what its last words say.
func (s *Server) write(r *http.Request, q question) (llm.Result, error) {
	if q.ours {
		res, err := s.Author.Stream(r.Context(), q.request, nil)
		if err == nil && res.Finish == "" {
			err = problem.New(problem.Unavailable, "the author's answer broke off")
		}
		return res, err
	}
	if q.request.Schema != nil {
		return instanceOf(q.request), nil
	}
	return s.essay(r.Context(), q)
}

// failed is what a provider says of an author who failed.
func failed(err error) refusal {
	p := problem.Of(err)
	if p.Kind == problem.Invalid {
		return refusal{status: http.StatusBadRequest, message: p.Detail}
	}
	return refusal{status: http.StatusInternalServerError, message: "the author failed: " + p.Detail}
}

// wait lasts as long as d, unless the client leaves or the server closes; it
// reports whether it went to its end.
func (s *Server) wait(r *http.Request, d time.Duration) bool {
	if d <= 0 {
		return r.Context().Err() == nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-r.Context().Done():
	case <-s.done:
	}
	return false
}
