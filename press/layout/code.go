package layout

import (
	"strings"

	"quire/press"
)

// turned marks the rest of a code line that was too long.
const turned = "↪"

// code sets preformatted text line by line; what is too long is turned over
// with a mark.
func (s *setter) code(c *press.Code, f flow) []*row {
	node := f.node.Kid(press.RoleCode)
	st := s.codeStyle(s.plainStyle(s.faces.code, s.theme.Code.Size))
	st.size = s.theme.Code.Size
	in := f.inset(s.theme.Text.Size, 0)
	var rows []*row
	for _, line := range strings.Split(c.Text, "\n") {
		for i, part := range s.wrapCode(line, st, in.width) {
			rows = append(rows, s.codeRow(part, i > 0, st, in, node))
		}
	}
	for i, r := range rows {
		r.index, r.of = i, len(rows)
		r.rough = 400
		r.keep = len(rows) <= 9 && i < len(rows)-1
	}
	return s.island(rows)
}

// wrapCode cuts a line of code into parts that fit.
func (s *setter) wrapCode(line string, st style, width press.Pt) []string {
	var out []string
	var used press.Pt
	start := 0
	rs := []rune(line)
	for i, r := range rs {
		w := s.textWidth(string(r), st)
		if used+w > width && i > start {
			out = append(out, string(rs[start:i]))
			start, used = i, 2*st.size
		}
		used += w
	}
	return append(out, string(rs[start:]))
}

// codeRow sets one line of code.
func (s *setter) codeRow(text string, rest bool, st style, f flow, node *press.Node) *row {
	t := s.theme.Code
	x := f.x
	r := &row{height: t.Leading}
	if rest {
		x += 2 * st.size
		mark := s.rawLine(turned, st, nil, f.x+st.size/2, press.CodeLine)
		shift(mark, 0, baseline(t))
		r.ops = append(r.ops, mark)
	}
	line := s.rawLine(text, st, node, x, press.CodeLine)
	shift(line, 0, baseline(t))
	r.ops = append(r.ops, line)
	return r
}

// rawLine sets text as it is, with all its spaces, without breaking it.
func (s *setter) rawLine(text string, st style, node *press.Node, x press.Pt, lineKind press.LineKind) *press.Line {
	z := itemizer{s: s, ragged: true, word: &word{}}
	sp := span{style: st, node: node}
	for _, r := range text {
		z.char(&sp, r)
	}
	l := textLine{last: true, x: x}
	if w := z.word; w.length > 0 {
		l.items = []item{{kind: box, word: w, to: w.length}}
	}
	line := s.setLine(&l, flushLeft, lineKind)
	line.Of, line.Over = 1, 0
	for i := range line.Runs {
		line.Width = max(line.Width, line.Runs[i].X-x)
	}
	return line
}
