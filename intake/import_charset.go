package intake

import (
	"bytes"
	"encoding/binary"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"
)

// declared is where an XML or HTML text says in which encoding it is.
var declared = lazy(`(?i)^(?:[^>]{0,100}<\?xml[^>]{0,200}encoding|[\s\S]{0,1000}<meta[^>]{0,200}charset)\s*=\s*["']?([A-Za-z0-9_.:-]{2,40})`)

// markupText turns the bytes of an XML or HTML file into UTF-8 that XML allows:
// UTF-16 by its byte order mark, else what the text declares, else UTF-8 with a
// sign in the place of bytes that are none.
func markupText(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		data = fromUTF16(data[2:], binary.LittleEndian)
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		data = fromUTF16(data[2:], binary.BigEndian)
	case bytes.HasPrefix(data, []byte("<\x00")):
		data = fromUTF16(data, binary.LittleEndian)
	case bytes.HasPrefix(data, []byte("\x00<")):
		data = fromUTF16(data, binary.BigEndian)
	case !utf8.Valid(data):
		data = fromDeclared(data)
	}
	text := strings.TrimPrefix(strings.ToValidUTF8(string(data), "\uFFFD"), "\uFEFF")
	if strings.IndexFunc(text, unlawful) < 0 {
		return text
	}
	return strings.Map(func(r rune) rune {
		if unlawful(r) {
			return -1
		}
		return r
	}, text)
}

// unlawful reports characters that XML does not allow.
func unlawful(r rune) bool {
	return r < 0x20 && r != '\n' && r != '\t' && r != '\r' || r == 0xfffe || r == 0xffff
}

// fromDeclared decodes bytes that are not UTF-8 by what they say about
// themselves.
func fromDeclared(data []byte) []byte {
	m := declared().FindSubmatch(data[:min(len(data), 1200)])
	if m == nil {
		return data
	}
	enc, err := htmlindex.Get(string(m[1]))
	if err != nil {
		return data
	}
	decoded, err := io.ReadAll(enc.NewDecoder().Reader(bytes.NewReader(data)))
	if err != nil {
		return data
	}
	return decoded
}

// shown takes out of a text what no page shows: control characters, marks of
// direction that could turn other text around, byte order marks. Separators of
// lines and paragraphs become blanks.
func shown(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if strings.IndexFunc(s, hidden) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == 0x2028 || r == 0x2029 || r == '\v' || r == '\f':
			return ' '
		case hidden(r):
			return -1
		}
		return r
	}, s)
}

// hidden reports characters that the press does not print.
func hidden(r rune) bool {
	switch {
	case r == '\t' || r == '\n':
		return false
	case unicode.IsControl(r), r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
		return true
	}
	return r == 0x2028 || r == 0x2029 || r == 0xfeff || r >= 0xfdd0 && r <= 0xfdef || r&0xfffe == 0xfffe
}
