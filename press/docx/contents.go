package docx

import (
	"strconv"
	"strings"

	"quire/press"
)

// entry is a line of the contents. Level 0 is a part.
type entry struct {
	level        int
	number, text string
	id           string
}

// contentsField is the field by which Word makes the contents anew: headings of
// two levels inside a book's chapters, with links, and what has an outline
// level without being a heading, which parts have.
const contentsField = `TOC \o "1-3" \h \z \u`

// contents writes the contents, filled in as Word would do it, and the list of
// figures where the theme wants one. Page numbers come when Word counts them:
// a wrong one would look like a right one.
func (w *writer) contents() {
	entries := w.entries()
	w.put(`<w:sdt><w:sdtPr><w:docPartObj>` + val("docPartGallery", "Table of Contents") + `<w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>`)
	w.listing(w.words.Contents, contentsField, entries)
	w.put("</w:sdtContent></w:sdt>")
	if figures := w.figures(); w.look.theme.List > 0 && len(figures) >= w.look.theme.List {
		w.listing(w.words.Figures, `TOC \h \z \c "Figure"`, figures)
	}
	s := section{roman: true, recto: true, opening: true}
	for _, pages := range []string{"even", "default", "first"} {
		if pages == "even" && w.look.screen {
			continue
		}
		content := w.lone("center")
		if w.look.theme.Heads.Folio != "center" && pages != "first" {
			content = w.lone(outer(pages == "even"))
		} else if pages == "first" {
			content = w.openingFoot()
		}
		s.refs += w.footerRef(pages, content)
	}
	w.endSection(s)
}

// listing writes a list of entries as a field.
func (w *writer) listing(name, code string, entries []entry) {
	w.line("TOCHeading", name, paraProps{})
	w.lead = `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> ` + escape(code) + ` </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`
	for _, e := range entries {
		w.entry(e)
	}
	w.open(paraProps{style: "TableEnd"})
	w.put(`<w:r><w:fldChar w:fldCharType="end"/></w:r>`)
	w.close()
}

// entry writes one line: number, title, page.
func (w *writer) entry(e entry) {
	p := paraProps{style: "TOC" + strconv.Itoa(max(e.level, 1))}
	run := runProps{noProof: true}
	switch e.level {
	case figureLevel:
		p.style = "TableofFigures"
	case 0:
		run.bold, p.before = 1, w.look.lead/2
	}
	w.turn(&p, e.text)
	name := w.marks.toc[e.id]
	w.open(p)
	w.put(`<w:hyperlink w:anchor="` + name + `" w:history="1">`)
	if e.number != "" {
		w.put(w.letters(run, e.number))
	}
	hidden := runProps{noProof: true, hidden: true}
	w.put(w.letters(run, e.text) + "<w:r>" + hidden.xml() + "<w:tab/></w:r>" + field("PAGEREF "+name+` \h`, hidden, "") + "</w:hyperlink>")
	w.close()
}

// entries are the contents. Their numbers are those that Word gives to the
// headings.
func (w *writer) entries() []entry {
	var all []entry
	for _, c := range w.doc.Chapters {
		if p := c.Opens; p != nil {
			w.marks.listed(p.ID)
			all = append(all, entry{0, "", first(p.Title, w.words.Label(w.words.Part, strings.ToUpper(press.Roman(p.Number)))), p.ID})
		}
		w.marks.listed(c.ID)
		number := ""
		if w.look.theme.Opening.Place == "beside" && c.Number > 0 && c.Title != "" {
			number = w.chapterNumber(strconv.Itoa(c.Number)) + "\t"
		}
		all = append(all, entry{1, number, w.headingText(c), c.ID})
		all = append(all, w.sections(c)...)
	}
	return all
}

// sections are the headings of a chapter of levels 2 and 3.
func (w *writer) sections(c *press.Chapter) []entry {
	var all []entry
	var at [7]int
	eachBlock(c.Blocks, func(b press.Block) {
		h, ok := b.(*press.Heading)
		if !ok {
			return
		}
		level := min(max(h.Level, 2), 6)
		at[level]++
		clear(at[level+1:])
		if level > 3 {
			return
		}
		number := ""
		if level <= w.look.theme.Numbers && c.Number > 0 && c.Title != "" {
			number = strconv.Itoa(c.Number)
			for k := 2; k <= level; k++ {
				number += "." + strconv.Itoa(at[k])
			}
			number += "\u2002"
		}
		w.marks.listed(h.ID)
		all = append(all, entry{level, number, strings.TrimSpace(press.Plain(h.Text)), h.ID})
	})
	return all
}

// figureLevel marks an entry of the list of figures.
const figureLevel = 9

// figures are the figures with captions.
func (w *writer) figures() []entry {
	if w.look.theme.List == 0 || !w.look.theme.Figures {
		return nil
	}
	var all []entry
	for _, c := range w.doc.Chapters {
		eachBlock(c.Blocks, func(b press.Block) {
			if f, ok := b.(*press.Figure); ok && f.Number > 0 {
				w.marks.listed(f.ID)
				all = append(all, entry{figureLevel, w.words.Label(w.words.Figure, strconv.Itoa(f.Number)) + ". ", press.Plain(f.Caption), f.ID})
			}
		})
	}
	return all
}
