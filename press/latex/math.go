package latex

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"quire/press"
)

// formula writes a formula for unicode-math. It is written from the tree, not
// from what the author typed: so it holds nothing but what the press has
// understood, and no command that we did not write.
func formula(f *press.Formula) string {
	w := &mathWriter{}
	w.list(f.Body)
	s := strings.TrimSpace(w.out.String())
	if s == "" {
		return `{}`
	}
	return s
}

// mathWriter writes formulas.
type mathWriter struct{ out strings.Builder }

// put writes a piece. A letter behind a command's name would become a part of
// it, so a blank goes between.
func (w *mathWriter) put(s string) {
	if s == "" {
		return
	}
	if isLetter(s[0]) && endsWithName(w.out.String()) {
		w.out.WriteByte(' ')
	}
	w.out.WriteString(s)
}

// longestName is more letters than any command has that is written here.
const longestName = 24

// endsWithName reports whether a text ends with the name of a command.
func endsWithName(s string) bool {
	i := len(s)
	for i > 0 && len(s)-i < longestName && isLetter(s[i-1]) {
		i--
	}
	return i > 0 && i < len(s) && s[i-1] == '\\'
}

// isLetter reports whether a byte is an ASCII letter.
func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// group writes a list in braces.
func (w *mathWriter) group(list press.MathList) {
	w.put("{")
	w.list(list)
	w.put("}")
}

// styles are the commands of the styles.
var styles = map[press.MathStyle]string{
	press.MathAuto: "", press.MathDisplay: `\displaystyle`, press.MathText: `\textstyle`, press.MathScript: `\scriptstyle`, press.MathScriptScript: `\scriptscriptstyle`,
}

// list writes a row.
func (w *mathWriter) list(list press.MathList) {
	for _, n := range list {
		switch t := n.(type) {
		case *press.MathChange:
			w.put(styles[t.Style])
		case *press.MathSpace:
			w.space(t.Mu)
		case *press.MathAtom:
			w.atom(t)
		}
	}
}

// space writes a blank of so many eighteenths of an em.
func (w *mathWriter) space(mu int) {
	if name, ok := map[int]string{3: `\,`, 4: `\:`, 5: `\;`, -3: `\!`, 18: `\quad`, 36: `\qquad`}[mu]; ok {
		w.put(name)
		return
	}
	w.put(fmt.Sprintf(`\mspace{%dmu}`, mu))
}

// atom writes a nucleus and its scripts.
func (w *mathWriter) atom(a *press.MathAtom) {
	w.nucleus(a)
	if a.Class == press.MathOp {
		switch a.Limits {
		case press.MathLimitsAlways:
			w.put(`\limits`)
		case press.MathLimitsNone:
			if s, ok := a.Nucleus.(*press.MathSymbol); ok && s.Large && len(a.Sub)+len(a.Sup) > 0 {
				w.put(`\nolimits`)
			}
		}
	}
	if len(a.Sub) > 0 {
		w.put("_")
		w.group(a.Sub)
	}
	if len(a.Sup) > 0 {
		w.put("^")
		w.group(a.Sup)
	}
}

// classes are the commands that make anything an atom of a class.
var classes = map[press.MathClass]string{
	press.MathOrd: "", press.MathOp: `\mathop`, press.MathBin: `\mathbin`, press.MathRel: `\mathrel`, press.MathOpen: `\mathopen`,
	press.MathClose: `\mathclose`, press.MathPunct: `\mathpunct`, press.MathInner: "",
}

// nucleus writes what an atom shows.
func (w *mathWriter) nucleus(a *press.MathAtom) {
	switch t := a.Nucleus.(type) {
	case nil:
		w.put("{}")
		return
	case *press.MathSymbol:
		w.symbol(t, a.Class)
		return
	case *press.MathWords:
		w.words(t, a)
		return
	case *press.MathDelimiter:
		w.delimiter(t, a.Class)
		return
	}
	if class := classes[a.Class]; class != "" {
		w.put(class + "{")
		w.built(a.Nucleus)
		w.put("}")
		return
	}
	w.built(a.Nucleus)
}

// built writes what is built up of other rows.
func (w *mathWriter) built(n press.MathNucleus) {
	switch t := n.(type) {
	case *press.MathGroup:
		w.group(t.Body)
	case *press.MathFraction:
		w.fraction(t)
	case *press.MathRadical:
		w.put(`\sqrt`)
		if t.Degree != nil {
			w.put("[")
			w.group(t.Degree)
			w.put("]")
		}
		w.group(t.Body)
	case *press.MathFence:
		w.put(`\left` + delimiterName(t.Left))
		w.list(t.Body)
		w.put(`\right` + delimiterName(t.Right))
	case *press.MathAccent:
		w.accent(t)
	case *press.MathStack:
		w.stack(t)
	case *press.MathMatrix:
		w.matrix(t)
	}
}

// mathFaces are the commands of the faces; what is italic or upright by itself
// needs none.
var mathFaces = map[press.MathFace]string{
	press.MathUpright: "", press.MathItalic: "", press.MathBold: `\symbfup`, press.MathBoldItalic: `\symbfit`, press.MathScriptFace: `\symscr`,
	press.MathBlackboard: `\symbb`, press.MathFraktur: `\symfrak`, press.MathSans: `\symsfup`, press.MathMono: `\symtt`,
}

// mathEscapes are the characters that mean something else in a formula, and
// the minus, which people type as a hyphen.
var mathEscapes = map[string]string{
	`\`: `\backslash`, "{": `\lbrace`, "}": `\rbrace`, "$": `\mathdollar`, "&": `\mathampersand`, "#": `\mathoctothorpe`, "%": `\mathpercent`, "_": `\mathunderscore`,
	"^": `\wedge`, "~": `\sim`, "−": "-", "′": `\prime`, "‖": `\Vert`, `"`: `\dprime`, "'": `\prime`, "`": `\backprime`, "‵": `\backprime`,
}

// mathText writes characters that may stand in a formula.
func mathText(s string) string {
	if with, ok := mathEscapes[s]; ok {
		return with
	}
	var b strings.Builder
	for _, r := range s {
		if with, ok := mathEscapes[string(r)]; ok {
			b.WriteString(with + " ")
		} else if printable(r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// symbol writes a character, or the digits of a number.
func (w *mathWriter) symbol(s *press.MathSymbol, class press.MathClass) {
	text := mathText(s.Text)
	r, _ := utf8.DecodeRuneInString(s.Text)
	face := mathFaces[s.Face]
	switch letter := unicode.IsLetter(r); {
	case face != "" && (letter || unicode.IsDigit(r)):
		text = face + "{" + text + "}"
	case letter && s.Face == press.MathUpright && !unicode.Is(unicode.Greek, r) && utf8.RuneCountInString(s.Text) == 1 && r < 0x2000:
		text = `\symup{` + text + "}"
	case s.Text == "|" && class == press.MathOrd:
		text = `\vert`
	case strings.ContainsRune("|‖:!?/.,;", r) && class != press.MathOrd:
		text = classes[class] + "{" + text + "}"
	case s.Text == "," || s.Text == ";" || s.Text == ":":
		text = "{" + text + "}" // a comma in a number has no space behind it
	}
	if s.Not {
		text = `\not{` + text + "}"
	}
	w.put(text)
}

// wordCommands are the commands of text's faces.
var wordCommands = map[press.MathFace]string{
	press.MathUpright: `\text`, press.MathItalic: `\textit`, press.MathBold: `\textbf`, press.MathSans: `\textsf`, press.MathMono: `\texttt`,
	press.MathBoldItalic: `\textbf`, press.MathScriptFace: `\text`, press.MathFraktur: `\text`, press.MathBlackboard: `\text`,
}

// words writes text inside a formula, or the name of a function.
func (w *mathWriter) words(t *press.MathWords, a *press.MathAtom) {
	text := strings.ReplaceAll(escape(strings.ReplaceAll(t.Text, " ", "\u00a0")), "~", `\ `)
	switch {
	case a.Class == press.MathOp && a.Limits != press.MathLimitsNone:
		w.put(`\operatorname*{` + text + "}")
	case a.Class == press.MathOp:
		w.put(`\operatorname{` + text + "}")
	case classes[a.Class] != "":
		w.put(classes[a.Class] + `{\text{` + text + "}}")
	default:
		w.put(wordCommands[t.Face] + "{" + text + "}")
	}
}

// delimiterNames are the brackets that have a name; others stand for
// themselves.
var delimiterNames = map[string]string{
	"": ".", "{": `\lbrace `, "}": `\rbrace `, "⟨": `\langle `, "⟩": `\rangle `, "⌊": `\lfloor `, "⌋": `\rfloor `, "⌈": `\lceil `, "⌉": `\rceil `,
	"|": `\vert `, "‖": `\Vert `, `\`: `\backslash `, "∣": `\vert `, "∥": `\Vert `, "⟮": `\lgroup `, "⟯": `\rgroup `, "↑": `\uparrow `, "↓": `\downarrow `, "↕": `\updownarrow `,
	"⇑": `\Uparrow `, "⇓": `\Downarrow `, "⇕": `\Updownarrow `, "(": "(", ")": ")", "[": "[", "]": "]", "/": "/", "<": `\langle `, ">": `\rangle `,
	"⌜": `\ulcorner `, "⌝": `\urcorner `, "⌞": `\llcorner `, "⌟": `\lrcorner `, "⟦": `\lBrack `, "⟧": `\rBrack `,
}

// delimiterName is a bracket behind \left or \big; none for what is no bracket.
func delimiterName(s string) string {
	if name, ok := delimiterNames[s]; ok {
		return name
	}
	return "."
}

// delimiter writes a single bracket of a given size.
func (w *mathWriter) delimiter(t *press.MathDelimiter, class press.MathClass) {
	if t.Size == 0 {
		w.put(`\middle` + delimiterName(t.Text))
		return
	}
	size := [...]string{`\big`, `\Big`, `\bigg`, `\Bigg`}[min(max(t.Size, 1), 4)-1]
	switch class {
	case press.MathOpen:
		size += "l"
	case press.MathClose:
		size += "r"
	case press.MathRel:
		size += "m"
	}
	w.put(size + delimiterName(t.Text))
}

// fraction writes a fraction or binomial.
func (w *mathWriter) fraction(f *press.MathFraction) {
	rule, style := "", map[press.MathStyle]string{press.MathAuto: "", press.MathDisplay: "0", press.MathText: "1", press.MathScript: "2", press.MathScriptScript: "3"}[f.Style]
	switch {
	case f.Left+f.Right == "" && !f.NoRule && style == "":
		w.put(`\frac`)
	case f.Left+f.Right == "" && !f.NoRule && style == "0":
		w.put(`\dfrac`)
	case f.Left+f.Right == "" && !f.NoRule && style == "1":
		w.put(`\tfrac`)
	case f.Left == "(" && f.Right == ")" && f.NoRule && style == "":
		w.put(`\binom`)
	default:
		if f.NoRule {
			rule = "0pt"
		}
		w.put(`\genfrac{` + bracket(f.Left) + "}{" + bracket(f.Right) + "}{" + rule + "}{" + style + "}")
	}
	w.group(f.Num)
	w.group(f.Den)
}

// bracket is a delimiter that may be empty.
func bracket(s string) string {
	if s == "" {
		return ""
	}
	return strings.TrimSpace(delimiterName(s))
}

// accents are the commands of marks above: as wide as a letter, and as wide as
// the row.
var accents = map[string][2]string{
	"^": {`\hat`, `\widehat`}, "ˆ": {`\hat`, `\widehat`}, "~": {`\tilde`, `\widetilde`}, "˜": {`\tilde`, `\widetilde`}, "¯": {`\bar`, `\overline`}, "→": {`\vec`, `\overrightarrow`},
	"←": {`\overleftarrow`, `\overleftarrow`}, "↔": {`\overleftrightarrow`, `\overleftrightarrow`}, "˙": {`\dot`, `\dot`}, "¨": {`\ddot`, `\ddot`}, "´": {`\acute`, `\acute`}, "`": {`\grave`, `\grave`},
	"˘": {`\breve`, `\breve`}, "ˇ": {`\check`, `\check`}, "˚": {`\mathring`, `\mathring`}, "‾": {`\overline`, `\overline`}, "⏞": {`\overbrace`, `\overbrace`},
}

// accent writes a mark over or under a row.
func (w *mathWriter) accent(a *press.MathAccent) {
	wide := 0
	if a.Stretch {
		wide = 1
	}
	name := accents[a.Mark][wide]
	if a.Under {
		name = map[string]string{"_": `\underline`, "‾": `\underline`, "⏟": `\underbrace`, "→": `\underrightarrow`, "←": `\underleftarrow`}[a.Mark]
	}
	if name == "" {
		name = map[bool]string{true: `\underset`, false: `\overset`}[a.Under] + "{" + mathText(a.Mark) + "}"
	}
	w.put(name)
	w.group(a.Body)
}

// stack writes a row with smaller ones above and below.
func (w *mathWriter) stack(s *press.MathStack) {
	if s.Over != nil {
		w.put(`\overset`)
		w.group(s.Over)
		w.put("{")
	}
	if s.Under != nil {
		w.put(`\underset`)
		w.group(s.Under)
	}
	w.group(s.Base)
	if s.Over != nil {
		w.put("}")
	}
}

// matrix writes rows of cells.
func (w *mathWriter) matrix(t *press.MathMatrix) {
	begin, end := `\begin{aligned}`, `\end{aligned}`
	if !t.Pairs {
		var cols strings.Builder
		for _, a := range t.Align {
			cols.WriteString(map[press.Align]string{press.AlignNone: "c", press.AlignLeft: "l", press.AlignCenter: "c", press.AlignRight: "r"}[a])
		}
		begin, end = `\begin{array}{@{}`+cols.String()+`@{}}`, `\end{array}`
	}
	fenced := t.Left+t.Right != ""
	if fenced {
		w.put(`\left` + delimiterName(t.Left))
	}
	w.put(begin + " ")
	for i, row := range t.Rows {
		if i > 0 {
			w.put(` \\\relax `) // a bracket in the next cell is no length
		}
		for k, cell := range row {
			if k > 0 {
				w.put(" & ")
			}
			if style := styles[t.Style]; !t.Pairs && t.Style != press.MathText && style != "" {
				w.put(style)
			}
			w.list(cell)
		}
	}
	w.put(" " + end)
	if fenced {
		w.put(`\right` + delimiterName(t.Right))
	}
}
