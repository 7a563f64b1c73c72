package press

import (
	"bytes"
	"strings"
)

// The limits within which goldmark needs a time that nobody notices. Several
// of its searches take a time that grows with the square of the signs in one
// paragraph, or of the blocks that begin in one line.
const (
	maxSigns   = 3000    // of emphasis, links, code, tags in one paragraph
	maxMarkers = 100     // of lists and quotations at the head of one line
	maxFilled  = 1 << 16 // cells of a table that the author did not write
	maxNotes   = 5000    // definitions of notes in one chapter
)

// guard rewrites the text in work where it is out of all proportion, line for
// line, so that places stay right and no word is lost.
func (r *reader) guard() {
	g := &guarded{reader: r, out: make([]byte, 0, len(r.src)+64)}
	for i, start := range r.lines {
		end := len(r.src)
		if i+1 < len(r.lines) {
			end = r.lines[i+1]
		}
		g.line(i, r.src[start:end])
	}
	g.flush()
	if g.changed {
		r.src = g.out
		r.lines = lineStarts(string(g.out))
	}
}

// guarded is the state of one guard.
type guarded struct {
	*reader
	out     []byte
	changed bool
	fence   byte // of the code that is open, or 0
	code    bool // the lines are indented code
	table   bool // the lines are rows of a table
	blank   bool // the line before is blank
	signs   int  // so far in this paragraph
	told    bool // that it has too many
	notes   int
	at      int // number of the line, from 0
	copied  int // how far the source is in out
}

// line looks at one line.
func (g *guarded) line(i int, line []byte) {
	g.at = i
	text := bytes.TrimLeft(line, " \t>")
	switch {
	case g.fence != 0:
		if fenceOf(text) == g.fence && len(bytes.Trim(text, "`~ \t\n")) == 0 {
			g.fence = 0
		}
		return
	case len(bytes.TrimSpace(text)) == 0:
		g.signs, g.told, g.code, g.table, g.blank = 0, false, false, false, true
		return
	}
	g.code = g.code || (g.blank || i == 0) && (bytes.HasPrefix(line, []byte("    ")) || line[0] == '\t')
	g.blank = false
	if g.code {
		return
	}
	if g.fence = fenceOf(text); g.fence != 0 {
		return
	}
	if bytes.HasPrefix(text, []byte("[^")) && bytes.Contains(text, []byte("]:")) {
		g.note(line)
	}
	if markers := markersOf(line); markers > maxMarkers {
		g.deep(line)
		return
	}
	if len(line)-len(bytes.TrimLeft(line, " ")) > 4*maxMarkers {
		g.indented(line)
		return
	}
	if g.table || beginsBlock(text) {
		g.signs = 0
	}
	if !g.table && delimiterRow(text) {
		g.table = true
		g.tableSize(i, line, text)
	}
	g.count(line)
}

// fenceOf returns the character of a fence of code, or 0.
func fenceOf(text []byte) byte {
	if bytes.HasPrefix(text, []byte("```")) && bytes.IndexByte(bytes.TrimLeft(text, "`"), '`') < 0 || bytes.HasPrefix(text, []byte("~~~")) {
		return text[0]
	}
	return 0
}

// beginsBlock reports whether a line begins an item or a heading.
func beginsBlock(text []byte) bool {
	rest := bytes.TrimLeft(text, "0123456789")
	switch {
	case len(text) < 2:
		return false
	case text[0] == '#':
		return true
	case len(rest) < len(text) && len(rest) > 1:
		return (rest[0] == '.' || rest[0] == ')') && rest[1] == ' '
	}
	return strings.IndexByte("-+*:", text[0]) >= 0 && text[1] == ' '
}

// signBytes are what inline Markdown is made of.
var signBytes = func() (t [256]bool) {
	for _, c := range []byte("[]*_~`<!$&") {
		t[c] = true
	}
	return t
}()

// count counts the signs of a line; those over the limit are escaped.
func (g *guarded) count(line []byte) {
	n := 0
	for _, c := range line {
		if signBytes[c] {
			n++
		}
	}
	if g.signs += n; g.signs <= maxSigns {
		return
	}
	if !g.told {
		g.told = true
		g.warn(Pos{g.file, g.at + 1}, "there are more than %d signs of Markdown in one paragraph; the rest of them are taken as text", maxSigns)
	}
	escaped := make([]byte, 0, len(line)+n)
	slash := false
	for i, c := range line {
		if signBytes[c] && !slash && (c != '!' || i+1 < len(line) && line[i+1] == '[') {
			escaped = append(escaped, '\\')
		}
		slash = c == '\\' && !slash
		escaped = append(escaped, c)
	}
	g.replace(line, escaped)
}

// replace puts another line in the place of the one in work.
func (g *guarded) replace(line, by []byte) {
	start := g.lines[g.at]
	g.out = append(g.out, g.src[g.copied:start]...)
	g.out = append(g.out, by...)
	g.copied = start + len(line)
	g.changed = true
}

// flush copies the rest.
func (g *guarded) flush() {
	if g.changed {
		g.out = append(g.out, g.src[g.copied:]...)
	}
}

// markersOf counts the marks of lists and quotations at the head of a line. A
// row of one mark alone is a line across the page.
func markersOf(line []byte) int {
	n := 0
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == ' ' || c == '\t' || c == '.' || c == ')' || c >= '0' && c <= '9':
		case c == '>' || c == '-' || c == '+' || c == '*':
			n++
			continue
		default:
			return n
		}
		if line[i] == '.' || line[i] == ')' {
			n++
		}
	}
	return n
}

// deep takes the marks off a line that has too many.
func (g *guarded) deep(line []byte) {
	if rest := bytes.TrimRight(line, " \t\n*-"); len(rest) == 0 {
		g.replace(line, []byte("---\n"))
		return
	}
	g.warn(Pos{g.file, g.at + 1}, "more than %d lists and quotations begin in this line; they are left out", maxMarkers)
	words := bytes.TrimLeft(line, " \t>-+*.)0123456789")
	if len(words) == 0 {
		words = []byte("\n")
	}
	g.replace(line, words)
	g.count(nil)
}

// delimiterRow reports whether a line can be the one below a table's head.
func delimiterRow(text []byte) bool {
	return bytes.IndexByte(text, '-') >= 0 && bytes.IndexByte(text, '|') >= 0 && len(bytes.Trim(text, "-|: \t\n")) == 0
}

// indented takes blanks off a line that lies in more lists than anybody reads.
func (g *guarded) indented(line []byte) {
	g.replace(line, append(bytes.Repeat([]byte{' '}, 4*maxMarkers), bytes.TrimLeft(line, " ")...))
}

// tableSize spoils the head of a table whose rows are so short, and its head
// so long, that filling them up would take all memory.
func (g *guarded) tableSize(i int, line, text []byte) {
	columns := bytes.Count(text, []byte{'|'}) + 1
	filled := 0
	for k := i + 1; k < len(g.lines) && filled <= maxFilled; k++ {
		end := len(g.src)
		if k+1 < len(g.lines) {
			end = g.lines[k+1]
		}
		row := g.src[g.lines[k]:end]
		if len(bytes.TrimSpace(row)) == 0 {
			break
		}
		filled += max(columns-bytes.Count(row, []byte{'|'})-1, 0)
	}
	if filled > maxFilled {
		g.warn(Pos{g.file, i + 1}, "the table has %d columns and many rows without cells for them; it is set as text", columns)
		g.replace(line, append(bytes.Repeat([]byte{' '}, 4), "\\|\n"...))
	}
}

// note counts the definitions of notes; those over the limit are text.
func (g *guarded) note(line []byte) {
	if g.notes++; g.notes <= maxNotes {
		return
	}
	if g.notes == maxNotes+1 {
		g.warn(Pos{g.file, g.at + 1}, "there are more than %d notes in one chapter; the rest of them are set as text", maxNotes)
	}
	at := bytes.IndexByte(line, '[')
	g.replace(line, append(append(append([]byte{}, line[:at]...), '\\'), line[at:]...))
}
