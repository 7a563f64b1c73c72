package html

import (
	"strconv"
	"strings"

	"quire/press"
)

// entry is a line of the contents.
type entry struct {
	number, label, href string
	dir                 string
	part                bool
	kids                []entry
}

// contents writes the contents of the book with its sections.
func (m *maker) contents(level int) string {
	var s strings.Builder
	tag := "h" + strconv.Itoa(level)
	s.WriteString("<nav id=\"Contents\" class=\"contents\" role=\"doc-toc\" aria-labelledby=\"Title-Contents\">\n<" + tag + " id=\"Title-Contents\">" + Escape(m.words.Contents) + "</" + tag + ">\n")
	list(&s, m.entries(indexPage, true), "")
	s.WriteString("</nav>\n")
	return s.String()
}

// entries are the contents as seen from a page: parts, in them chapters, in
// those sections, if they are wanted.
func (m *maker) entries(from string, sections bool) []entry {
	var all []entry
	into := &all
	for i, c := range m.doc.Chapters {
		if c.Opens != nil {
			all = append(all, entry{label: c.Opens.Title, href: m.href(from, c.Opens.ID), dir: m.dir(c.Opens.Title), part: true})
			into = &all[len(all)-1].kids
		}
		number, title := m.heads(c)
		if number != "" {
			number = strconv.Itoa(c.Number)
		}
		e := entry{number: number, label: first(title, m.title), href: m.href(from, c.ID), dir: m.dir(title)}
		if m.site {
			e.href = m.pages.chapters[i]
		}
		if sections {
			e.kids = m.sections(c.Blocks, from)
		}
		*into = append(*into, e)
	}
	return all
}

// sections are the headings of level 2 of a chapter.
func (m *maker) sections(blocks []press.Block, from string) []entry {
	var all []entry
	for _, block := range blocks {
		if h, ok := block.(*press.Heading); ok && h.Level == 2 {
			all = append(all, entry{label: strings.TrimSpace(press.Plain(h.Text)), href: m.href(from, h.ID), dir: m.dirOf(h.Text)})
		}
	}
	return all
}

// list writes entries as nested lists. The entry that leads to the current
// page says so.
func list(s *strings.Builder, entries []entry, current string) {
	s.WriteString("<ol>\n")
	for _, e := range entries {
		class, here := "", ""
		if e.part {
			class = ` class="part"`
		}
		if e.href == current {
			here = ` aria-current="page"`
		}
		s.WriteString("<li" + class + "><a href=\"" + Escape(e.href) + "\"" + e.dir + here + ">")
		if e.number != "" {
			s.WriteString("<span class=\"n\">" + e.number + "</span> ")
		}
		s.WriteString(Escape(e.label) + "</a>")
		if len(e.kids) > 0 {
			s.WriteString("\n")
			list(s, e.kids, current)
		}
		s.WriteString("</li>\n")
	}
	s.WriteString("</ol>\n")
}
