package epub

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"time"

	"quire/book"
	"quire/press"
)

// unknownDate is when a book without a date was changed.
var unknownDate = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// packageFile adds the NCX and the package file: metadata, list of files,
// order of reading.
func (b *binder) packageFile() {
	identifier := b.id
	b.add(file{id: "ncx", name: "toc.ncx", media: typeNCX, data: b.ncx(identifier)})
	var s strings.Builder
	s.WriteString(`<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="identifier"` + attr("xml:lang", b.doc.Lang) + ">\n" +
		"<metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n")
	b.metadata(&s, identifier)
	b.accessibility(&s)
	s.WriteString("</metadata>\n<manifest>\n")
	for _, f := range b.files {
		s.WriteString("<item" + attr("id", f.id) + attr("href", f.name) + attr("media-type", f.media) + attr("properties", f.property) + "/>\n")
	}
	dir := ""
	if b.rtl {
		dir = "rtl"
	}
	s.WriteString("</manifest>\n<spine toc=\"ncx\"" + attr("page-progression-direction", dir) + ">\n")
	for _, f := range b.files {
		if f.linear {
			s.WriteString("<itemref" + attr("idref", f.id) + "/>\n")
		}
	}
	s.WriteString("</spine>\n</package>\n")
	b.add(file{name: "package.opf", data: []byte(s.String())})
}

// metadata writes what shops and shelves want to know.
func (b *binder) metadata(s *strings.Builder, identifier string) {
	m := b.doc.Meta
	published, changed := b.dates()
	tag := func(name, id, text string) {
		if text != "" {
			s.WriteString("<dc:" + name + attr("id", id) + ">" + escape(text) + "</dc:" + name + ">\n")
		}
	}
	tag("identifier", "identifier", identifier)
	tag("title", "title", b.title)
	if m.Subtitle != "" {
		s.WriteString("<meta refines=\"#title\" property=\"title-type\">main</meta>\n<meta refines=\"#title\" property=\"display-seq\">1</meta>\n")
		tag("title", "subtitle", m.Subtitle)
		s.WriteString("<meta refines=\"#subtitle\" property=\"title-type\">subtitle</meta>\n<meta refines=\"#subtitle\" property=\"display-seq\">2</meta>\n")
	}
	if m.Author != "" {
		tag("creator", "author", m.Author)
		s.WriteString("<meta refines=\"#author\" property=\"role\" scheme=\"marc:relators\">aut</meta>\n")
	}
	tag("language", "", b.doc.Lang)
	tag("publisher", "", m.Publisher)
	tag("date", "", published)
	tag("description", "", m.Description)
	for _, word := range append([]string{m.Genre}, m.Keywords...) {
		tag("subject", "", word)
	}
	b.series(s)
	if b.opt.Print != nil {
		tag("source", "", b.printed())
	}
	s.WriteString("<meta property=\"dcterms:modified\">" + changed + "</meta>\n")
	s.WriteString("<meta name=\"generator\" content=\"quire\"/>\n")
	s.WriteString("<meta name=\"cover\" content=\"cover-image\"/>\n") // for readers of EPUB 2
}

// series says to which series the book belongs: for readers of EPUB 3, and as
// the widespread older readers and shelves want it.
func (b *binder) series(s *strings.Builder) {
	m := b.doc.Meta
	if m.Series == "" {
		return
	}
	s.WriteString("<meta property=\"belongs-to-collection\" id=\"series\">" + escape(m.Series) + "</meta>\n" +
		"<meta refines=\"#series\" property=\"collection-type\">series</meta>\n")
	s.WriteString("<meta name=\"calibre:series\"" + attr("content", m.Series) + "/>\n")
	if m.Volume != "" {
		s.WriteString("<meta refines=\"#series\" property=\"group-position\">" + escape(m.Volume) + "</meta>\n" +
			"<meta name=\"calibre:series_index\"" + attr("content", m.Volume) + "/>\n")
	}
}

// dates are the day of publication, as far as it is known, and the moment of
// the last change, which must be given.
func (b *binder) dates() (published, changed string) {
	const moment = "2006-01-02T15:04:05Z"
	date := b.opt.Date.UTC()
	if !b.opt.Date.IsZero() && date.Year() >= 1 && date.Year() <= 9999 {
		return date.Format(time.DateOnly), date.Format(moment)
	}
	for _, layout := range []string{time.DateOnly, "2006"} {
		if t, err := time.Parse(layout, b.doc.Meta.Date); err == nil && t.Year() > 0 {
			return b.doc.Meta.Date, t.Format(moment)
		}
	}
	return "", unknownDate.Format(moment)
}

// identify sets the identifier: the ISBN, or a UUID that follows from words and pictures.
func (b *binder) identify() { b.id = b.identifier() }

func (b *binder) identifier() string {
	if given := b.doc.Meta.ISBN; given != "" {
		if digits, ok := book.ParseISBN(given); ok {
			return "urn:isbn:" + digits
		}
		b.warn(press.Pos{}, "the ISBN %q is not valid: its check digit does not fit; the file is named by its content instead", given)
	}
	h := sha256.New()
	for _, f := range b.files {
		if f.media != typeCSS && f.media != typeFont {
			fmt.Fprintf(h, "%s %d\n%s", f.name, len(f.data), f.data)
		}
	}
	u := h.Sum(nil)[:16]
	u[6], u[8] = u[6]&0x0f|0x80, u[8]&0x3f|0x80 // RFC 9562: version 8, made our way
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", u[:4], u[4:6], u[6:8], u[8:10], u[10:])
}
