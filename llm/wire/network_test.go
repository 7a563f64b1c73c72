package wire

import (
	"context"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quire/llm"
)

// dialing is a server whose connections are made by dial.
func dialing(t *testing.T, base string, dial func() (net.Conn, error)) Server {
	t.Helper()
	s := serverAt(t, base)
	s.Client.Transport.(*http.Transport).DialContext = func(context.Context, string, string) (net.Conn, error) { return dial() }
	return s
}

// answering is a server that says text, whatever it is asked, and hangs up.
func answering(t *testing.T, text string) Server {
	t.Helper()
	return dialing(t, "http://acme.test", func() (net.Conn, error) {
		here, there := net.Pipe()
		go func() {
			defer there.Close()
			buf := make([]byte, 64<<10)
			if _, err := there.Read(buf); err == nil {
				_, _ = io.WriteString(there, text)
			}
		}()
		return here, nil
	})
}

func failing(err error) func() (net.Conn, error) {
	return func() (net.Conn, error) { return nil, err }
}

func TestWhatStandsBetweenIsNamed(t *testing.T) {
	tlsServer := httptest.NewUnstartedServer(says("data: END\n\n"))
	tlsServer.Config.ErrorLog = quiet()
	tlsServer.StartTLS()
	t.Cleanup(tlsServer.Close)
	plain := httptest.NewUnstartedServer(says("data: END\n\n"))
	plain.Config.ErrorLog = quiet()
	plain.Start()
	t.Cleanup(plain.Close)
	const address = "look at ACME_BASE_URL, above all at its path"
	for name, tt := range map[string]struct {
		server Server
		want   fault
	}{
		"no such host": {dialing(t, "https://acme.test", failing(&net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", Name: "acme.test", IsNotFound: true}})),
			fault{llm.Unreachable, 0, "Acme cannot be reached: the name of its host, acme.test, is not found", "look at the network and its name server, and at ACME_BASE_URL"}},
		"refused": {dialing(t, "http://acme.test", failing(&net.OpError{Op: "dial", Err: syscall.ECONNREFUSED})),
			fault{llm.Unreachable, 0, "Acme cannot be reached: nothing listens at its address", "start the server, or look at ACME_BASE_URL"}},
		"no route": {dialing(t, "http://acme.test", failing(&net.OpError{Op: "dial", Err: syscall.EHOSTUNREACH})),
			fault{llm.Unreachable, 0, "Acme cannot be reached", "look at the network, the proxy if there is one, and ACME_BASE_URL"}},
		"no answer": {answering(t, ""),
			fault{llm.Unreachable, 0, "Acme closed the connection without an answer", "try again; if it stays so, look at ACME_BASE_URL"}},
		"not HTTP": {answering(t, "SSH-2.0-OpenSSH_9.2\r\n"),
			fault{llm.Bad, 0, "what answers at the address of Acme is not the server of a model", address}},
		"a wrong certificate": {serverAt(t, tlsServer.URL),
			fault{llm.Bad, 0, "the certificate of Acme does not prove that it is who it says", "look at ACME_BASE_URL, at the clock of this machine, and at what reads along on the way; a certificate of your own must be trusted by the system"}},
		"https where http is spoken": {serverAt(t, strings.Replace(plain.URL, "http:", "https:", 1)),
			fault{llm.Bad, 0, "the server at the address of Acme does not speak TLS", "set ACME_BASE_URL with http:// if that is meant, or with another port"}},
		"http where https is spoken": {serverAt(t, strings.Replace(tlsServer.URL, "https:", "http:", 1)),
			fault{llm.Bad, 400, "what answers at the address of Acme is not the server of a model", address}},
		"no address": {serverAt(t, "acme.test/v1"),
			fault{llm.Bad, 0, "the base URL of Acme is not an address", "set ACME_BASE_URL to one that begins with https:// or http://"}},
		"a broken address": {serverAt(t, "http://acme.test:no/?key="+secret),
			fault{llm.Bad, 0, "the base URL of Acme is not an address", "set ACME_BASE_URL to one that begins with https:// or http://"}},
		"another protocol": {serverAt(t, "ftp://acme.test"),
			fault{llm.Bad, 0, "the base URL of Acme is not an address", "set ACME_BASE_URL to one that begins with https:// or http://"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := tt.server.Stream(t.Context(), "/", nil, &listener{})
			if diff := cmp.Diff(tt.want, faultOf(err)); diff != "" {
				t.Errorf("fault of %v (-want +got):\n%s", err, diff)
			}
			hidesKey(t, err)
		})
	}
}

func TestTheKeyIsInNoErrorEvenIfTheAddressHoldsIt(t *testing.T) {
	base := "http://me:" + secret + "@acme.test/x?key=" + secret
	for name, err := range map[string]error{
		"refused": &net.OpError{Op: "dial", Err: syscall.ECONNREFUSED},
		"unknown": &net.DNSError{Err: "no such host", Name: secret + ".test"},
		"other":   &url.Error{Op: "parse", URL: base, Err: io.ErrNoProgress},
	} {
		t.Run(name, func(t *testing.T) {
			_, got := dialing(t, base, failing(err)).Stream(t.Context(), "/", nil, &listener{})
			if llm.ClassOf(got) != llm.Unreachable {
				t.Errorf("got %v", got)
			}
			hidesKey(t, got)
		})
	}
}

func TestAKeyWithALineBreakIsNotSent(t *testing.T) {
	s := serve(t, func(http.ResponseWriter, *http.Request) { t.Error("asked") })
	s.Key = secret + "\n"
	s.Header = http.Header{"X-Api-Key": {s.Key.Reveal()}}
	_, err := s.Stream(t.Context(), "/", nil, &listener{})
	want := fault{llm.Auth, 0, "the key of Acme holds a blank or a letter that no key has", "set ACME_API_KEY anew, without spaces and line breaks"}
	if diff := cmp.Diff(want, faultOf(err)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	hidesKey(t, err)
}

func TestNoKeyFollowsARedirect(t *testing.T) {
	other := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("asked elsewhere with key %q", r.Header.Get("X-Api-Key"))
	}))
	t.Cleanup(other.Close)
	for _, status := range []int{301, 302, 303, 307, 308} {
		s := serve(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, other.URL, status) })
		if _, err := s.Stream(t.Context(), "/", nil, &listener{}); llm.ClassOf(err) != llm.Bad {
			t.Errorf("%d: %v", status, err)
		}
		if err := s.Get(t.Context(), "/", nil); llm.ClassOf(err) != llm.Bad {
			t.Errorf("%d: %v", status, err)
		}
	}
}

func TestTheProxyIsAsked(t *testing.T) {
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Host != "acme.test" {
			t.Errorf("asked for %s", r.URL)
		}
		says("data: END\n\n")(w, r)
	}))
	t.Cleanup(proxy.Close)
	s := serverAt(t, "http://acme.test")
	at, err := url.Parse(proxy.URL)
	if err != nil {
		t.Fatal(err)
	}
	tr := NewTransport(http.ProxyURL(at))
	t.Cleanup(tr.CloseIdleConnections)
	s.Client = &http.Client{Transport: tr}
	if _, err := s.Stream(t.Context(), "/", nil, &listener{}); err != nil {
		t.Error(err)
	}
}

// quiet is a log that nobody reads: a test server's own complaints.
func quiet() *log.Logger { return log.New(io.Discard, "", 0) }
