package intake

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// texWriter writes a row of LaTeX with blanks only where they are needed.
type texWriter struct{ b strings.Builder }

// put appends a piece; a command's name and a letter do not run together.
func (w *texWriter) put(s string) {
	if s == "" {
		return
	}
	if before := w.b.String(); endsCommand(before) && isASCIILetter(s[0]) {
		w.b.WriteByte(' ')
	}
	w.b.WriteString(s)
}

// endsCommand reports whether a text ends with the name of a command.
func endsCommand(s string) bool {
	i := len(s)
	for i > 0 && isASCIILetter(s[i-1]) {
		i--
	}
	return i < len(s) && i > 0 && s[i-1] == '\\' && (i < 2 || s[i-2] != '\\')
}

func isASCIILetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// texFunctions are the functions that have a command.
var texFunctions = names("sin cos tan cot sec csc sinh cosh tanh coth arcsin arccos arctan exp log ln lg arg deg dim ker hom lim max min sup inf det gcd Pr")

// texWord is a word in a formula: a function, or upright letters.
func texWord(s string) string {
	s = oneLine(s)
	switch {
	case texFunctions[s]:
		return `\` + s
	case s == "lim sup":
		return `\limsup`
	case s == "lim inf":
		return `\liminf`
	case s == "mod":
		return `\bmod`
	case strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }) < 0:
		return `\operatorname{` + s + "}"
	}
	return texText(s)
}

// texText is text inside a formula.
func texText(s string) string {
	if strings.TrimSpace(shown(s)) == "" {
		if s == "" {
			return ""
		}
		return `\ `
	}
	var b strings.Builder
	for _, r := range shown(s) {
		switch r {
		case '%', '$', '#', '&', '_', '{', '}':
			b.WriteByte('\\')
		case '\\', '^', '~':
			continue
		case '\u00a0', '\n', '\t':
			r = ' '
		}
		b.WriteRune(r)
	}
	return `\text{` + b.String() + "}"
}

// texSigns are characters that LaTeX writes otherwise.
var texSigns = map[rune]string{
	'{': `\{`, '}': `\}`, '#': `\#`, '$': `\$`, '%': `\%`, '&': `\&`, '_': `\_`, '\\': `\backslash`, '~': `\sim`, '^': `\wedge`, '−': "-", '"': `\text{"}`,
	'\u2061': "", '\u2062': "", '\u2063': "", '\u2064': "", '\u200b': "", '\ufe0e': "", '\ufe0f': "", '\u00a0': `\ `, '\u2009': `\,`, '\u2003': `\quad`,
	'‘': "'", '’': "'", '′': "'", '″': "''", '‴': "'''", '`': "'", '\'': "'",
}

// alphabets are the letters that Unicode has for mathematics: first and last of
// a range and the command that makes them; "" for those that are usual.
var alphabets = []struct {
	from, to rune
	command  string
}{
	{0x1d400, 0x1d433, `\mathbf`}, {0x1d434, 0x1d467, ""}, {0x1d468, 0x1d49b, `\boldsymbol`}, {0x1d49c, 0x1d503, `\mathcal`}, {0x1d504, 0x1d537, `\mathfrak`},
	{0x1d538, 0x1d56b, `\mathbb`}, {0x1d56c, 0x1d59f, `\mathfrak`}, {0x1d5a0, 0x1d66f, `\mathsf`}, {0x1d670, 0x1d6a3, `\mathtt`}, {0x1d6a8, 0x1d6e1, `\mathbf`},
	{0x1d6e2, 0x1d71b, ""}, {0x1d71c, 0x1d755, `\boldsymbol`}, {0x1d7ce, 0x1d7d7, `\mathbf`}, {0x1d7d8, 0x1d7e1, `\mathbb`}, {0x1d7e2, 0x1d7f5, `\mathsf`}, {0x1d7f6, 0x1d7ff, `\mathtt`},
}

// letterlike are letters of these alphabets that stood in Unicode before them.
var letterlike = map[rune]string{
	'ℂ': `\mathbb{C}`, 'ℍ': `\mathbb{H}`, 'ℕ': `\mathbb{N}`, 'ℙ': `\mathbb{P}`, 'ℚ': `\mathbb{Q}`, 'ℝ': `\mathbb{R}`, 'ℤ': `\mathbb{Z}`,
	'ℬ': `\mathcal{B}`, 'ℰ': `\mathcal{E}`, 'ℱ': `\mathcal{F}`, 'ℋ': `\mathcal{H}`, 'ℐ': `\mathcal{I}`, 'ℒ': `\mathcal{L}`, 'ℳ': `\mathcal{M}`, 'ℛ': `\mathcal{R}`,
	'ℭ': `\mathfrak{C}`, 'ℌ': `\mathfrak{H}`, 'ℨ': `\mathfrak{Z}`, 'ℎ': "h", 'ℯ': `\mathcal{e}`, 'ℴ': `\mathcal{o}`,
}

// texSign is one character of a formula.
func texSign(r rune) string {
	if s, ok := texSigns[r]; ok {
		return s
	}
	if s, ok := letterlike[r]; ok {
		return s
	}
	if r < 0x1d400 || r > 0x1d7ff {
		return string(r)
	}
	for _, a := range alphabets {
		if r >= a.from && r <= a.to {
			plain := norm.NFKC.String(string(r))
			if a.command == "" {
				return plain
			}
			return a.command + "{" + plain + "}"
		}
	}
	return norm.NFKC.String(string(r))
}

// texSigned is a row of characters.
func texSigned(s string) string {
	var w texWriter
	for _, r := range shown(s) {
		if !unicode.IsSpace(r) || r == '\u00a0' {
			w.put(texSign(r))
		}
	}
	return w.b.String()
}

// texFaces are the commands for the words that MathML and Word have for faces.
var texFaces = map[string]string{
	"normal": `\mathrm`, "p": `\mathrm`, "bold": `\mathbf`, "b": `\mathbf`, "bold-italic": `\boldsymbol`, "bi": `\boldsymbol`, "double-struck": `\mathbb`,
	"script": `\mathcal`, "bold-script": `\mathcal`, "fraktur": `\mathfrak`, "bold-fraktur": `\mathfrak`, "sans-serif": `\mathsf`, "monospace": `\mathtt`,
}

// braced puts braces around a row, for an argument.
func braced(s string) string { return "{" + s + "}" }

// texBase is what scripts hang on: in braces, unless it is one sign or command.
func texBase(s string) string {
	rest := strings.TrimPrefix(s, `\`)
	switch {
	case s == "":
		return "{}"
	case len([]rune(s)) == 1, rest != s && strings.IndexFunc(rest, func(r rune) bool { return !unicode.IsLetter(r) }) < 0:
		return s
	case strings.HasPrefix(s, `\left`) && strings.Count(s, `\left`) == 1 && strings.Contains(s, `\right`) && len(s)-strings.LastIndex(s, `\right`) <= 14:
		return s
	case strings.HasPrefix(s, `\operatorname{`) && strings.IndexByte(s, '}') == len(s)-1:
		return s
	}
	return braced(s)
}

// texScripts hangs scripts on a base. Primes are written as such.
func texScripts(base, under, over string) string {
	s := texBase(base)
	if under != "" {
		s += "_" + texArgument(under)
	}
	switch {
	case over == "":
	case strings.Trim(over, "'") == "":
		s += over
	default:
		s += "^" + texArgument(over)
	}
	return s
}

// texArgument is an argument: one letter or digit stands alone.
func texArgument(s string) string {
	if len(s) == 1 && (isASCIILetter(s[0]) || isDigit(s[0])) {
		return s
	}
	return braced(s)
}

// texAccents are the commands of marks over a row, and under it.
var texAccents, texUnderAccents = map[string]string{
	"^": `\hat`, "ˆ": `\hat`, "̂": `\hat`, "ˇ": `\check`, "̌": `\check`, "~": `\tilde`, "˜": `\tilde`, "̃": `\tilde`, "¯": `\bar`, "̄": `\bar`, "→": `\vec`, "⃗": `\vec`,
	"˙": `\dot`, "̇": `\dot`, "¨": `\ddot`, "̈": `\ddot`, "⃛": `\dddot`, "´": `\acute`, "́": `\acute`, "`": `\grave`, "̀": `\grave`, "˘": `\breve`, "̆": `\breve`, "˚": `\mathring`,
	"̊": `\mathring`, "‾": `\overline`, "̅": `\overline`, "⏞": `\overbrace`, "←": `\overleftarrow`, "⃖": `\overleftarrow`, "↔": `\overleftrightarrow`, "⃡": `\overleftrightarrow`, "_": `\overline`,
}, map[string]string{
	"_": `\underline`, "‾": `\underline`, "̲": `\underline`, "¯": `\underline`, "̱": `\underline`, "⏟": `\underbrace`, "→": `\underrightarrow`, "←": `\underleftarrow`,
}

// wideAccents are those that grow with what is under them.
var wideAccents = map[string]string{`\hat`: `\widehat`, `\check`: `\widecheck`, `\tilde`: `\widetilde`, `\vec`: `\overrightarrow`, `\bar`: `\overline`}

// texFence puts brackets around a row that grow with it. Around a matrix they
// are its own.
func texFence(left, right, body string) string {
	if rows, ok := strings.CutPrefix(body, `\begin{matrix}`); ok && strings.Count(body, `\begin{`) == 1 && strings.HasSuffix(body, `\end{matrix}`) {
		rows = strings.TrimSuffix(rows, `\end{matrix}`)
		if kind := matrixKinds[left+right]; kind != "" {
			return `\begin{` + kind + "}" + rows + `\end{` + kind + "}"
		}
	}
	if stack, ok := strings.CutPrefix(body, `\binom`); ok && left == "(" && right == ")" && oneBinomial(stack) {
		return body
	}
	var w texWriter
	w.put(`\left` + fenceSign(left))
	w.put(body)
	w.put(`\right` + fenceSign(right))
	return w.b.String()
}

// matrixKinds are the environments of matrices by their brackets.
var matrixKinds = map[string]string{"()": "pmatrix", "[]": "bmatrix", "{}": "Bmatrix", "||": "vmatrix", "‖‖": "Vmatrix", "{": "cases"}

// oneBinomial reports whether a text is two arguments and nothing else.
func oneBinomial(s string) bool {
	depth, groups := 0, 0
	for i, r := range s {
		switch r {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				groups++
			}
		default:
			if depth == 0 {
				return false
			}
		}
		if groups == 2 {
			return i == len(s)-1
		}
	}
	return false
}

// fenceSign is a bracket behind \left and \right.
func fenceSign(s string) string {
	switch s {
	case "":
		return "."
	case "{", "}":
		return `\` + s
	case "<", "〈", "⟨":
		return `\langle`
	case ">", "〉", "⟩":
		return `\rangle`
	case "⌊":
		return `\lfloor`
	case "⌋":
		return `\rfloor`
	case "⌈":
		return `\lceil`
	case "⌉":
		return `\rceil`
	case "‖", "∥":
		return `\|`
	case "(", ")", "[", "]", "|", "/":
		return s
	}
	return "."
}
