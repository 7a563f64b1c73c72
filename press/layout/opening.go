package layout

import (
	"strconv"
	"strings"

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

// mostTitle is how many lines a chapter's title may have.
const mostTitle = 7

// opening sets number and title, at most seven lines of it, and returns how far
// the text sinks below the top.
func (s *setter) opening(c *press.Chapter) ([]*row, press.Pt) {
	look, h1 := s.theme.Opening, s.sect.Kid(press.RoleH1)
	how := alignOf(look.Align)
	var rows []*row
	lead := s.frame.lead
	number, name := s.openingLabel(c), c.Title
	if name == "" {
		name, number = number, ""
		if name == "" {
			name = chapterLabel(s.words, c)
		}
	}
	st := s.openingStyle()
	switch {
	case number == "" || name == "":
	case look.Place == "beside" && how == flushLeft:
		rows = s.titleBeside(title{name, st, look.Title, how, mostTitle}, number, h1)
		name = ""
	case look.Place == "beside":
		name = number + "\u2002" + name
	default:
		rows = append(rows, s.titleRows(title{number, s.numberStyle(), look.Number, how, 1}, h1)...)
		rows = append(rows, gap(max(lead*6/10, look.Number.Leading-look.Number.Size)))
	}
	if name != "" {
		rows = append(rows, s.titleRows(title{name, st, look.Title, how, mostTitle}, h1)...)
	}
	rows = append(rows, s.openingEnd(how)...)
	needed := (height(rows)+s.belowTitle()+lead/2-1)/lead*lead + lead
	sink := max(press.Pt(look.Sink)*lead, needed)
	sink = min(sink, s.frame.height*2/3/lead*lead)
	return rows, min(max(sink, (height(rows)+2*lead-1)/lead*lead), s.frame.height-3*lead)
}

// belowTitle is the white between a chapter's title and its text: three lines,
// but less of large type.
func (s *setter) belowTitle() press.Pt { return min(3*s.frame.lead, 54*press.Point) }

// openingLabel is what stands before a chapter's title: "Chapter 7", "7" or
// nothing.
func (s *setter) openingLabel(c *press.Chapter) string {
	switch {
	case s.theme.Opening.Place == "none" || c.Number == 0:
		return ""
	case s.theme.Opening.Figure:
		return strconv.Itoa(c.Number)
	}
	return chapterLabel(s.words, c)
}

// openingStyle is how a chapter's title looks.
func (s *setter) openingStyle() style {
	look := s.theme.Opening
	st := s.plainStyle(s.faces.heads, look.Title.Size)
	st.color = press.Color(s.theme.Color)
	if look.Bold {
		st.face = st.face.Bolder()
	}
	if look.Italic {
		st.face = st.face.Turned()
	}
	return st
}

// openingEnd draws what stands between title and text: an ornament, a rule.
func (s *setter) openingEnd(how align) []*row {
	look, lead := s.theme.Opening, s.frame.lead
	var rows []*row
	if look.Ornament != "" {
		st := s.plainStyle(s.faces.body, s.theme.Text.Size.Scale(5, 4))
		st.color = press.Color(s.theme.Color)
		p := paragraph{spans: []span{{text: look.Ornament, style: st}}, m: measures{full: s.frame.width}, how: how, kind: press.FrontLine}
		rows = append(append(rows, gap(lead*6/10)), lineRows(s.lines(p)[:1], nil, press.Type{Size: st.size, Leading: lead})...)
	}
	if look.Rule {
		line := rule(0, lead*6/10, s.frame.width, thinRule)
		line.Stroke.Paint.Color = press.Color(s.theme.Color)
		rows = append(rows, &row{height: lead, ops: []press.Op{line}})
	}
	return rows
}

// titleBeside sets a title with its number before it, the lines hanging behind
// the number.
func (s *setter) titleBeside(t title, number string, node *press.Node) []*row {
	st := t.style
	st.features |= font.Lining
	rows := s.titleRowsBehind(inTitle{t, s.textWidth(number, st) + st.size*7/10}, node)
	if len(rows) == 0 {
		return nil
	}
	st.size = rows[0].ops[0].(*press.Line).Em // as large as the title came out
	line := s.rawLine(number, st, node, 0, press.HeadLine)
	shift(line, 0, rows[0].ops[0].(*press.Line).Y)
	rows[0].ops = append([]press.Op{line}, rows[0].ops...)
	return rows
}

// numberStyle is how "Chapter 1" looks above a title.
func (s *setter) numberStyle() style {
	st := s.plainStyle(s.faces.heads, s.theme.Opening.Number.Size)
	st.color = press.Color(s.theme.Color)
	switch {
	case s.theme.Opening.Figure:
		st.features = font.Lining
	case s.theme.Opening.Bold:
		if st.color == (press.Color{}) {
			st.color = press.Color{R: 96, G: 96, B: 96}
		}
	case s.hasSmallCaps(&st):
		st.features, st.track = font.SmallCaps|font.Plain, st.size.Scale(11, 100)
	}
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

// inTitle is a title with free room before it.
type inTitle struct {
	title
	left press.Pt
}

// longestTitle is how many bytes of a title are looked at; no page has room
// for more.
const longestTitle = 1200

// titleRows sets a title: smaller if it is long, and cut when it is too long
// for any size. Centred lines are made about equal in length, and no last one
// is a stub.
func (s *setter) titleRows(t title, node *press.Node) []*row {
	return s.titleRowsBehind(inTitle{title: t}, node)
}

// titleRowsBehind is titleRows with room before the title.
func (s *setter) titleRowsBehind(t inTitle, node *press.Node) []*row {
	words := strings.Fields(clipped(t.text))
	t.text = strings.Join(words, " ")
	lines, measure := s.steppedTitle(&t, node)
	if len(lines) > t.most {
		fits := func(n int) bool {
			lines = s.titleLines(t, cutWords(words, n), measure, node)
			return len(lines) <= t.most
		}
		n := longest(len(words)-1, fits)
		t.text = cutWords(words, max(n, 1))
		lines = s.titleLines(t, t.text, measure, node)
		lines = lines[:min(len(lines), t.most)]
	}
	for len(lines) > 1 && (t.how == centered || stubby(lines, measure)) {
		measure = measure * 19 / 20
		even := s.titleLines(t, t.text, measure, node)
		if len(even) > len(lines) || overfull(even) {
			break
		}
		lines = even
	}
	return lineRows(lines, nil, t.typ)
}

// stubby reports whether the last line is much shorter than the measure.
func stubby(lines []*press.Line, measure press.Pt) bool {
	last := lines[len(lines)-1]
	if len(last.Runs) == 0 {
		return false
	}
	run := &last.Runs[len(last.Runs)-1]
	if len(run.Glyphs) == 0 {
		return false
	}
	return run.X+run.Glyphs[len(run.Glyphs)-1].X-last.Runs[0].X < measure/4
}

// clipped returns what is looked at of a title.
func clipped(text string) string {
	if len(text) <= longestTitle {
		return text
	}
	return strings.ToValidUTF8(text[:longestTitle], "") + "…"
}

// steppedTitle sets a title in the largest of some sizes, down to that of the
// text, in which it has few lines.
func (s *setter) steppedTitle(t *inTitle, node *press.Node) ([]*press.Line, press.Pt) {
	measure := s.frame.width - t.left
	if t.how == centered {
		measure = measure * 19 / 20
	}
	whole := t.typ
	var lines []*press.Line
	for _, step := range []int64{8, 7, 6, 5, 4} {
		size := whole.Size.Scale(step, 8)
		if step < 8 && size < min(s.theme.Text.Size, whole.Size) {
			break
		}
		t.typ = press.Type{Size: size, Leading: whole.Leading.Scale(step, 8)}
		t.style.size = size
		lines = s.titleLines(*t, t.text, measure, node)
		if len(lines) <= min(t.most, 3) && !overfull(lines) {
			break
		}
	}
	return lines, measure
}

// titleLines breaks a title's text.
func (s *setter) titleLines(t inTitle, text string, measure press.Pt, node *press.Node) []*press.Line {
	p := paragraph{spans: []span{{text: text, style: t.style, node: node}}, m: measures{full: measure}, x: t.left, how: t.how, kind: press.HeadLine}
	if t.how == centered {
		p.x += (s.frame.width - t.left - measure) / 2
	}
	return s.lines(p)
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
	return words.Label(words.Chapter, strconv.Itoa(c.Number))
}
