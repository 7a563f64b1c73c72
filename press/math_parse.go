package press

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Limits of a formula. What is larger is no formula of a book.
const (
	maxMathBytes   = 16 << 10
	maxMathDepth   = 40
	maxMathColumns = 64
)

// ParseMath reads a formula in LaTeX notation, as it stands between dollars:
// the mathematics of LaTeX and amsmath without macros, colours and boxes. The
// error says in a few words what cannot be read.
func ParseMath(src string) (*Formula, error) {
	if len(src) > maxMathBytes {
		return nil, fmt.Errorf("it is longer than %d characters", maxMathBytes)
	}
	p := &mathParser{src: src}
	rows, err := p.rows("")
	if err != nil {
		return nil, err
	}
	if t := p.next(); t.text != "" {
		return nil, fmt.Errorf("there is nothing that %s ends", t)
	}
	if len(rows) == 1 && len(rows[0]) == 1 {
		return &Formula{rows[0][0]}, nil
	}
	m := &MathMatrix{Rows: rows, Style: MathDisplay, Pairs: true}
	if err := m.settle("rl"); err != nil {
		return nil, err
	}
	if len(m.Align) == 1 {
		m.Align, m.Pairs = []Align{AlignCenter}, false
	}
	return &Formula{MathList{&MathAtom{Nucleus: m}}}, nil
}

// mathParser is the state of one ParseMath.
type mathParser struct {
	src   string
	at    int
	depth int
	face  mathFace
}

// mathToken is a character or a command; an empty text is the end.
type mathToken struct {
	text    string // of a command without its backslash
	command bool
}

// String is the token as it was written.
func (t mathToken) String() string {
	if t.command {
		return `\` + t.text
	}
	return t.text
}

// peek returns the next token without taking it.
func (p *mathParser) peek() mathToken {
	at := p.at
	t := p.next()
	p.at = at
	return t
}

// next takes the next token; blanks before it mean nothing.
func (p *mathParser) next() mathToken {
	p.at += len(p.src[p.at:]) - len(strings.TrimLeft(p.src[p.at:], " \t\n\r"))
	if p.at >= len(p.src) {
		return mathToken{}
	}
	if p.src[p.at] != '\\' {
		_, n := utf8.DecodeRuneInString(p.src[p.at:])
		p.at += n
		return mathToken{text: p.src[p.at-n : p.at]}
	}
	p.at++
	start := p.at
	for p.at < len(p.src) && asciiLetter(p.src[p.at]) {
		p.at++
	}
	if p.at == start && p.at < len(p.src) {
		_, n := utf8.DecodeRuneInString(p.src[p.at:])
		p.at += n
	}
	text := p.src[start:p.at]
	if text == "" || text == "\n" || text == "\t" {
		text = " "
	}
	return mathToken{text, true}
}

// asciiLetter reports whether a byte may be in the name of a command.
func asciiLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// list reads a row up to a token that ends one: }, \right, &, \\, \end, the
// end, or the closing token that is given.
func (p *mathParser) list(closing string) (MathList, error) {
	if p.depth++; p.depth > maxMathDepth {
		return nil, errors.New("it is nested too deep")
	}
	face := p.face
	defer func() { p.depth--; p.face = face }()
	var out MathList
	for {
		t := p.peek()
		if t.ends() || !t.command && t.text == closing {
			return out, nil
		}
		p.next()
		if f, ok := infix(t); ok {
			return p.infix(f, out, closing)
		}
		n, err := p.node(t)
		if err != nil {
			return nil, err
		}
		if n != nil {
			out = append(out, n)
		}
	}
}

// ends reports whether the token ends any row.
func (t mathToken) ends() bool {
	if t.command {
		return t.text == "right" || t.text == `\` || t.text == "end" || t.text == "cr"
	}
	return t.text == "" || t.text == "}" || t.text == "&"
}

// scripts reports whether the token begins a script.
func (t mathToken) scripts() bool {
	return !t.command && (t.text == "^" || t.text == "_" || t.text == "'" || t.text == "’")
}

// infix returns the fraction that an old command in the middle of a row makes.
func infix(t mathToken) (MathFraction, bool) {
	if !t.command {
		return MathFraction{}, false
	}
	switch t.text {
	case "over":
		return MathFraction{}, true
	case "atop":
		return MathFraction{NoRule: true}, true
	case "choose":
		return MathFraction{NoRule: true, Left: "(", Right: ")"}, true
	}
	return MathFraction{}, false
}

// infix reads the lower half of a fraction whose upper half is read.
func (p *mathParser) infix(f MathFraction, num MathList, closing string) (MathList, error) {
	den, err := p.list(closing)
	if err != nil {
		return nil, err
	}
	f.Num, f.Den = num, den
	return MathList{&MathAtom{Class: MathInner, Nucleus: &f}}, nil
}

// node reads an atom with its scripts, a space or a change of style. It is nil
// for what only says something to the parser.
func (p *mathParser) node(t mathToken) (MathNode, error) {
	var n MathNode = &MathAtom{}
	if t.scripts() {
		p.at -= len(t.text) // scripts that hang on nothing
	} else {
		var err error
		if n, err = p.bare(t, true); err != nil || n == nil {
			return nil, err
		}
	}
	a, ok := n.(*MathAtom)
	if !ok {
		return n, nil
	}
	return a, p.scripts(a)
}

// scripts reads what stands behind an atom: primes, ^, _ and \limits.
func (p *mathParser) scripts(a *MathAtom) error {
	var raised, lowered bool
	for {
		t := p.peek()
		switch {
		case t.command && (t.text == "limits" || t.text == "nolimits" || t.text == "displaylimits"):
			a.Limits = map[string]MathLimits{"limits": MathLimitsAlways, "nolimits": MathLimitsNone, "displaylimits": MathLimitsDisplay}[t.text]
			p.next()
		case !t.command && (t.text == "'" || t.text == "’"):
			p.next()
			a.Sup = append(a.Sup, &MathAtom{Nucleus: &MathSymbol{Text: "′"}})
		case !t.command && (t.text == "^" || t.text == "_"):
			p.next()
			list, err := p.argument()
			if err != nil {
				return err
			}
			if t.text == "^" && raised || t.text == "_" && lowered {
				return fmt.Errorf("there are two %s behind one thing", t.text)
			}
			if t.text == "^" {
				a.Sup, raised = append(a.Sup, list...), true
			} else {
				a.Sub, lowered = list, true
			}
		default:
			return nil
		}
	}
}

// argument reads what a command or a script takes: a group or one thing.
func (p *mathParser) argument() (MathList, error) {
	t := p.next()
	if t.text == "{" && !t.command {
		return p.group()
	}
	if t.ends() || t.scripts() {
		return nil, errors.New("something is missing at its end or behind a command")
	}
	if p.depth++; p.depth > maxMathDepth {
		return nil, errors.New("it is nested too deep")
	}
	defer func() { p.depth-- }()
	n, err := p.bare(t, false)
	if err != nil || n == nil {
		return nil, err
	}
	return MathList{n}, nil
}

// group reads a row up to the brace that closes it.
func (p *mathParser) group() (MathList, error) {
	list, err := p.list("}")
	if err != nil {
		return nil, err
	}
	if t := p.next(); t.command || t.text != "}" {
		return nil, errors.New("a brace { is not closed")
	}
	return list, nil
}

// bare reads a node without scripts. A number is taken whole in a row, digit
// by digit in an argument.
func (p *mathParser) bare(t mathToken, whole bool) (MathNode, error) {
	if t.command {
		return p.command(t.text)
	}
	switch c := t.text; {
	case c == "{":
		list, err := p.group()
		return &MathAtom{Nucleus: &MathGroup{list}}, err
	case c == "#" || c == "$" || c == "}" || c == "&":
		return nil, fmt.Errorf("the character %s stands in a wrong place", c)
	case c == "~":
		return &MathSpace{6}, nil
	case c >= "0" && c <= "9":
		if whole {
			c += p.digits()
		}
		return &MathAtom{Nucleus: &MathSymbol{Text: c, Face: p.face.of(c)}}, nil
	default:
		return p.character(c), nil
	}
}

// digits takes the rest of a number.
func (p *mathParser) digits() string {
	start := p.at
	for p.at < len(p.src) && (digit(p.src, p.at) || p.src[p.at] == '.' && digit(p.src, p.at+1)) {
		p.at++
	}
	return p.src[start:p.at]
}

// digit reports whether s has a digit at an offset.
func digit(s string, at int) bool { return at < len(s) && s[at] >= '0' && s[at] <= '9' }

// typedSigns are the signs that a keyboard lacks.
var typedSigns = map[string]string{"-": "−", "*": "∗", "`": "‘"}

// character makes an atom of a character that was typed itself.
func (p *mathParser) character(c string) *MathAtom {
	class := mathRunes()[c]
	if sign, ok := typedSigns[c]; ok {
		c = sign
	}
	return p.symbol(mathSymbol{c, class})
}

// symbol makes an atom of a symbol.
func (p *mathParser) symbol(s mathSymbol) *MathAtom {
	a := &MathAtom{Class: s.class, Nucleus: &MathSymbol{Text: s.text, Face: p.face.of(s.text), Large: s.class == MathOp}}
	if s.class == MathOp && !strings.Contains("∫∬∭⨌∮∯∰", s.text) {
		a.Limits = MathLimitsDisplay
	}
	return a
}
