package docx

import (
	"strconv"
	"strings"

	"quire/press"
	"quire/press/html"
)

// writer writes text into a part.
type writer struct {
	*binder
	chapterNotes
	part       *part
	at         press.Pos
	leftward   bool          // the paragraph runs from right to left
	slanted    bool          // its style is italic
	linked     bool          // inside a link, where no other may stand
	note       bool          // in a footnote
	nested     []*press.Note // marks seen in it
	unnumbered bool          // the chapter's sections have no numbers
	lead       string        // runs before the text of the next paragraph
	pending    string        // bookmarks for it
	white      int           // white above it
}

// frame is where and how blocks stand.
type frame struct {
	style       string // of plain paragraphs
	source      string // style of a last one that names a source; "" is none
	left, right int    // from the edges of the text
	depth       int    // lists around
	kin         [2]int // unordered and ordered ones
	lang        string // "" is that of the book
	rtl         bool
	align       string // "" is the style's
	begun       bool   // a paragraph stands before, so the first one is indented
}

// body is the frame of running text.
func (b *binder) body() frame { return frame{style: "BodyText", rtl: b.rtl} }

// put writes some markup.
func (w *writer) put(markup string) { w.part.put(markup) }

// open begins a paragraph.
func (w *writer) open(p paraProps) {
	w.put("<w:p>")
	at := len(w.part.out)
	w.put(p.xml())
	w.part.props = -at
	if len(w.part.out) > at {
		w.part.props = len(w.part.out) - len("</w:pPr>")
	}
	w.put(w.pending + w.lead)
	w.pending, w.lead, w.white = "", "", 0
}

// close ends a paragraph.
func (w *writer) close() {
	w.put("</w:p>")
	w.part.end = len(w.part.out)
}

// place indents a paragraph as its frame asks, where its style does not do so.
func (w *writer) place(p *paraProps, f frame) {
	e := w.edges(p.style)
	left, right := f.left, f.right
	if p.style != f.style && p.style != f.source {
		left, right = left+e.left, right+e.right
	}
	if p.style == "FirstParagraph" {
		left, right = f.left, f.right
	}
	if left != e.left {
		p.left = orZero(left)
	}
	if right != e.right {
		p.right = orZero(right)
	}
}

// orZero makes nothing an explicit one.
func orZero(n int) int {
	if n == 0 {
		return zero
	}
	return n
}

// inset returns the frame narrowed on both sides, unless too little is left.
func (w *writer) inset(f frame, left, right int) frame {
	if w.look.measure-f.left-f.right-left-right < 8*w.look.em() {
		return f
	}
	f.left, f.right = f.left+left, f.right+right
	return f
}

// direct turns a paragraph to the way its text runs and returns how its letters
// begin.
func (w *writer) direct(p *paraProps, text []press.Inline, f frame) runProps {
	rtl, known := runsLeft(press.Plain(text))
	if !known {
		rtl = f.rtl
	}
	w.leftward, w.slanted = rtl, w.edges(p.style).slanted
	if rtl != w.rtl {
		p.bidi = zero
		if rtl {
			p.bidi = 1
		}
	}
	run := runProps{lang: f.lang, langRTL: f.lang != "" && html.RightToLeft(f.lang)}
	w.joined(&run, p.style, press.Plain(text))
	if w.note && p.style != "FootnoteText" {
		_, run.size = sized(w.look.theme.Note)
	}
	return run
}

// blocks writes blocks one after the other. A paragraph behind anything else
// has no indent.
func (w *writer) blocks(blocks []press.Block, f frame) {
	if f.source != "" {
		blocks = sourceApart(blocks)
	}
	begins := !f.begun
	f.begun = false
	for i, b := range blocks {
		w.at = b.Where()
		p, ok := b.(*press.Paragraph)
		if !ok {
			begins = w.other(b, f, begins)
			continue
		}
		style := f.style
		if style == "BodyText" && begins {
			style = "FirstParagraph"
		}
		if f.source != "" && i > 0 && i == len(blocks)-1 && isSource(p.Text) {
			style = f.source
		}
		w.paragraph(p.Text, paraProps{style: style, before: w.white}, f)
		begins = false
	}
}

// other writes a block that is no paragraph and reports whether the next one
// begins anew. A div without a class changes nothing of that.
func (w *writer) other(b press.Block, f frame, begins bool) bool {
	d, ok := b.(*press.Div)
	if !ok || d.Class != "" || len(d.Blocks) == 0 {
		w.block(b, f)
		return true
	}
	f.begun = !begins
	w.block(b, f)
	return !isParagraph(d.Blocks[len(d.Blocks)-1])
}

// paragraph writes text as one paragraph.
func (w *writer) paragraph(text []press.Inline, p paraProps, f frame) {
	if p.num == 0 {
		w.place(&p, f)
	}
	p.align = first(p.align, f.align)
	run := w.direct(&p, text, f)
	w.open(p)
	w.inlines(text, run)
	w.close()
}

// block writes a block that is no paragraph.
func (w *writer) block(b press.Block, f frame) {
	if _, ok := b.(*press.List); !ok && f.depth == 0 {
		w.white = 0 // its style has its own
	}
	switch t := b.(type) {
	case *press.Heading:
		w.heading(t, f)
	case *press.Break:
		w.sceneBreak(f)
	case *press.Quote:
		in := w.inset(f, w.edges("Quote").left, w.edges("Quote").right)
		in.style, in.source, in.align = "Quote", "QuoteSource", ""
		w.blocks(t.Blocks, in)
	case *press.List:
		w.list(t, f)
	case *press.Code:
		w.code(t, f)
	case *press.Definitions:
		w.definitions(t, f)
	case *press.MathBlock:
		w.anchor(t.ID)
		p := paraProps{style: "Formula"}
		w.place(&p, f)
		w.open(p)
		w.put("<m:oMathPara><m:oMath>" + formula(t.Formula) + "</m:oMath></m:oMathPara>")
		w.close()
	case *press.Table:
		w.table(t, f)
	case *press.Figure:
		w.figure(t, f)
	case *press.Div:
		w.div(t, f)
	}
}

// heading writes a section's title.
func (w *writer) heading(t *press.Heading, f frame) {
	level := min(max(t.Level, 2), 6)
	p := paraProps{style: "Heading" + strconv.Itoa(level)}
	if w.unnumbered && level <= w.look.theme.Numbers {
		p.num = zero
	}
	w.place(&p, f)
	run := w.direct(&p, t.Text, f)
	before, behind := w.marks.heading(t.ID)
	w.open(p)
	w.put(before)
	w.inlines(t.Text, run)
	w.put(behind)
	w.close()
}

// sceneBreak writes the theme's ornament, or white.
func (w *writer) sceneBreak(f frame) {
	p := paraProps{style: "SceneBreak"}
	w.place(&p, f)
	w.open(p)
	w.put(w.letters(runProps{noProof: true}, strings.ReplaceAll(strings.TrimSpace(w.look.theme.Break), " ", "\u2002")))
	w.close()
}

// code writes preformatted text as one paragraph, so that it can be taken out
// and put back whole.
func (w *writer) code(t *press.Code, f frame) {
	p := paraProps{style: "SourceCode"}
	if w.rtl {
		p.bidi = zero
	}
	w.place(&p, f)
	w.open(p)
	w.put(letters(runProps{}, t.Text, false))
	w.close()
}

// definitions writes terms and what they mean.
func (w *writer) definitions(t *press.Definitions, f frame) {
	in := w.inset(f, w.edges("Definition").left, 0)
	in.style, in.source = "Definition", ""
	for _, it := range t.Items {
		for _, term := range it.Terms {
			w.paragraph(term, paraProps{style: "DefinitionTerm"}, f)
		}
		for _, meaning := range it.Meanings {
			w.blocks(meaning, in)
		}
	}
}
