package docx

import (
	"strings"
	"unicode/utf8"
)

// titlePage begins the text with title, author and publisher.
func (w *writer) titlePage() {
	m := w.doc.Meta
	w.put(head + "<w:document" + spaces + "><w:body>")
	w.bookTitle()
	for _, l := range [][2]string{{"Subtitle", m.Subtitle}, {"Author", m.Author}, {"Publisher", m.Publisher}} {
		if l[1] != "" {
			w.line(l[0], l[1], paraProps{})
		}
	}
	w.endSection(section{roman: true, restart: true})
}

// bookTitle writes the book's title, a long one in smaller type.
func (w *writer) bookTitle() {
	p, run := paraProps{style: "Title"}, runProps{}
	full := w.look.theme.Opening.Title
	switch n := utf8.RuneCountInString(w.title); {
	case n > longTitle:
		run.size, p.line, p.before = halves(full.Size.Scale(2, 3)), twips(full.Leading.Scale(2, 3)), w.look.room/12
	case n > longTitle/2:
		run.size, p.line = halves(full.Size), twips(full.Leading)
	}
	w.turn(&p, w.title)
	w.open(p)
	w.put(w.letters(run, w.title))
	w.close()
}

// imprint writes the page behind the title: who, when, which number, and the
// author's own lines; at the foot of the page.
func (w *writer) imprint() {
	lines := 0
	for _, text := range append(w.publication(), w.doc.Meta.Imprint...) {
		if text != "" {
			w.line("Imprint", text, paraProps{})
			lines++
		}
	}
	if lines > 0 {
		w.endSection(section{roman: true, stands: "bottom"})
	}
}

// publication is what the imprint says by itself: nothing, if nobody published
// the book.
func (b *binder) publication() []string {
	m := b.doc.Meta
	where := m.Publisher
	if m.Date != "" {
		where = strings.TrimPrefix(where+", "+m.Date, ", ")
	}
	isbn := m.ISBN
	if isbn != "" {
		isbn = "ISBN " + isbn
	}
	if where == "" && isbn == "" {
		return nil
	}
	name := b.title
	if m.Author != "" {
		name += "\u2002·\u2002" + m.Author
	}
	return []string{name, where, isbn}
}

// dedication writes the page with the dedication, if there is one.
func (w *writer) dedication() {
	if len(w.doc.Dedication) == 0 {
		return
	}
	w.beginChapterNotes(w.doc.Dedication)
	f := frame{style: "Dedication", rtl: w.rtl}
	e := w.edges("Dedication")
	f.left, f.right = e.left, e.right
	w.white = w.look.room / 4
	w.blocks(w.doc.Dedication, f)
	w.endSection(section{roman: true, recto: true})
}
