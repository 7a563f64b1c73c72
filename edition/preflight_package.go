package edition

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
)

// The name spaces of a package file's metadata and of its elements.
const spaceDC = "http://purl.org/dc/elements/1.1/"

// How the metadata writes a language (BCP 47, as far as its form goes), a moment
// and a day.
var (
	languageForm = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$`)
	momentForm   = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$`)
	dayForm      = regexp.MustCompile(`^\d{4}(-\d\d(-\d\d(T[0-9:.+-]+Z?)?)?)?$`)
)

// metadataOf looks over the metadata of the package file (EPUB 3.3, 5.5).
func (e *epubLook) metadataOf() {
	m := e.opf.first("metadata")
	dc := map[string][]*xmlNode{}
	ids := map[string]bool{}
	e.opf.each(func(n *xmlNode) {
		if id := n.attr("id"); id != "" {
			if ids[id] {
				e.add("epub.ids", at(e.base, n.line), "the id %q is used twice", clip(id, 60))
			}
			ids[id] = true
		}
	})
	for _, n := range m.kids {
		if n.space != spaceDC {
			continue
		}
		dc[n.name] = append(dc[n.name], n)
		if n.words() == "" {
			e.add("epub.package", at(e.base, n.line), "the metadata have an empty dc:%s", clip(n.name, 30))
		}
	}
	e.identifier(dc["identifier"])
	for _, name := range []string{"title", "language"} {
		if len(dc[name]) == 0 {
			e.add("epub."+name, e.base, "the metadata name no %s", name)
		}
	}
	for _, n := range dc["language"] {
		if lang := n.words(); lang != "" && !languageForm.MatchString(lang) {
			e.add("epub.language", at(e.base, n.line), "%q is no language", clip(lang, 40))
		}
	}
	if len(dc["date"]) > 1 && !e.version2 {
		e.add("epub.package", at(e.base, dc["date"][1].line), "the metadata have two dates")
	}
	for _, n := range dc["date"] {
		if !dayForm.MatchString(n.words()) {
			e.add("epub.date", at(e.base, n.line), "the date %q is not written as YYYY-MM-DD", clip(n.words(), 40))
		}
	}
	if len(dc["creator"]) == 0 && !e.own {
		e.add("metadata.author", e.base, "the book names no author")
	}
	if e.version2 {
		return
	}
	e.refined(m, ids)
	e.accessible(m)
}

// identifier looks for the book's identifier, and at its ISBN.
func (e *epubLook) identifier(list []*xmlNode) {
	want, found := e.opf.attr("unique-identifier"), false
	for _, n := range list {
		found = found || want != "" && n.attr("id") == want
		digits, isbn := strings.CutPrefix(strings.ToLower(n.words()), "urn:isbn:")
		scheme, _ := n.find("http://www.idpf.org/2007/opf", "scheme")
		if (isbn || strings.EqualFold(scheme, "isbn")) && !e.own {
			e.isbn(digits, at(e.base, n.line))
		}
	}
	if !found {
		e.add("epub.identifier", e.base, "the package names no unique identifier that is there")
	}
	e.fine("epub.identifier", "the book has an identifier")
}

// refined looks over the meta elements.
func (e *epubLook) refined(m *xmlNode, ids map[string]bool) {
	modified := 0
	for _, n := range m.elements("meta") {
		property, given := n.find("", "property")
		if given && strings.TrimSpace(property) == "" || given && n.words() == "" {
			e.add("epub.package", at(e.base, n.line), "a meta element says nothing")
		}
		if refines, ok := n.find("", "refines"); ok {
			if id, local := strings.CutPrefix(refines, "#"); local && !ids[id] {
				e.add("epub.package", at(e.base, n.line), "the metadata refine %q, which is not there", clip(refines, 60))
			}
			continue
		}
		if property == "dcterms:modified" {
			if modified++; !momentForm.MatchString(n.words()) {
				e.add("epub.modified", at(e.base, n.line), "the moment of the last change, %q, is not written as 2026-01-31T12:00:00Z", clip(n.words(), 40))
			}
		}
	}
	if modified != 1 {
		e.add("epub.modified", e.base, "the metadata say %d times when the book was changed last, instead of once", modified)
	}
}

// accessible looks for what readers and, by law, shops in Europe want to know
// before a book is bought (EPUB Accessibility 1.1, 2.2).
func (e *epubLook) accessible(m *xmlNode) {
	for _, want := range []string{"accessMode", "accessModeSufficient", "accessibilityFeature", "accessibilityHazard", "accessibilitySummary"} {
		if !slices.ContainsFunc(m.elements("meta"), func(n *xmlNode) bool { return n.attr("property") == "schema:"+want && n.words() != "" }) {
			e.add("epub.accessibility", e.base, "the metadata lack schema:%s", want)
		}
	}
	e.fine("epub.accessibility", "the metadata say how the book can be read")
}

// manifest reads the list of files.
func (e *epubLook) manifest() {
	for _, n := range e.opf.first("manifest").elements("item") {
		where := at(e.base, n.line)
		it := &item{id: n.attr("id"), media: strings.ToLower(strings.TrimSpace(n.attr("media-type"))), properties: strings.Fields(n.attr("properties")),
			fallback: n.attr("fallback"), ids: map[string]int{}, has: map[string]bool{}}
		href := n.attr("href")
		if it.id == "" || href == "" || it.media == "" {
			e.add("epub.manifest", where, "an entry of the list of files lacks its id, href or media-type")
			continue
		}
		if scheme.MatchString(href) {
			it.remote = true
			e.add("epub.remote", where, "the list of files names a file outside of the book: %s", clip(href, 80))
			continue
		}
		name, fragment, ok := e.resolve(e.base, href)
		switch {
		case !ok:
			e.add("epub.paths", where, "the list of files leads out of the book: %s", clip(href, 80))
			continue
		case fragment != "" || strings.Contains(href, "#"):
			e.add("epub.manifest", where, "an entry of the list of files has a fragment: %s", clip(href, 80))
		case e.files[name] == nil:
			e.add("epub.manifest", where, "a file of the list is missing: %s", clip(name, 80))
		case e.byPath[name] != nil:
			e.add("epub.manifest", where, "a file is listed twice: %s", clip(name, 80))
		case name == e.base:
			e.add("epub.manifest", where, "the package file lists itself")
		}
		it.path = name
		e.items = append(e.items, it)
		e.byID[it.id], e.byPath[name] = it, it
		e.ofType(it, where)
		if slices.Contains(it.properties, "nav") {
			if e.nav != nil {
				e.add("epub.nav", where, "two files are marked as the contents")
			}
			e.nav = it
		}
	}
	for _, it := range e.items {
		if it.fallback != "" && e.byID[it.fallback] == nil {
			e.add("epub.manifest", it.path, "the file's fallback %q is not there", clip(it.fallback, 60))
		}
	}
}

// beginnings are the first bytes of pictures, by media type.
var beginnings = []struct{ media, bytes string }{
	{"image/png", "\x89PNG\r\n\x1a\n"}, {"image/jpeg", "\xff\xd8\xff"}, {"image/gif", "GIF8"}, {"image/webp", "RIFF"},
}

// ofType looks whether a file is what the list says.
func (e *epubLook) ofType(it *item, where string) {
	file := e.files[it.path]
	if file == nil {
		return
	}
	found, known := "", false
	for _, b := range beginnings {
		known = known || it.media == b.media
		if bytes.HasPrefix(file.data, []byte(b.bytes)) {
			found = b.media
		}
	}
	if found != it.media && (found != "" || known) {
		e.add("epub.media", where, "a file is not of its media type %s: %s", clip(it.media, 40), clip(it.path, 80))
	}
}

// spineOf reads the reading order.
func (e *epubLook) spineOf() {
	spine := e.opf.first("spine")
	refs, linear := spine.elements("itemref"), 0
	if len(refs) == 0 {
		e.add("epub.spine", e.base, "the reading order is empty")
		return
	}
	for _, r := range refs {
		it, where := e.byID[r.attr("idref")], at(e.base, r.line)
		switch {
		case it == nil:
			e.add("epub.spine", where, "the reading order names %q, which is not in the list of files", clip(r.attr("idref"), 60))
			continue
		case it.place > 0:
			e.add("epub.spine", where, "a page stands twice in the reading order: %s", clip(it.path, 80))
			continue
		case it.media != mediaXHTML && it.media != mediaSVG && it.fallback == "":
			e.add("epub.spine", where, "a file in the reading order is no page: %s", clip(it.path, 80))
		}
		e.spine = append(e.spine, it)
		it.place = len(e.spine)
		if r.attr("linear") != "no" {
			linear++
		}
	}
	if linear == 0 {
		e.add("epub.spine", e.base, "nothing in the reading order is read in order")
	}
	toc, given := spine.find("", "toc")
	if ncx := e.byID[toc]; given && (ncx == nil || ncx.media != mediaNCX) || e.version2 && !given {
		e.add("epub.spine", at(e.base, spine.line), "the reading order names no contents for old readers (NCX) that are there")
	}
}

// properties compares what the list says of pages with what is in them.
func (e *epubLook) properties() {
	if e.version2 {
		return
	}
	for _, it := range e.items {
		if it.media != mediaXHTML {
			continue
		}
		for _, p := range []string{"mathml", "svg", "scripted"} {
			said := slices.Contains(it.properties, p)
			if it.has[p] && !said {
				e.add("epub.properties", it.path, "the list of files does not say that a page has %s", p)
			}
			if said && !it.has[p] && it.has["read"] {
				e.add("epub.properties", it.path, "the list of files says that a page has %s, and it has not", p)
			}
		}
	}
}
