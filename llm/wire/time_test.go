package wire

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"quire/llm"
)

// pipes is a network in memory: whoever dials gets the other end of a pipe that
// the listener accepts.
type pipes struct {
	waiting chan net.Conn
	closed  chan struct{}
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.waiting:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error   { close(p.closed); return nil }
func (p *pipes) Addr() net.Addr { return &net.UnixAddr{Name: "pipes"} }

func (p *pipes) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	here, there := net.Pipe()
	select {
	case p.waiting <- there:
		return here, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// bubble runs a test with simulated time against a handler.
func bubble(t *testing.T, handler http.HandlerFunc, test func(t *testing.T, s Server)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		p := &pipes{waiting: make(chan net.Conn), closed: make(chan struct{})}
		server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body) // only then a server sees its client leave
			handler(w, r)
		})}
		served := make(chan error, 1)
		go func() { served <- server.Serve(p) }()
		tr := NewTransport(nil)
		tr.DialContext = p.dial
		s := Server{Client: &http.Client{Transport: tr}, Name: "Acme", Base: "http://acme.test", Model: "anvil-1", Key: secret}
		test(t, s)
		tr.CloseIdleConnections()
		_ = server.Close()
		if err := <-served; !errors.Is(err, http.ErrServerClosed) {
			t.Error(err)
		}
	})
}

// tell writes one event and sends it off.
func tell(w http.ResponseWriter, text string) {
	w.Header().Set("Content-Type", "text/event-stream")
	_, _ = io.WriteString(w, "data: "+text+"\n\n")
	_ = http.NewResponseController(w).Flush()
}

// pass waits for a while, or until the caller leaves.
func pass(r *http.Request, d time.Duration) {
	select {
	case <-time.After(d):
	case <-r.Context().Done():
	}
}

func TestAProviderIsWaitedForOnlySoLong(t *testing.T) {
	for name, tt := range map[string]struct {
		first, idle time.Duration
		answer      http.HandlerFunc
		class       llm.Class
		took        time.Duration
		heard       int
	}{
		"no head, as usual": {0, 0, func(_ http.ResponseWriter, r *http.Request) { pass(r, time.Hour) }, llm.Timeout, 5 * time.Minute, 0},
		"no head, as set":   {time.Second, 0, func(_ http.ResponseWriter, r *http.Request) { pass(r, time.Hour) }, llm.Timeout, time.Second, 0},
		"a head and no byte": {0, 0, func(w http.ResponseWriter, r *http.Request) {
			_ = http.NewResponseController(w).Flush()
			pass(r, time.Hour)
		}, llm.Timeout, 5 * time.Minute, 0},
		"a slow first word":      {0, 0, func(w http.ResponseWriter, r *http.Request) { pass(r, 4*time.Minute); tell(w, "END") }, "", 4 * time.Minute, 1},
		"silence in the middle":  {0, 0, func(w http.ResponseWriter, r *http.Request) { tell(w, "a"); pass(r, time.Hour) }, llm.Timeout, time.Minute, 1},
		"silence, as set":        {0, time.Second, func(w http.ResponseWriter, r *http.Request) { tell(w, "a"); pass(r, time.Hour) }, llm.Timeout, time.Second, 1},
		"silence after all":      {0, 0, func(w http.ResponseWriter, r *http.Request) { tell(w, "END"); pass(r, time.Hour) }, "", time.Minute, 1},
		"silence after the last": {0, 0, func(w http.ResponseWriter, r *http.Request) { tell(w, "END"); tell(w, "LAST"); pass(r, time.Hour) }, "", lingering, 2},
		"a refusal without an end": {0, 0, func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(http.StatusInternalServerError)
			tell(w, "a")
			pass(r, time.Hour)
		}, llm.Overloaded, time.Minute, 0},
		"a slow drip": {0, 0, func(w http.ResponseWriter, r *http.Request) {
			for range 10 {
				tell(w, "a")
				pass(r, 50*time.Second)
			}
			tell(w, "END")
		}, "", 500 * time.Second, 11},
		"signs of life": {0, 0, func(w http.ResponseWriter, r *http.Request) {
			for range 5 {
				_, _ = io.WriteString(w, ": ping\n\n")
				_ = http.NewResponseController(w).Flush()
				pass(r, 50*time.Second)
			}
			tell(w, "END")
		}, "", 250 * time.Second, 1},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, tt.answer, func(t *testing.T, s Server) {
				s.First, s.Idle = tt.first, tt.idle
				l := &listener{}
				began := time.Now()
				_, err := s.Stream(t.Context(), "/", nil, l)
				if llm.ClassOf(err) != tt.class || (err == nil) != (tt.class == "") || time.Since(began) != tt.took || len(l.heard) != tt.heard {
					t.Errorf("%d events after %s: %v", len(l.heard), time.Since(began), err)
				}
			})
		})
	}
}

func TestASlowListenerIsNotTheProvidersSilence(t *testing.T) {
	answer := func(w http.ResponseWriter, _ *http.Request) { tell(w, "a"); tell(w, "b"); tell(w, "END") }
	bubble(t, answer, func(t *testing.T, s Server) {
		l := &listener{accept: func(string) error { <-time.After(time.Hour); return nil }}
		if _, err := s.Stream(t.Context(), "/", nil, l); err != nil || len(l.heard) != 3 {
			t.Errorf("heard %q, %v", l.heard, err)
		}
	})
}

func TestACallerWhoLeavesIsLetGoAtOnce(t *testing.T) {
	stall := func(before int) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			for range before {
				tell(w, "a")
			}
			pass(r, time.Hour)
		}
	}
	for name, answer := range map[string]http.HandlerFunc{
		"before the head": stall(0),
		"in the middle":   stall(3),
		"in a refusal": func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(http.StatusInternalServerError)
			stall(1)(w, r)
		},
	} {
		for way, tt := range map[string]struct {
			leave func(context.Context) (context.Context, context.CancelFunc)
			class llm.Class
		}{
			"canceled": {func(ctx context.Context) (context.Context, context.CancelFunc) {
				ctx, cancel := context.WithCancel(ctx)
				time.AfterFunc(time.Second, cancel)
				return ctx, cancel
			}, llm.Canceled},
			"out of time": {func(ctx context.Context) (context.Context, context.CancelFunc) {
				return context.WithTimeout(ctx, time.Second)
			}, llm.Timeout},
		} {
			t.Run(name+", "+way, func(t *testing.T) {
				bubble(t, answer, func(t *testing.T, s Server) {
					ctx, cancel := tt.leave(t.Context())
					defer cancel()
					began := time.Now()
					_, err := s.Stream(ctx, "/", nil, &listener{})
					var f *llm.Fault
					if !errors.As(err, &f) || f.Class != tt.class || !errors.Is(err, ctx.Err()) || time.Since(began) != time.Second {
						t.Errorf("after %s: %v", time.Since(began), err)
					}
				})
			})
		}
	}
}
