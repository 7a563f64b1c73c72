package epub

import (
	"strings"

	"quire/press"
)

// titlePage adds the page with title and author.
func (b *binder) titlePage() {
	m := b.doc.Meta
	var s strings.Builder
	s.WriteString("<section class=\"titlepage\" epub:type=\"titlepage\">\n<h1" + b.dir(b.title) + ">" + escape(b.title) + "</h1>\n")
	for _, p := range []struct{ class, role, text string }{
		{"subtitle", "doc-subtitle", m.Subtitle}, {"author", "", m.Author}, {"publisher", "", m.Publisher},
	} {
		if p.text != "" {
			s.WriteString("<p" + attr("class", p.class) + attr("role", p.role) + b.dir(p.text) + ">" + escape(p.text) + "</p>\n")
		}
	}
	s.WriteString("</section>\n")
	b.add(file{id: "titlepage", name: "title.xhtml", media: typeXHTML, linear: true,
		data: b.xhtml(sheet{title: b.title, matter: "frontmatter", body: s.String()})})
}

// imprint adds the page with publisher, date, ISBN and the author's own lines,
// if there is any of them.
func (b *binder) imprint() {
	m := b.doc.Meta
	var s strings.Builder
	for _, line := range append(b.publication(), m.Imprint...) {
		if line != "" {
			s.WriteString("<p" + b.dir(line) + ">" + escape(line) + "</p>\n")
		}
	}
	if s.Len() == 0 {
		return
	}
	b.add(file{id: "imprint", name: "imprint.xhtml", media: typeXHTML, linear: true, data: b.xhtml(sheet{
		title: b.terms.imprint, matter: "frontmatter",
		body: "<section class=\"imprint\" epub:type=\"copyright-page\" aria-label=\"" + escape(b.terms.imprint) + "\">\n" + s.String() + "</section>\n"})})
}

// publication is who published the book, when, and under which number.
func (b *binder) publication() []string {
	m := b.doc.Meta
	where := m.Publisher
	if m.Date != "" {
		where = strings.TrimPrefix(where+", "+m.Date, ", ")
	}
	lines := []string{where}
	if m.ISBN != "" {
		lines = append(lines, "ISBN "+m.ISBN)
	}
	if lines[0] == "" && len(lines) == 1 {
		return nil
	}
	return append([]string{b.title}, lines...)
}

// dedicationFile is where the dedication is.
const dedicationFile = "dedication.xhtml"

// dedication adds the page with the dedication, if there is one.
func (b *binder) dedication() {
	if len(b.doc.Dedication) == 0 {
		return
	}
	w := &writer{binder: b, name: dedicationFile, marks: map[*press.Note]string{}}
	w.blocks(b.doc.Dedication)
	b.add(file{id: "dedication", name: dedicationFile, media: typeXHTML, linear: true, property: w.property(), data: b.xhtml(sheet{
		title: b.words.Dedication, matter: "frontmatter",
		body: "<section class=\"dedication\" epub:type=\"dedication\" role=\"doc-dedication\" aria-label=\"" + escape(b.words.Dedication) + "\">\n" + w.out.String() + "</section>\n"})})
}
