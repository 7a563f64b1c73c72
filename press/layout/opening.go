package layout

import (
	"strconv"
	"strings"
	"unicode"

	"quire/press"
	"quire/press/font"
)

// trimWhite takes white off both ends of a chapter.
func trimWhite(rows []*row) []*row {
	for len(rows) > 0 && rows[0].space {
		rows = rows[1:]
	}
	for n := len(rows); n > 0 && rows[n-1].space; n-- {
		rows = rows[:n-1]
	}
	return rows
}

// opening sets number and title, at most seven lines of it, and returns how far
// the text sinks below the top.
func (s *setter) opening(c *press.Chapter) ([]*row, press.Pt) {
	look, h1 := s.theme.Opening, s.sect.Kid(press.RoleH1)
	how := flushLeft
	if look.Align == "center" {
		how = centered
	}
	var rows []*row
	lead := s.frame.lead
	number, name := chapterLabel(s.words, c), c.Title
	if name == "" {
		name, number = number, ""
	}
	if number != "" {
		rows = append(rows, s.titleRows(title{number, s.numberStyle(), look.Number, how, 1}, h1)...)
		rows = append(rows, gap(lead*6/10))
	}
	if name != "" {
		st := s.plainStyle(s.faces.heads, look.Title.Size)
		if look.Bold {
			st.face = font.Bold
		}
		rows = append(rows, s.titleRows(title{name, st, look.Title, how, 7}, h1)...)
	}
	if look.Rule {
		rows = append(rows, &row{height: lead, ops: []press.Op{rule(0, lead*6/10, s.frame.width, thinRule)}})
	}
	needed := (height(rows)+3*lead+lead/2-1)/lead*lead + lead
	sink := max(press.Pt(look.Sink)*lead, needed)
	return rows, min(sink, s.frame.height*2/3/lead*lead)
}

// numberStyle is how "Chapter 1" looks above a title.
func (s *setter) numberStyle() style {
	st := s.plainStyle(s.faces.heads, s.theme.Opening.Number.Size)
	if s.theme.Opening.Bold {
		st.color = press.Color{R: 96, G: 96, B: 96}
		return st
	}
	st.features, st.track = font.SmallCaps|font.Plain, st.size.Scale(11, 100)
	return st
}

// title is a text in large type.
type title struct {
	text  string
	style style
	typ   press.Type
	how   align
	most  int // lines; what is longer ends with an ellipsis
}

// titleRows sets a title. Centred lines are made about equal in length.
func (s *setter) titleRows(t title, node *press.Node) []*row {
	set := func(text string, measure press.Pt) []*press.Line {
		p := paragraph{spans: []span{{text: text, style: t.style, node: node}}, m: measures{full: measure}, how: t.how, kind: press.HeadLine}
		if t.how == centered {
			p.x = (s.frame.width - measure) / 2
		}
		return s.lines(p)
	}
	text, measure := t.text, s.frame.width
	if t.how == centered {
		measure = measure * 19 / 20
	}
	lines := set(text, measure)
	for n := len(strings.Fields(text)) - 1; len(lines) > t.most && n > 0; n = n * 9 / 10 {
		text = strings.Join(strings.Fields(text)[:n], " ") + "…"
		lines = set(text, measure)
	}
	if len(lines) > t.most {
		lines = lines[:t.most]
	}
	for t.how == centered && len(lines) > 1 {
		measure = measure * 19 / 20
		even := set(text, measure)
		if len(even) > len(lines) || overfull(even) {
			break
		}
		lines = even
	}
	return lineRows(lines, nil, t.typ)
}

// overfull reports whether a line sticks out or ends with a hyphen.
func overfull(lines []*press.Line) bool {
	for _, l := range lines {
		if l.Over > 0 || l.Hyphenated {
			return true
		}
	}
	return false
}

// chapterLabel is "Chapter 7", or "" for a chapter without number.
func chapterLabel(words press.Words, c *press.Chapter) string {
	if c.Number == 0 {
		return ""
	}
	return words.Chapter + " " + strconv.Itoa(c.Number)
}

// firstParagraph sets a chapter's first paragraph: with an initial and a few
// words in small capitals, as the theme wants.
func (s *setter) firstParagraph(p *press.Paragraph, f flow) []*row {
	look := s.theme.Opening
	node := f.node.Kid(press.RoleP)
	spans := s.spans(p.Text, f.style, node)
	lead, rest := leadIn(spans)
	if look.LeadIn {
		spans = append(smallCaps(lead), rest...)
	}
	initial := s.initial(spans, look.Initial)
	para := paragraph{spans: spans, m: measures{full: f.width}, kind: press.BodyLine}
	if initial == nil {
		lines, notes := s.linesAndNotes(para)
		return lineRows(lines, notes, f.typ)
	}
	para.spans = dropFirst(spans)
	para.m = measures{full: f.width, narrow: f.width - initial.room, lines: look.Initial}
	lines, notes := s.linesAndNotes(para)
	if len(lines) < look.Initial { // too short to stand beside one
		para.spans, para.m = spans, measures{full: f.width}
		lines, notes = s.linesAndNotes(para)
		return lineRows(lines, notes, f.typ)
	}
	rows := lineRows(lines, notes, f.typ)
	for i := range look.Initial - 1 {
		rows[i].keep = true
	}
	initial.speak(lines[0])
	shift(initial.line, 0, baseline(f.typ)+press.Pt(look.Initial-1)*f.typ.Leading)
	rows[0].ops = append([]press.Op{initial.line}, rows[0].ops...)
	return rows
}

// leadIn cuts spans behind the first three words, or fewer when they are long.
func leadIn(spans []span) (lead, rest []span) {
	if len(spans) == 0 || spans[0].note != nil {
		return nil, spans
	}
	text := spans[0].text
	words := 0
	cut := len(text)
	for i, r := range text {
		if r == ' ' {
			words++
			if words == 3 || i > 16 {
				cut = i
				break
			}
		}
		if strings.ContainsRune(".?!:;—", r) {
			cut = i
			break
		}
	}
	first, second := spans[0], spans[0]
	first.text, second.text = text[:cut], text[cut:]
	return []span{first}, append([]span{second}, spans[1:]...)
}

// smallCaps returns the spans in small capitals, a little letterspaced.
func smallCaps(spans []span) []span {
	for i := range spans {
		st := &spans[i].style
		st.features |= font.SmallCaps | font.Plain
		st.track = st.size.Scale(4, 100)
	}
	return spans
}

// initial is a large first letter and the room that it takes.
type initial struct {
	line   *press.Line
	letter string
	room   press.Pt
}

// speak lets the line beside the initial say its letter, so that the first
// word stays whole when text is taken out of the page.
func (n *initial) speak(l *press.Line) {
	if len(l.Runs) > 0 && l.Runs[0].Actual != "" {
		l.Runs[0].Actual = n.letter + l.Runs[0].Actual
		n.line.Runs[0].Actual = press.Silent
	}
}

// initial sets a paragraph's first letter over some lines; nil if it does not
// begin with a letter, or the theme wants none.
func (s *setter) initial(spans []span, lines int) *initial {
	if lines < 2 || len(spans) == 0 || spans[0].text == "" {
		return nil
	}
	r := []rune(spans[0].text)[0]
	if !unicode.IsLetter(r) {
		return nil
	}
	st := s.plainStyle(s.faces.body, s.theme.Text.Size)
	face := s.chain(&st)[0]
	if !s.shaper.Has(face, r) {
		return nil
	}
	top, _ := s.shaper.Height(face, s.shaper.Shape(face, 0, "", "H")[0].ID)
	capHeight := s.units(face, st.size, top)
	want := press.Pt(lines-1)*s.frame.lead + capHeight.Scale(98, 100)
	st.size = st.size.Scale(int64(want), int64(capHeight))
	glyph := s.shaper.Shape(face, 0, st.lang, string(unicode.ToUpper(r)))[0]
	_, bearing := s.shaper.Height(face, glyph.ID)
	left := s.units(face, st.size, bearing)
	line := s.rawLine(string(unicode.ToUpper(r)), st, spans[0].node, -left, press.FrontLine)
	return &initial{line, string(unicode.ToUpper(r)), s.units(face, st.size, int64(glyph.Advance)) - left + 2*press.Point}
}

// dropFirst returns the spans without their first letter.
func dropFirst(spans []span) []span {
	out := append([]span(nil), spans...)
	out[0].text = string([]rune(out[0].text)[1:])
	return out
}
