package html

import (
	"fmt"

	"quire/press"
)

// indexPage is the first page of a site.
const indexPage = "index.html"

// pages knows on which page of a site everything is.
type pages struct {
	chapters []string          // page names by chapter
	of       map[string]string // the page that holds an ID
}

// namePages gives every chapter a page, and finds the IDs on them. A part has
// none of its own: its title stands above the chapter that it opens with.
func namePages(doc *press.Document) pages {
	p := pages{of: map[string]string{}}
	p.claim(doc.Dedication, indexPage)
	digits := max(2, len(fmt.Sprint(len(doc.Chapters))))
	for i, c := range doc.Chapters {
		name := fmt.Sprintf("chapter-%0*d.html", digits, i+1)
		p.chapters = append(p.chapters, name)
		if c.Opens != nil {
			p.of[c.Opens.ID] = name
		}
		p.of[c.ID] = name
		p.claim(c.Blocks, name)
		for _, note := range c.Notes {
			p.of[note.ID] = name
			p.claim(note.Blocks, name)
		}
	}
	return p
}

// claim notes the IDs of blocks and of what is in them.
func (p *pages) claim(blocks []press.Block, name string) {
	for _, b := range blocks {
		switch t := b.(type) {
		case *press.Heading:
			p.of[t.ID] = name
		case *press.Figure:
			p.of[t.ID] = name
		case *press.Table:
			p.of[t.ID] = name
		case *press.MathBlock:
			p.of[t.ID] = name
		case *press.Definitions:
			for _, it := range t.Items {
				for _, meaning := range it.Meanings {
					p.claim(meaning, name)
				}
			}
		case *press.Quote:
			p.claim(t.Blocks, name)
		case *press.List:
			for _, it := range t.Items {
				p.claim(it.Blocks, name)
			}
		case *press.Div:
			p.of[t.ID] = name
			p.claim(t.Blocks, name)
		}
	}
}

// href is the link to an ID of the book from a page; "" if there is none.
func (m *maker) href(from, id string) string {
	switch page := m.pages.of[id]; {
	case id == "" || page == "":
		return ""
	case !m.site || page == from:
		return "#" + id
	default:
		return page + "#" + id
	}
}
