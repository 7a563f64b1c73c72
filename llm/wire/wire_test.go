package wire

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"quire/llm"
	"quire/problem"
)

// secret is the key of all tests. No error may show any of it.
const secret = "sk-test-0123456789abcdefSECRET"

// listener is a Reader that writes events down: END is the terminator, and
// LAST ends the answer.
type listener struct {
	heard  []string
	whole  bool
	accept func(data string) error
}

func (l *listener) Whole() bool { return l.whole }

func (l *listener) Read(e Event) error {
	data := string(e.Data)
	l.heard = append(l.heard, data)
	l.whole = l.whole || data == "END"
	switch {
	case data == "LAST":
		return ErrEnd
	case e.Name == "error":
		return Complaint(e.Data)
	case strings.HasPrefix(data, "garbled"):
		return Garbled(errors.New(data))
	case strings.HasPrefix(data, "off"):
		return BrokenOff(data)
	case l.accept != nil:
		return l.accept(data)
	}
	return nil
}

// serve answers every request with handler.
func serve(t *testing.T, handler http.HandlerFunc) Server {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return serverAt(t, server.URL)
}

func serverAt(t *testing.T, base string) Server {
	t.Helper()
	tr := NewTransport(nil)
	t.Cleanup(tr.CloseIdleConnections)
	return Server{
		Client: &http.Client{Transport: tr}, Name: "Acme", Base: base, Model: "anvil-1", Key: secret,
		Header: http.Header{"X-Api-Key": {secret}}, KeyName: "ACME_API_KEY", BaseName: "ACME_BASE_URL",
	}
}

// says answers with a stream.
func says(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		_, _ = io.WriteString(w, text)
	}
}

// fault is what a test wants of an error.
type fault struct {
	Class  llm.Class
	Status int
	Detail string
	Hint   string
}

func faultOf(err error) fault {
	var f *llm.Fault
	if !errors.As(err, &f) {
		return fault{Detail: fmt.Sprint(err)}
	}
	return fault{f.Class, f.Status, f.Problem.Detail, f.Problem.Hint}
}

// hidesKey fails if an error shows a part of the key in any way of printing it.
func hidesKey(t *testing.T, err error) {
	t.Helper()
	for e := err; e != nil; e = errors.Unwrap(e) {
		text := fmt.Sprintf("%v %+v %#v %q", e, e, e, e)
		for i := 0; i+8 <= len(secret); i++ {
			if strings.Contains(text, secret[i:i+8]) {
				t.Errorf("the error shows the key: %s", text)
				return
			}
		}
	}
}

func TestAQuestionIsJSONAndItsAnswerAStream(t *testing.T) {
	var got *http.Request
	var body string
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		text, _ := io.ReadAll(r.Body)
		got, body = r, string(text)
		w.Header().Set("X-Request-Id", "req_7")
		w.Header().Set("X-Ratelimit-Limit-Requests", "60")
		w.Header().Set("X-Ratelimit-Remaining-Requests", "59")
		w.Header().Set("X-Ratelimit-Reset-Requests", "1s")
		says(": hello\n\ndata: a\n\ndata: END\n\ndata: LAST\n\ndata: never\n\n")(w, r)
	})
	l := &listener{}
	head, err := s.Stream(t.Context(), "/ask?alt=sse", map[string]string{"text": "<data> & ü"}, l)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"a", "END", "LAST"}, l.heard); diff != "" {
		t.Errorf("heard (-want +got):\n%s", diff)
	}
	want := Head{ID: "req_7", Limits: llm.Limits{Requests: llm.Allowance{Most: 60, Left: 59, Reset: 1e9}}}
	if diff := cmp.Diff(want, head, cmpopts.IgnoreUnexported(Head{})); diff != "" {
		t.Errorf("head (-want +got):\n%s", diff)
	}
	if body != `{"text":"<data> & ü"}` || got.URL.String() != "/ask?alt=sse" || got.Method != http.MethodPost {
		t.Errorf("asked %s %s with %s", got.Method, got.URL, body)
	}
	for name, want := range map[string]string{"X-Api-Key": secret, "Content-Type": "application/json", "Accept": "text/event-stream", "User-Agent": "quire"} {
		if got.Header.Get(name) != want {
			t.Errorf("header %s is %q", name, got.Header.Get(name))
		}
	}
}

func TestConnectionsServeAgain(t *testing.T) {
	from := map[string]bool{}
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		from[r.RemoteAddr] = true
		says("data: END\n\ndata: LAST\n\n")(w, r)
	})
	for range 5 {
		if _, err := s.Stream(t.Context(), "/", nil, &listener{}); err != nil {
			t.Fatal(err)
		}
	}
	if len(from) != 1 {
		t.Errorf("%d connections for five calls", len(from))
	}
}

func TestAnAnswerIsWholeOnlyWithItsTerminator(t *testing.T) {
	// cut ends the connection without the end of the body.
	cut := func(text string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			says(text)(w, r)
			_ = http.NewResponseController(w).Flush()
			panic(http.ErrAbortHandler)
		}
	}
	brokenOff := fault{llm.Truncated, 0, "the answer of Acme broke off", "try again; if it happens often, look at what stands between here and the provider"}
	foreign := fault{llm.Bad, 200, "what answers at the address of Acme is not the server of a model", "look at ACME_BASE_URL, above all at its path"}
	page := fault{llm.Bad, 200, "a web page came instead of an answer of Acme", "look at ACME_BASE_URL, and at the proxy if there is one"}
	plain := func(text string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/plain")
			_, _ = io.WriteString(w, text)
		}
	}
	for name, tt := range map[string]struct {
		answer http.HandlerFunc
		want   fault
		heard  []string
	}{
		"clean end without terminator":    {says("data: a\n\n"), brokenOff, []string{"a"}},
		"clean end within an event":       {says("data: a\n\ndata: EN"), brokenOff, []string{"a"}},
		"clean end before any event":      {says(""), brokenOff, nil},
		"clean end within the first line": {says("da"), brokenOff, nil},
		"only comments":                   {plain(": ping\n\n"), brokenOff, nil},
		"a cut":                           {cut("data: a\n\n"), brokenOff, []string{"a"}},
		"a cut after the terminator":      {cut("data: a\n\ndata: END\n\n"), fault{Detail: "<nil>"}, []string{"a", "END"}},
		"no last event":                   {says("data: END\n\n"), fault{Detail: "<nil>"}, []string{"END"}},
		"a last event, no terminator":     {says("data: a\n\ndata: LAST\n\n"), brokenOff, []string{"a", "LAST"}},
		"an unfinished end":               {says("data: a\n\ndata: off: abort\n\n"), brokenOff, []string{"a", "off: abort"}},
		"a garbled event":                 {says("data: a\n\ndata: garbled\n\n"), brokenOff, []string{"a", "garbled"}},
		"garbled from the start":          {says("data: garbled\n\n"), foreign, []string{"garbled"}},
		"a web page":                      {plain("\n <!DOCTYPE html><p>Sign in"), page, nil},
		"plain words":                     {plain("It works!\n"), foreign, nil},
		"plain words without end":         {plain("It works!"), foreign, nil},
		"another JSON":                    {plain(`{"status":"ok"}`), foreign, nil},
		"an error instead of a stream":    {plain(`{"error":{"message":"busy","type":"overloaded_error"}}`), fault{llm.Overloaded, 529, "Acme is failing at the moment", "try again in a few minutes, or use another provider"}, nil},
		"a list of errors":                {plain(`[{"error":{"code":429,"message":"slow down","status":"RESOURCE_EXHAUSTED"}}]`), fault{llm.RateLimited, 429, "Acme is over its limit of requests or tokens a minute", "wait a little, or set a lower limit for the provider"}, nil},
		"an error in the middle":          {says("data: a\n\nevent: error\ndata: {\"error\":{\"type\":\"rate_limit_error\",\"message\":\"m\"}}\n\n"), fault{llm.RateLimited, 429, "Acme is over its limit of requests or tokens a minute", "wait a little, or set a lower limit for the provider"}, []string{"a", `{"error":{"type":"rate_limit_error","message":"m"}}`}},
		"an error that is none":           {says("data: a\n\nevent: error\ndata: [1]\n\n"), brokenOff, []string{"a", "[1]"}},
	} {
		t.Run(name, func(t *testing.T) {
			l := &listener{}
			_, err := serve(t, tt.answer).Stream(t.Context(), "/", nil, l)
			if diff := cmp.Diff(tt.want, faultOf(err)); diff != "" {
				t.Errorf("fault of %v (-want +got):\n%s", err, diff)
			}
			if diff := cmp.Diff(tt.heard, l.heard); diff != "" {
				t.Errorf("heard (-want +got):\n%s", diff)
			}
		})
	}
}

func TestALineBeyondAllBoundsEndsTheCall(t *testing.T) {
	s := serve(t, says("data: "+strings.Repeat("x", mostLine+1)))
	if _, err := s.Stream(t.Context(), "/", nil, &listener{}); llm.ClassOf(err) != llm.Bad {
		t.Errorf("got %v", err)
	}
}

func TestAnErrorOfTheListenerEndsTheCallAndIsReturned(t *testing.T) {
	stop := errors.New("enough")
	s := serve(t, says("data: a\n\ndata: b\n\n"))
	l := &listener{accept: func(string) error { return stop }}
	if _, err := s.Stream(t.Context(), "/", nil, l); err != stop || len(l.heard) != 1 { //nolint:errorlint // the very same
		t.Errorf("heard %q, %v", l.heard, err)
	}
}

func TestADocumentIsRead(t *testing.T) {
	for name, tt := range map[string]struct {
		status int
		text   string
		want   llm.Class
	}{
		"a document":  {200, `{"id":"anvil-1"}`, ""},
		"a web page":  {200, "<html>", llm.Bad},
		"an error":    {200, `{"error":{"type":"authentication_error","message":"no"}}`, llm.Auth},
		"a refusal":   {401, `{"error":{"message":"no"}}`, llm.Auth},
		"a gateway":   {502, "<html>", llm.Overloaded},
		"not a model": {404, "404 page not found", llm.Bad},
	} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if r.Method != http.MethodGet || r.Header.Get("X-Api-Key") != secret {
					t.Errorf("asked %s with key %q", r.Method, r.Header.Get("X-Api-Key"))
				}
				w.WriteHeader(tt.status)
				_, _ = io.WriteString(w, tt.text)
			})
			var got struct{ ID string }
			err := s.Get(t.Context(), "/models", &got)
			if llm.ClassOf(err) != tt.want || (err == nil) != (got.ID == "anvil-1") {
				t.Errorf("got %q, %v", got.ID, err)
			}
		})
	}
}

func TestACallerWhoHasLeftAsksNothing(t *testing.T) {
	s := serve(t, func(http.ResponseWriter, *http.Request) { t.Error("asked") })
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := s.Stream(ctx, "/", nil, &listener{})
	if llm.ClassOf(err) != llm.Canceled || !problem.Is(err, problem.Canceled) || !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestAQuestionThatIsNoJSONIsOurOwnFault(t *testing.T) {
	s := serve(t, func(http.ResponseWriter, *http.Request) { t.Error("asked") })
	if _, err := s.Stream(t.Context(), "/", func() {}, &listener{}); err == nil || llm.ClassOf(err) != "" {
		t.Errorf("got %v", err)
	}
}
