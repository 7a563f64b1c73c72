package docx

import (
	"strconv"
)

// runner is a head or a foot: word/header1.xml and so on.
func (b *binder) runner(kind, content string) *part {
	p := newPart(kind + strconv.Itoa(len(b.heads)+1))
	tag := map[string]string{"header": "hdr", "footer": "ftr"}[kind]
	style := map[string]string{"header": "Header", "footer": "Footer"}[kind]
	if content == "" {
		props := paraProps{style: style}
		if kind == "header" { // without the rule that the style may have
			props.style = "Footer"
		}
		content = "<w:p>" + props.xml() + "</w:p>"
	}
	p.put(head + "<w:" + tag + spaces + ">" + content + "</w:" + tag + ">\n")
	b.heads = append(b.heads, p)
	return p
}

// headerRef makes a head for pages of a kind (even, default, first).
func (b *binder) headerRef(pages, content string) string {
	p := b.runner("header", content)
	return `<w:headerReference w:type="` + pages + `" r:id="` + b.text.relate(relation{kind: relHeader, target: p.name + ".xml"}) + `"/>`
}

// footerRef makes a foot for pages of a kind.
func (b *binder) footerRef(pages, content string) string {
	p := b.runner("footer", content)
	return `<w:footerReference w:type="` + pages + `" r:id="` + b.text.relate(relation{kind: relFooter, target: p.name + ".xml"}) + `"/>`
}

// runningHead is the head of a page: a title, and the folio if it stands in the
// same line.
func (b *binder) runningHead(title, field string, verso bool) string {
	h := &b.look.theme.Heads
	switch {
	case h.Place == "head":
		return b.running("Header", title, field, verso, h.Folio == "outer")
	case h.Folio == "outer" && h.Place == "none":
		return b.running("Header", "", "", verso, true)
	}
	return ""
}

// runningFoot is the foot of a page: the folio, a title with it, or nothing.
func (b *binder) runningFoot(title, field string, verso bool) string {
	h := &b.look.theme.Heads
	switch {
	case h.Place == "foot":
		return b.running("Footer", title, field, verso, true)
	case h.Folio == "center":
		return b.lone("center")
	case h.Folio == "foot":
		return b.lone(outer(verso))
	}
	return ""
}

// openingFoot is the foot of a page on which a chapter begins.
func (b *binder) openingFoot() string {
	if f := b.look.theme.Heads.Folio; f == "foot" || f == "outer" && b.look.theme.Opening.Align != "center" {
		return b.lone(outer(false))
	}
	return b.lone("center")
}

// outer is the edge away from the spine.
func outer(verso bool) string {
	if verso {
		return "left"
	}
	return "right"
}

// lone is a line with the folio alone.
func (b *binder) lone(align string) string {
	props := paraProps{style: "Footer", align: align}
	return "<w:p>" + props.xml() + b.folioField() + "</w:p>"
}

// folioField is the number of the page.
func (b *binder) folioField() string {
	run := runProps{style: "Folio", noProof: true}
	return field("PAGE", run, "1")
}

// running is a line with a title and maybe the folio at the outer edge: the
// title in the middle where heads are in small capitals, else beside the folio.
func (b *binder) running(style, title, fieldCode string, verso, folio bool) string {
	l := &b.look
	props := paraProps{style: style}
	size := max(twips(l.theme.Heads.Size), 80)
	letter := size * 6 / 10
	if l.theme.Heads.SmallCaps {
		letter += twips(l.theme.Heads.Track)
	}
	says := clipped(title, max((l.measure-8*size)/letter, 12)) // as many letters as fit on a line
	var run runProps
	b.joined(&run, style, title)
	text := b.letters(run, says)
	if fieldCode != "" && says == title && title != "" {
		text = field(fieldCode, run, title)
	}
	if !l.theme.Heads.SmallCaps {
		props.align = outer(verso)
		return "<w:p>" + props.xml() + beside(text, b.folioField(), verso, folio) + "</w:p>"
	}
	tab := "<w:r><w:tab/></w:r>"
	line := tab + text
	switch {
	case folio && verso:
		line = b.folioField() + line
	case folio:
		line += tab + b.folioField()
	}
	return "<w:p>" + props.xml() + line + "</w:p>"
}

// beside puts the folio outside of a title.
func beside(text, folio string, verso, with bool) string {
	gap := "<w:r><w:t xml:space=\"preserve\">\u2003</w:t></w:r>"
	switch {
	case !with:
		return text
	case verso:
		return folio + gap + text
	}
	return text + gap + folio
}

// field is a field with what it shows until it is counted again.
func field(code string, run runProps, shows string) string {
	props := run.xml()
	out := "<w:r>" + props + `<w:fldChar w:fldCharType="begin"/></w:r><w:r>` + props + `<w:instrText xml:space="preserve"> ` + escape(code) + ` </w:instrText></w:r><w:r>` +
		props + `<w:fldChar w:fldCharType="separate"/></w:r>`
	if shows != "" {
		out += "<w:r>" + props + `<w:t xml:space="preserve">` + escape(shows) + "</w:t></w:r>"
	}
	return out + "<w:r>" + props + `<w:fldChar w:fldCharType="end"/></w:r>`
}
