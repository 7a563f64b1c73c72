package epub

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"quire/press"
)

// writer writes the body of one XHTML file.
type writer struct {
	*binder
	name   string // of the file
	out    strings.Builder
	at     press.Pos              // of the block in work
	marks  map[*press.Note]string // ID of each note's first mark
	linked bool                   // inside a link, where no other may stand
	held   []*press.Note          // marks that wait for the end of the link
}

// line writes some markup and ends the line.
func (w *writer) line(markup string) { w.out.WriteString(markup + "\n") }

// opening writes a chapter's blocks; its first paragraph looks different.
func (w *writer) opening(blocks []press.Block) {
	if p, ok := head(blocks).(*press.Paragraph); ok {
		class := "first"
		if initial(p.Text) {
			class = "first initial"
		}
		w.paragraph(p, class)
		blocks = blocks[1:]
	}
	w.blocks(blocks)
}

// initial reports whether a paragraph may begin with a large letter: it must
// begin with a capital and be long enough to run around it on a wide screen.
func initial(text []press.Inline) bool {
	if len(text) == 0 {
		return false
	}
	t, ok := text[0].(*press.Text)
	if !ok || len(press.Plain(text)) < 320 {
		return false
	}
	for _, r := range t.Value {
		return unicode.IsUpper(r)
	}
	return false
}

// blocks writes blocks one after the other.
func (w *writer) blocks(blocks []press.Block) {
	for _, b := range blocks {
		w.block(b)
	}
}

// block writes a block.
func (w *writer) block(b press.Block) {
	w.at = b.Where()
	switch t := b.(type) {
	case *press.Paragraph:
		w.paragraph(t, "")
	case *press.Heading:
		tag := "h" + strconv.Itoa(min(max(t.Level, 2), 6))
		w.out.WriteString("<" + tag + attr("id", t.ID) + w.dir(press.Plain(t.Text)) + ">")
		w.inlines(t.Text)
		w.line("</" + tag + ">")
	case *press.Break:
		w.line(`<hr class="break"/>`)
	case *press.Quote:
		w.quote(t)
	case *press.List:
		w.list(t)
	case *press.Code:
		w.line("<pre><code>" + escape(t.Text) + "</code></pre>")
	case *press.Table:
		w.table(t)
	case *press.Figure:
		w.figure(t)
	case *press.Div:
		w.div(t)
	}
}

// paragraph writes a paragraph.
func (w *writer) paragraph(p *press.Paragraph, class string) {
	w.at = p.At
	w.out.WriteString("<p" + attr("class", class) + w.dirOf(p.Text) + ">")
	w.inlines(p.Text)
	w.line("</p>")
}

// quote writes a block quotation. A last paragraph that begins with a dash
// tells who said it.
func (w *writer) quote(q *press.Quote) {
	w.line("<blockquote>")
	for i, b := range q.Blocks {
		p, ok := b.(*press.Paragraph)
		if ok && i > 0 && i == len(q.Blocks)-1 && strings.HasPrefix(press.Plain(p.Text), "—") {
			w.paragraph(p, "by")
			continue
		}
		w.block(b)
	}
	w.line("</blockquote>")
}

// list writes a list. The paragraphs of a tight one have no tags.
func (w *writer) list(l *press.List) {
	tag, start := "ul", ""
	if l.Ordered {
		tag = "ol"
		if l.Start != 1 {
			start = attr("start", strconv.Itoa(l.Start))
		}
	}
	w.line("<" + tag + start + ">")
	for _, it := range l.Items {
		w.out.WriteString("<li>")
		for _, b := range it.Blocks {
			if p, ok := b.(*press.Paragraph); ok && l.Tight {
				w.at = p.At
				w.inlines(p.Text)
				continue
			}
			if !strings.HasSuffix(w.out.String(), "\n") {
				w.line("")
			}
			w.block(b)
		}
		w.line("</li>")
	}
	w.line("</" + tag + ">")
}

// table writes a table. A head without words is left out.
func (w *writer) table(t *press.Table) {
	w.line("<table>")
	words := false
	for _, c := range t.Head {
		words = words || strings.TrimSpace(press.Plain(c.Text)) != ""
	}
	if words || len(t.Rows) == 0 {
		w.line("<thead>")
		w.row("th", ` scope="col"`, t.Head, t.Align)
		w.line("</thead>")
	}
	if len(t.Rows) > 0 {
		w.line("<tbody>")
		for _, row := range t.Rows {
			w.row("td", "", row, t.Align)
		}
		w.line("</tbody>")
	}
	w.line("</table>")
}

// alignClasses are the classes of the cells of a column.
var alignClasses = map[press.Align]string{press.AlignLeft: "left", press.AlignCenter: "middle", press.AlignRight: "right"}

// row writes one row of a table.
func (w *writer) row(tag, scope string, cells []press.Cell, align []press.Align) {
	w.out.WriteString("<tr>")
	for i, c := range cells {
		w.out.WriteString("<" + tag + scope + attr("class", alignClasses[align[i]]) + w.dirOf(c.Text) + ">")
		w.inlines(c.Text)
		w.out.WriteString("</" + tag + ">")
	}
	w.line("</tr>")
}

// figure writes a picture with its caption. A picture that is missing is a box
// with its description, or with the caption if that says the same.
func (w *writer) figure(f *press.Figure) {
	w.line("<figure" + attr("id", f.ID) + ">")
	class := ""
	switch name := w.images[f.Image]; {
	case name != "" && f.Image.Format == press.SVG:
		w.line(`<img class="drawing" src="` + name + `" alt="` + escape(f.Alt) + `"/>`)
	case name != "":
		w.line(`<img src="` + name + `" alt="` + escape(f.Alt) + `"/>`)
	case f.Caption != nil && press.Plain(f.Caption) == f.Alt:
		class = "missing"
	default:
		w.line(`<p class="missing">` + escape(first(f.Alt, "[ ]")) + "</p>")
	}
	if f.Caption != nil {
		w.caption(f, class)
	}
	w.line("</figure>")
}

// caption writes what stands below a picture.
func (w *writer) caption(f *press.Figure, class string) {
	w.out.WriteString("<figcaption" + attr("class", class) + w.dirOf(f.Caption) + ">")
	if w.opt.Theme.Figures && f.Number > 0 {
		w.out.WriteString(`<span class="label">` + escape(w.words.Figure) + " " + strconv.Itoa(f.Number) + ".</span> ")
	}
	w.inlines(f.Caption)
	w.line("</figcaption>")
}

// divTags are the divs with a look of their own, and what they are.
var divTags = map[string]string{
	"epigraph":  ` class="epigraph" epub:type="epigraph" role="doc-epigraph"`,
	"verse":     ` class="verse"`,
	"note":      ` class="note" role="note"`,
	"signature": ` class="signature"`,
	"center":    ` class="center"`,
	"imprint":   ` class="imprint"`,
}

// div writes a classed block. Classes that have no look here are not passed
// on: the book's own style sheet may use the same word for something else.
func (w *writer) div(d *press.Div) {
	w.line("<div" + divTags[d.Class] + attr("id", d.ID) + w.lang(d) + ">")
	for _, b := range d.Blocks {
		if p, ok := b.(*press.Paragraph); ok && d.Class == "verse" {
			w.stanza(p)
			continue
		}
		w.block(b)
	}
	w.line("</div>")
}

// languageTag matches what may stand as a language (BCP 47, in outline).
var languageTag = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$`)

// lang is the language and direction of a div that has one of its own.
func (w *writer) lang(d *press.Div) string {
	if d.Lang == "" {
		return ""
	}
	if !languageTag.MatchString(d.Lang) {
		w.warn(d.At, "the language %q of a passage is not known and left out", d.Lang)
		return ""
	}
	dir := ""
	if rtl := rtlLanguage(d.Lang); rtl != w.rtl {
		dir = map[bool]string{true: "rtl", false: "ltr"}[rtl]
	}
	return attr("lang", d.Lang) + attr("xml:lang", d.Lang) + attr("dir", dir)
}

// stanza writes a stanza; each line is an element, so that one that is too
// long for the screen hangs in.
func (w *writer) stanza(p *press.Paragraph) {
	w.at = p.At
	text := p.Text
	fmt.Fprintf(&w.out, `<p class="stanza"%s>`, w.dirOf(text))
	start := 0
	for i := 0; i <= len(text); i++ {
		if i < len(text) {
			if _, ok := text[i].(*press.LineBreak); !ok {
				continue
			}
		}
		w.out.WriteString(`<span class="line">`)
		w.inlines(text[start:i])
		w.line("</span>")
		start = i + 1
	}
	w.line("</p>")
}
