package docx

import (
	"strconv"
	"strings"
	"time"
)

// parts lists the files of the package, in the order in which Word writes them:
// what tells the types first, because readers look there first.
func (b *binder) parts() []file {
	files := []file{
		{name: "[Content_Types].xml"},
		{name: "_rels/.rels", data: relations([]relation{
			{kind: officeRel + "officeDocument", target: "word/document.xml"},
			{kind: "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", target: "docProps/core.xml"},
			{kind: officeRel + "extended-properties", target: "docProps/app.xml"},
		})},
	}
	for _, r := range []struct{ kind, target string }{{"styles", "styles.xml"}, {"numbering", "numbering.xml"}, {"settings", "settings.xml"}, {"fontTable", "fontTable.xml"}, {"footnotes", "footnotes.xml"}} {
		b.text.relate(relation{kind: officeRel + r.kind, target: r.target})
	}
	for _, p := range append([]*part{b.text, b.notes}, b.heads...) {
		files = append(files, file{name: "word/" + p.name + ".xml", data: p.out})
		if len(p.rels) > 0 {
			files = append(files, file{name: "word/_rels/" + p.name + ".xml.rels", data: relations(p.rels)})
		}
	}
	files = append(files,
		file{name: "word/styles.xml", data: b.styles()}, file{name: "word/numbering.xml", data: b.numbering()},
		file{name: "word/settings.xml", data: b.settings()}, file{name: "word/fontTable.xml", data: b.fontTable()})
	files = append(files, b.pictures.files...)
	files = append(files, file{name: "docProps/core.xml", data: b.core()}, file{name: "docProps/app.xml", data: b.app()})
	files[0].data = contentTypes(files)
	return files
}

// partTypes are the content types of parts by the beginning of their names.
var partTypes = []struct{ prefix, kind string }{
	{"word/document.xml", "wordprocessingml.document.main"}, {"word/footnotes.xml", "wordprocessingml.footnotes"}, {"word/header", "wordprocessingml.header"},
	{"word/footer", "wordprocessingml.footer"}, {"word/styles.xml", "wordprocessingml.styles"}, {"word/numbering.xml", "wordprocessingml.numbering"},
	{"word/settings.xml", "wordprocessingml.settings"}, {"word/fontTable.xml", "wordprocessingml.fontTable"}, {"docProps/app.xml", "extended-properties"},
}

// contentTypes writes [Content_Types].xml.
func contentTypes(files []file) []byte {
	s := head + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
		`<Default Extension="png" ContentType="image/png"/><Default Extension="jpeg" ContentType="image/jpeg"/><Default Extension="svg" ContentType="image/svg+xml"/>`
	for i := range files {
		for _, t := range partTypes {
			if strings.HasPrefix(files[i].name, t.prefix) {
				s += `<Override PartName="/` + files[i].name + `" ContentType="application/vnd.openxmlformats-officedocument.` + t.kind + `+xml"/>`
			}
		}
	}
	s += `<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>`
	return []byte(s + "</Types>\n")
}

// core writes what the file says of itself. There is no clock: without a date
// it has none.
func (b *binder) core() []byte {
	s := head + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"` +
		` xmlns:dcterms="http://purl.org/dc/terms/" xmlns:dcmitype="http://purl.org/dc/dcmitype/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`
	for _, p := range b.properties() {
		if p[1] != "" {
			s += "<" + p[0] + ">" + escape(p[1]) + "</" + p[0] + ">"
		}
	}
	if date := b.opt.Date; !date.IsZero() {
		at := date.UTC().Format(time.RFC3339)
		s += `<dcterms:created xsi:type="dcterms:W3CDTF">` + at + `</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">` + at + "</dcterms:modified>"
	}
	return []byte(s + "</cp:coreProperties>\n")
}

// app writes the numbers that programs show of a file.
func (b *binder) app() []byte {
	s := head + `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Words>` + strconv.Itoa(b.doc.Words()) +
		"</Words><Application>quire</Application>"
	if b.doc.Meta.Publisher != "" {
		s += "<Company>" + escape(clipped(b.doc.Meta.Publisher, 255)) + "</Company>"
	}
	return []byte(s + "</Properties>\n")
}
