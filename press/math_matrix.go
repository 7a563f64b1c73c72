package press

import (
	"errors"
	"fmt"
	"strings"
)

// mathEnvironment is a kind of matrix: brackets, alignment of the columns (the
// letters are used again and again), style of the cells.
type mathEnvironment struct {
	left, right, align string
	style              MathStyle
	pairs              bool
}

// mathEnvironments are the environments by name, without a star.
var mathEnvironments = map[string]mathEnvironment{
	"matrix": {"", "", "c", MathText, false}, "pmatrix": {"(", ")", "c", MathText, false}, "bmatrix": {"[", "]", "c", MathText, false},
	"Bmatrix": {"{", "}", "c", MathText, false}, "vmatrix": {"|", "|", "c", MathText, false}, "Vmatrix": {"‖", "‖", "c", MathText, false},
	"smallmatrix": {"", "", "c", MathScript, false}, "array": {"", "", "c", MathText, false},
	"cases": {"{", "", "l", MathText, false}, "dcases": {"{", "", "l", MathDisplay, false}, "rcases": {"", "}", "l", MathText, false},
	"aligned": {"", "", "rl", MathDisplay, true}, "align": {"", "", "rl", MathDisplay, true}, "split": {"", "", "rl", MathDisplay, true},
	"eqnarray": {"", "", "rcl", MathDisplay, false}, "gathered": {"", "", "c", MathDisplay, false}, "gather": {"", "", "c", MathDisplay, false},
	"equation": {"", "", "c", MathDisplay, false}, "multline": {"", "", "c", MathDisplay, false},
}

// environment reads from behind \begin to the \end of the same name.
func (p *mathParser) environment() (MathNode, error) {
	name, err := p.words()
	if err != nil {
		return nil, err
	}
	env, ok := mathEnvironments[strings.TrimSuffix(name, "*")]
	if !ok {
		return nil, fmt.Errorf("the environment %s is not known", shorten(name))
	}
	if name == "array" {
		if env.align, err = p.columns(); err != nil {
			return nil, err
		}
	}
	rows, err := p.rows("")
	if err != nil {
		return nil, err
	}
	if t := p.next(); !t.command || t.text != "end" {
		return nil, fmt.Errorf(`a \begin{%s} has no \end`, shorten(name))
	}
	if end, err := p.words(); err != nil || end != name {
		return nil, fmt.Errorf(`a \begin{%s} ends as another environment`, shorten(name))
	}
	m := &MathMatrix{Left: env.left, Right: env.right, Rows: rows, Style: env.style, Pairs: env.pairs}
	class := MathOrd
	if env.left+env.right != "" {
		class = MathInner
	}
	return &MathAtom{Class: class, Nucleus: m}, m.settle(env.align)
}

// columns reads the columns of an array; rules between them are left out.
func (p *mathParser) columns() (string, error) {
	spec, err := p.words()
	if err != nil {
		return "", err
	}
	spec = strings.NewReplacer("|", "", " ", "").Replace(spec)
	if spec == "" || strings.Trim(spec, "lcr") != "" {
		return "", errors.New("the columns of an array are not l, c and r")
	}
	return spec, nil
}

// rows reads cells up to what ends them, rows divided by \\ and cells by &. An
// empty last row is none.
func (p *mathParser) rows(closing string) ([][]MathList, error) {
	rows := [][]MathList{nil}
	for {
		cell, err := p.list(closing)
		if err != nil {
			return nil, err
		}
		last := len(rows) - 1
		if rows[last] = append(rows[last], cell); len(rows[last]) > maxMathColumns {
			return nil, errors.New("it has too many columns")
		}
		switch t := p.peek(); {
		case !t.command && t.text == "&":
			p.next()
		case t.command && (t.text == `\` || t.text == "cr"):
			p.next()
			if err := p.rowGap(); err != nil {
				return nil, err
			}
			rows = append(rows, nil)
		default:
			if last > 0 && len(rows[last]) == 1 && len(cell) == 0 {
				rows = rows[:last]
			}
			return rows, nil
		}
	}
}

// rowGap passes over the star and the length that may follow a \\.
func (p *mathParser) rowGap() error {
	if t := p.peek(); !t.command && t.text == "*" {
		p.next()
	}
	at := p.at
	if t := p.next(); t.command || t.text != "[" {
		p.at = at
		return nil
	}
	end := strings.IndexByte(p.src[p.at:], ']')
	if end < 0 || end > 20 || strings.Trim(p.src[p.at:p.at+end], "-+.0123456789 empxtcin") != "" {
		p.at = at // a bracket of the next row
		return nil
	}
	p.at += end + 1
	return nil
}

// settle gives all rows the same number of cells, and the columns their
// alignment.
func (m *MathMatrix) settle(align string) error {
	columns := 0
	for _, row := range m.Rows {
		columns = max(columns, len(row))
	}
	if columns > maxMathColumns {
		return errors.New("it has too many columns")
	}
	for i, row := range m.Rows {
		for len(row) < columns {
			row = append(row, nil)
		}
		m.Rows[i] = row
	}
	for i := range columns {
		m.Align = append(m.Align, map[byte]Align{'l': AlignLeft, 'c': AlignCenter, 'r': AlignRight}[align[i%len(align)]])
	}
	return nil
}

// substack reads lines that stand under an operator.
func (p *mathParser) substack() (MathNode, error) {
	if t := p.next(); t.command || t.text != "{" {
		return nil, errors.New(`a { is missing behind \substack`)
	}
	rows, err := p.rows("}")
	if err != nil {
		return nil, err
	}
	if t := p.next(); t.command || t.text != "}" {
		return nil, errors.New("a brace { is not closed")
	}
	m := &MathMatrix{Rows: rows, Style: MathScript}
	return &MathAtom{Nucleus: m}, m.settle("c")
}
