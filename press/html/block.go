package html

import (
	"strconv"
	"strings"
	"unicode"

	"quire/press"
)

// writer writes the body of one page.
type writer struct {
	*maker
	name   string // of the page, in a site
	out    strings.Builder
	at     press.Pos     // of the block in work
	linked bool          // inside a link, where no other may stand
	held   []*press.Note // marks that wait for the end of the link
	top    int           // level of the chapter's title
	level  int           // of the last heading
}

// line writes some markup and ends the line.
func (w *writer) line(markup string) { w.out.WriteString(markup + "\n") }

// opening writes a chapter's blocks; its first paragraph looks different.
func (w *writer) opening(blocks []press.Block) {
	for len(blocks) > 0 { // an epigraph stands before the opening
		d, ok := blocks[0].(*press.Div)
		if !ok || d.Class != "epigraph" {
			break
		}
		w.block(d)
		blocks = blocks[1:]
	}
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

// head returns the first block, nil if there is none.
func head(blocks []press.Block) press.Block {
	if len(blocks) == 0 {
		return nil
	}
	return blocks[0]
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
		w.heading(t)
	case *press.Break:
		w.line(`<hr class="break">`)
	case *press.Quote:
		w.quote(t)
	case *press.List:
		w.list(t)
	case *press.Code:
		w.line(`<pre tabindex="0"><code` + LanguageClass(t.Language) + `>` + Escape(t.Text) + "</code></pre>")
	case *press.Definitions:
		w.definitions(t)
	case *press.MathBlock:
		w.line(`<div class="formula" tabindex="0" role="group"` + attr("id", t.ID) + attr("aria-label", w.formulaLabel(t)) + ">")
		w.line(MathML(t.Formula, t.Source, true))
		w.line("</div>")
	case *press.Table:
		w.table(t)
	case *press.Figure:
		w.figure(t)
	case *press.Div:
		w.div(t)
	}
}

// formulaLabel is what a formula is called where it can be scrolled.
func (w *writer) formulaLabel(t *press.MathBlock) string {
	return first(t.Formula.Plain(), t.Source, "…")
}

// heading writes a heading inside a chapter. Its look is its own level's; its
// tag never leaves out a level, so that people who jump from heading to
// heading do not wonder what they missed.
func (w *writer) heading(t *press.Heading) {
	own := min(max(t.Level, 2), 6)
	w.level = min(w.top+own-1, w.level+1, 6)
	tag := "h" + strconv.Itoa(w.level)
	w.out.WriteString("<" + tag + attr("class", "l"+strconv.Itoa(min(own, 4))) + attr("id", t.ID) + w.dirOf(t.Text) + ">")
	w.inlines(t.Text)
	w.line("</" + tag + ">")
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
	w.quoted(q.Blocks)
	w.line("</blockquote>")
}

// quoted writes what is quoted.
func (w *writer) quoted(blocks []press.Block) {
	for i, b := range blocks {
		p, ok := b.(*press.Paragraph)
		if ok && i > 0 && i == len(blocks)-1 && strings.HasPrefix(press.Plain(p.Text), "—") {
			w.paragraph(p, "by")
			continue
		}
		w.block(b)
	}
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
		for i, b := range it.Blocks {
			if p, ok := b.(*press.Paragraph); ok && l.Tight {
				w.at = p.At
				w.inlines(p.Text)
				continue
			}
			if i > 0 || !l.Tight {
				w.line("")
			}
			w.block(b)
		}
		w.line("</li>")
	}
	w.line("</" + tag + ">")
}
