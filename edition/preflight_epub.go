package edition

import (
	"bytes"
	"image"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
)

// epubLook is the look at one EPUB.
type epubLook struct {
	*findings
	*zipped
	base     string // name of the package file
	opf      *xmlNode
	version2 bool
	items    []*item
	byID     map[string]*item
	byPath   map[string]*item
	spine    []*item
	nav      *item
	ordered  []orderedList
}

// item is a file that the manifest lists, and what was seen in it.
type item struct {
	id, path, media string
	properties      []string
	fallback        string
	remote          bool
	place           int // in the spine, from 1; 0 is not in it
	ids             map[string]int
	links           []linkTo
	has             map[string]bool // mathml, svg, scripted; read, if it could be
}

// linkTo is a reference from a file to another, or to the outside.
type linkTo struct {
	kind, href string // kind: the element, or css
	line       int
}

// The media types that matter here.
const (
	mediaXHTML = "application/xhtml+xml"
	mediaSVG   = "image/svg+xml"
	mediaCSS   = "text/css"
	mediaNCX   = "application/x-dtbncx+xml"
)

// epub looks over an EPUB by anybody. What is no archive is a problem.Invalid.
func (f *findings) epub(data []byte) error {
	z, err := f.unzip(data)
	if err != nil || z == nil {
		return err
	}
	f.mimetype(data, z)
	e := &epubLook{findings: f, zipped: z, byID: map[string]*item{}, byPath: map[string]*item{}}
	e.locked()
	if !e.container() {
		return nil
	}
	e.metadataOf()
	e.manifest()
	e.spineOf()
	for _, it := range e.items {
		e.lookInto(it)
	}
	for _, it := range e.items {
		e.follow(it)
	}
	e.properties()
	e.unlisted()
	e.contents()
	e.order()
	e.coverOf()
	e.weight(len(data))
	e.fine("epub.archive", "the archive has %d files", len(z.names))
	e.fine("epub.xml", "every page is well formed")
	e.fine("epub.links", "every link inside the book leads somewhere")
	e.fine("epub.alt", "every picture has a description or is marked as decoration")
	e.fine("epub.manifest", "the list of files is right: %d files", len(e.items))
	e.fine("epub.spine", "the reading order has %d pages", len(e.spine))
	return nil
}

// locked looks for copy protection. Faces that are only scrambled are allowed
// (EPUB 3.3, 4.4).
func (e *epubLook) locked() {
	if e.files["META-INF/rights.xml"] != nil {
		e.add("epub.encrypted", "META-INF/rights.xml", "the book has copy protection")
	}
	enc := e.files["META-INF/encryption.xml"]
	if enc == nil {
		return
	}
	root, err := readXML(enc.data, false)
	if err != nil {
		e.add("epub.xml", enc.name, "a file is not well formed: %v", err)
		return
	}
	root.each(func(n *xmlNode) {
		how := n.attr("Algorithm")
		if n.name == "EncryptionMethod" && how != "http://www.idpf.org/2008/embedding" && how != "http://ns.adobe.com/pdf/enc#RC" {
			e.add("epub.encrypted", enc.name, "files of the book are encrypted")
		}
	})
}

// container finds the package file; false if there is none to look into.
func (e *epubLook) container() bool {
	const name = "META-INF/container.xml"
	c := e.files[name]
	if c == nil {
		e.add("epub.container", "", "the file %s, which leads to the book, is missing", name)
		return false
	}
	root, err := readXML(c.data, false)
	if err != nil {
		e.add("epub.container", name, "the file that leads to the book is not well formed: %v", err)
		return false
	}
	for _, r := range root.first("rootfiles").elements("rootfile") {
		if r.attr("media-type") == "application/oebps-package+xml" && e.base == "" {
			e.base = r.attr("full-path")
		}
	}
	opf := e.files[e.base]
	if opf == nil {
		e.add("epub.container", name, "the container leads to no package file in the archive")
		return false
	}
	e.opf, err = readXML(opf.data, false)
	if err != nil {
		e.add("epub.package", at(e.base, lineOf(err)), "the package file is not well formed: %v", err)
		return false
	}
	if e.opf.name != "package" || e.opf.space != "http://www.idpf.org/2007/opf" {
		e.add("epub.package", e.base, "the package file is none")
		return false
	}
	switch v := e.opf.attr("version"); {
	case strings.HasPrefix(v, "3."):
		e.fine("epub.version", "EPUB %s", clip(v, 10))
	case strings.HasPrefix(v, "2."):
		e.version2 = true
		e.add("epub.version", e.base, "the book is EPUB 2, which has no accessibility metadata")
	default:
		e.add("epub.package", e.base, "the version of EPUB, %q, is not known", clip(v, 20))
	}
	return true
}

// lineOf is where an XML file is faulty.
func lineOf(err error) int {
	if f, ok := err.(faulty); ok { //nolint:errorlint // readXML returns it as it is
		return f.line
	}
	return 0
}

// schemes begin addresses.
var scheme = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:`)

// resolve turns a reference in a file into a path in the archive and a fragment;
// false if it leads out of it.
func (e *epubLook) resolve(from, href string) (name, fragment string, ok bool) {
	href, fragment, _ = strings.Cut(href, "#")
	href, _, _ = strings.Cut(href, "?")
	name, err := url.PathUnescape(href)
	if err != nil || strings.HasPrefix(name, "/") || strings.Contains(name, `\`) {
		return "", "", false
	}
	if plain, err := url.PathUnescape(fragment); err == nil {
		fragment = plain
	}
	if name == "" {
		return from, fragment, true
	}
	name = path.Join(path.Dir(from), name)
	return name, fragment, name != ".." && !strings.HasPrefix(name, "../")
}

// unlisted looks for files that the manifest does not list.
func (e *epubLook) unlisted() {
	for _, name := range e.names {
		if name == "mimetype" || name == e.base || strings.HasPrefix(name, "META-INF/") || e.byPath[name] != nil {
			continue
		}
		e.add("epub.unlisted", clip(name, 80), "a file of the archive is not in the list of files")
	}
}

// coverOf looks for the cover's picture.
func (e *epubLook) coverOf() {
	var covers []*item
	for _, it := range e.items {
		if slices.Contains(it.properties, "cover-image") {
			covers = append(covers, it)
		}
	}
	if e.version2 && len(covers) == 0 {
		for _, m := range e.opf.first("metadata").elements("meta") {
			if it := e.byID[m.attr("content")]; m.attr("name") == "cover" && it != nil {
				covers = append(covers, it)
			}
		}
	}
	if len(covers) == 0 {
		e.add("epub.cover", "", "no picture is marked as the cover")
		return
	}
	if len(covers) > 1 {
		e.add("epub.manifest", covers[1].path, "two pictures are marked as the cover")
	}
	if !strings.HasPrefix(covers[0].media, "image/") {
		e.add("epub.manifest", covers[0].path, "the cover is no picture")
		return
	}
	e.fine("epub.cover", "the cover is %s", clip(covers[0].path, 80))
	file := e.files[covers[0].path]
	if file == nil || e.own {
		return
	}
	if size, _, err := image.DecodeConfig(bytes.NewReader(file.data)); err == nil {
		e.coverSize(size.Width, size.Height, false, covers[0].path)
	}
}

// What a book may weigh.
const (
	heavyPage = 300 << 10
	heavyBook = 10 << 20
	mostBook  = 650 << 20
)

// weight looks over sizes in bytes.
func (e *epubLook) weight(size int) {
	for _, it := range e.items {
		if file := e.files[it.path]; file != nil && it.media == mediaXHTML && file.size > heavyPage {
			e.add("epub.page-size", it.path, "a page of text has more than %d kB", heavyPage>>10)
		}
	}
	switch {
	case size > mostBook:
		e.add("epub.large", "", "the file has %d MB; shops take %d", size>>20, mostBook>>20)
	case size > heavyBook:
		e.add("epub.weight", "", "the file has %d MB, and some shops charge the author for its delivery", size>>20)
	}
	e.fine("epub.weight", "the file has %d kB", (size+1023)>>10)
}
