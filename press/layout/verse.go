package layout

import (
	"quire/press"
)

// verse sets each line of a poem as its own; a line that is turned hangs in.
func (s *setter) verse(blocks []press.Block, f flow) []*row {
	var out []*row
	for i, b := range blocks {
		p, ok := b.(*press.Paragraph)
		if !ok {
			out = append(out, s.block(b, f)...)
			continue
		}
		if i > 0 {
			out = append(out, gap(f.typ.Leading))
		}
		node := f.node.Kid(press.RoleP)
		turn := 2 * f.typ.Size
		var stanza []*row
		for _, line := range verseLines(p.Text) {
			para := paragraph{spans: s.spans(line, f.style, node), m: measures{full: f.width - turn, narrow: f.width, lines: 1}, x: f.x + turn, how: flushLeft, kind: f.kind}
			lines, notes := s.linesAndNotes(para)
			rows := lineRows(lines, notes, f.typ)
			keepAll(rows[:len(rows)-1]) // a turned line stays with its rest
			stanza = append(stanza, rows...)
		}
		for k, r := range stanza {
			r.index, r.of = k, len(stanza)
		}
		out = append(out, stanza...)
	}
	return out
}

// verseLines cuts a stanza at its line breaks.
func verseLines(text []press.Inline) [][]press.Inline {
	lines := [][]press.Inline{nil}
	for _, in := range text {
		if _, ok := in.(*press.LineBreak); ok {
			lines = append(lines, nil)
			continue
		}
		lines[len(lines)-1] = append(lines[len(lines)-1], in)
	}
	return lines
}
