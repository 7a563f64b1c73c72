package html

import (
	"strings"
)

// front writes the opening of the book: cover, title, author, and a link to the
// text.
func (m *maker) front() string {
	meta := m.doc.Meta
	var s strings.Builder
	s.WriteString("<div class=\"front\">\n")
	if m.cover != "" {
		s.WriteString("<p class=\"cover\"><img src=\"" + Escape(m.cover) + "\" alt=\"" + Escape(m.coverName()) + "\" role=\"doc-cover\"></p>\n")
	}
	s.WriteString("<div class=\"titlepage\">\n<h1" + m.dir(m.title) + ">" + Escape(m.title) + "</h1>\n")
	for _, p := range []struct{ class, role, text string }{
		{"subtitle", "doc-subtitle", meta.Subtitle}, {"author", "", meta.Author}, {"publisher", "", meta.Publisher},
	} {
		if p.text != "" {
			s.WriteString("<p" + attr("class", p.class) + attr("role", p.role) + m.dir(p.text) + ">" + Escape(p.text) + "</p>\n")
		}
	}
	start := m.doc.Chapters[0].ID
	s.WriteString("<p class=\"start\"><a href=\"" + Escape(m.href(indexPage, start)) + "\"" + m.terms.speech() + ">" + Escape(m.terms.start) + "</a></p>\n</div>\n</div>\n")
	return s.String()
}

// coverName is what the cover is called for those who cannot see it.
func (m *maker) coverName() string {
	name := m.words.Cover + ": " + m.title
	if m.doc.Meta.Author != "" {
		name += ", " + m.doc.Meta.Author
	}
	return name
}

// dedicationOn writes the dedication, if there is one.
func (m *maker) dedicationOn(w *writer) {
	if len(m.doc.Dedication) == 0 {
		return
	}
	w.line(`<section class="dedication" role="doc-dedication"` + attr("aria-label", m.words.Dedication) + ">")
	w.top, w.level = 1, 1
	w.blocks(m.doc.Dedication)
	w.line("</section>")
}

// imprint is who published the book, when, under which number, and the
// author's own lines; "" if there is none of them.
func (m *maker) imprint() string {
	meta := m.doc.Meta
	where := strings.TrimPrefix(meta.Publisher+", "+meta.Date, ", ")
	lines := []string{m.title, strings.TrimSuffix(where, ", ")}
	if meta.ISBN != "" {
		lines = append(lines, "ISBN "+meta.ISBN)
	}
	lines = append(lines, meta.Imprint...)
	if strings.Join(lines[1:], "") == "" {
		return ""
	}
	var s strings.Builder
	s.WriteString("<section class=\"imprint colophon\"" + attr("aria-label", m.terms.imprint) + ">\n")
	for _, line := range lines {
		if line != "" {
			s.WriteString("<p" + m.dir(line) + ">" + Escape(line) + "</p>\n")
		}
	}
	s.WriteString("</section>\n")
	return s.String()
}
