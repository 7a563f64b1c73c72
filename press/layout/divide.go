package layout

import (
	"strings"
	"unicode/utf8"

	"quire/press"
)

// maxText is how many bytes of text are broken into lines as one paragraph.
// The breaker remembers much for each letter, and longer text is no paragraph.
const maxText = 1 << 17

// divided cuts a paragraph that is too long for the breaker into several, at
// a blank if there is one, and warns; nil if the paragraph is short enough.
func (s *setter) divided(p paragraph) []paragraph {
	total := 0
	for i := range p.spans {
		total += len(p.spans[i].text)
	}
	if total <= maxText {
		return nil
	}
	s.warnings = append(s.warnings, press.Warning{Detail: "a paragraph of more than 130,000 letters is set as several", Pos: p.at})
	d := divider{whole: p, room: maxText}
	for _, sp := range p.spans {
		d.add(sp)
	}
	d.end()
	return d.out
}

// partLines sets the parts of a paragraph as its lines.
func (s *setter) partLines(parts []paragraph) ([]*press.Line, [][]*footnote) {
	var lines []*press.Line
	var notes [][]*footnote
	for _, part := range parts {
		l, n := s.linesAndNotes(part)
		lines, notes = append(lines, l...), append(notes, n...)
	}
	for i, l := range lines {
		l.Index, l.Of = i, len(lines)
	}
	return lines, notes
}

// divider is the state of one divided.
type divider struct {
	whole paragraph
	out   []paragraph
	spans []span // of the part in work
	room  int    // bytes that it has room for
}

// add adds a span to the part in work; a long one goes on in the next parts.
func (d *divider) add(sp span) {
	for len(sp.text) > d.room {
		head := sp
		head.text, sp.text = cutText(sp.text, d.room)
		head.note, head.end = nil, false
		d.spans = append(d.spans, head)
		d.end()
	}
	d.room -= len(sp.text)
	d.spans = append(d.spans, sp)
}

// end ends the part in work. Only the first one has the indent and stands
// beside an initial.
func (d *divider) end() {
	part := d.whole
	part.spans = d.spans
	if len(d.out) > 0 {
		part.indent, part.m = 0, measures{full: part.m.full}
	}
	d.out = append(d.out, part)
	d.spans, d.room = nil, maxText
}

// cutText cuts a text after at most so many bytes: behind a blank if there is
// one in the second half, else between two characters.
func cutText(text string, most int) (head, rest string) {
	if i := strings.LastIndexByte(text[:most], ' '); i > most/2 {
		return text[:i], text[i+1:]
	}
	for most > 0 && !utf8.RuneStart(text[most]) {
		most--
	}
	return text[:most], text[most:]
}
