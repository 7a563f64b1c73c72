package press

import (
	"errors"
	"fmt"
	"strings"
)

// command reads what a command makes; nil if it only says something to the
// parser.
func (p *mathParser) command(name string) (MathNode, error) {
	if s, ok := mathNames()[name]; ok {
		return p.symbol(s), nil
	}
	if limits, ok := mathFunctions[name]; ok {
		return function(name, limits), nil
	}
	if mu, ok := mathSpaces[name]; ok {
		return &MathSpace{mu}, nil
	}
	if style, ok := mathStyles[name]; ok {
		return &MathChange{style}, nil
	}
	if accent, ok := mathAccents[name]; ok {
		return p.accent(accent)
	}
	if face, ok := mathFaces[name]; ok {
		return p.faced(mathFace{true, face})
	}
	if face, ok := textFaces[name]; ok {
		words, err := p.words()
		return &MathAtom{Nucleus: &MathWords{words, face}}, err
	}
	if class, ok := classCommands[name]; ok {
		list, err := p.argument()
		return &MathAtom{Class: class, Nucleus: &MathGroup{list}, Limits: limitsOf(class)}, err
	}
	if size, class, ok := bigDelimiter(name); ok {
		text, err := p.delimiter()
		return &MathAtom{Class: class, Nucleus: &MathDelimiter{text, size}}, err
	}
	return p.structure(name)
}

// classCommands make an atom of a class of anything.
var classCommands = map[string]MathClass{
	"mathord": MathOrd, "mathop": MathOp, "mathbin": MathBin, "mathrel": MathRel, "mathopen": MathOpen, "mathclose": MathClose,
	"mathpunct": MathPunct, "mathinner": MathInner,
}

// limitsOf is where the scripts of a class stand by custom.
func limitsOf(class MathClass) MathLimits {
	if class == MathOp {
		return MathLimitsDisplay
	}
	return MathLimitsNone
}

// structure reads what is built up of rows.
func (p *mathParser) structure(name string) (MathNode, error) {
	switch name {
	case "frac", "dfrac", "tfrac", "cfrac":
		return p.fraction(MathFraction{Style: fractionStyles[name]})
	case "binom", "dbinom", "tbinom":
		return p.fraction(MathFraction{Style: fractionStyles[name], NoRule: true, Left: "(", Right: ")"})
	case "sqrt":
		return p.radical()
	case "left":
		return p.fence()
	case "middle":
		text, err := p.delimiter()
		return &MathAtom{Nucleus: &MathDelimiter{text, 0}}, err
	case "overset", "stackrel", "underset":
		return p.stack(name)
	case "xrightarrow", "xleftarrow":
		return p.longArrow(name)
	case "operatorname":
		return p.operator()
	case "bmod":
		return &MathAtom{Class: MathBin, Nucleus: &MathWords{Text: "mod"}}, nil
	case "pmod", "pod":
		return p.modulo(name)
	case "not":
		return p.not()
	case "begin":
		return p.environment()
	case "substack":
		return p.substack()
	case "rm", "bf", "it", "cal", "sf", "tt":
		p.face = mathFace{true, map[string]MathFace{"rm": MathUpright, "bf": MathBold, "it": MathItalic, "cal": MathScriptFace, "sf": MathSans, "tt": MathMono}[name]}
		return nil, nil
	case "nonumber", "notag", "hline", "relax", "/":
		return nil, nil
	case "limits", "nolimits", "displaylimits":
		return nil, fmt.Errorf(`\%s stands behind no operator`, name)
	}
	return nil, fmt.Errorf(`the command \%s is not known`, shorten(name))
}

// fractionStyles are the styles of the fractions that have one.
var fractionStyles = map[string]MathStyle{"dfrac": MathDisplay, "cfrac": MathDisplay, "dbinom": MathDisplay, "tfrac": MathText, "tbinom": MathText}

// function is a function by name.
func function(name string, limits bool) *MathAtom {
	a := &MathAtom{Class: MathOp, Nucleus: &MathWords{Text: name}}
	if text, ok := functionTexts[name]; ok {
		a.Nucleus = &MathWords{Text: text}
	}
	if limits {
		a.Limits = MathLimitsDisplay
	}
	return a
}

// accent reads what stands under or over a mark. Braces take their notes as
// limits.
func (p *mathParser) accent(a MathAccent) (MathNode, error) {
	body, err := p.argument()
	a.Body = body
	atom := &MathAtom{Nucleus: &a}
	if a.Mark == "⏞" || a.Mark == "⏟" {
		atom.Class, atom.Limits = MathOp, MathLimitsAlways
	}
	return atom, err
}

// faced reads an argument under another choice of letters. One atom alone
// stays what it is.
func (p *mathParser) faced(face mathFace) (MathNode, error) {
	before := p.face
	p.face = face
	list, err := p.argument()
	p.face = before
	if err != nil {
		return nil, err
	}
	if len(list) == 1 {
		return list[0], nil
	}
	return &MathAtom{Nucleus: &MathGroup{list}}, nil
}

// words reads a group of plain text; its blanks count.
func (p *mathParser) words() (string, error) {
	if t := p.next(); t.command || t.text != "{" {
		return "", errors.New("a { is missing before text")
	}
	var b strings.Builder
	for depth := 1; p.at < len(p.src); p.at++ {
		c := p.src[p.at]
		switch {
		case c == '\\':
			p.at++
			text, ok := escapedText(p.src[p.at:])
			if !ok {
				return "", errors.New("there is a command in the text of a formula")
			}
			b.WriteString(text)
		case c == '$':
			return "", errors.New("there is a formula in the text of a formula")
		case c == '{':
			depth++
		case c == '}':
			if depth--; depth == 0 {
				p.at++
				return b.String(), nil
			}
		case c == '~':
			b.WriteString("\u00a0")
		case c == '\n':
			b.WriteByte(' ')
		default:
			b.WriteByte(c)
		}
	}
	return "", errors.New("a brace { is not closed")
}

// escapedText returns what the character behind a backslash stands for in text.
func escapedText(rest string) (string, bool) {
	switch {
	case rest == "":
		return "", false
	case strings.Contains("%$#&_{}", rest[:1]):
		return rest[:1], true
	case rest[0] == ',':
		return "\u2009", true
	case strings.Contains(" :;\n", rest[:1]):
		return " ", true
	}
	return "", false
}

// bigDelimiter takes \bigl and its like apart.
func bigDelimiter(name string) (size int, class MathClass, ok bool) {
	if size, ok = bigSizes[name]; ok {
		return size, MathOrd, true
	}
	if name == "" {
		return 0, 0, false
	}
	last := len(name) - 1
	class, known := map[byte]MathClass{'l': MathOpen, 'r': MathClose, 'm': MathRel}[name[last]]
	size, ok = bigSizes[name[:last]]
	return size, class, ok && known
}

// delimiter reads a bracket; "" is an invisible one.
func (p *mathParser) delimiter() (string, error) {
	t := p.next()
	if text, ok := delimiterTexts[t.String()]; ok {
		return text, nil
	}
	if s, ok := mathNames()[t.text]; ok && t.command && (s.class == MathOpen || s.class == MathClose) {
		return s.text, nil
	}
	if t.text == "" {
		return "", errors.New("a bracket is missing at its end")
	}
	return "", fmt.Errorf("%s is no bracket", t)
}

// fraction reads the two halves of a fraction.
func (p *mathParser) fraction(f MathFraction) (MathNode, error) {
	var err error
	if f.Num, err = p.argument(); err == nil {
		f.Den, err = p.argument()
	}
	return &MathAtom{Class: MathInner, Nucleus: &f}, err
}

// radical reads a root with its degree in brackets, if there is one.
func (p *mathParser) radical() (MathNode, error) {
	degree, err := p.bracketArgument()
	if err != nil {
		return nil, err
	}
	body, err := p.argument()
	return &MathAtom{Nucleus: &MathRadical{degree, body}}, err
}

// bracketArgument reads an argument in [ ], nil if there is none.
func (p *mathParser) bracketArgument() (MathList, error) {
	if t := p.peek(); t.command || t.text != "[" {
		return nil, nil
	}
	p.next()
	list, err := p.list("]")
	if err != nil {
		return nil, err
	}
	if t := p.next(); t.command || t.text != "]" {
		return nil, errors.New("a bracket [ is not closed")
	}
	return list, nil
}

// fence reads a row between \left and \right.
func (p *mathParser) fence() (MathNode, error) {
	left, err := p.delimiter()
	if err != nil {
		return nil, err
	}
	body, err := p.list("")
	if err != nil {
		return nil, err
	}
	if t := p.next(); !t.command || t.text != "right" {
		return nil, errors.New(`a \left has no \right`)
	}
	right, err := p.delimiter()
	return &MathAtom{Class: MathInner, Nucleus: &MathFence{left, right, body}}, err
}

// stack reads something with something smaller over or under it. It is what
// its base is, a relation if that is more than one thing.
func (p *mathParser) stack(name string) (MathNode, error) {
	small, err := p.argument()
	if err != nil {
		return nil, err
	}
	base, err := p.argument()
	s := &MathStack{Base: base, Over: small}
	if name == "underset" {
		s.Over, s.Under = nil, small
	}
	class := MathRel
	if len(base) == 1 && name != "stackrel" {
		if a, ok := base[0].(*MathAtom); ok {
			class = a.Class
		}
	}
	return &MathAtom{Class: class, Nucleus: s}, err
}

// longArrow reads an arrow with words over and, in brackets, under it.
func (p *mathParser) longArrow(name string) (MathNode, error) {
	under, err := p.bracketArgument()
	if err != nil {
		return nil, err
	}
	over, err := p.argument()
	arrow := map[string]string{"xrightarrow": "⟶", "xleftarrow": "⟵"}[name]
	base := MathList{&MathAtom{Class: MathRel, Nucleus: &MathSymbol{Text: arrow}}}
	return &MathAtom{Class: MathRel, Nucleus: &MathStack{base, over, under}}, err
}

// operator reads a function that the author names.
func (p *mathParser) operator() (MathNode, error) {
	limits := MathLimitsNone
	if t := p.peek(); !t.command && t.text == "*" {
		p.next()
		limits = MathLimitsDisplay
	}
	start := p.at
	words, err := p.words()
	if err == nil {
		return &MathAtom{Class: MathOp, Nucleus: &MathWords{Text: strings.TrimSpace(words)}, Limits: limits}, nil
	}
	p.at = start // with commands in it, such as \,
	list, err := p.faced(mathFace{true, MathUpright})
	return &MathAtom{Class: MathOp, Nucleus: &MathGroup{MathList{list}}, Limits: limits}, err
}

// modulo reads "(mod n)".
func (p *mathParser) modulo(name string) (MathNode, error) {
	n, err := p.argument()
	if err != nil {
		return nil, err
	}
	body := MathList{&MathSpace{8}, &MathAtom{Class: MathOpen, Nucleus: &MathSymbol{Text: "("}}}
	if name == "pmod" {
		body = append(body, &MathAtom{Nucleus: &MathWords{Text: "mod"}}, &MathSpace{6})
	}
	body = append(append(body, n...), &MathAtom{Class: MathClose, Nucleus: &MathSymbol{Text: ")"}})
	return &MathAtom{Nucleus: &MathGroup{body}}, nil
}

// negations are the characters with a slash through them.
var negations = map[string]string{
	"=": "≠", "∈": "∉", "∋": "∌", "<": "≮", ">": "≯", "≡": "≢", "∼": "≁", "≈": "≉", "≅": "≇", "≤": "≰", "≥": "≱", "⊂": "⊄", "⊃": "⊅", "⊆": "⊈",
	"⊇": "⊉", "∃": "∄", "∣": "∤", "∥": "∦", "→": "↛", "←": "↚", "⊢": "⊬", "⊨": "⊭",
}

// not strikes out what follows.
func (p *mathParser) not() (MathNode, error) {
	list, err := p.argument()
	if err != nil {
		return nil, err
	}
	if len(list) != 1 {
		return nil, errors.New(`\not stands before nothing that can be struck out`)
	}
	a, _ := list[0].(*MathAtom)
	if a == nil {
		return nil, errors.New(`\not stands before nothing that can be struck out`)
	}
	s, ok := a.Nucleus.(*MathSymbol)
	if !ok {
		return nil, errors.New(`\not stands before nothing that can be struck out`)
	}
	if n, ok := negations[s.Text]; ok {
		return &MathAtom{Class: a.Class, Nucleus: &MathSymbol{Text: n}}, nil
	}
	return &MathAtom{Class: a.Class, Nucleus: &MathSymbol{Text: s.Text, Face: s.Face, Not: true}}, nil
}
