package edition

import (
	"slices"
	"strings"
)

// contents looks whether there are contents.
func (e *epubLook) contents() {
	if e.version2 {
		return
	}
	if e.nav == nil {
		e.add("epub.nav", e.base, "no file is marked as the contents (nav)")
		return
	}
	if e.nav.media != mediaXHTML {
		e.add("epub.nav", e.nav.path, "the contents are no page")
	}
}

// navigation looks over the contents, the landmarks and the list of pages (EPUB
// 3.3, 7).
func (e *epubLook) navigation(it *item, root *xmlNode) {
	kinds := map[string]int{}
	for _, nav := range elementsBelow(root, "nav") {
		kind, _ := nav.find(spaceOPS, "type")
		where := at(it.path, nav.line)
		for _, k := range strings.Fields(kind) {
			kinds[k]++
			switch k {
			case "toc", "page-list", "landmarks":
				e.navList(it, nav, k, where)
			}
		}
	}
	if kinds["toc"] != 1 {
		e.add("epub.nav", it.path, "the contents hold %d lists of chapters instead of one", kinds["toc"])
	}
	for _, k := range []string{"page-list", "landmarks"} {
		if kinds[k] > 1 {
			e.add("epub.nav", it.path, "the contents hold two lists of the kind %s", k)
		}
	}
	if kinds["page-list"] == 0 {
		e.add("epub.page-list", it.path, "the book does not name the pages of its printed edition")
	}
	e.fine("epub.nav", "contents, %d lists in all", len(elementsBelow(root, "nav")))
}

// navList looks over one list: how it is built, and later its order.
func (e *epubLook) navList(it *item, nav *xmlNode, kind, where string) {
	tops := nav.elements("ol")
	if len(tops) != 1 {
		e.add("epub.nav", where, "the list %s needs one ol", kind)
		return
	}
	for _, ol := range elementsBelow(tops[0], "ol") {
		if len(ol.elements("li")) == 0 {
			e.add("epub.nav", at(it.path, ol.line), "a list of the contents is empty")
		}
	}
	var hrefs []linkTo
	for _, li := range elementsBelow(tops[0], "li") {
		labels := append(li.elements("a"), li.elements("span")...)
		if len(labels) != 1 {
			e.add("epub.nav", at(it.path, li.line), "an entry of the contents needs one link")
			continue
		}
		if labels[0].words() == "" && len(elementsBelow(labels[0], "img")) == 0 {
			e.add("epub.nav", at(it.path, li.line), "an entry of the contents has no words")
		}
		if labels[0].name == "span" && len(li.elements("ol")) == 0 {
			e.add("epub.nav", at(it.path, li.line), "an entry of the contents leads nowhere")
		}
		if kind == "landmarks" {
			if _, ok := labels[0].find(spaceOPS, "type"); !ok {
				e.add("epub.nav", at(it.path, li.line), "a landmark does not say what it is")
			}
			continue
		}
		if labels[0].name == "a" {
			hrefs = append(hrefs, linkTo{kind, labels[0].attr("href"), labels[0].line})
		}
	}
	e.lists(it, hrefs)
}

// lists keeps what the contents lead to, to compare it with the reading order
// when all pages are read.
func (e *epubLook) lists(it *item, hrefs []linkTo) {
	e.ordered = append(e.ordered, orderedList{it, hrefs})
}

// orderedList is a list of the contents.
type orderedList struct {
	in    *item
	hrefs []linkTo
}

// order looks whether the contents go in the reading order.
func (e *epubLook) order() {
	for _, list := range e.ordered {
		place, inside := 0, 0
		for _, l := range list.hrefs {
			name, fragment, ok := e.resolve(list.in.path, l.href)
			to := e.byPath[name]
			if !ok || to == nil || to.place == 0 {
				continue
			}
			spot := -1
			if n, there := to.ids[fragment]; there && fragment != "" {
				spot = n
			}
			if to.place < place || to.place == place && spot < inside {
				e.add("epub.order", at(list.in.path, l.line), "the contents (%s) go another way than the reading order, at %s", l.kind, clip(l.href, 80))
				break
			}
			place, inside = to.place, spot
		}
	}
	e.fine("epub.order", "the contents go in the reading order")
	if e.nav == nil || e.version2 || slices.ContainsFunc(e.ordered, func(l orderedList) bool { return len(l.hrefs) > 0 }) {
		return
	}
	e.add("epub.nav", e.nav.path, "the contents lead to nothing")
}
