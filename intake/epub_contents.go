package intake

import (
	"slices"
	"strings"
)

// tocEntry is a line of the contents.
type tocEntry struct {
	label, key string
	part       bool // the contents say so
	kids       []*tocEntry
}

// maxContents is how many lines of contents are read.
const maxContents = 20_000

// contents reads what the book says about its order: the nav of EPUB 3 with its
// landmarks, else the NCX of EPUB 2.
func (r *epubReader) contents() error {
	for _, it := range r.listed {
		if slices.Contains(strings.Fields(it.properties), "nav") {
			r.nav(it.name)
			break
		}
	}
	for _, it := range r.listed {
		if it.media == "application/x-dtbncx+xml" && len(r.toc) == 0 {
			r.ncx(it.name)
		}
	}
	return nil
}

// nav reads the contents and landmarks of EPUB 3.
func (r *epubReader) nav(name string) {
	p := r.pages[name]
	if p == nil {
		p = &page{name: name}
		if err := r.readPage(p); err != nil {
			return // a book without contents is read by its headings
		}
	}
	p.body.each(func(e *element) bool {
		if e.name != "nav" {
			return true
		}
		list := r.navList(p, e.find("ol"))
		switch {
		case e.hasWord("epub:type", "toc") || e.hasWord("role", "doc-toc"):
			r.toc = list
		case e.hasWord("epub:type", "landmarks"):
			e.each(func(a *element) bool {
				if key := r.target(name, a.attr("href")); a.name == "a" && key != "" {
					r.places[key] = strings.ToLower(first(a.attr("epub:type"), r.places[key]))
				}
				return true
			})
		}
		return false
	})
	r.places[name] = "toc"
}

// navList reads nested lists of links.
func (r *epubReader) navList(p *page, ol *element) []*tocEntry {
	var out []*tocEntry
	for _, li := range ol.list("li") {
		e := &tocEntry{part: li.hasWord("class", "part")}
		for _, k := range li.kids {
			if a := k.find("a"); k.name != "ol" && a != nil && e.label == "" {
				e.label, e.key = a.plain(), r.target(p.name, a.attr("href"))
			} else if k.name != "ol" && k.name != "" && e.label == "" {
				e.label = k.plain()
			}
		}
		e.kids = r.navList(p, li.kid("ol"))
		if e.key == "" && len(e.kids) > 0 {
			e.key = e.kids[0].key
		}
		if e.key != "" && len(out) < maxContents {
			out = append(out, e)
		}
	}
	return out
}

// ncx reads the contents of EPUB 2. A book whose contents are damaged is read by
// its headings.
func (r *epubReader) ncx(name string) {
	data, err := r.read(name, MaxTextPart)
	if err != nil {
		return
	}
	root, err := newXML(markupText(data), &r.draft.left).tree()
	if err == nil {
		r.toc = r.navPoints(name, root.find("navMap"))
	}
}

// navPoints reads nested points.
func (r *epubReader) navPoints(from string, e *element) []*tocEntry {
	var out []*tocEntry
	for _, p := range e.list("navPoint") {
		t := &tocEntry{label: p.kid("navLabel").plain(), key: r.target(from, p.kid("content").attr("src"))}
		t.kids = r.navPoints(from, p)
		if t.key == "" && len(t.kids) > 0 {
			t.key = t.kids[0].key
		}
		if t.key != "" && len(out) < maxContents {
			out = append(out, t)
		}
	}
	return out
}
