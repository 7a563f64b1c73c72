package intake

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// lineWriter writes running text as Markdown.
type lineWriter struct {
	*markdownWriter
	in   setting
	b    strings.Builder
	note bool // the mark of a note stands before
}

// line writes a text for a place.
func (w *markdownWriter) line(list []inline, in setting) string {
	l := lineWriter{markdownWriter: w, in: in}
	l.inlines(list, 0)
	return l.b.String()
}

// inlines writes a list that the character after, or 0, follows.
func (l *lineWriter) inlines(list []inline, after rune) {
	for i, in := range list {
		next := after
		if i+1 < len(list) {
			next = firstRune(list[i+1])
		}
		l.inline(in, next)
		_, l.note = in.(noteMark)
	}
}

// firstRune is the character that an inline will begin with, as far as marks
// beside it care.
func firstRune(in inline) rune {
	switch t := in.(type) {
	case phrase:
		r, _ := utf8.DecodeRuneInString(string(t))
		return r
	case newline:
		return '\n'
	case noteMark, *link:
		return '['
	}
	return '*'
}

// inline writes one inline.
func (l *lineWriter) inline(in inline, next rune) {
	switch t := in.(type) {
	case phrase:
		_, more := utf8.DecodeRuneInString(string(t))
		last := more > 0 && next != 0
		l.b.WriteString(escape(string(t), l.in, l.start(), l.note, last))
	case typed:
		l.code(string(t))
	case newline:
		l.end()
	case formula:
		l.formula(t, next)
	case noteMark:
		l.b.WriteString("[^" + l.number(t.note) + "]")
	case *link:
		l.link(t, next)
	case *marked:
		l.mark(t, next)
	}
}

// start reports whether a line begins here.
func (l *lineWriter) start() bool {
	if l.in.title || l.in.cell {
		return false
	}
	s := l.b.String()
	return s == "" || s[len(s)-1] == '\n'
}

// end writes a forced end of line.
func (l *lineWriter) end() {
	if l.in.title || l.in.cell || strings.HasSuffix(l.b.String(), `\`) { // goldmark counts only some of several backslashes
		l.b.WriteString("<br>")
		return
	}
	l.b.WriteString("\\\n")
}

// code writes a code span. In a table, where bars divide, it is a tag.
func (l *lineWriter) code(s string) {
	s = strings.ReplaceAll(shown(s), "\n", " ")
	ticks := "`"
	for len(ticks) < 4 && strings.Contains(s, ticks) {
		ticks += "`"
	}
	blank := strings.TrimSpace(s) == ""
	switch {
	case s == "":
	case blank || l.in.cell && strings.ContainsAny(s, "|\\") || len(ticks) > 3:
		l.b.WriteString("<code>" + escape(s, l.in, false, false, true) + "</code>")
	default:
		if s[0] == '`' || s[len(s)-1] == '`' || s[0] == ' ' && s[len(s)-1] == ' ' {
			s = " " + s + " "
		}
		l.b.WriteString(ticks + s + ticks)
	}
}

// formula writes a formula inside text.
func (l *lineWriter) formula(f formula, next rune) {
	s := mathSource(f.source, l.in.cell)
	switch {
	case s == "":
	case f.display && !l.in.title && !l.in.cell:
		l.b.WriteString("$$" + s + "$$")
	case next >= '0' && next <= '9' || l.dollar():
		l.b.WriteString(`\(` + s + `\)`)
	default:
		l.b.WriteString("$" + s + "$")
	}
}

// dollar reports whether a dollar stands before.
func (l *lineWriter) dollar() bool { return strings.HasSuffix(l.b.String(), "$") }

// link writes a link, or its words alone where it leads nowhere.
func (l *lineWriter) link(t *link, next rune) {
	target := ""
	if t.url != "" {
		target = escapeURL(t.url)
	} else if id := l.ids[t.key]; id != "" {
		target = "#" + id
		if t.page {
			l.b.WriteString("[](page:" + id + ")")
			return
		}
	}
	if target == "" {
		l.inlines(t.text, next)
		return
	}
	l.b.WriteByte('[')
	l.inlines(t.text, ']')
	l.b.WriteString("](" + target + ")")
}

// signsOf are Markdown's signs, and the HTML tags that mean the same to the press
// where signs would not be read as such.
var signsOf = map[style][2]string{emph: {"*", "em"}, strong: {"**", "strong"}, strike: {"~~", "s"}, raise: {"", "sup"}, lower: {"", "sub"}}

// mark writes text with its mark.
func (l *lineWriter) mark(m *marked, next rune) {
	if (m.style == raise || m.style == lower) && !l.shifts(m) {
		l.inlines(m.text, next)
		return
	}
	signs, inner := signsOf[m.style][0], m
	if only := lone(m); only != nil && m.style+only.style == emph+strong && m.style != only.style {
		signs, inner = "***", only
	}
	before, _ := utf8.DecodeLastRuneInString(l.b.String())
	if l.b.Len() == 0 {
		before = 0
	}
	sub := lineWriter{markdownWriter: l.markdownWriter, in: l.in}
	sub.b.WriteString("\u2060") // so that nothing takes it for the start of a line
	sub.inlines(inner.text, '*')
	s := strings.TrimPrefix(sub.b.String(), "\u2060")
	if signs != "" && plainSigns(s, before, next) {
		l.b.WriteString(signs + s + signs)
		return
	}
	if signs == "***" {
		s = "<strong>" + s + "</strong>"
		m = &marked{style: emph}
	}
	tag := signsOf[m.style][1]
	l.b.WriteString("<" + tag + ">" + s + "</" + tag + ">")
}

// shifts reports whether the press raises or lowers a text: numbers, but no
// words. That words stay on the line is counted.
func (l *lineWriter) shifts(m *marked) bool {
	s := plainOf(m.text)
	if s == "" || !plainly(m.text) {
		return false
	}
	known := "0123456789+-−=()"
	if m.style == raise {
		known += "ni"
	}
	if strings.Trim(s, known) != "" {
		l.tally.lose(lostScripts)
		return false
	}
	return true
}

// lone is the mark that is all that another holds, nil if there is more.
func lone(m *marked) *marked {
	if len(m.text) != 1 {
		return nil
	}
	only, _ := m.text[0].(*marked)
	return only
}

// plainSigns reports whether signs around s are sure to be read as an opening
// and a closing one: CommonMark's left- and right-flanking runs (0.31, section
// 6.2), without the cases that depend on more than the neighbours.
func plainSigns(s string, before, next rune) bool {
	first, _ := utf8.DecodeRuneInString(s)
	last, _ := utf8.DecodeLastRuneInString(s)
	if s == "" || strings.ContainsRune("*~", first) || strings.ContainsRune("*~", last) || unicode.IsSpace(first) || unicode.IsSpace(last) {
		return false
	}
	opens := before == 0 || unicode.IsSpace(before) || punctuates(before) && word(first)
	closes := next == 0 || unicode.IsSpace(next) || punctuates(next) && word(last)
	return opens && closes
}

// punctuates reports punctuation that is no sign of emphasis itself.
func punctuates(r rune) bool {
	return unicode.IsPunct(r) && r != '*' && r != '_' && r != '~' && r != '\\'
}
