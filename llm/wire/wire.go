// Package wire is where bytes of providers go over HTTP: a question leaves as
// JSON, an answer comes as a stream of events, and whatever goes wrong becomes a
// fault whose sentence names the provider and the cure. It makes one try, logs
// nothing, and lets no key out of its header.
package wire

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"quire/llm"
)

// How long a provider may be silent where a Server does not say.
const (
	usualFirst = 5 * time.Minute
	usualIdle  = time.Minute
)

// Bounds of what is read of a provider.
const (
	mostLine    = 16 << 20  // bytes of one line, and of one event
	mostAnswer  = 512 << 20 // bytes of one stream
	mostRefusal = 64 << 10  // bytes of an answer that is no stream
)

// Server is a provider's server, with all that a call needs to speak to it.
type Server struct {
	Client *http.Client // required; its own Timeout should be 0
	Name   string       // of the provider, as people know it
	Base   string       // URL without a slash at its end; paths are put behind it
	Model  string       // that is asked, for sentences
	Key    llm.Secret   // is taken out of whatever the provider says
	Header http.Header  // goes with each request, and holds the key

	KeyName  string // where the key is set, for hints, such as OPENAI_API_KEY
	BaseName string // where the base URL is set, for hints

	First time.Duration // until the first byte of an answer; 0 is five minutes
	Idle  time.Duration // between two bytes; 0 is one minute
}

// Reader takes in the events of one answer.
type Reader interface {
	// Read takes an event; its data is valid only until it returns. ErrEnd says
	// that nothing of use follows. Other errors end the call: those of Complaint,
	// Garbled and BrokenOff become faults, any other is returned as it is.
	Read(e Event) error
	// Whole reports whether the answer's terminator was among the events.
	Whole() bool
}

// ErrEnd is what a Reader returns to the last event of an answer.
var ErrEnd = errors.New("end of the answer")

// Head is what stands beside an answer.
type Head struct {
	ID     string // of the request, "" if the provider's headers name none
	Limits llm.Limits

	key string // that was sent; no name that the server gives may hold it
}

// Stream posts the question as JSON and reads the answer's events. It returns
// nil only if the answer is whole; what comes after the terminator, were it a
// cut, is of no account. The head is set as soon as there was an answer, also
// one that refuses.
func (s Server) Stream(ctx context.Context, path string, question any, r Reader) (Head, error) {
	body, err := encode(question)
	if err != nil {
		return Head{}, fmt.Errorf("question to %s: %w", s.Name, err)
	}
	c, err := s.open(ctx, http.MethodPost, path, body, s.first())
	if err != nil {
		return Head{}, err
	}
	defer c.close()
	head := c.head()
	if c.resp.StatusCode != http.StatusOK {
		return head, c.refused()
	}
	err = c.events(r)
	if r.Whole() && passing(err) {
		return head, nil
	}
	return head, err
}

// passing reports whether an answer that is whole may stand beside the error:
// the connection did not end as it should.
func passing(err error) bool {
	class := llm.ClassOf(err)
	return class == llm.Truncated || class == llm.Timeout
}

// Get asks for a JSON document and reads it into value.
func (s Server) Get(ctx context.Context, path string, value any) error {
	c, err := s.open(ctx, http.MethodGet, path, nil, s.idle())
	if err != nil {
		return err
	}
	defer c.close()
	if c.resp.StatusCode != http.StatusOK {
		return c.refused()
	}
	text, err := io.ReadAll(io.LimitReader(c.watch, mostLine))
	if err != nil {
		return c.broken(err)
	}
	if complaint, ok := complaintIn(text); ok {
		return s.sort(http.StatusOK, complaint, http.Header{})
	}
	if err := json.Unmarshal(text, value); err != nil {
		return s.stranger(http.StatusOK, text)
	}
	return nil
}

// call is one request under way. Like an http.Request it holds its contexts: it
// lives no longer than they.
type call struct {
	server Server
	parent context.Context // the caller's
	ctx    context.Context // ends with parent, or when the provider is silent
	cancel context.CancelCauseFunc
	resp   *http.Response
	watch  *watch
}

// open sends a request and waits for the head of its answer.
func (s Server) open(ctx context.Context, method, path string, body []byte, first time.Duration) (*call, error) {
	inner, cancel := context.WithCancelCause(ctx)
	c := &call{server: s, parent: ctx, ctx: inner, cancel: cancel}
	req, err := s.request(inner, method, path, body)
	if err != nil {
		cancel(nil)
		return nil, err
	}
	c.watch = &watch{idle: s.idle(), timer: time.AfterFunc(first, func() { cancel(errSilent) }), left: mostAnswer}
	client := *s.Client
	client.CheckRedirect = stay
	c.resp, err = client.Do(req) //nolint:bodyclose // close does
	if err != nil {
		defer c.close()
		return nil, c.unreached(err)
	}
	c.watch.body = c.resp.Body
	return c, nil
}

// stay follows no redirect: keys are for the address that was set, and for no
// other.
func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

func (s Server) request(ctx context.Context, method, path string, body []byte) (*http.Request, error) {
	at, err := url.Parse(s.Base)
	if err != nil || at.Host == "" || at.Scheme != "http" && at.Scheme != "https" {
		return nil, s.noAddress()
	}
	if strings.ContainsFunc(s.Key.Reveal(), noLetterOfKeys) {
		return nil, s.noKey()
	}
	req, err := http.NewRequestWithContext(ctx, method, s.Base+path, bytes.NewReader(body))
	if err != nil {
		return nil, s.noAddress()
	}
	for name, values := range s.Header {
		req.Header[http.CanonicalHeaderKey(name)] = values
	}
	req.Header.Set("User-Agent", "quire")
	req.Header.Set("Accept", "application/json")
	if method == http.MethodPost {
		req.Header.Set("Accept", "text/event-stream")
		req.Header.Set("Content-Type", "application/json")
	}
	return req, nil
}

// noLetterOfKeys reports whether a letter cannot stand in a header.
func noLetterOfKeys(r rune) bool { return r <= ' ' || r > '~' }

// close ends the call: the timer, the connection's part in it, the context.
func (c *call) close() {
	c.watch.timer.Stop()
	c.cancel(nil)
	if c.resp != nil {
		_ = c.resp.Body.Close() // nothing more is wanted of it
	}
}

func (c *call) head() Head {
	id := c.resp.Header.Get("x-request-id")
	if id == "" {
		id = c.resp.Header.Get("request-id")
	}
	return Head{ID: strings.ToValidUTF8(id, ""), Limits: limits(c.resp.Header), key: c.server.Key.Reveal()}
}

func (s Server) first() time.Duration {
	if s.First > 0 {
		return s.First
	}
	return usualFirst
}

func (s Server) idle() time.Duration {
	if s.Idle > 0 {
		return s.Idle
	}
	return usualIdle
}

// encode is JSON that leaves < > & as they are: prompts are full of them.
func encode(value any) ([]byte, error) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(value); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), nil
}
