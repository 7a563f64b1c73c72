package layout

import (
	"strconv"
	"strings"

	"quire/press"
	"quire/press/font"
)

// flow is where and how blocks are set.
type flow struct {
	x, width press.Pt
	typ      press.Type
	style    style
	node     *press.Node // parent of what is set
	kind     press.LineKind
	how      align
	flat     bool        // paragraphs have no indent
	sourced  bool        // a last line that begins with a dash names the source
	begun    bool        // a paragraph stands before, so the first one is indented
	even     bool        // ragged paragraphs have no stub at their end
	note     *press.Note // the first paragraph begins with this note's number
	bullets  int         // unordered lists around
	counts   int         // ordered lists around
	sections *sections   // numbers of headings
	kept     *int        // items kept of paragraphs that can be varied
}

// sections counts the headings of a chapter; nil leaves them without numbers.
type sections struct {
	chapter int
	at      [5]int // by level
}

// next returns the number of a new heading, like "2.1.3".
func (n *sections) next(level int) string {
	n.at[level]++
	for k := level + 1; k < len(n.at); k++ {
		n.at[k] = 0
	}
	out := strconv.Itoa(n.chapter)
	for k := 2; k <= level; k++ {
		out += "." + strconv.Itoa(n.at[k])
	}
	return out
}

// inset returns the flow narrowed on both sides.
func (f flow) inset(left, right press.Pt) flow {
	if f.width-left-right < 8*f.typ.Size { // too narrow for more levels
		return f
	}
	f.x, f.width = f.x+left, f.width-left-right
	return f
}

// bodyAlign is how running text stands.
func (s *setter) bodyAlign() align {
	if s.theme.Align == "left" {
		return flushLeft
	}
	return justified
}

// blocks sets blocks one below the other.
func (s *setter) blocks(blocks []press.Block, f flow) []*row {
	if f.sourced {
		blocks = sourceApart(blocks)
	}
	if f.kept == nil {
		f.kept = new(int)
	}
	var out []*row
	first := !f.begun
	f.begun = false
	for i, b := range blocks {
		if p, ok := b.(*press.Paragraph); ok {
			last := i == len(blocks)-1
			if white := s.between(f); white > 0 && i > 0 && endsPlain(blocks[i-1]) && !(last && f.sourced && isSource(p.Text)) {
				out = append(out, gap(white))
			}
			rows := s.paragraph(p, f, first, last)
			if !last && announces(p, blocks[i+1]) {
				rows[len(rows)-1].rough = 5000
			}
			out = append(out, rows...)
			first = false
			f.note = nil
			continue
		}
		if d, ok := b.(*press.Div); ok && d.Class == "" { // it changes nothing of the look
			in := f
			in.begun = !first
			if white := s.between(f); white > 0 && i > 0 && endsPlain(blocks[i-1]) && beginsPlain(d) {
				out = append(out, gap(white))
			}
			out = append(out, s.div(d, in)...)
			first = !endsPlain(d)
			continue
		}
		out = append(out, s.block(b, f)...)
		fig, ok := b.(*press.Figure)
		first = !ok || !s.floats(fig) || first // text goes on around a floating figure
	}
	return out
}

// beginsPlain reports whether a block begins with a paragraph of the running
// text.
func beginsPlain(b press.Block) bool {
	if d, ok := b.(*press.Div); ok && d.Class == "" && len(d.Blocks) > 0 {
		return beginsPlain(d.Blocks[0])
	}
	return isParagraph(b)
}

// endsPlain reports whether a block ends with one.
func endsPlain(b press.Block) bool {
	if d, ok := b.(*press.Div); ok && d.Class == "" && len(d.Blocks) > 0 {
		return endsPlain(d.Blocks[len(d.Blocks)-1])
	}
	return isParagraph(b)
}

// between is the white between two paragraphs.
func (s *setter) between(f flow) press.Pt {
	switch {
	case s.theme.Paragraphs == "space" && f.kind == press.BodyLine:
		return f.typ.Leading / 2
	case f.flat && !f.sourced && f.kind != press.NoteLine:
		return f.typ.Leading / 4
	}
	return 0
}

// apart surrounds a block with white: whole lines in the text, less in notes.
func (s *setter) apart(rows []*row, f flow) []*row {
	if f.kind == press.BodyLine {
		return s.island(rows)
	}
	white := f.typ.Leading / 4
	return append(append([]*row{gap(white)}, rows...), gap(white))
}

// isParagraph reports whether a block is a paragraph.
func isParagraph(b press.Block) bool {
	_, ok := b.(*press.Paragraph)
	return ok
}

// announces reports whether a paragraph ends with a colon before something
// that is not a paragraph: the two should not part.
func announces(p *press.Paragraph, next press.Block) bool {
	return !isParagraph(next) && strings.HasSuffix(strings.TrimSpace(press.Plain(p.Text)), ":")
}

// block sets one block that is not a paragraph.
func (s *setter) block(b press.Block, f flow) []*row {
	switch t := b.(type) {
	case *press.Heading:
		return s.heading(t, f)
	case *press.Break:
		return s.sceneBreak(f)
	case *press.Quote:
		return s.quote(t, f)
	case *press.List:
		return s.list(t, f)
	case *press.Definitions:
		return s.definitions(t, f)
	case *press.Code:
		return s.code(t, f)
	case *press.Table:
		return s.table(t, f)
	case *press.Figure:
		return s.figure(t, f)
	case *press.MathBlock:
		return s.mathBlock(t, f)
	case *press.Div:
		return s.div(t, f)
	}
	return nil
}

// paragraph sets a paragraph; the first of a flow has no indent.
func (s *setter) paragraph(p *press.Paragraph, f flow, first, last bool) []*row {
	node := f.node.Kid(press.RoleP)
	spans := s.spans(p.Text, f.style, node)
	if f.note != nil {
		spans = append([]span{s.noteLabel(f.note, f.style, node)}, spans...)
	}
	para := paragraph{spans: spans, m: measures{full: f.width}, x: f.x, how: f.how, kind: f.kind, at: p.At, kept: f.kept}
	if !first && !f.flat && s.theme.Paragraphs == "indent" {
		para.indent = min(s.theme.Indent, f.width/8)
	}
	if f.kind == press.NoteLine && (f.note != nil || !first && para.indent == 0) {
		para.indent = max(s.theme.Indent.Scale(2, 3), f.typ.Size)
	}
	if last && f.sourced && isSource(p.Text) {
		para.how, para.indent = flushRight, 0
	}
	if f.kind == press.BodyLine && f.x == 0 && f.note == nil {
		return s.rowsOf(para, f.typ)
	}
	lines, notes := s.linesAndNotes(para)
	rows := lineRows(lines, notes, f.typ)
	if para.how == flushRight && f.how != flushRight {
		keepAll(rows[:len(rows)-1])
	}
	return rows
}

// heading sets a section title. Its height is whole lines of text.
func (s *setter) heading(h *press.Heading, f flow) []*row {
	level := min(max(h.Level, 2), 4)
	look := []press.Section{s.theme.H2, s.theme.H3, s.theme.H4}[level-2]
	role := []press.Role{press.RoleH2, press.RoleH3, press.RoleH4}[level-2]
	if f.sections != nil && level <= s.theme.Numbers {
		copied := *h // contents and bookmarks show the number too
		copied.Text = append([]press.Inline{&press.Text{Value: f.sections.next(level) + "\u2002"}}, h.Text...)
		h = &copied
	}
	st := s.plainStyle(s.faces.heads, look.Size)
	st.color = press.Color(s.theme.Color)
	switch look.Style {
	case "italic":
		st.face = font.Italic
	case "bold":
		st.face = font.Bold
	case "smallcaps":
		st.features, st.track = font.SmallCaps|font.Plain, look.Size.Scale(5, 100)
	}
	how := flushLeft
	if look.Align == "center" {
		how = centered
	}
	p := paragraph{spans: s.spans(h.Text, st, f.node.Kid(role)), m: measures{full: f.width}, x: f.x, how: how, kind: press.HeadLine, at: h.At}
	lines, notes := s.linesAndNotes(p)
	rows := keepAll(lineRows(lines, notes, look.Type))
	lead := s.frame.lead
	total := (height(rows)+lead-1)/lead*lead + press.Pt(look.Before+look.After)*lead
	after := gap(press.Pt(look.After) * lead)
	after.keep, after.space = true, false
	before := gap(total - height(rows) - after.height)
	before.keep = true
	rows[0].anchors, rows[0].heading = []string{h.ID}, h
	return append(append([]*row{before}, rows...), after)
}

// sceneBreak sets the theme's ornament, or white.
func (s *setter) sceneBreak(f flow) []*row {
	lead := s.frame.lead
	text := strings.ReplaceAll(strings.TrimSpace(s.theme.Break), " ", "\u2002")
	if text == "" {
		white := gap(lead)
		white.space = false // it means something, also at the foot of a page
		return []*row{white}
	}
	p := paragraph{spans: []span{{text: text, style: s.plainStyle(s.faces.body, s.theme.Text.Size)}},
		m: measures{full: f.width}, x: f.x, how: centered, kind: press.FrontLine}
	rows := keepAll(lineRows(s.lines(p), nil, s.theme.Text))
	before, after := gap(lead), gap(lead)
	after.keep = true
	before.keep = true
	return append(append([]*row{before}, rows...), after)
}
