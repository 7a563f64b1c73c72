package edition

import (
	"bytes"
	"strconv"
)

// The values of a PDF, beside bool, float64 and nil.
type (
	pdfName   string
	pdfString string
	pdfRef    int
	pdfArray  []any
	pdfDict   map[pdfName]any
	pdfStream struct {
		dict pdfDict
		raw  []byte
	}
)

// Limits of a value: how deep it is nested and how many bytes it takes.
const (
	mostPDFDepth = 60
	mostPDFValue = 16 << 20
)

// pdfScan reads values from PDF source (ISO 32000-1, 7.3). It is tolerant: what
// it cannot read ends it, and never more than its end is read.
type pdfScan struct {
	data []byte
	pos  int
	end  int
}

// scanAt reads from a place of data, at most mostPDFValue.
func scanAt(data []byte, at int) *pdfScan {
	return &pdfScan{data: data, pos: at, end: min(len(data), at+mostPDFValue)}
}

// space passes over blanks and comments.
func (s *pdfScan) space() {
	for s.pos < s.end {
		switch s.data[s.pos] {
		case 0, '\t', '\n', '\f', '\r', ' ':
			s.pos++
		case '%':
			for s.pos < s.end && s.data[s.pos] != '\n' && s.data[s.pos] != '\r' {
				s.pos++
			}
		default:
			return
		}
	}
}

// word passes over a keyword if it is next.
func (s *pdfScan) word(w string) bool {
	if bytes.HasPrefix(s.data[s.pos:s.end], []byte(w)) {
		s.pos += len(w)
		return true
	}
	return false
}

// value reads the next value.
func (s *pdfScan) value(depth int) (any, bool) {
	s.space()
	if s.pos >= s.end || depth > mostPDFDepth {
		return nil, false
	}
	switch c := s.data[s.pos]; {
	case c == '/':
		return s.name(), true
	case c == '(':
		return s.literal()
	case c == '[':
		return s.array(depth)
	case s.word("<<"):
		return s.dict(depth)
	case c == '<':
		return s.hex()
	case c == '+' || c == '-' || c == '.' || c >= '0' && c <= '9':
		return s.number()
	case s.word("true"):
		return true, true
	case s.word("false"):
		return false, true
	case s.word("null"):
		return nil, true
	}
	return nil, false
}

// name reads /Name; #xx is a byte.
func (s *pdfScan) name() pdfName {
	var out []byte
	for s.pos++; s.pos < s.end && !pdfEnd(s.data[s.pos]); s.pos++ {
		c := s.data[s.pos]
		if c == '#' && s.pos+2 < s.end {
			if b, err := strconv.ParseUint(string(s.data[s.pos+1:s.pos+3]), 16, 8); err == nil {
				c = byte(b)
				s.pos += 2
			}
		}
		out = append(out, c)
	}
	return pdfName(out)
}

// pdfEnd reports whether a byte ends a name or number.
func pdfEnd(c byte) bool {
	return bytes.IndexByte([]byte("\x00\t\n\f\r ()<>[]{}/%"), c) >= 0
}

// literal reads (text).
func (s *pdfScan) literal() (any, bool) {
	var out []byte
	open := 0
	for ; s.pos < s.end; s.pos++ {
		c := s.data[s.pos]
		switch {
		case c == '(':
			if open++; open == 1 {
				continue
			}
		case c == ')':
			if open--; open == 0 {
				s.pos++
				return pdfString(out), true
			}
		case c == '\\':
			out = s.escape(out)
			continue
		}
		out = append(out, c)
	}
	return nil, false
}

// escape reads what follows a backslash, and stays on its last byte.
func (s *pdfScan) escape(out []byte) []byte {
	s.pos++
	if s.pos >= s.end {
		return out
	}
	c := s.data[s.pos]
	if i := bytes.IndexByte([]byte("nrtbf"), c); i >= 0 {
		return append(out, "\n\r\t\b\f"[i])
	}
	if c == '\n' {
		return out
	}
	if c < '0' || c > '7' {
		return append(out, c)
	}
	v := 0
	for n := 0; n < 3 && s.pos < s.end && s.data[s.pos] >= '0' && s.data[s.pos] <= '7'; n++ {
		v = v*8 + int(s.data[s.pos]-'0')
		s.pos++
	}
	s.pos--
	return append(out, byte(v))
}

// hex reads <68656c6c6f>.
func (s *pdfScan) hex() (any, bool) {
	var out []byte
	half, have := byte(0), false
	for s.pos++; s.pos < s.end; s.pos++ {
		c := s.data[s.pos]
		if c == '>' {
			s.pos++
			if have {
				out = append(out, half)
			}
			return pdfString(out), true
		}
		d := bytes.IndexByte([]byte("0123456789abcdef"), c|0x20)
		if d < 0 || c < '0' {
			continue
		}
		if have {
			out, have = append(out, half|byte(d)), false
			continue
		}
		half, have = byte(d)<<4, true
	}
	return nil, false
}

// array reads [a b c].
func (s *pdfScan) array(depth int) (any, bool) {
	out := pdfArray{}
	for s.pos++; ; {
		s.space()
		if s.pos < s.end && s.data[s.pos] == ']' {
			s.pos++
			return out, true
		}
		v, ok := s.value(depth + 1)
		if !ok {
			return nil, false
		}
		out = append(out, v)
	}
}

// dict reads what stands behind <<.
func (s *pdfScan) dict(depth int) (any, bool) {
	out := pdfDict{}
	for {
		s.space()
		if s.word(">>") {
			return out, true
		}
		if s.pos >= s.end || s.data[s.pos] != '/' {
			return nil, false
		}
		key := s.name()
		v, ok := s.value(depth + 1)
		if !ok {
			return nil, false
		}
		out[key] = v
	}
}

// number reads a number, or a reference such as 12 0 R.
func (s *pdfScan) number() (any, bool) {
	from := s.pos
	for s.pos++; s.pos < s.end && bytes.IndexByte([]byte("0123456789.-+"), s.data[s.pos]) >= 0; {
		s.pos++
	}
	text := string(s.data[from:min(s.pos, from+40)])
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return 0.0, true // as other readers take it
	}
	if n, ok := s.generation(text); ok {
		return pdfRef(n), true
	}
	return v, true
}

// generation reads "0 R" behind an object's number.
func (s *pdfScan) generation(text string) (int, bool) {
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		return 0, false
	}
	back := s.pos
	s.space()
	digits := s.pos
	for s.pos < s.end && s.data[s.pos] >= '0' && s.data[s.pos] <= '9' && s.pos-digits < 6 {
		s.pos++
	}
	if s.pos > digits {
		s.space()
		if s.word("R") && (s.pos >= s.end || pdfEnd(s.data[s.pos])) {
			return n, true
		}
	}
	s.pos = back
	return 0, false
}
