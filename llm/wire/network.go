package wire

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"strings"
	"syscall"

	"quire/llm"
)

// canceled is the fault of a call whose caller has left, or has no more time: a
// job that used up its own must not look as if it had been stopped.
func (s Server) canceled(ctx context.Context) *llm.Fault {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return llm.NewFault(llm.Timeout, s.Name, ctx.Err())
	}
	return llm.NewFault(llm.Canceled, s.Name, ctx.Err())
}

// ended is the fault of a call that the caller ended, or the provider's silence;
// ok is false if neither did.
func (c *call) ended() (f *llm.Fault, ok bool) {
	switch {
	case c.parent.Err() != nil:
		return c.server.canceled(c.parent), true
	case errors.Is(context.Cause(c.ctx), errSilent):
		return llm.NewFault(llm.Timeout, c.server.Name, errSilent), true
	default:
		return nil, false
	}
}

// broken is the fault of a stream that does not go on.
func (c *call) broken(err error) error {
	s := c.server
	if f, ok := c.ended(); ok {
		return f
	}
	if errors.Is(err, errLong) || errors.Is(err, errTooMuch) {
		return s.strange(err)
	}
	if errors.Is(err, io.EOF) {
		err = errors.New("the stream ended without its terminator")
	}
	return s.truncated(err)
}

// unreached is the fault of a request that got no answer. The cause never holds
// the URL.
func (c *call) unreached(err error) error {
	s := c.server
	if f, ok := c.ended(); ok {
		return f
	}
	for wrapped := (*url.Error)(nil); errors.As(err, &wrapped); {
		err = wrapped.Err
	}
	cause := errors.New(s.clean(err.Error()))
	var certificate *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	var name *net.DNSError
	switch {
	case errors.As(err, &certificate):
		return llm.NewFault(llm.Bad, s.Name, cause).With("the certificate of "+s.Name+" does not prove that it is who it says",
			"look at "+s.baseName()+", at the clock of this machine, and at what reads along on the way; a certificate of your own must be trusted by the system")
	case errors.As(err, &record) || strings.Contains(err.Error(), "HTTP response to HTTPS client"):
		return llm.NewFault(llm.Bad, s.Name, cause).With("the server at the address of "+s.Name+" does not speak TLS", "set "+s.baseName()+" with http:// if that is meant, or with another port")
	case strings.Contains(err.Error(), "malformed HTTP"):
		return s.strange(cause)
	case errors.As(err, &name):
		return llm.NewFault(llm.Unreachable, s.Name, cause).With(fmt.Sprintf("%s cannot be reached: the name of its host, %s, is not found", s.Name, s.clean(name.Name)),
			"look at the network and its name server, and at "+s.baseName())
	case errors.Is(err, syscall.ECONNREFUSED):
		return llm.NewFault(llm.Unreachable, s.Name, cause).With(s.Name+" cannot be reached: nothing listens at its address",
			"start the server, or look at "+s.baseName())
	case errors.Is(err, io.EOF), errors.Is(err, syscall.ECONNRESET):
		return llm.NewFault(llm.Unreachable, s.Name, cause).With(s.Name+" closed the connection without an answer", "try again; if it stays so, look at "+s.baseName())
	default:
		return llm.NewFault(llm.Unreachable, s.Name, cause).With(s.Name+" cannot be reached", "look at the network, the proxy if there is one, and "+s.baseName())
	}
}
