package edition

import (
	"regexp"
	"slices"
	"strings"
)

// The name spaces of pages.
const (
	spaceXHTML = "http://www.w3.org/1999/xhtml"
	spaceSVG   = "http://www.w3.org/2000/svg"
	spaceMath  = "http://www.w3.org/1998/Math/MathML"
	spaceOPS   = "http://www.idpf.org/2007/ops"
	spaceXLink = "http://www.w3.org/1999/xlink"
)

// lookInto reads a page, drawing or style sheet.
func (e *epubLook) lookInto(it *item) {
	file := e.files[it.path]
	if file == nil {
		return
	}
	switch it.media {
	case mediaCSS:
		e.style(it, string(file.data), 1)
		return
	case mediaXHTML, mediaSVG, mediaNCX:
	default:
		return
	}
	root, err := readXML(file.data, e.version2)
	if err != nil {
		e.add("epub.xml", at(it.path, lineOf(err)), "a file is not well formed: %v", err)
		return
	}
	it.has["read"] = true
	p := &pageLook{epubLook: e, item: it, level: 0}
	switch it.media {
	case mediaNCX:
		p.ncx(root)
	case mediaSVG:
		if root.name != "svg" || root.space != spaceSVG {
			e.add("epub.media", it.path, "a file is not of its media type %s", it.media)
		}
		p.node(root, nil)
	default:
		p.shape(root)
		p.node(root, nil)
		if it == e.nav {
			e.navigation(it, root)
		}
	}
}

// pageLook is the look at one page.
type pageLook struct {
	*epubLook
	*item
	level int // of the heading before
}

// shape looks whether a page has what every page has.
func (p *pageLook) shape(root *xmlNode) {
	if root.name != "html" || root.space != spaceXHTML {
		p.add("epub.xhtml", p.path, "a page is no XHTML: its root is %s", clip(root.name, 40))
		return
	}
	heads, bodies := root.elements("head"), root.elements("body")
	if len(heads) != 1 || len(bodies) != 1 {
		p.add("epub.xhtml", p.path, "a page needs one head and one body")
		return
	}
	if heads[0].first("title").words() == "" {
		p.add("epub.page-title", p.path, "a page has no title")
	}
}

// node looks at an element and all in it. Above are the elements around it.
func (p *pageLook) node(n *xmlNode, above []*xmlNode) {
	if n.name == "" {
		return
	}
	where := at(p.path, n.line)
	for _, a := range n.attrs {
		if (a.Name.Local == "id" && a.Name.Space == "") || (a.Name.Local == "id" && strings.HasSuffix(a.Name.Space, "/namespace")) {
			if _, twice := p.ids[a.Value]; twice {
				p.add("epub.ids", where, "the id %q is used twice", clip(a.Value, 60))
			}
			if a.Value == "" || strings.ContainsAny(a.Value, " \t\n") {
				p.add("epub.ids", where, "the id %q is none", clip(a.Value, 60))
			}
			p.ids[a.Value] = len(p.ids)
		}
		if strings.HasPrefix(a.Name.Local, "on") && a.Name.Space == "" && (n.space == spaceXHTML || n.space == spaceSVG) {
			p.scripted(where)
		}
		if a.Name.Local == "style" && a.Name.Space == "" {
			p.style(p.item, a.Value, n.line)
		}
	}
	switch n.space {
	case spaceXHTML:
		p.html(n, above, where)
	case spaceSVG:
		p.svg(n, above, where)
	case spaceMath:
		p.has["mathml"] = true
	}
	p.references(n)
	for _, k := range n.kids {
		p.node(k, append(above, n))
	}
}

// scripted notes a script.
func (p *pageLook) scripted(where string) {
	p.has["scripted"] = true
	p.add("epub.scripts", where, "a page has a script")
}

// html looks at an element of XHTML.
func (p *pageLook) html(n *xmlNode, above []*xmlNode, where string) {
	if !p.version2 && !slices.Contains(htmlElements, n.name) {
		p.add("epub.xhtml", where, "there is no element %s in HTML", clip(n.name, 40))
	}
	p.nesting(n, above, where)
	switch n.name {
	case "script":
		if kind := n.attr("type"); kind == "" || strings.Contains(kind, "javascript") || kind == "module" {
			p.scripted(where)
		}
	case "style":
		p.style(p.item, n.words(), n.line)
	case "img":
		p.image(n, where)
	case "h1", "h2", "h3", "h4", "h5", "h6":
		p.heading(n, where)
	case "base":
		p.add("epub.links", where, "a page changes what its links are measured from")
	case "iframe", "object", "embed":
		p.add("epub.scripts", where, "a page has another one in it (%s)", n.name)
	}
}

// image looks whether a picture has a description. An empty one is right for
// decoration.
func (p *pageLook) image(n *xmlNode, where string) {
	if n.attr("src") == "" {
		p.add("epub.xhtml", where, "a picture names no file")
	}
	alt, given := n.find("", "alt")
	role := n.attr("role")
	decoration := role == "presentation" || role == "none" || n.attr("aria-hidden") == "true"
	switch {
	case !given:
		p.add("epub.alt", where, "a picture has no description")
	case strings.TrimSpace(alt) == "" && !decoration:
		p.add("epub.alt-empty", where, "a picture has an empty description, so it is taken as decoration")
	case imageName.MatchString(alt):
		p.add("epub.alt", where, "the description of a picture is the name of a file: %q", clip(alt, 60))
	}
}

// imageName is what a description is when nobody wrote one.
var imageName = regexp.MustCompile(`(?i)^\S+\.(png|jpe?g|gif|svg|webp|tiff?)$`)

// heading looks at the level of a heading.
func (p *pageLook) heading(n *xmlNode, where string) {
	level := int(n.name[1] - '0')
	if p.level > 0 && level > p.level+1 {
		p.add("epub.headings", where, "a heading h%d follows on h%d", level, p.level)
	}
	p.level = level
	if n.words() == "" && len(elementsBelow(n, "img")) == 0 {
		p.add("epub.headings", where, "a heading has no words")
	}
}

// elementsBelow lists the elements of a name at any depth.
func elementsBelow(n *xmlNode, name string) []*xmlNode {
	var out []*xmlNode
	n.each(func(k *xmlNode) {
		if k.name == name {
			out = append(out, k)
		}
	})
	return out
}

// svg looks at an element of a drawing.
func (p *pageLook) svg(n *xmlNode, above []*xmlNode, where string) {
	if n.name == "svg" && p.media == mediaXHTML {
		p.has["svg"] = true
	}
	if n.name == "script" {
		p.scripted(where)
	}
	if n.name == "style" {
		p.style(p.item, n.words(), n.line)
	}
	inner := slices.ContainsFunc(above, func(a *xmlNode) bool { return a.space == spaceSVG })
	if n.name == "svg" && !inner && p.media == mediaXHTML && n.attr("aria-hidden") != "true" && n.attr("role") != "presentation" {
		_, labelled := n.find("", "aria-label")
		_, by := n.find("", "aria-labelledby")
		if !labelled && !by && n.first("title").words() == "" {
			p.add("epub.alt", where, "a drawing has no description")
		}
	}
}

// referring are the attributes that lead to files, by element.
var referring = map[string][]string{
	"a": {"href"}, "area": {"href"}, "link": {"href"}, "img": {"src", "srcset"}, "script": {"src"}, "audio": {"src"}, "video": {"src", "poster"}, "source": {"src", "srcset"}, "track": {"src"},
	"iframe": {"src"}, "embed": {"src"}, "object": {"data"}, "input": {"src"}, "blockquote": nil,
}

// references notes where an element leads.
func (p *pageLook) references(n *xmlNode) {
	for _, name := range referring[n.name] {
		v, ok := n.find("", name)
		if !ok {
			continue
		}
		if name != "srcset" {
			p.links = append(p.links, linkTo{n.name, strings.TrimSpace(v), n.line})
			continue
		}
		for part := range strings.SplitSeq(v, ",") {
			if fields := strings.Fields(part); len(fields) > 0 {
				p.links = append(p.links, linkTo{n.name, fields[0], n.line})
			}
		}
	}
	if n.space != spaceSVG {
		return
	}
	href, ok := n.find(spaceXLink, "href")
	if !ok && n.name != "a" {
		href, ok = n.find("", "href")
	}
	if ok {
		p.links = append(p.links, linkTo{n.name, strings.TrimSpace(href), n.line})
	}
}

// ncx notes where the contents for old readers lead.
func (p *pageLook) ncx(root *xmlNode) {
	root.each(func(n *xmlNode) {
		if n.name == "content" {
			p.links = append(p.links, linkTo{"content", strings.TrimSpace(n.attr("src")), n.line})
		}
		if n.name == "meta" && n.attr("name") == "dtb:uid" {
			p.uid(strings.TrimSpace(n.attr("content")), n.line)
		}
	})
}

// uid compares the identifier in the NCX with that of the package.
func (p *pageLook) uid(uid string, line int) {
	want := p.opf.attr("unique-identifier")
	for _, n := range p.opf.first("metadata").elements("identifier") {
		if n.attr("id") == want && n.words() != uid {
			p.add("epub.identifier", at(p.path, line), "the contents for old readers (NCX) have another identifier than the book")
		}
	}
}
