package edition

import (
	"slices"
	"strings"
)

// htmlElements are the elements of HTML (HTML standard, 4), those that EPUB
// forbids left out.
var htmlElements = strings.Fields(`a abbr address area article aside audio b base bdi bdo blockquote body br button canvas caption cite code
	col colgroup data datalist dd del details dfn dialog div dl dt em embed fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head
	header hgroup hr html i iframe img input ins kbd label legend li link main map mark menu meta meter nav noscript object ol optgroup option
	output p picture pre progress q rp rt ruby s samp script search section select slot small source span strong style sub summary sup table
	tbody td template textarea tfoot th thead time title tr track u ul var video wbr`)

// phrasing are elements that hold running text only; blocks may not stand in
// them (HTML standard, 3.2.5.2.5).
var phrasing = strings.Fields("p h1 h2 h3 h4 h5 h6 pre span em strong b i u s small sub sup cite code q abbr dfn kbd samp var mark time bdi bdo")

// blocks are elements that are no running text.
var blockElements = strings.Fields(`address article aside blockquote details div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr main
	nav ol p pre section table ul li dt dd tr td th tbody thead tfoot caption figcaption`)

// within are elements that stand only in certain others.
var within = map[string][]string{
	"li": {"ol", "ul", "menu"}, "dt": {"dl", "div"}, "dd": {"dl", "div"}, "tr": {"table", "thead", "tbody", "tfoot"}, "td": {"tr"}, "th": {"tr"},
	"caption": {"table"}, "thead": {"table"}, "tbody": {"table"}, "tfoot": {"table"}, "colgroup": {"table"}, "col": {"colgroup"},
	"figcaption": {"figure"}, "rt": {"ruby"}, "head": {"html"}, "body": {"html"}, "title": {"head"}, "base": {"head"}, "summary": {"details"},
}

// lists are elements that hold nothing but certain others.
var lists = map[string][]string{
	"ol": {"li", "script", "template"}, "ul": {"li", "script", "template"}, "tr": {"td", "th", "script", "template"},
	"table": {"caption", "colgroup", "thead", "tbody", "tfoot", "tr", "script", "template"},
}

// nesting looks whether an element stands where it may.
func (p *pageLook) nesting(n *xmlNode, above []*xmlNode, where string) {
	if len(above) == 0 {
		return
	}
	up := above[len(above)-1]
	if up.space != spaceXHTML {
		return
	}
	wrong := false
	if around, ok := within[n.name]; ok && !slices.Contains(around, up.name) && up.name != "template" {
		wrong = true
	}
	if only, ok := lists[up.name]; ok && !slices.Contains(only, n.name) {
		wrong = true
	}
	if slices.Contains(phrasing, up.name) && slices.Contains(blockElements, n.name) {
		wrong = true
	}
	if n.name == "a" && slices.ContainsFunc(above, func(a *xmlNode) bool { return a.name == "a" && a.space == spaceXHTML }) {
		wrong = true
	}
	if wrong {
		p.add("epub.xhtml", where, "the element %s may not stand in %s", clip(n.name, 30), clip(up.name, 30))
	}
}
