package wire

import (
	"bufio"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"
)

// errSilent ends a call whose provider says nothing for too long.
var errSilent = errors.New("no byte came in time")

// errTooMuch is an answer beyond all bounds.
var errTooMuch = errors.New("the answer is longer than any model writes")

// lingering is how long a connection may take to end after the last event of
// an answer; one that ends by then can be used again.
const lingering = 250 * time.Millisecond

// watch reads a body under a timer: it runs while a read waits, and not while
// the reader works. The first read has the time that is left of the call's.
type watch struct {
	body  io.Reader
	timer *time.Timer
	idle  time.Duration
	begun bool
	left  int
}

// Read reads from the body.
func (w *watch) Read(p []byte) (int, error) {
	if w.left <= 0 {
		return 0, errTooMuch
	}
	if w.begun {
		w.timer.Reset(w.idle)
	}
	n, err := w.body.Read(p)
	if n > 0 || err != nil {
		w.begun = true
		w.timer.Stop()
	}
	w.left -= n
	return n, err
}

// events hands the answer's events to r, until the stream ends.
func (c *call) events(r Reader) error {
	in := bufio.NewReaderSize(c.watch, 16<<10)
	if err := sniff(in); err != nil {
		if errors.Is(err, errNoStream) {
			return c.noStream(in)
		}
		return c.broken(err)
	}
	stream := newStream(in)
	for n := 0; ; n++ {
		e, err := stream.next()
		switch {
		case errors.Is(err, io.EOF) && n == 0 && stream.foreign() && !c.saysStream():
			return c.server.stranger(http.StatusOK, nil)
		case err != nil:
			return c.broken(err)
		}
		err = r.Read(e)
		if errors.Is(err, ErrEnd) {
			c.drain(in)
			if r.Whole() {
				return nil
			}
			return c.broken(io.EOF)
		}
		if err != nil {
			return c.judge(err, n)
		}
	}
}

// saysStream reports whether the answer calls itself a stream of events.
func (c *call) saysStream() bool {
	return strings.HasPrefix(c.resp.Header.Get("Content-Type"), "text/event-stream")
}

// drain lets the connection end in peace.
func (c *call) drain(in io.Reader) {
	c.watch.idle = lingering
	c.watch.left = mostRefusal
	_, _ = io.Copy(io.Discard, in) // the answer is whole
}

// errNoStream is an answer that is a document.
var errNoStream = errors.New("the answer is no stream of events")

// sniff looks at the first letter: events never begin like JSON or a web page.
func sniff(in *bufio.Reader) error {
	for {
		first, err := in.Peek(1)
		if err != nil {
			return err
		}
		switch {
		case strings.ContainsRune(" \t\r\n", rune(first[0])):
			if _, err := in.Discard(1); err != nil {
				return err
			}
		case strings.ContainsRune("<{[", rune(first[0])):
			return errNoStream
		default:
			return nil
		}
	}
}

// noStream is the fault of an answer with status 200 that is no stream: an error
// of the provider's, or not the provider at all.
func (c *call) noStream(in io.Reader) error {
	text, err := io.ReadAll(io.LimitReader(in, mostRefusal))
	if err != nil {
		return c.broken(err)
	}
	if complaint, ok := complaintIn(text); ok {
		return c.server.sort(http.StatusOK, complaint, c.resp.Header)
	}
	return c.server.stranger(http.StatusOK, text)
}

// judge turns what a Reader returned into a fault, if a provider caused it; n is
// how many events went well.
func (c *call) judge(err error, n int) error {
	var said *complaint
	var garbled *garbledError
	var off *brokenOffError
	switch {
	case errors.As(err, &said):
		return c.server.sort(http.StatusOK, *said, c.resp.Header)
	case errors.As(err, &garbled) && n == 0:
		return c.server.stranger(http.StatusOK, nil)
	case errors.As(err, &garbled):
		return c.server.truncated(garbled)
	case errors.As(err, &off):
		return c.server.truncated(off)
	default:
		return err
	}
}

// Garbled is what a Reader returns on an event that it cannot make out.
func Garbled(err error) error { return &garbledError{err} }

type garbledError struct{ err error }

// Error says that the event was garbled.
func (g *garbledError) Error() string { return "an event cannot be read: " + g.err.Error() }

// BrokenOff is what a Reader returns when the provider ends an answer for a
// reason that leaves it unfinished.
func BrokenOff(reason string) error { return &brokenOffError{reason} }

type brokenOffError struct{ reason string }

// Error gives the provider's reason.
func (b *brokenOffError) Error() string { return "the provider ended it with " + b.reason }
