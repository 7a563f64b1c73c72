package layout

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"quire/press"
)

// turned marks the rest of a code line that was too long.
const turned = "↪"

// tabStop is how many columns a tab goes on to the next of.
const tabStop = 4

// codeSetter sets one block of preformatted text.
type codeSetter struct {
	s      *setter
	f      flow // of the block
	x      press.Pt
	width  press.Pt // of the lines
	style  style
	node   *press.Node
	widths map[rune]press.Pt
	gutter press.Pt // of line numbers; 0 is none
}

// code sets preformatted text line by line; what is too long is turned over
// with a mark.
func (s *setter) code(c *press.Code, f flow) []*row {
	look := s.theme.Code
	z := &codeSetter{s: s, f: f, node: f.node.Kid(press.RoleCode), widths: map[rune]press.Pt{}}
	z.style = s.codeStyle(s.plainStyle(s.faces.code, look.Size))
	z.style.size = min(look.Size, f.typ.Size)
	in := f.inset(s.theme.Text.Size, 0)
	if look.Ground || look.Rule {
		in = f.inset(look.Size, look.Size)
	}
	z.x, z.width = in.x, in.width
	text := expandTabs(c.Text)
	var classes []tokenClass
	if look.Palette != "plain" {
		classes = classify(c.Language, text)
	}
	lines := strings.Split(text, "\n")
	if look.Numbers {
		z.gutter = s.textWidth(strconv.Itoa(len(lines)), z.style) + look.Size
		z.x, z.width = z.x+z.gutter, z.width-z.gutter
	}
	var rows []*row
	at := 0
	for n, line := range lines {
		var marks []tokenClass
		if classes != nil {
			marks = classes[at : at+len(line)]
		}
		rows = append(rows, z.line(n+1, line, marks)...)
		at += len(line) + 1
	}
	for i, r := range rows {
		r.index, r.of = i, len(rows)
		r.rough = 400
		r.keep = len(rows) <= 9 && i < len(rows)-1
	}
	return s.island(z.dressed(rows))
}

// expandTabs puts spaces in the place of tabs.
func expandTabs(text string) string {
	if !strings.Contains(text, "\t") {
		return text
	}
	var b strings.Builder
	column := 0
	for _, r := range text {
		switch r {
		case '\t':
			n := tabStop - column%tabStop
			b.WriteString(strings.Repeat(" ", n))
			column += n
			continue
		case '\n':
			column = -1
		}
		b.WriteRune(r)
		column++
	}
	return b.String()
}

// line sets one line of code, in as many rows as it needs.
func (z *codeSetter) line(number int, text string, classes []tokenClass) []*row {
	var rows []*row
	for i, part := range z.wrap(text) {
		r := &row{height: z.s.theme.Code.Leading}
		x := z.x
		if i > 0 {
			x += 2 * z.style.size
			z.put(r, z.s.rawLine(turned, z.style, nil, z.x+z.style.size/2, press.CodeLine))
		}
		if i == 0 && z.gutter > 0 {
			label := strconv.Itoa(number)
			st := z.style
			st.color = press.Color{R: 110, G: 110, B: 110}
			z.put(r, z.s.rawLine(label, st, nil, z.x-z.style.size-z.s.textWidth(label, st), press.CodeLine))
		}
		var marks []tokenClass
		if classes != nil {
			marks, classes = classes[:len(part)], classes[len(part):]
		}
		z.put(r, z.s.rawSpans(z.spans(part, marks), x, press.CodeLine))
		rows = append(rows, r)
	}
	return rows
}

// put places a line on a row's baseline.
func (z *codeSetter) put(r *row, line *press.Line) {
	shift(line, 0, baseline(z.s.theme.Code.Type))
	r.ops = append(r.ops, line)
}

// wrap cuts a line of code into parts that fit, behind a blank where there is
// one in the last two fifths of a part.
func (z *codeSetter) wrap(line string) []string {
	var out []string
	var used, blank press.Pt // blank is how far the latest one reaches
	start, cut := 0, 0
	for i, r := range line {
		w, ok := z.widths[r]
		if !ok {
			w = z.s.textWidth(string(r), z.style)
			z.widths[r] = w
		}
		if used+w > z.width && i > start {
			over := press.Pt(0)
			if cut <= start || blank < z.width*3/5 {
				cut = i
			} else {
				over = used - blank
			}
			out = append(out, line[start:cut])
			start, used = cut, 2*z.style.size+over
		}
		used += w
		if r == ' ' {
			cut, blank = i+1, used
		}
	}
	return append(out, line[start:])
}

// spans cuts a part of a line where its class changes.
func (z *codeSetter) spans(text string, classes []tokenClass) []span {
	if classes == nil {
		return []span{{text: text, style: z.style, node: z.node}}
	}
	var out []span
	start := 0
	for i := 0; i < len(text); {
		_, size := utf8.DecodeRuneInString(text[i:])
		end := i + size
		if end == len(text) || classes[end] != classes[start] {
			out = append(out, span{text: text[start:end], style: z.s.highlighted(z.style, classes[start]), node: z.node})
			start = end
		}
		i = end
	}
	return out
}

// dressed draws the ground and the rule behind the rows.
func (z *codeSetter) dressed(rows []*row) []*row {
	look := z.s.theme.Code
	if len(rows) == 0 || !look.Ground && !look.Rule {
		return rows
	}
	const seam = press.Point / 4 // grounds overlap, so that no white shows between them
	if look.Ground {
		pad := look.Size / 2
		rows = append(append([]*row{{height: pad, keep: true}}, rows...), &row{height: pad})
		rows[len(rows)-2].keep = true
	}
	for i, r := range rows {
		var under []press.Op
		h := r.height + seam
		if i == len(rows)-1 {
			h = r.height
		}
		if look.Ground {
			box := rectangle(z.f.x, 0, z.f.width, h)
			box.Fill = &press.Paint{Color: press.Color(z.s.theme.Tint)}
			under = append(under, box)
		}
		if look.Rule {
			bar := rectangle(z.f.x, 0, press.Point, h)
			bar.Fill = &press.Paint{Color: z.s.ruleColor()}
			under = append(under, bar)
		}
		r.ops = append(under, r.ops...)
	}
	return rows
}

// ruleColor is the colour of upright rules: the theme's, or a grey.
func (s *setter) ruleColor() press.Color {
	if c := press.Color(s.theme.Color); c != (press.Color{}) {
		return c
	}
	return press.Color{R: 150, G: 150, B: 150}
}

// rawLine sets text as it is, with all its spaces, without breaking it.
func (s *setter) rawLine(text string, st style, node *press.Node, x press.Pt, lineKind press.LineKind) *press.Line {
	return s.rawSpans([]span{{text: text, style: st, node: node}}, x, lineKind)
}

// rawSpans sets spans as they are, with all their spaces, without breaking them.
func (s *setter) rawSpans(spans []span, x press.Pt, lineKind press.LineKind) *press.Line {
	z := itemizer{s: s, ragged: true, word: &word{}}
	for i := range spans {
		for _, r := range spans[i].text {
			z.char(&spans[i], r)
		}
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
