package epub

import (
	"strconv"
	"strings"
	"unicode"

	"quire/press"
	"quire/press/html"
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
	math   bool                   // the file holds formulas
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
		w.line("<pre><code" + html.LanguageClass(t.Language) + ">" + escape(t.Text) + "</code></pre>")
	case *press.Definitions:
		w.definitions(t)
	case *press.MathBlock:
		w.line(`<div class="formula"` + attr("id", t.ID) + ">")
		w.formula(t.Formula, t.Source, true)
		w.line("\n</div>")
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

// definitions writes terms and what they mean.
func (w *writer) definitions(d *press.Definitions) {
	w.line("<dl>")
	for _, it := range d.Items {
		for _, term := range it.Terms {
			w.out.WriteString("<dt" + w.dirOf(term) + ">")
			w.inlines(term)
			w.line("</dt>")
		}
		for _, meaning := range it.Meanings {
			w.line("<dd>")
			w.blocks(meaning)
			w.line("</dd>")
		}
		if len(it.Meanings) == 0 {
			w.line("<dd></dd>") // a term must have one
		}
	}
	w.line("</dl>")
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
