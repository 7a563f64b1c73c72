package intake

import (
	"math"
	"unicode/utf8"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// maxForms is how deep pages may paint other paintings; formCost is what each
// counts of what a file may show.
const (
	maxForms = 8
	formCost = 16 << 10
)

// pdfMatrix is a transformation as PDF writes it: a b c d e f.
type pdfMatrix [6]float64

// times multiplies; the conversion keeps machines from fusing it with what
// follows, so that all of them get the same number.
func times(a, b float64) float64 { return float64(a * b) }

// by is first m, then n.
func (m pdfMatrix) by(n pdfMatrix) pdfMatrix {
	return pdfMatrix{
		times(m[0], n[0]) + times(m[1], n[2]), times(m[0], n[1]) + times(m[1], n[3]),
		times(m[2], n[0]) + times(m[3], n[2]), times(m[2], n[1]) + times(m[3], n[3]),
		times(m[4], n[0]) + times(m[5], n[2]) + n[4], times(m[4], n[1]) + times(m[5], n[3]) + n[5],
	}
}

// pdfState is what holds while a page is painted (ISO 32000-1, 8.4 and 9.3).
type pdfState struct {
	place               pdfMatrix // of the page
	text, line          pdfMatrix // of the next sign, and of its line
	font                *pdfFont
	size                float64
	spacing, blanks     float64 // between signs, and between words
	stretch, lead, rise float64
}

func newPDFState() pdfState {
	id := pdfMatrix{1, 0, 0, 1, 0, 0}
	return pdfState{place: id, text: id, line: id, stretch: 1}
}

// painter follows the operators of a page and gathers its lines.
type painter struct {
	reader *pdfReader
	page   *pdfPage
	line   pdfLine // in work
	ends   []int   // where its signs end in its text
	right  int     // of them that run from right to left
	back   int     // of them that stand further left than the one before
	last   float64 // where the one before begins
	marked []bool  // for each mark that is open: what it holds is no text of the page
	mute   int     // of those
	steps  int
}

// run follows one painting.
func (p *painter) run(data []byte, resources types.Dict, s pdfState, depth int) error {
	scan := &pdfScanner{data: data}
	var args []pdfToken
	var saved []pdfState
	for {
		t := scan.next(0)
		switch {
		case t.kind == pdfEnd:
			return nil
		case t.kind != pdfOperator:
			if len(args) < 64 {
				args = append(args, t)
			}
			continue
		}
		if p.steps++; p.steps%10_000 == 0 && p.reader.ctx.Err() != nil {
			return p.reader.ctx.Err()
		}
		switch t.text {
		case "q":
			if len(saved) < 256 {
				saved = append(saved, s)
			}
		case "Q":
			if n := len(saved) - 1; n >= 0 {
				s, saved = saved[n], saved[:n]
			}
		case "ID":
			scan.picture()
		case "Do":
			if err := p.form(args, resources, s, depth); err != nil {
				return err
			}
		case "Tf":
			if len(args) == 2 {
				s.font, s.size = p.reader.font(resources, args[0].text), args[1].number
			}
		default:
			if err := p.operate(t.text, args, &s); err != nil {
				return err
			}
		}
		args = args[:0]
	}
}

// form paints a painting inside another.
func (p *painter) form(args []pdfToken, resources types.Dict, s pdfState, depth int) error {
	if len(args) != 1 || depth >= maxForms {
		return nil
	}
	o := p.reader.dict(resources, "XObject")[args[0].text]
	d, err := p.reader.file.Dereference(o)
	stream, ok := d.(types.StreamDict)
	if err != nil || !ok || p.reader.name(stream.Dict, "Subtype") != "Form" {
		return nil //nolint:nilerr // what is no painting shows no text
	}
	if p.reader.left -= formCost; p.reader.left <= 0 {
		return errPDFTooLarge
	}
	data, err := p.reader.stream(o)
	if err != nil {
		return err
	}
	if m := p.reader.array(stream.Dict, "Matrix"); len(m) == 6 {
		var matrix pdfMatrix
		for i := range matrix {
			matrix[i] = p.reader.number(m[i])
		}
		s.place = matrix.by(s.place)
	}
	if own := p.reader.dict(stream.Dict, "Resources"); own != nil {
		resources = own
	}
	return p.run(data, resources, s, depth+1)
}

// numbersOf are the operands as numbers; ok says that there are so many.
func numbersOf(args []pdfToken, n int) (v [6]float64, ok bool) {
	if len(args) < n {
		return v, false
	}
	for i, a := range args[len(args)-n:] {
		v[i] = a.number
	}
	return v, true
}

// operands is how many numbers an operator takes.
var operands = map[string]int{"cm": 6, "Tm": 6, "Td": 2, "TD": 2, "Tc": 1, "Tw": 1, "Tz": 1, "TL": 1, "Ts": 1}

// operate follows an operator that changes how text is set, or shows some.
func (p *painter) operate(name string, args []pdfToken, s *pdfState) error {
	v, ok := numbersOf(args, operands[name])
	if !ok {
		return nil
	}
	switch name {
	case "cm":
		s.place = pdfMatrix(v).by(s.place)
	case "BT":
		s.text = pdfMatrix{1, 0, 0, 1, 0, 0}
		s.line = s.text
	case "Tm":
		s.text, s.line = v, v
	case "TD":
		s.lead = -v[1]
		s.move(v[0], v[1])
	case "Td":
		s.move(v[0], v[1])
	case "T*":
		s.move(0, -s.lead)
	case "Tc":
		s.spacing = v[0]
	case "Tw":
		s.blanks = v[0]
	case "Tz":
		s.stretch = v[0] / 100
	case "TL":
		s.lead = v[0]
	case "Ts":
		s.rise = v[0]
	case "BMC", "BDC", "EMC":
		p.mark(name, args)
	case "Tj", "TJ", "'", `"`:
		return p.texts(name, args, s)
	}
	return nil
}

// move goes to the next line.
func (s *pdfState) move(x, y float64) {
	s.line = pdfMatrix{1, 0, 0, 1, x, y}.by(s.line)
	s.text = s.line
}

// mark opens or closes a mark. An artifact is a running head, a page number and
// the like.
func (p *painter) mark(name string, args []pdfToken) {
	if name == "EMC" {
		if n := len(p.marked) - 1; n >= 0 {
			if p.marked[n] {
				p.mute--
			}
			p.marked = p.marked[:n]
		}
		return
	}
	artifact := len(args) > 0 && args[0].text == "Artifact"
	if len(p.marked) < 1000 {
		p.marked = append(p.marked, artifact)
		if artifact {
			p.mute++
		}
	}
}

// texts shows the text of an operator.
func (p *painter) texts(name string, args []pdfToken, s *pdfState) error {
	if len(args) == 0 {
		return nil
	}
	if name == "'" || name == `"` {
		if name == `"` && len(args) == 3 {
			s.blanks, s.spacing = args[0].number, args[1].number
		}
		s.move(0, -s.lead)
	}
	last := args[len(args)-1]
	if name != "TJ" {
		return p.show(last.text, s)
	}
	for _, part := range last.list {
		if part.kind == pdfNumber {
			s.text = pdfMatrix{1, 0, 0, 1, times(times(-part.number/1000, s.size), s.stretch), 0}.by(s.text)
			continue
		}
		if err := p.show(part.text, s); err != nil {
			return err
		}
	}
	return nil
}

// show sets a text sign by sign.
func (p *painter) show(text string, s *pdfState) error {
	if s.font == nil {
		return nil
	}
	for len(text) > 0 {
		g := s.font.sign(text)
		advance := times(g.width, s.size) + s.spacing
		if g.size == 1 && text[0] == ' ' {
			advance += s.blanks
		}
		text = text[g.size:]
		at := s.text.by(s.place)
		s.text = pdfMatrix{1, 0, 0, 1, times(advance, s.stretch), 0}.by(s.text)
		if p.reader.signs++; p.reader.signs > maxPDFSigns {
			return errPDFTooLarge
		}
		if g.text == "" {
			p.reader.unknown++
			continue
		}
		if p.mute == 0 {
			p.sign(g.text, at, s.text.by(s.place), s)
		}
	}
	return nil
}

// sign adds a sign that reaches from one place to another.
func (p *painter) sign(text string, from, to pdfMatrix, s *pdfState) {
	height := times(math.Abs(s.size), math.Sqrt(times(from[2], from[2])+times(from[3], from[3])))
	if height < 0.01 || height > 1e6 {
		return
	}
	turn, start, across := placed(from)
	_, end, _ := placed(pdfMatrix{from[0], from[1], from[2], from[3], to[4], to[5]})
	l := &p.line
	gap := start - l.end
	backward := -height
	if isRight(text) || p.right > 0 {
		backward = times(height, -2.5)
	}
	if l.text != nil && (turn != l.turn || math.Abs(across-l.across) > height/2 || gap < backward) {
		p.endLine()
	}
	if l.text == nil {
		*l = pdfLine{turn: turn, start: start, across: across}
	} else if gap > times(height, 0.17) && text != " " && l.text[len(l.text)-1] != ' ' {
		l.text = append(l.text, ' ')
		p.ends = append(p.ends, len(l.text))
	}
	if len(p.ends) > 0 && start < p.last {
		p.back++
	}
	if isRight(text) {
		p.right++
	}
	l.text = append(l.text, text...)
	p.ends, p.last = append(p.ends, len(l.text)), start
	n := float64(utf8.RuneCountInString(text))
	l.signs += n
	l.heights += times(height, n)
	l.end = end
}

// placed says in which quarter a text runs, how far along it a place is, and how
// far up across it.
func placed(m pdfMatrix) (turn int, along, across float64) {
	switch a, b := m[0], m[1]; {
	case math.Abs(a) >= math.Abs(b) && a >= 0:
		return 0, m[4], m[5]
	case math.Abs(a) >= math.Abs(b):
		return 2, -m[4], -m[5]
	case b > 0:
		return 1, m[5], -m[4]
	}
	return 3, -m[5], m[4]
}

// endLine ends the line in work.
func (p *painter) endLine() {
	if len(p.line.text) > 0 {
		if p.right > 1 && p.back*2 < p.right {
			p.line.text = logical(p.line.text, p.ends)
		}
		p.page.lines = append(p.page.lines, p.line)
	}
	p.line, p.ends, p.right, p.back = pdfLine{}, p.ends[:0], 0, 0
}
