package docx

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"quire/press"
)

// chapter writes a chapter as a section, and the page of the part that it
// opens.
func (w *writer) chapter(i int) {
	c := w.doc.Chapters[i]
	w.at = c.Pos
	if c.Opens != nil {
		w.partPage(c.Opens, i == 0)
	}
	w.beginChapterNotes(c.Blocks)
	w.white = 0
	w.opening(c)
	w.blocks(c.Blocks, w.body())
	for _, n := range c.Notes { // one that no mark leads to would be lost
		if !w.seen[n] && len(n.Blocks) > 0 {
			w.mark(n)
		}
	}
	if i < len(w.doc.Chapters)-1 {
		w.endSection(w.bodySection(i))
	}
}

// endBody ends the text with the last chapter's section.
func (w *writer) endBody() {
	w.put(w.pending + w.sectPr(w.bodySection(len(w.doc.Chapters)-1)) + "</w:body></w:document>\n")
}

// partPage writes the page with a part's title.
func (w *writer) partPage(p *press.Part, begins bool) {
	label := w.words.Label(w.words.Part, strings.ToUpper(press.Roman(p.Number)))
	before, behind := w.marks.heading(p.ID)
	props := paraProps{style: "Part"}
	if p.Title == "" || says(p.Title, w.words.Part) {
		props.before = w.look.room / 4
	} else {
		w.line("PartNumber", label, paraProps{})
	}
	w.titleLine(first(p.Title, label), props, before, behind)
	s := section{recto: true, opening: true, restart: begins, refs: w.footerRef("first", "")}
	w.endSection(s)
}

// line writes a text as a paragraph of its own.
func (w *writer) line(style, text string, p paraProps) {
	p.style = style
	w.titleLine(text, p, "", "")
}

// titleLine writes a text with markup around it.
func (w *writer) titleLine(text string, p paraProps, before, behind string) {
	var run runProps
	w.turn(&p, text)
	w.joined(&run, p.style, text)
	w.smaller(&p, &run, text)
	w.open(p)
	w.put(before + w.letters(run, text) + behind)
	w.close()
}

// longTitle is how many letters a title may have in its full size.
const longTitle = 120

// smaller sets a long title of a part or chapter in smaller type.
func (w *writer) smaller(p *paraProps, run *runProps, text string) {
	if (p.style == "Heading1" || p.style == "Part") && utf8.RuneCountInString(text) > longTitle {
		run.size = halves(w.look.theme.Opening.Title.Size.Scale(2, 3))
		p.line = twips(w.look.theme.Opening.Title.Leading.Scale(2, 3))
	}
}

// opening writes a chapter's number and title.
func (w *writer) opening(c *press.Chapter) {
	l := &w.look
	p := paraProps{style: "Heading1"}
	number := ""
	if c.Number > 0 && c.Title != "" && l.numberAbove() && !says(c.Title, w.label(c)) {
		number = w.chapterNumber(strconv.Itoa(c.Number))
		w.line("ChapterNumber", number, paraProps{})
	}
	if number == "" && l.numberAbove() {
		p.before = l.sink()
	}
	w.unnumbered = c.Number == 0 || c.Title == ""
	if l.numbersChapters() {
		p.num = w.count(c)
	}
	before, behind := w.marks.heading(c.ID)
	w.titleLine(w.headingText(c), p, before, behind)
	if o := l.theme.Opening.Ornament; o != "" {
		w.line("ChapterOrnament", o, paraProps{})
	}
}

// count returns the list that numbers a chapter: none for a chapter without
// number, the style's own, or a new one where the count does not go on.
func (w *writer) count(c *press.Chapter) int {
	if w.unnumbered {
		return zero
	}
	w.numbered++
	if c.Number == w.numbered {
		return 0
	}
	w.numbered = c.Number
	w.lists = append(w.lists, start{headingPattern, 0, c.Number})
	return firstList + len(w.lists) - 1
}

// label is "Chapter 7", or "" for a chapter without number.
func (b *binder) label(c *press.Chapter) string {
	if c.Number == 0 {
		return ""
	}
	return b.words.Label(b.words.Chapter, strconv.Itoa(c.Number))
}

// headingText is a chapter's heading; never empty.
func (b *binder) headingText(c *press.Chapter) string {
	return first(c.Title, b.label(c), b.title)
}

// says reports whether a title begins with some words already.
func says(title, words string) bool {
	rest, ok := strings.CutPrefix(strings.ToLower(title), strings.ToLower(words))
	return ok && words != "" && (rest == "" || strings.IndexAny(rest, " :.–—-") == 0)
}
