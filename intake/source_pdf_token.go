package intake

import (
	"strconv"
)

// pdfScanner cuts what a page paints into operands and operators (ISO 32000-1,
// 7.2 and 7.8.2). It always gets on, whatever the bytes are.
type pdfScanner struct {
	data []byte
	at   int
}

// pdfToken is one operand or operator.
type pdfToken struct {
	kind   pdfKind
	text   string // of a name, text or operator
	number float64
	list   []pdfToken
}

type pdfKind int

const (
	pdfEnd pdfKind = iota
	pdfOperator
	pdfNumber
	pdfName
	pdfString
	pdfList
	pdfDict // what is in it is not kept
)

func pdfSpace(c byte) bool {
	return c == 0 || c == '\t' || c == '\n' || c == '\f' || c == '\r' || c == ' '
}

func pdfDelimiter(c byte) bool {
	switch c {
	case '(', ')', '<', '>', '[', ']', '{', '}', '/', '%':
		return true
	}
	return false
}

// skip passes over blanks and comments.
func (s *pdfScanner) skip() {
	for s.at < len(s.data) {
		switch c := s.data[s.at]; {
		case pdfSpace(c):
			s.at++
		case c == '%':
			for s.at < len(s.data) && s.data[s.at] != '\n' && s.data[s.at] != '\r' {
				s.at++
			}
		default:
			return
		}
	}
}

// word takes what stands up to the next blank or delimiter.
func (s *pdfScanner) word() string {
	from := s.at
	for s.at < len(s.data) && !pdfSpace(s.data[s.at]) && !pdfDelimiter(s.data[s.at]) {
		s.at++
	}
	return string(s.data[from:s.at])
}

// next takes a token; depth is how many lists it stands in.
func (s *pdfScanner) next(depth int) pdfToken {
	s.skip()
	if s.at >= len(s.data) {
		return pdfToken{}
	}
	c := s.data[s.at]
	switch {
	case c == '/':
		s.at++
		return pdfToken{kind: pdfName, text: unescapedName(s.word())}
	case c == '(':
		return pdfToken{kind: pdfString, text: s.literal()}
	case c == '<' && s.at+1 < len(s.data) && s.data[s.at+1] == '<':
		s.at += 2
		return s.group(pdfDict, depth)
	case c == '<':
		return pdfToken{kind: pdfString, text: s.hex()}
	case c == '[':
		s.at++
		return s.group(pdfList, depth)
	case pdfDelimiter(c):
		s.at++
		return pdfToken{kind: pdfOperator, text: string(c)}
	}
	w := s.word()
	if n, err := strconv.ParseFloat(w, 64); err == nil && (c == '-' || c == '+' || c == '.' || isDigit(c)) && len(w) < 40 {
		return pdfToken{kind: pdfNumber, number: max(-1e9, min(1e9, n))}
	}
	return pdfToken{kind: pdfOperator, text: w}
}

// group takes a list or dictionary up to its end.
func (s *pdfScanner) group(kind pdfKind, depth int) pdfToken {
	g := pdfToken{kind: kind}
	for depth < 20 {
		t := s.next(depth + 1)
		switch {
		case t.kind == pdfEnd, t.kind == pdfOperator && (t.text == "]" || t.text == ">"):
			if kind == pdfDict && s.at < len(s.data) && s.data[s.at] == '>' {
				s.at++
			}
			return g
		case kind == pdfList && len(g.list) < 100_000:
			g.list = append(g.list, t)
		}
	}
	return g
}

// literal takes a text between parentheses.
func (s *pdfScanner) literal() string {
	s.at++
	var out []byte
	for depth := 1; s.at < len(s.data); s.at++ {
		c := s.data[s.at]
		switch c {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				s.at++
				return string(out)
			}
		case '\\':
			out = s.escape(out)
			continue
		}
		out = append(out, c)
	}
	return string(out)
}

// escape takes what a backslash stands before.
func (s *pdfScanner) escape(out []byte) []byte {
	s.at++
	if s.at >= len(s.data) {
		return out
	}
	switch c := s.data[s.at]; c {
	case 'n':
		return append(out, '\n')
	case 'r':
		return append(out, '\r')
	case 't':
		return append(out, '\t')
	case 'b', 'f':
		return append(out, ' ')
	case '\n':
		return out
	case '\r':
		if s.at+1 < len(s.data) && s.data[s.at+1] == '\n' {
			s.at++
		}
		return out
	default:
		if c < '0' || c > '7' {
			return append(out, c)
		}
		n := 0
		for i := 0; i < 3 && s.at < len(s.data) && s.data[s.at] >= '0' && s.data[s.at] <= '7'; i++ {
			n = n*8 + int(s.data[s.at]-'0')
			s.at++
		}
		s.at--
		return append(out, byte(n&0xff))
	}
}

// hex takes a text of hexadecimal digits.
func (s *pdfScanner) hex() string {
	s.at++
	var out []byte
	half := -1
	for ; s.at < len(s.data) && s.data[s.at] != '>'; s.at++ {
		n := hexDigit(s.data[s.at])
		switch {
		case n < 0:
		case half < 0:
			half = n
		default:
			out = append(out, byte(half<<4|n))
			half = -1
		}
	}
	s.at++
	if half >= 0 {
		out = append(out, byte(half<<4))
	}
	return string(out)
}

func hexDigit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return int(c|0x20-'a') + 10
	}
	return -1
}

// unescapedName is a name with its #20 resolved.
func unescapedName(s string) string {
	var out []byte
	for i := 0; i < len(s); i++ {
		if s[i] == '#' && i+2 < len(s) && hexDigit(s[i+1]) >= 0 && hexDigit(s[i+2]) >= 0 {
			out = append(out, byte(hexDigit(s[i+1])<<4|hexDigit(s[i+2])))
			i += 2
			continue
		}
		out = append(out, s[i])
	}
	return string(out)
}

// picture passes over a picture that stands among the operators.
func (s *pdfScanner) picture() {
	for ; s.at+2 < len(s.data); s.at++ {
		if pdfSpace(s.data[s.at]) && s.data[s.at+1] == 'E' && s.data[s.at+2] == 'I' && (s.at+3 >= len(s.data) || pdfSpace(s.data[s.at+3])) {
			s.at += 3
			return
		}
	}
	s.at = len(s.data)
}
