package docx

import (
	"strconv"

	"quire/press"
)

// chapterNotes is what a writer knows of the notes of its chapter.
type chapterNotes struct {
	nextNote int                 // the number that Word would give next
	marked   map[*press.Note]int // marks in the text of the chapter
	seen     map[*press.Note]bool
	noteIDs  map[*press.Note]int
}

// beginChapterNotes counts the marks of a chapter.
func (w *writer) beginChapterNotes(blocks []press.Block) {
	w.chapterNotes = chapterNotes{nextNote: 1, marked: map[*press.Note]int{}, seen: map[*press.Note]bool{}, noteIDs: map[*press.Note]int{}}
	eachInline(blocks, func(in press.Inline) {
		if ref, ok := in.(*press.NoteRef); ok {
			w.marked[ref.Note]++
		}
	})
}

// beginNotes begins word/footnotes.xml with the lines above notes.
func (b *binder) beginNotes() {
	b.notes.put(head + "<w:footnotes" + spaces + ">")
	line := paraProps{line: -240}
	for _, s := range [][3]string{{"separator", "-1", "separator"}, {"continuationSeparator", "0", "continuationSeparator"}} {
		b.notes.put(`<w:footnote w:type="` + s[0] + `" w:id="` + s[1] + `"><w:p>` + line.xml() + "<w:r><w:" + s[2] + "/></w:r></w:p></w:footnote>")
	}
}

// endNotes ends it.
func (b *binder) endNotes() { b.notes.put("</w:footnotes>\n") }

// footnote writes a note into word/footnotes.xml and returns its ID.
func (w *writer) footnote(n *press.Note, custom bool) int {
	w.noteCount++
	id := w.noteCount
	w.seen[n], w.noteIDs[n] = true, id
	in := &writer{binder: w.binder, part: w.notes, chapterNotes: w.chapterNotes, note: true}
	in.put(`<w:footnote w:id="` + strconv.Itoa(id) + `">`)
	sign := "<w:footnoteRef/>"
	if custom {
		sign = "<w:t>" + strconv.Itoa(n.Number) + "</w:t>"
	}
	in.noteText(n, sign)
	for len(in.nested) > 0 { // notes that only this one refers to stand in it
		m := in.nested[0]
		in.nested = in.nested[1:]
		if w.marked[m] > 0 || w.seen[m] {
			continue
		}
		w.seen[m] = true
		in.warn(m.Pos, "a note inside a note stands at the end of that one: Word knows no notes in notes")
		in.noteText(m, "<w:t>"+strconv.Itoa(m.Number)+"</w:t>")
	}
	in.put(in.pending + "</w:footnote>")
	return id
}

// noteText writes the blocks of a note behind its sign.
func (w *writer) noteText(n *press.Note, sign string) {
	raised := runProps{style: "FootnoteReference"}
	w.lead = "<w:r>" + raised.xml() + sign + `</w:r><w:r><w:t xml:space="preserve"> </w:t></w:r>`
	f := frame{style: "FootnoteText", rtl: w.rtl}
	w.anchor(n.ID)
	if len(n.Blocks) == 0 || !isParagraph(n.Blocks[0]) {
		w.open(paraProps{style: "FootnoteText"})
		w.close()
	}
	w.blocks(n.Blocks, f)
}

// isParagraph reports whether a block is a paragraph.
func isParagraph(b press.Block) bool {
	_, ok := b.(*press.Paragraph)
	return ok
}
