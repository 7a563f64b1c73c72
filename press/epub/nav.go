package epub

import (
	"fmt"
	"strings"

	"quire/press"
)

// entry is a line of the contents.
type entry struct {
	label, href string
	part        bool
	kids        []entry
}

// contents adds the contents for people and new readers (nav) and for old
// readers (NCX; its identifier is filled in with the package file).
func (b *binder) contents() {
	entries := b.entries()
	var s strings.Builder
	s.WriteString("<nav epub:type=\"toc\" role=\"doc-toc\" id=\"toc\" aria-labelledby=\"toc-title\">\n<h1 id=\"toc-title\">" + escape(b.words.Contents) + "</h1>\n")
	b.navList(&s, entries)
	s.WriteString("</nav>\n<nav epub:type=\"landmarks\" id=\"landmarks\" hidden=\"hidden\">\n<ol>\n")
	for _, l := range b.landmarks() {
		fmt.Fprintf(&s, "<li><a epub:type=%q href=%q>%s</a></li>\n", l.kind, l.href, escape(l.label))
	}
	s.WriteString("</ol>\n</nav>\n")
	b.add(file{id: "nav", name: "nav.xhtml", media: typeXHTML, property: "nav", linear: true,
		data: b.xhtml(sheet{title: b.words.Contents, matter: "frontmatter", body: s.String()})})
}

// entries are the contents: parts, in them chapters, in those sections.
func (b *binder) entries() []entry {
	var all []entry
	into := &all
	for i, c := range b.doc.Chapters {
		if c.Opens != nil {
			all = append(all, entry{label: c.Opens.Title, href: b.names.files[c.Opens.ID], part: true})
			into = &all[len(all)-1].kids
		}
		name := b.names.chapters[i]
		*into = append(*into, entry{label: b.label(c), href: name, kids: sections(c.Blocks, name)})
	}
	return all
}

// sections are the headings of level 2 and, in them, of level 3.
func sections(blocks []press.Block, name string) []entry {
	var all []entry
	for _, block := range blocks {
		h, ok := block.(*press.Heading)
		if !ok || h.Level > 3 {
			continue
		}
		e := entry{label: strings.TrimSpace(press.Plain(h.Text)), href: name + "#" + h.ID}
		if h.Level == 2 || len(all) == 0 {
			all = append(all, e)
			continue
		}
		last := &all[len(all)-1]
		last.kids = append(last.kids, e)
	}
	return all
}

// navList writes entries as nested lists.
func (b *binder) navList(s *strings.Builder, entries []entry) {
	s.WriteString("<ol>\n")
	for _, e := range entries {
		class := ""
		if e.part {
			class = ` class="part"`
		}
		s.WriteString("<li" + class + "><a href=\"" + escape(e.href) + "\"" + b.dir(e.label) + ">" + escape(e.label) + "</a>")
		if len(e.kids) > 0 {
			s.WriteString("\n")
			b.navList(s, e.kids)
		}
		s.WriteString("</li>\n")
	}
	s.WriteString("</ol>\n")
}

// landmark is a place that reading systems can jump to.
type landmark struct{ kind, href, label string }

// landmarks are the places of this book.
func (b *binder) landmarks() []landmark {
	marks := []landmark{{"cover", "cover.xhtml", b.terms.cover}, {"titlepage", "title.xhtml", b.terms.titlePage}}
	if b.has("imprint") {
		marks = append(marks, landmark{"copyright-page", "imprint.xhtml", b.terms.imprint})
	}
	if b.has("dedication") {
		marks = append(marks, landmark{"dedication", dedicationFile, b.words.Dedication})
	}
	return append(marks, landmark{"toc", "nav.xhtml#toc", b.words.Contents}, landmark{"bodymatter", b.start(), b.terms.text})
}

// start is where reading begins: the first chapter with a number, or the part
// that it opens; without numbers the first chapter.
func (b *binder) start() string {
	at := 0
	for i, c := range b.doc.Chapters {
		if c.Number == 1 {
			at = i
			break
		}
	}
	if part := b.doc.Chapters[at].Opens; part != nil {
		return b.names.files[part.ID]
	}
	return b.names.chapters[at]
}

// has reports whether a file of the ID was added.
func (b *binder) has(id string) bool {
	for i := range b.files {
		if b.files[i].id == id {
			return true
		}
	}
	return false
}

// ncx writes the contents in the form of EPUB 2.
func (b *binder) ncx(identifier string) []byte {
	var s strings.Builder
	s.WriteString(`<?xml version="1.0" encoding="UTF-8"?>
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"` + attr("xml:lang", b.doc.Lang) + `>
<head>
<meta name="dtb:uid" content="` + escape(identifier) + `"/>
</head>
<docTitle><text>` + escape(b.title) + "</text></docTitle>\n<navMap>\n")
	n := 0
	ncxPoints(&s, b.entries(), &n)
	s.WriteString("</navMap>\n</ncx>\n")
	return []byte(s.String())
}

// ncxPoints writes entries as nested points; n counts them.
func ncxPoints(s *strings.Builder, entries []entry, n *int) {
	for _, e := range entries {
		*n++
		fmt.Fprintf(s, "<navPoint id=\"point-%d\" playOrder=\"%d\"><navLabel><text>%s</text></navLabel><content src=\"%s\"/>", *n, *n, escape(e.label), escape(e.href))
		if len(e.kids) > 0 {
			s.WriteString("\n")
			ncxPoints(s, e.kids, n)
		}
		s.WriteString("</navPoint>\n")
	}
}
