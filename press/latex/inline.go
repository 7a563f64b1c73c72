package latex

import (
	"fmt"
	"net/url"
	"strings"

	"quire/press"
)

// text writes running text.
func (m *maker) text(list []press.Inline) {
	for _, in := range list {
		m.inline(in)
	}
}

// inline writes a piece of running text.
func (m *maker) inline(in press.Inline) {
	switch t := in.(type) {
	case *press.Text:
		m.out.WriteString(escape(t.Value))
	case *press.Emph:
		m.command("emph", t.Text)
	case *press.Strong:
		m.command("textbf", t.Text)
	case *press.Strike:
		m.strike(t.Text)
	case *press.CodeSpan:
		m.out.WriteString(`\texttt{` + escape(t.Value) + `}`)
	case *press.Math:
		m.out.WriteString(`$` + formula(t.Formula) + `$`)
	case *press.LineBreak:
		m.out.WriteString(lineEnd)
	case *press.Link:
		m.link(t)
	case *press.Ref:
		m.ref(t)
	case *press.NoteRef:
		m.note(t.Note)
	}
}

// lineEnd ends a line. The braces keep a bracket or star behind it from being
// taken for its argument.
const lineEnd = `\newline{}`

// command writes text as the argument of a command.
func (m *maker) command(name string, text []press.Inline) {
	m.out.WriteString(`\` + name + `{`)
	m.text(text)
	m.out.WriteString(`}`)
}

// strike writes struck-out text, word by word, so that lines can break.
func (m *maker) strike(text []press.Inline) {
	for i, word := range strings.Fields(press.Plain(text)) {
		if i > 0 {
			m.out.WriteString(" ")
		}
		m.out.WriteString(`\struck{` + escape(word) + `}`)
	}
}

// link writes a link out of the book.
func (m *maker) link(t *press.Link) {
	text := t.Text
	if strings.TrimSpace(press.Plain(text)) == "" {
		text = []press.Inline{&press.Text{Value: t.URL}}
	}
	m.out.WriteString(`\href{` + address(t.URL) + `}{`)
	m.text(text)
	m.out.WriteString(`}`)
}

// address writes an address with nothing in it but letters, digits and marks
// that are escaped.
func address(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-.:/?@!*+,;=()", c) >= 0:
			b.WriteByte(c)
		case strings.IndexByte("#&_%", c) >= 0:
			b.WriteString(`\` + string(c))
		default:
			b.WriteString(strings.ReplaceAll(url.PathEscape(string([]byte{c})), "%", `\%`))
		}
	}
	return b.String()
}

// ref writes a reference inside the book.
func (m *maker) ref(t *press.Ref) {
	switch {
	case t.Target == "":
		m.text(t.Text)
	case t.Page:
		m.out.WriteString(`\pageref{` + t.Target + `}`)
	default:
		m.out.WriteString(`\hyperref[` + t.Target + `]{`)
		m.text(t.Text)
		m.out.WriteString(`}`)
	}
}

// note writes the mark of a note, and behind its first mark the text. Inside of
// boxes that cannot hold a note the text waits.
func (m *maker) note(n *press.Note) {
	if m.marked[n] || m.tight {
		fmt.Fprintf(&m.out, `\footnotemark[%d]`, n.Number)
		if !m.marked[n] {
			m.marked[n] = true
			m.held = append(m.held, n)
		}
		return
	}
	m.marked[n] = true
	fmt.Fprintf(&m.out, `\footnote[%d]{`, n.Number)
	m.noteText(n)
	m.out.WriteString(`}`)
}

// noteText writes what a note says. Its own notes wait until it has ended.
func (m *maker) noteText(n *press.Note) {
	at, depth, tight, table := m.at, m.depth, m.tight, m.table
	m.tight, m.table, m.depth = true, true, 4
	body := m.out
	m.out = strings.Builder{}
	m.blocks(n.Blocks)
	text := strings.TrimSpace(m.out.String())
	m.out = body
	m.out.WriteString(text)
	m.at, m.depth, m.tight, m.table = at, depth, tight, table
}

// release writes the texts of the notes that waited for the end of a box.
func (m *maker) release() {
	for len(m.held) > 0 && !m.tight {
		n := m.held[0]
		m.held = m.held[1:]
		fmt.Fprintf(&m.out, `\footnotetext[%d]{`, n.Number)
		m.noteText(n)
		m.line(`}`)
	}
}

// boxed writes text where notes and line ends must be quiet, and returns it.
func (m *maker) boxed(text []press.Inline) string {
	tight, body := m.tight, m.out
	m.tight, m.out = true, strings.Builder{}
	m.text(text)
	s := m.out.String()
	m.tight, m.out = tight, body
	return s
}
