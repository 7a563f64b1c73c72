package docx

import (
	"strconv"
	"strings"

	"quire/press"
	"quire/press/html"
)

// inlines writes running text in a look.
func (w *writer) inlines(text []press.Inline, run runProps) {
	for _, in := range text {
		w.inline(in, run)
	}
}

// inline writes a piece of running text.
func (w *writer) inline(in press.Inline, run runProps) {
	switch t := in.(type) {
	case *press.Text:
		w.put(letters(run, strings.ReplaceAll(t.Value, "\n", " "), w.leftward))
	case *press.Emph:
		run.italic = w.turned(run)
		w.inlines(t.Text, run)
	case *press.Strong:
		run.bold = 1
		w.inlines(t.Text, run)
	case *press.Strike:
		run.strike = true
		w.inlines(t.Text, run)
	case *press.CodeSpan:
		run.style = "VerbatimChar"
		w.put(letters(run, strings.ReplaceAll(t.Value, "\n", " "), w.leftward))
	case *press.Math:
		w.put("<m:oMath>" + formula(t.Formula) + "</m:oMath>")
	case *press.LineBreak:
		w.put("<w:r><w:br/></w:r>")
	case *press.Link:
		w.link(t, run)
	case *press.Ref:
		w.ref(t, run)
	case *press.NoteRef:
		w.mark(t.Note)
	}
}

// turned is italics in upright text and upright letters in italics.
func (w *writer) turned(run runProps) int {
	if run.italic == 1 || run.italic == 0 && w.slanted {
		return zero
	}
	return 1
}

// link writes a link out of the book. One that Word would not take, or that
// stands in another one, is plain text.
func (w *writer) link(t *press.Link, run runProps) {
	text := t.Text
	if strings.TrimSpace(press.Plain(text)) == "" {
		text = append(text[:len(text):len(text)], &press.Text{Value: t.URL})
	}
	address, ok := webAddress(t.URL)
	if !ok || w.linked {
		if !ok {
			w.warn(w.at, "the link to %q is left out: Word follows only plain web and mail addresses", clipped(t.URL, 200))
		}
		w.inlines(text, run)
		return
	}
	w.put(`<w:hyperlink r:id="` + w.part.relate(relation{relLink, address, true}) + `" w:history="1">`)
	w.linkText(text, run, "Hyperlink")
}

// linkText writes the text of a link and ends it.
func (w *writer) linkText(text []press.Inline, run runProps, style string) {
	w.linked = true
	if style != "" {
		run.style = style
	}
	w.inlines(text, run)
	w.linked = false
	w.put("</w:hyperlink>")
}

// ref writes a link to a place of the book. The number of a page is a field;
// until it is counted it shows 000, as manuscripts do.
func (w *writer) ref(t *press.Ref, run runProps) {
	name := w.marks.names[t.Target]
	switch {
	case name == "" || w.linked:
		w.inlines(t.Text, run)
	case t.Page:
		w.put(field("PAGEREF "+name+` \h`, run, "000"))
	default:
		w.put(`<w:hyperlink w:anchor="` + name + `" w:history="1">`)
		w.linkText(t.Text, run, "")
	}
}

// mark writes the mark of a note, and at the first one the note itself. Word
// counts notes by their places; one whose number would come out wrong has it
// as a mark of its own.
func (w *writer) mark(n *press.Note) {
	number := strconv.Itoa(n.Number)
	raised := runProps{style: "FootnoteReference"}
	if w.note { // Word has no notes in notes
		w.put(letters(raised, number, false))
		w.nested = append(w.nested, n)
		return
	}
	if w.seen[n] {
		w.put(field("NOTEREF "+noteBookmark(w.noteIDs[n])+` \f \h`, raised, number))
		return
	}
	custom := n.Number != w.nextNote
	if !custom {
		w.nextNote++
	}
	id := w.footnote(n, custom)
	before, behind := "", ""
	if w.marked[n] > 1 {
		before, behind = w.binder.marks.around(noteBookmark(id))
	}
	w.put(before + "<w:r>" + raised.xml())
	if custom {
		w.put(`<w:footnoteReference w:customMarkFollows="1" w:id="` + strconv.Itoa(id) + `"/><w:t>` + number + "</w:t>")
	} else {
		w.put(`<w:footnoteReference w:id="` + strconv.Itoa(id) + `"/>`)
	}
	w.put("</w:r>" + behind)
}

// noteBookmark names the mark of a note.
func noteBookmark(id int) string { return "_Note" + strconv.Itoa(id) }

// longestLink is how long an address may be; Word calls a file with a longer
// one damaged.
const longestLink = 2000

// webAddress returns a web or mail address with all unusual characters
// escaped, and whether it is one. Word calls a file damaged in which an
// address is not a proper one.
func webAddress(address string) (string, bool) {
	s, ok := html.WebAddress(address)
	return s, ok && len(s) <= longestLink
}
