package wire

import (
	"bufio"
	"bytes"
	"errors"
)

// Event is one server-sent event.
type Event struct {
	Name string // "" if it has none
	Data []byte
}

// errLong is a line or an event over its bound.
var errLong = errors.New("a line of the answer is too long")

// stream reads server-sent events as the HTML standard tells (9.2.6), but for
// id and retry, which mean nothing here. However the bytes are cut on their
// way, events come out the same; one without its blank line is none.
type stream struct {
	in    *bufio.Reader
	line  []byte
	data  []byte
	skip  bool // a line ended with CR: a LF that follows belongs to it
	lines int  // read so far
	known bool // a line was one of the format
	most  int
}

func newStream(in *bufio.Reader) *stream { return &stream{in: in, most: mostLine} }

// foreign reports whether there was text, and none of it in the format.
func (s *stream) foreign() bool { return !s.known && (s.lines > 0 || len(s.line) > 0) }

// next returns the next event; its data is valid until the call after. The end
// of the stream is io.EOF, bare.
func (s *stream) next() (Event, error) {
	var e Event
	var some bool
	s.data = s.data[:0]
	for {
		line, err := s.readLine()
		if err != nil {
			return Event{}, err
		}
		if len(line) == 0 {
			if some {
				e.Data = s.data[:len(s.data)-1]
				return e, nil
			}
			e.Name = ""
			continue
		}
		field, value, _ := bytes.Cut(line, []byte(":"))
		value = bytes.TrimPrefix(value, []byte(" "))
		switch string(field) {
		case "", "id", "retry":
			s.known = true
		case "event":
			s.known = true
			e.Name = string(value)
		case "data":
			if len(s.data)+len(value) > s.most {
				return Event{}, errLong
			}
			some, s.known = true, true
			s.data = append(append(s.data, value...), '\n')
		}
	}
}

// readLine returns the next line without its end: CR, LF or both.
func (s *stream) readLine() ([]byte, error) {
	s.line = s.line[:0]
	for {
		if _, err := s.in.Peek(1); err != nil {
			return nil, err
		}
		chunk, _ := s.in.Peek(s.in.Buffered()) // there is that much
		if s.skip {
			s.skip = false
			if chunk[0] == '\n' {
				_, _ = s.in.Discard(1)
				continue
			}
		}
		end := bytes.IndexAny(chunk, "\r\n")
		if end < 0 {
			s.line = append(s.line, chunk...)
			_, _ = s.in.Discard(len(chunk))
			if len(s.line) > s.most {
				return nil, errLong
			}
			continue
		}
		s.line = append(s.line, chunk[:end]...)
		s.skip = chunk[end] == '\r'
		_, _ = s.in.Discard(end + 1)
		if s.lines++; s.lines == 1 {
			return bytes.TrimPrefix(s.line, []byte("\ufeff")), nil
		}
		return s.line, nil
	}
}
