package pdfout

import (
	"bytes"
	"encoding/xml"
	"strconv"
	"strings"

	"quire/press"
)

// catalogPages begins the catalog with the page tree.
func (f *file) catalogPages(pages ref) {
	f.catalog = f.w.alloc()
	d := newBuf()
	d.add("<< /Type /Catalog /Pages ", pages, " >>")
	f.w.set(f.catalog, d)
}

// writeCatalog adds everything else that the file as a whole says.
func (f *file) writeCatalog(tree ref) {
	outline := f.writeOutline()
	layout := "TwoPageRight"
	if f.pages.Screen {
		layout = "OneColumn"
	}
	metadata := f.w.stream("/Type /Metadata /Subtype /XML", f.xmp())
	f.w.patch(f.catalog, func(d *buf) {
		d.add(" /StructTreeRoot ", tree, " /MarkInfo << /Marked true >> /Lang ", literal(f.pages.Lang), " /Metadata ", metadata,
			" /PageLayout /", layout, " /ViewerPreferences << /DisplayDocTitle true >> /PageLabels << /Nums [", f.labels(), "] >>")
		if f.opt.Archive {
			d.add(" /OutputIntents [", f.outputIntent(), "]")
		}
		if outline != 0 {
			d.add(" /PageMode /UseOutlines /Outlines ", outline)
		}
	})
	m := f.meta
	d := newBuf()
	d.add("<< /Title ", text(m.Title))
	if m.Author != "" {
		d.add(" /Author ", text(m.Author))
	}
	d.add(" /Producer (quire) /Creator (quire)")
	if !f.opt.Date.IsZero() {
		date := literal(f.opt.Date.UTC().Format("D:20060102150405+00'00'"))
		d.add(" /CreationDate ", date, " /ModDate ", date)
	}
	d.add(" >>")
	f.info = f.w.put(d)
}

// writeOutline writes the bookmarks; 0 if there are none.
func (f *file) writeOutline() ref {
	if len(f.pages.Outline) == 0 {
		return 0
	}
	root := f.w.alloc()
	first, last := f.bookmarks(f.pages.Outline, root)
	d := newBuf()
	d.add("<< /Type /Outlines /First ", first, " /Last ", last, " /Count ", len(f.pages.Outline), " >>")
	f.w.set(root, d)
	return root
}

// bookmarks writes the bookmarks of one level; those below are folded.
func (f *file) bookmarks(list []press.Outline, parent ref) (first, last ref) {
	refs := make([]ref, len(list))
	for i := range list {
		refs[i] = f.w.alloc()
	}
	for i, o := range list {
		d := newBuf()
		d.add("<< /Title ", text(o.Title), " /Parent ", parent, " /Dest [", f.pageRefs[o.Page], " /XYZ 0 ", f.pages.Trim.Height-o.Top, " null]")
		if i > 0 {
			d.add(" /Prev ", refs[i-1])
		}
		if i < len(list)-1 {
			d.add(" /Next ", refs[i+1])
		}
		if len(o.Kids) > 0 {
			a, z := f.bookmarks(o.Kids, refs[i])
			d.add(" /First ", a, " /Last ", z, " /Count ", -len(o.Kids))
		}
		d.add(" >>")
		f.w.set(refs[i], d)
	}
	return refs[0], refs[len(refs)-1]
}

// labels are the page labels: runs of roman and arabic numbers.
func (f *file) labels() *buf {
	d := newBuf()
	style, next := "", 0
	for i := range f.pages.List {
		label := f.pages.List[i].Label
		kind, n := numbered(label)
		if kind != "" && kind == style && n == next {
			next++
			continue
		}
		style, next = kind, n+1
		if kind == "" {
			d.add(i, " << /P ", text(label), " >> ")
			continue
		}
		d.add(i, " << /S /", kind, " /St ", n, " >> ")
	}
	return d
}

// numbered tells how a label counts: D decimal, r roman, "" not at all.
func numbered(label string) (kind string, n int) {
	if n, err := strconv.Atoi(label); err == nil && n > 0 {
		return "D", n
	}
	for n := 1; n < 5000 && label != "" && strings.Trim(label, "ivxlcdm") == ""; n++ {
		if press.Roman(n) == label {
			return "r", n
		}
	}
	return "", 0
}

// xmp is the metadata packet.
func (f *file) xmp() []byte {
	var b bytes.Buffer
	put := func(before, value, after string) {
		if value == "" {
			return
		}
		b.WriteString(before)
		_ = xml.EscapeText(&b, []byte(short(value))) // into memory
		b.WriteString(after)
	}
	m := f.meta
	b.WriteString("<?xpacket begin=\"\ufeff\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n" +
		`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` +
		`<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"`)
	if f.opt.Archive {
		b.WriteString(` xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"><pdfaid:part>1</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance`)
	}
	b.WriteString(">\n")
	put(`<dc:title><rdf:Alt><rdf:li xml:lang="x-default">`, m.Title, "</rdf:li></rdf:Alt></dc:title>\n")
	put("<dc:creator><rdf:Seq><rdf:li>", m.Author, "</rdf:li></rdf:Seq></dc:creator>\n")
	put("<dc:publisher><rdf:Bag><rdf:li>", m.Publisher, "</rdf:li></rdf:Bag></dc:publisher>\n")
	put("<dc:language><rdf:Bag><rdf:li>", f.pages.Lang, "</rdf:li></rdf:Bag></dc:language>\n")
	if m.ISBN != "" {
		put("<dc:identifier>", "urn:isbn:"+m.ISBN, "</dc:identifier>\n")
	}
	b.WriteString("<dc:format>application/pdf</dc:format>\n<pdf:Producer>quire</pdf:Producer>\n<xmp:CreatorTool>quire</xmp:CreatorTool>\n")
	if !f.opt.Date.IsZero() {
		date := f.opt.Date.UTC().Format("2006-01-02T15:04:05Z")
		put("<xmp:CreateDate>", date, "</xmp:CreateDate>\n")
		put("<xmp:ModifyDate>", date, "</xmp:ModifyDate>\n")
	}
	b.WriteString("</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>")
	return b.Bytes()
}
