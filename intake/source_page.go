package intake

import (
	"strings"
)

// mute are the elements of a page that are no part of its text.
var mute = names("head script style noscript template nav svg iframe object embed form button select textarea audio video canvas dialog menu")

// readPage reads a web page.
func readPage(name string, data []byte) (sourceText, error) {
	left := MaxSourceParts
	root := parsePage(markupText(data), &left)
	if left < 0 {
		return sourceText{}, invalid("%s has more than %d elements", name, MaxSourceParts).Try("give only the part of the page that the book needs")
	}
	p := &pageText{}
	root.each(func(e *element) bool {
		switch {
		case e.name == "meta" && strings.EqualFold(e.attr("name"), "author"):
			p.author = first(p.author, oneLine(e.attr("content")))
		case e.name == "title" && p.title == "":
			p.title = e.plain()
		}
		return e.name != "svg"
	})
	p.element(root)
	p.end()
	if p.title == "" {
		for _, b := range p.blocks {
			if b.heading {
				p.title = b.text
				break
			}
		}
	}
	return p.sourceText, nil
}

// pageText gathers the text of a page.
type pageText struct {
	sourceText
	line strings.Builder
	kept bool // ends of line and blanks are kept
}

// end ends the paragraph in work.
func (p *pageText) end() {
	text := p.line.String()
	p.line.Reset()
	if !p.kept {
		lines := strings.Split(text, "\n")
		for i, l := range lines {
			lines[i] = oneLine(l)
		}
		text = strings.Join(lines, "\n")
	}
	p.paragraph(text)
}

// element adds an element and what is in it.
func (p *pageText) element(e *element) {
	switch {
	case e.name == "":
		if p.kept {
			p.line.WriteString(e.text)
		} else {
			p.line.WriteString(strings.NewReplacer("\n", " ", "\r", " ").Replace(e.text))
		}
		return
	case mute[e.name] || e.hasAttr("hidden"):
		return
	case e.name == "br":
		p.line.WriteByte('\n')
		return
	case len(e.name) == 2 && e.name[0] == 'h' && e.name[1] >= '1' && e.name[1] <= '6':
		p.end()
		p.heading(e.plain())
		return
	case e.name == "tr":
		p.end()
		p.row(e)
		return
	}
	block := blockNames[e.name] || e.name == "page"
	if block {
		p.end()
	}
	was := p.kept
	p.kept = p.kept || e.name == "pre"
	for _, k := range e.kids {
		p.element(k)
	}
	if block {
		p.end()
	}
	p.kept = was
}

// row adds a row of a table as one line.
func (p *pageText) row(e *element) {
	var cells []string
	for _, k := range e.kids {
		if text := k.plain(); (k.name == "td" || k.name == "th") && text != "" {
			cells = append(cells, text)
		}
	}
	p.paragraph(strings.Join(cells, " | "))
}
