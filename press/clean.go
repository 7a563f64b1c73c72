package press

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
)

// maxMarks is how many accents may stand on one letter; no script needs more,
// and a pile of them covers other lines.
const maxMarks = 8

// cleanText takes out of a text what no page can show: control characters,
// bidirectional overrides, piled up accents, bytes that are not UTF-8 (they
// become U+FFFD). Line ends become \n. It also returns the numbers of the lines that were changed.
func cleanText(s string) (string, []int) {
	s = strings.TrimPrefix(s, "\ufeff")
	var b strings.Builder
	b.Grow(len(s))
	var damaged []int
	line, marks := 1, 0
	mark := func() {
		if n := len(damaged); n == 0 || damaged[n-1] != line {
			damaged = append(damaged, line)
		}
	}
	for i := 0; i < len(s); {
		c, size := utf8.DecodeRuneInString(s[i:])
		if marks++; !unicode.Is(unicode.Mn, c) {
			marks = 0
		}
		switch {
		case c == utf8.RuneError && size == 1:
			b.WriteRune(utf8.RuneError)
			mark()
		case c == '\r':
			if !strings.HasPrefix(s[i+1:], "\n") {
				b.WriteByte('\n')
				line++
			}
		case c == '\n':
			b.WriteByte('\n')
			line++
		case unprintable(c), marks > maxMarks:
			mark()
		default:
			b.WriteRune(c)
		}
		i += size
	}
	return b.String(), damaged
}

// unprintable reports characters that command a terminal or an engine instead
// of showing something.
func unprintable(c rune) bool {
	switch {
	case c == '\t':
		return false
	case c < 0x20, c >= 0x7f && c < 0xa0:
		return true
	case c >= 0x202a && c <= 0x202e, c >= 0x2066 && c <= 0x2069:
		return true
	case c == 0x2028, c == 0x2029, c == 0xfeff:
		return true
	case c >= 0xfdd0 && c <= 0xfdef, c&0xfffe == 0xfffe:
		return true
	}
	return false
}

// lineStarts returns the offsets at which the lines of s begin.
func lineStarts(s string) []int {
	starts := []int{0}
	for i := range len(s) {
		if s[i] == '\n' {
			starts = append(starts, i+1)
		}
	}
	return starts
}

// lineEnd returns where the line with an offset ends.
func (r *reader) lineEnd(offset int) int {
	i := sort.SearchInts(r.lines, offset+1)
	if i >= len(r.lines) {
		return len(r.src)
	}
	return r.lines[i]
}

// warnDamage tells which lines of the text in work were cleaned.
func (r *reader) warnDamage(lines []int) {
	for i, line := range lines {
		if i == 20 {
			r.warn(Pos{r.file, line}, "characters that cannot be printed were left out here and in %d more lines; the file may be no text in UTF-8", len(lines)-i-1)
			return
		}
		r.warn(Pos{r.file, line}, "characters that cannot be printed were left out")
	}
}

// pos returns where a node stands in the manuscript: the line of the first
// text in it.
func (r *reader) pos(n ast.Node) Pos {
	for depth := 0; n != nil && depth < 200; depth++ {
		if t, ok := n.(*ast.Text); ok {
			return r.at(t.Segment.Start)
		}
		if n.Type() == ast.TypeBlock {
			if lines := n.Lines(); lines != nil && lines.Len() > 0 {
				return r.at(lines.At(0).Start)
			}
		}
		n = n.FirstChild()
	}
	return Pos{File: r.file}
}

// at returns the place of an offset in the chapter's source.
func (r *reader) at(offset int) Pos {
	return Pos{r.file, sort.SearchInts(r.lines, offset+1)}
}
