package llmtest

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync"
)

// Pipe is a network in memory: what is dialled comes out of Accept. In a
// synctest bubble real sockets do not work, but a Pipe does, because whoever
// waits for one end of a net.Pipe waits durably.
type Pipe struct {
	calls  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

// NewPipe makes a network that nobody listens to yet; a dial waits for Accept.
func NewPipe() *Pipe { return &Pipe{calls: make(chan net.Conn), closed: make(chan struct{})} }

// errClosed is what waits on a closed Pipe.
var errClosed = errors.New("the pipe is closed")

// Accept waits for the next dial.
func (p *Pipe) Accept() (net.Conn, error) {
	select {
	case conn := <-p.calls:
		return conn, nil
	case <-p.closed:
		return nil, errClosed
	}
}

// Close ends Accept and dials. Connections that stand stay.
func (p *Pipe) Close() error {
	p.once.Do(func() { close(p.closed) })
	return nil
}

// Addr is no address that anybody could use.
func (p *Pipe) Addr() net.Addr { return pipeAddr{} }

type pipeAddr struct{}

func (pipeAddr) Network() string { return "pipe" }
func (pipeAddr) String() string  { return "pipe" }

// Dial connects to the listener, whatever the address.
func (p *Pipe) Dial(ctx context.Context, _, _ string) (net.Conn, error) {
	ours, theirs := net.Pipe()
	select {
	case p.calls <- theirs:
		return ours, nil
	case <-p.closed:
		return nil, errClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Base is the address under which a Pipe's client reaches its server.
const Base = "http://fake.test"

// Serve serves h on a Pipe and returns a client for it. Call stop before a
// synctest bubble ends: it closes all and waits for the server.
func Serve(h http.Handler) (client *http.Client, stop func()) {
	p := NewPipe()
	server := &http.Server{Handler: h} //nolint:gosec // nobody is slow in memory
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = server.Serve(p) // ends when the server is closed, and says so
	}()
	transport := &http.Transport{DialContext: p.Dial, MaxIdleConnsPerHost: 1000}
	return &http.Client{Transport: transport}, func() {
		transport.CloseIdleConnections()
		_ = server.Close() // connections in memory close without fault
		<-ended
	}
}
