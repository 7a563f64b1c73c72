package html

import (
	"context"
	"fmt"
	"strings"

	"quire/press"
)

// Site implements press.Bundle: a folder that a browser reads as it lies on a
// disk or on any server. index.html has cover, title and contents; every
// chapter has a page; style.css, early.js and script.js are shared; the
// search reads search-index.js, a script, because a page from a disk may not read any
// other file; pictures lie in images.
type Site struct{}

// Files returns the files, index.html first. Warnings are those of these files
// alone. The error is a problem.Invalid for a document without chapters.
func (Site) Files(ctx context.Context, doc *press.Document, opt press.Options) ([]press.File, press.Report, error) {
	m, err := newMaker(doc, opt)
	if err != nil {
		return nil, press.Report{}, err
	}
	m.site = true
	var images []press.File
	m.pictures(func(name, _ string, data []byte) string {
		images = append(images, press.File{Name: "images/" + name, Data: data})
		return "images/" + name
	})
	files := []press.File{m.indexPage()}
	for i := range doc.Chapters {
		if err := ctx.Err(); err != nil {
			return nil, press.Report{}, fmt.Errorf("html: %w", err)
		}
		files = append(files, m.chapterPage(i))
	}
	files = append(files, press.File{Name: "style.css", Data: []byte(m.stylesheet())},
		press.File{Name: "early.js", Data: []byte(earlyScript)}, press.File{Name: "script.js", Data: []byte(pageScript + searchScript)},
		press.File{Name: "search-index.js", Data: m.searchIndex()})
	return append(files, images...), press.Report{Words: doc.Words(), Warnings: m.warnings}, nil
}

// indexPage is the page with cover, title and contents.
func (m *maker) indexPage() press.File {
	w := &writer{maker: m, name: indexPage}
	w.line(`<main id="Text">`)
	w.out.WriteString(m.front())
	m.dedicationOn(w)
	w.out.WriteString(m.contents(2))
	w.out.WriteString(m.imprint())
	w.line("</main>")
	return m.sitePage(indexPage, m.fullTitle(), w.out.String())
}

// chapterPage is the page of a chapter, with the ways to its neighbours.
func (m *maker) chapterPage(i int) press.File {
	name := m.pages.chapters[i]
	w := &writer{maker: m, name: name}
	w.line(`<main id="Text">`)
	w.chapter(i, 1)
	w.line("</main>\n" + `<nav class="turn"` + attr("aria-label", m.terms.previous+", "+m.terms.next) + ">")
	if i == 0 {
		w.out.WriteString(m.turn("previous", indexPage, m.terms.previous, m.title))
	} else {
		w.out.WriteString(m.turn("previous", m.pages.chapters[i-1], m.terms.previous, m.label(m.doc.Chapters[i-1])))
	}
	if i+1 < len(m.doc.Chapters) {
		w.out.WriteString(m.turn("next", m.pages.chapters[i+1], m.terms.next, m.label(m.doc.Chapters[i+1])))
	}
	w.line("</nav>")
	return m.sitePage(name, m.label(m.doc.Chapters[i])+" – "+m.title, w.out.String())
}

// turn is the link to a neighbour.
func (m *maker) turn(class, href, word, title string) string {
	rel := map[string]string{"previous": "prev", "next": "next"}[class]
	return `<a class="` + class + `" rel="` + rel + `" href="` + href + `"><small` + m.terms.speech() + ">" + Escape(word) + "</small><span" + m.dir(title) + ">" + Escape(title) + "</span></a>\n"
}

// sitePolicy is what the pages of a site ask for. It is less than that of the
// one file: browsers disagree about what a page on a disk calls its own.
const sitePolicy = "object-src 'none'; base-uri 'none'; form-action 'none'; script-src-attr 'none'; connect-src 'none'; frame-src 'none'"

// sitePage is a page of a site around its body.
func (m *maker) sitePage(name, title, body string) press.File {
	var s strings.Builder
	m.pageHead(&s, title, sitePolicy)
	s.WriteString("<link rel=\"stylesheet\" href=\"style.css\">\n<script src=\"early.js\"></script>\n<script src=\"script.js\" defer></script>\n</head>\n<body class=\"site\">\n")
	s.WriteString(m.skip() + m.bar(name) + body + "</body>\n</html>\n")
	return press.File{Name: name, Data: []byte(s.String())}
}
