package layout

import (
	"slices"

	"quire/press"
)

// paragraph is text to be broken into lines and how.
type paragraph struct {
	spans  []span
	indent press.Pt // blank at the start of the first line
	m      measures
	x      press.Pt // left edge
	how    align
	kind   press.LineKind
	at     press.Pos // for warnings; zero if not known
	kept   *int      // items kept of paragraphs that can be varied; nil is not counted
}

// lines breaks and sets a paragraph. It always ends: text that fits no measure
// is broken anywhere, at last it sticks out.
func (s *setter) lines(p paragraph) []*press.Line {
	out, _ := s.linesAndNotes(p)
	return out
}

// linesAndNotes also returns the notes whose marks stand in each line.
func (s *setter) linesAndNotes(p paragraph) ([]*press.Line, [][]*footnote) {
	if parts := s.divided(p); parts != nil {
		return s.partLines(parts)
	}
	items, breaks := s.breakLines(p)
	return s.setLines(cutLines(items, breaks, p), p)
}

// mostBalanced is how many lines a text may have to be balanced.
const mostBalanced = 6

// balanced sets a short ragged text so that its last line is not a stub: in as
// many lines, but narrower ones.
func (s *setter) balanced(p paragraph) ([]*press.Line, [][]*footnote) {
	lines, notes := s.linesAndNotes(p)
	for len(lines) > 1 && len(lines) <= mostBalanced && stubby(lines, p.m.full) {
		less := p.m.full / 20
		p.m.full -= less
		switch p.how {
		case centered:
			p.x += less / 2
		case flushRight:
			p.x += less
		}
		even, with := s.linesAndNotes(p)
		if len(even) > len(lines) || overfull(even) {
			break
		}
		lines, notes = even, with
	}
	return lines, notes
}

// rowsOf sets a paragraph as rows that may later be a line more or fewer.
func (s *setter) rowsOf(p paragraph, t press.Type) []*row {
	if parts := s.divided(p); parts != nil {
		var rows []*row
		for _, part := range parts {
			rows = append(rows, s.rowsOf(part, t)...)
		}
		return rows
	}
	items, breaks := s.breakLines(p)
	breaks, lines, notes := s.dry(items, breaks, p)
	rows := lineRows(lines, notes, t)
	if p.how == justified && len(breaks) >= leastLines && p.keeps(len(items)) {
		v := &variable{p: p, typ: t, items: slices.Clone(items), lines: len(breaks), demerits: breaks[len(breaks)-1].demerits}
		for _, r := range rows {
			r.vary = v
		}
	}
	return rows
}

// setLines sets broken lines.
func (s *setter) setLines(broken []textLine, p paragraph) ([]*press.Line, [][]*footnote) {
	out := make([]*press.Line, len(broken))
	notes := make([][]*footnote, len(broken))
	for i := range broken {
		out[i] = s.setLine(&broken[i], p.how, p.kind)
		out[i].Index, out[i].Of = i, len(broken)
		for k := range broken[i].items {
			notes[i] = append(notes[i], broken[i].items[k].notes...)
		}
	}
	return out, notes
}

// breakLines finds the lines in up to four passes, each allowed more: without
// hyphens, with them, with loose lines, with breaks inside words.
func (s *setter) breakLines(p paragraph) ([]item, []*breakpoint) {
	ragged := p.how != justified
	em := s.theme.Text.Size
	var slack press.Pt
	if ragged {
		slack = p.m.full / 4
	}
	items := (&itemizer{s: s, ragged: ragged, hyphens: true, out: s.scratch[:0]}).items(p.spans, p.indent)
	s.scratch = items
	var stub []*breakpoint // the first way, if its last line is too short
	for _, lim := range []limits{
		{tolerance: 100, emergency: slack},
		{tolerance: 300, hyphens: true, emergency: slack},
		{tolerance: noLimit, hyphens: true, emergency: slack + 2*em},
	} {
		b := s.try(items, p, lim)
		switch {
		case b == nil:
		case b[len(b)-1].stub && !ragged && lim.tolerance < 300:
			stub = b // with hyphens there may be a better one
		case stub != nil && (b[len(b)-1].stub || b[len(b)-1].worst > 300):
			return items, stub
		default:
			return items, b
		}
	}
	if stub != nil {
		return items, stub
	}
	narrow := min(p.m.full, max(p.m.narrow, em)) / 3
	items = (&itemizer{s: s, ragged: ragged, hyphens: true, anywhere: narrow, out: items[:0]}).items(p.spans, p.indent)
	s.scratch = items
	if len(items) < maxCareful {
		if b := s.try(items, p, limits{tolerance: noLimit, hyphens: true, emergency: slack + 10*em, ladders: true}); b != nil {
			return items, b
		}
	}
	return items, greedy(items, p.m)
}

// maxCareful is how many pieces a paragraph with broken words may have; a
// longer one is no text, and is broken wherever its lines are full.
const maxCareful = 20000

// try runs the breaker once.
func (s *setter) try(items []item, p paragraph, lim limits) []*breakpoint {
	return s.breaker(items, p, lim).run()
}

// breaker prepares a run over a paragraph's items.
func (s *setter) breaker(items []item, p paragraph, lim limits) *breaker {
	return &breaker{items: items, m: p.m, lim: lim, stub: s.theme.Indent + s.theme.Text.Size}
}

// greedy breaks wherever a line is full, for text that has no good lines.
func greedy(items []item, m measures) []*breakpoint {
	var out []*breakpoint
	var width press.Pt
	last := -1 // the latest place to break
	end := func(pos int) {
		out = append(out, &breakpoint{pos: pos})
		width, last = 0, -1
	}
	for i := 0; i < len(items); i++ {
		it := &items[i]
		switch {
		case it.kind == penalty && it.penalty <= always:
			end(i)
			continue
		case it.kind == box && width+it.width > m.width(len(out)) && last >= 0:
			i = last
			end(i)
			continue
		case it.kind == glue && i > 0 && items[i-1].kind == box, it.kind == penalty && it.penalty < never:
			last = i
		}
		if it.kind != penalty {
			width += it.width
		}
	}
	return out
}

// cutLines cuts items at breakpoints; what vanishes at line ends is left out.
func cutLines(items []item, breaks []*breakpoint, p paragraph) []textLine {
	out := make([]textLine, 0, len(breaks))
	kept := make([]item, 0, len(items)) // of all lines
	start := 0
	for i, b := range breaks {
		end := &items[b.pos]
		l := textLine{soft: end.soft, hyph: end.hyphen, last: end.penalty <= always, width: p.m.width(i), x: p.x + p.m.left(i)}
		from := len(kept)
		for k := start; k < b.pos; k++ {
			it := &items[k]
			if it.kind == penalty || it.stretch >= fill || it.kind == glue && len(kept) == from {
				continue
			}
			kept = append(kept, *it)
		}
		l.items = kept[from:len(kept):len(kept)]
		for n := len(l.items); n > 0 && l.items[n-1].kind == glue; n-- {
			l.items = l.items[:n-1]
		}
		out = append(out, l)
		start = b.pos
	}
	return out
}
