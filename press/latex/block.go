package latex

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"quire/press"
)

// opening writes a chapter's blocks; its first paragraph looks different.
func (m *maker) opening(blocks []press.Block) {
	for len(blocks) > 0 {
		d, ok := blocks[0].(*press.Div)
		if !ok || d.Class != "epigraph" {
			break
		}
		m.block(d)
		blocks = blocks[1:]
	}
	if len(blocks) > 0 {
		if p, ok := blocks[0].(*press.Paragraph); ok && m.initial(p) {
			blocks = blocks[1:]
		}
	}
	m.blocks(blocks)
}

// initial writes a paragraph that begins with a large letter or small
// capitals, if the theme wants it and the paragraph is fit for it.
func (m *maker) initial(p *press.Paragraph) bool {
	o := m.opt.Theme.Opening
	if len(p.Text) == 0 || len(press.Plain(p.Text)) < 320 || o.Initial < 2 && !o.LeadIn {
		return false
	}
	t, ok := p.Text[0].(*press.Text)
	if !ok {
		return false
	}
	letter, size := utf8.DecodeRuneInString(t.Value)
	if !unicode.IsUpper(letter) || scriptOf(letter) != -1 {
		return false
	}
	lead, rest := leadIn(t.Value[size:])
	m.line("")
	switch {
	case o.Initial >= 2 && o.LeadIn:
		fmt.Fprintf(&m.out, `\lettrine[lines=%d]{%c}{%s}`, o.Initial, letter, escape(lead))
	case o.Initial >= 2:
		fmt.Fprintf(&m.out, `\lettrine[lines=%d]{%c}{}%s`, o.Initial, letter, escape(lead))
	default:
		fmt.Fprintf(&m.out, `\noindent\textsc{%c%s}`, letter, escape(lead))
	}
	m.out.WriteString(escape(rest))
	m.text(p.Text[1:])
	m.line("")
	m.release()
	return true
}

// leadIn cuts the first three words off a text.
func leadIn(s string) (lead, rest string) {
	words := 0
	for i, r := range s {
		if unicode.IsSpace(r) {
			words++
		}
		if words == 3 || i > 40 || strings.ContainsRune(",;:.!?—", r) {
			return s[:i], s[i:]
		}
	}
	return s, ""
}

// blocks writes blocks one after the other.
func (m *maker) blocks(blocks []press.Block) {
	for _, b := range blocks {
		m.block(b)
	}
}

// block writes a block.
func (m *maker) block(b press.Block) {
	m.at = b.Where()
	switch t := b.(type) {
	case *press.Paragraph:
		m.paragraph(t)
	case *press.Heading:
		m.heading(t)
	case *press.Break:
		m.line("\n" + `\scenebreak`)
	case *press.Quote:
		m.quote(t)
	case *press.List:
		m.list(t)
	case *press.Code:
		m.code(t)
	case *press.Definitions:
		m.definitions(t)
	case *press.MathBlock:
		m.line(``)
		if t.ID != "" {
			m.line(label(t.ID))
		}
		m.line(`\[ ` + formula(t.Formula) + ` \]`)
	case *press.Table:
		m.tableBlock(t)
	case *press.Figure:
		m.figure(t)
	case *press.Div:
		m.div(t)
	}
}

// paragraph writes a paragraph, between empty lines.
func (m *maker) paragraph(p *press.Paragraph) {
	m.at = p.At
	m.line("")
	right := rightToLeftText(p.Text)
	if right {
		m.out.WriteString(`\rightward{`)
	}
	m.text(p.Text)
	if right {
		m.out.WriteString(`}`)
	}
	m.line("")
	m.release()
}

// sectionCommands are the commands of headings by level.
var sectionCommands = [...]string{2: "section", 3: "subsection", 4: "subsubsection", 5: "paragraph", 6: "subparagraph"}

// heading writes a heading inside a chapter. Its short form, for contents and
// bookmarks, is plain.
func (m *maker) heading(t *press.Heading) {
	short := escape(press.Plain(t.Text))
	m.line("\n" + `\` + sectionCommands[min(max(t.Level, 2), 6)] + `[{` + short + `}]{` + m.boxed(t.Text) + `}`)
	m.line(`\label{` + t.ID + `}`)
	m.release()
}

// quote writes a block quotation.
func (m *maker) quote(q *press.Quote) {
	m.line("\n" + `\begin{` + m.deeper("quotation") + `}`)
	m.quoted(q.Blocks)
	m.line(`\end{` + m.shallower("quotation") + `}`)
}

// quoted writes what is quoted. A last paragraph that begins with a dash tells
// who said it.
func (m *maker) quoted(blocks []press.Block) {
	for i, b := range blocks {
		p, ok := b.(*press.Paragraph)
		if ok && i > 0 && i == len(blocks)-1 && strings.HasPrefix(press.Plain(p.Text), "—") {
			m.out.WriteString("\n" + `\saidby{`)
			m.text(p.Text)
			m.line(`}`)
			m.release()
			continue
		}
		m.block(b)
	}
}

// maxDepth is how deep lists and quotations are nested in LaTeX's own
// environments: it has counters for four. What lies deeper is only inset.
const maxDepth = 4

// deeper names the environment for something that is inset.
func (m *maker) deeper(name string) string {
	m.depth++
	if m.depth > maxDepth {
		return "inset"
	}
	return name
}

// shallower names the environment that ends.
func (m *maker) shallower(name string) string {
	m.depth--
	if m.depth >= maxDepth {
		return "inset"
	}
	return name
}

// list writes a list.
func (m *maker) list(l *press.List) {
	name := map[bool]string{true: "enumerate", false: "itemize"}[l.Ordered]
	own := m.depth < maxDepth
	m.line("\n" + `\begin{` + m.deeper(name) + `}`)
	if l.Tight && own {
		m.line(`\tightlist`)
	}
	for i, it := range l.Items {
		if own && l.Ordered {
			fmt.Fprintf(&m.out, `\item[%d.]`, l.Start+i)
		} else if own {
			m.out.WriteString(`\item{}`)
		} else if l.Ordered {
			fmt.Fprintf(&m.out, "\n"+`\insetitem{%d.}`, l.Start+i)
		} else {
			m.out.WriteString("\n" + `\insetitem{\textbullet}`)
		}
		m.item(it.Blocks)
	}
	m.line(`\end{` + m.shallower(name) + `}`)
}

// item writes what stands in an item: its first paragraph on the same line.
func (m *maker) item(blocks []press.Block) {
	m.out.WriteString(" ")
	if len(blocks) > 0 {
		if p, ok := blocks[0].(*press.Paragraph); ok {
			m.at = p.At
			m.text(p.Text)
			blocks = blocks[1:]
		} else {
			m.out.WriteString(`\leavevmode`)
		}
	}
	m.line("")
	m.release()
	m.blocks(blocks)
}

// definitions writes terms and what they mean.
func (m *maker) definitions(d *press.Definitions) {
	own := m.depth < maxDepth
	m.line("\n" + `\begin{` + m.deeper("description") + `}`)
	for _, it := range d.Items {
		terms := make([]string, len(it.Terms))
		for i, term := range it.Terms {
			terms[i] = m.boxed(term)
		}
		if joined := strings.Join(terms, ", "); own {
			m.line(`\item[{` + joined + `}]\leavevmode`)
		} else {
			m.line("\n" + `\insetitem{\textbf{` + joined + `}}`)
		}
		m.release()
		for _, meaning := range it.Meanings {
			m.blocks(meaning)
		}
	}
	if own && len(d.Items) == 0 {
		m.line(`\item{}`)
	}
	m.line(`\end{` + m.shallower("description") + `}`)
}

// code writes preformatted text, a line a command: no text can end it early.
func (m *maker) code(t *press.Code) {
	m.line("\n" + `\begin{codeblock}`)
	for line := range strings.SplitSeq(t.Text, "\n") {
		m.line(`\codeline{` + code(line) + `}`)
	}
	m.line(`\end{codeblock}`)
}

// divs are the environments of the divs with a look of their own.
var divs = map[string]string{
	"epigraph": "motto", "verse": "poem", "note": "sidenote", "signature": "flushright", "center": "center", "imprint": "smallprint", "dialogue": "dialogue",
}

// div writes a classed block.
func (m *maker) div(d *press.Div) {
	m.line("")
	if d.ID != "" {
		m.line(label(d.ID))
	}
	lang := m.foreignLanguage(d)
	if lang != "" {
		m.line(`\begin{otherlanguage*}{` + lang + `}`)
	}
	env := divs[d.Class]
	if env != "" {
		m.depth++
		m.line(`\begin{` + env + `}`)
	}
	switch d.Class {
	case "verse":
		m.verse(d.Blocks)
	case "epigraph":
		m.quoted(d.Blocks)
	default:
		m.blocks(d.Blocks)
	}
	if env != "" {
		m.depth--
		m.line(`\end{` + env + `}`)
	}
	if lang != "" {
		m.line(`\end{otherlanguage*}`)
	}
}

// verse writes a poem, a line a command, so that turned lines hang.
func (m *maker) verse(blocks []press.Block) {
	for _, b := range blocks {
		p, ok := b.(*press.Paragraph)
		if !ok {
			m.block(b)
			continue
		}
		m.at = p.At
		m.out.WriteString("\n" + `\verseline{`)
		for _, in := range p.Text {
			if _, ok := in.(*press.LineBreak); ok {
				m.out.WriteString("}\n" + `\verseline{`)
				continue
			}
			m.inline(in)
		}
		m.line("}\n" + `\stanzabreak`)
		m.release()
	}
}
