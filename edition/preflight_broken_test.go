package edition_test

import (
	"fmt"
	"strings"
	"testing"
)

const page = `<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>%s</body></html>`

// broken are the ways in which the tests break a sound book, and the check that
// must find each. None of them may be missed that epubcheck finds.
var broken = map[string]struct {
	breaks func(*testing.T, *packed)
	check  string
	only   bool // epubcheck does not find it
}{
	"mimetype compressed": {func(_ *testing.T, p *packed) { p.store["mimetype"] = false }, "epub.mimetype", false},
	"mimetype last":       {func(_ *testing.T, p *packed) { p.names = append(p.names[1:], p.names[0]) }, "epub.mimetype", false},
	"mimetype wrong":      {func(_ *testing.T, p *packed) { p.files["mimetype"] = "application/zip" }, "epub.mimetype", false},
	"no container":        {func(_ *testing.T, p *packed) { delete(p.files, "META-INF/container.xml") }, "epub.container", false},
	"container to nothing": {func(_ *testing.T, p *packed) {
		p.files["META-INF/container.xml"] = strings.Replace(p.files["META-INF/container.xml"], "package.opf", "x.opf", 1)
	}, "epub.container", false},
	"package not well formed": {func(t *testing.T, p *packed) { swap(t, p, "package.opf", "</metadata>", "</metdata>") }, "epub.package", false},
	"no identifier": {func(t *testing.T, p *packed) {
		swap(t, p, "package.opf", `unique-identifier="identifier"`, `unique-identifier="other"`)
	}, "epub.identifier", false},
	"no title": {func(t *testing.T, p *packed) {
		swap(t, p, "package.opf", `<dc:title id="title">Salt and Rope</dc:title>`, "")
	}, "epub.title", false},
	"an empty title":   {func(t *testing.T, p *packed) { swap(t, p, "package.opf", `>Salt and Rope</dc:title>`, "> </dc:title>") }, "epub.package", false},
	"no language":      {func(t *testing.T, p *packed) { swap(t, p, "package.opf", "<dc:language>en-GB</dc:language>", "") }, "epub.language", false},
	"a wrong language": {func(t *testing.T, p *packed) { swap(t, p, "package.opf", ">en-GB<", ">British English<") }, "epub.language", false},
	"never changed":    {func(t *testing.T, p *packed) { swap(t, p, "package.opf", "dcterms:modified", "dcterms:available") }, "epub.modified", false},
	"changed some day": {func(t *testing.T, p *packed) { swap(t, p, "package.opf", "2026-05-01T00:00:00Z", "1 May 2026") }, "epub.modified", false},
	"a missing file":   {func(_ *testing.T, p *packed) { delete(p.files, "EPUB/chapter-3.xhtml") }, "epub.manifest", false},
	"a file twice": {func(t *testing.T, p *packed) {
		swap(t, p, "package.opf", "</manifest>", `<item id="again" href="chapter-3.xhtml" media-type="application/xhtml+xml"/></manifest>`)
	}, "epub.manifest", false},
	"an item's id twice": {func(t *testing.T, p *packed) {
		swap(t, p, "package.opf", "</manifest>", `<item id="nav" href="x.css" media-type="text/css"/></manifest>`)
		put(t, p, "x.css", "p{}", "")
	}, "epub.ids", false},
	"an unlisted file": {func(t *testing.T, p *packed) { put(t, p, "extra.txt", "x", "") }, "epub.unlisted", true},
	"a wrong media type": {func(t *testing.T, p *packed) {
		swap(t, p, "package.opf", `image-1.png" media-type="image/png"`, `image-1.png" media-type="image/jpeg"`)
	}, "epub.media", false},
	"no contents":             {func(t *testing.T, p *packed) { swap(t, p, "package.opf", ` properties="nav"`, "") }, "epub.nav", false},
	"contents without a list": {func(t *testing.T, p *packed) { swap(t, p, "nav.xhtml", `epub:type="toc"`, `epub:type="lot"`) }, "epub.nav", false},
	"two contents": {func(t *testing.T, p *packed) {
		swap(t, p, "nav.xhtml", `</body>`, `<nav epub:type="toc"><ol><li><a href="chapter-1.xhtml">A</a></li></ol></nav></body>`)
	}, "epub.nav", false},
	"an entry without words": {func(t *testing.T, p *packed) {
		swap(t, p, "nav.xhtml", `</ol>`, `<li><a href="chapter-4.xhtml"></a></li></ol>`)
	}, "epub.nav", false},
	"an entry without link": {func(t *testing.T, p *packed) { swap(t, p, "nav.xhtml", `</ol>`, `<li><span>Alone</span></li></ol>`) }, "epub.nav", false},
	"contents out of order": {func(t *testing.T, p *packed) {
		swap(t, p, "nav.xhtml", `</ol>`, `<li><a href="chapter-1.xhtml">Again</a></li></ol>`)
	}, "epub.order", true},
	"a page twice in the spine": {func(t *testing.T, p *packed) {
		swap(t, p, "package.opf", "</spine>", `<itemref idref="rope"/></spine>`)
	}, "epub.spine", false},
	"a spine to nothing": {func(t *testing.T, p *packed) {
		swap(t, p, "package.opf", "</spine>", `<itemref idref="none"/></spine>`)
	}, "epub.spine", false},
	"a picture in the spine": {func(t *testing.T, p *packed) {
		swap(t, p, "package.opf", "</spine>", `<itemref idref="image-1"/></spine>`)
	}, "epub.spine", false},
	"an unclosed element": {func(t *testing.T, p *packed) { swap(t, p, "chapter-2.xhtml", "</p>", "") }, "epub.xml", false},
	"a bare ampersand":    {func(t *testing.T, p *packed) { swap(t, p, "chapter-2.xhtml", "tide", "tide & time") }, "epub.xml", false},
	"an entity of HTML":   {func(t *testing.T, p *packed) { swap(t, p, "chapter-2.xhtml", "tide", "tide&nbsp;") }, "epub.xml", false},
	"an entity of its own": {func(t *testing.T, p *packed) {
		swap(t, p, "chapter-2.xhtml", "<!DOCTYPE html>", `<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]>`)
	}, "epub.xml", false},
	"an attribute twice":   {func(t *testing.T, p *packed) { swap(t, p, "chapter-2.xhtml", "<p>", `<p class="a" class="b">`) }, "epub.xml", false},
	"an undeclared prefix": {func(t *testing.T, p *packed) { swap(t, p, "chapter-2.xhtml", "<p>", `<p foo:bar="x">`) }, "epub.xml", false},
	"not in UTF-8":         {func(t *testing.T, p *packed) { swap(t, p, "chapter-2.xhtml", "tide", "tide \xe9\xe8") }, "epub.xml", false},
	"an id twice":          {func(t *testing.T, p *packed) { swap(t, p, "chapter-2.xhtml", "<p>", `<p id="rope">`) }, "epub.ids", false},
	"a link to no file":    {func(t *testing.T, p *packed) { swap(t, p, "chapter-1.xhtml", "chapter-2.xhtml", "chapter-99.xhtml") }, "epub.links", false},
	"a link to no place": {func(t *testing.T, p *packed) {
		swap(t, p, "chapter-1.xhtml", "chapter-2.xhtml#rope", "chapter-2.xhtml#hemp")
	}, "epub.links", false},
	"a page list to no place": {func(t *testing.T, p *packed) { swap(t, p, "nav.xhtml", "#page-7\"", "#page-700\"") }, "epub.links", false},
	"a link beside the spine": {func(t *testing.T, p *packed) {
		put(t, p, "side.xhtml", fmt.Sprintf(page, "<p>x</p>"), `<item id="side" href="side.xhtml" media-type="application/xhtml+xml"/>`)
		swap(t, p, "chapter-1.xhtml", "https://example.org/", "side.xhtml")
	}, "epub.links", false},
	"a link to a picture": {func(t *testing.T, p *packed) {
		swap(t, p, "chapter-1.xhtml", "https://example.org/", "images/image-1.png")
	}, "epub.links", false},
	"a picture from the net": {func(t *testing.T, p *packed) {
		swap(t, p, "chapter-1.xhtml", `src="images/`, `src="https://example.org/`)
	}, "epub.remote", false},
	"a missing picture": {func(t *testing.T, p *packed) { swap(t, p, "chapter-1.xhtml", `src="images/`, `src="pictures/`) }, "epub.links", false},
	"an absolute path":  {func(t *testing.T, p *packed) { swap(t, p, "chapter-1.xhtml", `src="images/`, `src="/images/`) }, "epub.paths", false},
	"a file of the machine": {func(t *testing.T, p *packed) {
		swap(t, p, "chapter-1.xhtml", "https://example.org/", "file:///home/me/x")
	}, "epub.paths", false},
	"out of the archive": {func(t *testing.T, p *packed) { swap(t, p, "chapter-1.xhtml", `src="images/`, `src="../../images/`) }, "epub.paths", false},
	"a script":           {func(t *testing.T, p *packed) { swap(t, p, "chapter-2.xhtml", "</head>", "<script>x()</script></head>") }, "epub.properties", false},
	"a handler":          {func(t *testing.T, p *packed) { swap(t, p, "chapter-2.xhtml", "<p>", `<p onclick="x()">`) }, "epub.properties", false},
	"an unnamed formula": {func(t *testing.T, p *packed) { swap(t, p, "package.opf", ` properties="mathml"`, "") }, "epub.properties", false},
	"a formula that is not": {func(t *testing.T, p *packed) {
		swap(t, p, "package.opf", `href="chapter-2.xhtml"`, `href="chapter-2.xhtml" properties="mathml"`)
	}, "epub.properties", false},
	"an element of old":      {func(t *testing.T, p *packed) { swap(t, p, "chapter-2.xhtml", "<p>", "<p><font>x</font>") }, "epub.xhtml", false},
	"a block in a paragraph": {func(t *testing.T, p *packed) { swap(t, p, "chapter-2.xhtml", "<p>", "<p><div>x</div>") }, "epub.xhtml", false},
	"a link in a link": {func(t *testing.T, p *packed) {
		swap(t, p, "chapter-2.xhtml", "<p>", `<p><a href="nav.xhtml#toc">x<a href="nav.xhtml#toc">y</a></a>`)
	}, "epub.xhtml", false},
	"an item outside a list": {func(t *testing.T, p *packed) { swap(t, p, "chapter-2.xhtml", "<p>", `<li>x</li><p>`) }, "epub.xhtml", false},
	"no body": {func(_ *testing.T, p *packed) {
		p.files["EPUB/chapter-2.xhtml"] = `<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head></html>`
	}, "epub.xhtml", false},
	"no page at all": {func(_ *testing.T, p *packed) { p.files["EPUB/chapter-2.xhtml"] = `<book/>` }, "epub.xhtml", false},
	"a missing face": {func(t *testing.T, p *packed) { swap(t, p, "book.css", "url(", "url(x") }, "epub.style", false},
	"an import from the net": {func(_ *testing.T, p *packed) {
		p.files["EPUB/book.css"] = "@import \"https://example.org/x.css\";\n" + p.files["EPUB/book.css"]
	}, "epub.remote", false},
	"an open brace":     {func(_ *testing.T, p *packed) { p.files["EPUB/book.css"] += "\np { color: red" }, "epub.style", false},
	"no description":    {func(t *testing.T, p *packed) { swap(t, p, "chapter-1.xhtml", ` alt="A grey field"`, "") }, "epub.alt", true},
	"a skipped heading": {func(t *testing.T, p *packed) { swap(t, p, "chapter-2.xhtml", "<p>", "<h4>x</h4><p>") }, "epub.headings", true},
	"no accessibility": {func(t *testing.T, p *packed) {
		swap(t, p, "package.opf", "schema:accessibilitySummary", "schema:abstract")
	}, "epub.accessibility", true},
	"no cover": {func(t *testing.T, p *packed) { swap(t, p, "package.opf", ` properties="cover-image"`, "") }, "epub.cover", true},
	"two covers": {func(t *testing.T, p *packed) {
		swap(t, p, "package.opf", `image-2.png" media-type="image/png"`, `image-2.png" media-type="image/png" properties="cover-image"`)
	}, "epub.manifest", false},
	"encrypted": {func(_ *testing.T, p *packed) {
		p.names = append(p.names, "META-INF/encryption.xml")
		p.files["META-INF/encryption.xml"] = `<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData><enc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/><enc:CipherData><enc:CipherReference URI="EPUB/chapter-2.xhtml"/></enc:CipherData></enc:EncryptedData></encryption>`
	}, "epub.encrypted", false},
	"a wrong ISBN": {func(t *testing.T, p *packed) {
		swap(t, p, "package.opf", "9783161484100", "9783161484101")
		swap(t, p, "toc.ncx", "9783161484100", "9783161484101")
	}, "metadata.isbn", true},
	"another uid in the NCX": {func(t *testing.T, p *packed) { swap(t, p, "toc.ncx", "9783161484100", "1") }, "epub.identifier", false},
	"a refined nothing":      {func(t *testing.T, p *packed) { swap(t, p, "package.opf", `refines="#author"`, `refines="#nobody"`) }, "epub.package", false},
	"a forbidden name": {func(t *testing.T, p *packed) {
		put(t, p, `a"b.css`, "p{}", `<item id="q" href="a%22b.css" media-type="text/css"/>`)
	}, "epub.paths", false},
	"names alike": {func(t *testing.T, p *packed) {
		put(t, p, "BOOK.css", "p{}", `<item id="q" href="BOOK.css" media-type="text/css"/>`)
	}, "epub.paths", false},
	"no title of a page": {func(_ *testing.T, p *packed) {
		p.files["EPUB/chapter-2.xhtml"] = cut(p.files["EPUB/chapter-2.xhtml"], "<title>", "</title>")
	}, "epub.page-title", false},
	"a landmark without type": {func(t *testing.T, p *packed) { swap(t, p, "nav.xhtml", `<a epub:type="bodymatter"`, `<a`) }, "epub.nav", false},
	"an item without type":    {func(t *testing.T, p *packed) { swap(t, p, "package.opf", ` media-type="text/css"`, "") }, "epub.manifest", false},
	"a wrong version":         {func(t *testing.T, p *packed) { swap(t, p, "package.opf", `version="3.0"`, `version="4.0"`) }, "epub.package", false},
	"no spine": {func(_ *testing.T, p *packed) {
		p.files["EPUB/package.opf"] = cut(p.files["EPUB/package.opf"], "<itemref", "</spine>") + ""
	}, "epub.package", false},
}

// cut takes out what lies between two texts, the first included, the second too
// if it is an end tag of it.
func cut(text, from, to string) string {
	i := strings.Index(text, from)
	j := i + strings.Index(text[i:], to)
	if to == "</title>" {
		j += len(to)
	}
	if to == "</spine>" {
		return text[:i] + text[j+len("</spine>"):] // leaves an open element
	}
	return text[:i] + text[j:]
}
