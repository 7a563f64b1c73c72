package docx

import "quire/press"

// style is one style of the document. Names are Word's own where it has one,
// so that programs in every language know them.
type style struct {
	id, name, kind    string // kind is paragraph if empty
	based, next, link string
	order             int // in Word's lists; 0 hides the style from the gallery
	para              paraProps
	run               runProps
	more              string // of tables
}

// styles writes word/styles.xml.
func (b *binder) styles() []byte {
	l := &b.look
	p := newPart("styles")
	p.put(head + "<w:styles" + spaces + ">")
	p.put(b.defaults())
	p.put(latentStyles)
	for _, list := range l.allStyles(b.rtl) {
		for i := range list {
			p.put(list[i].xml())
		}
	}
	p.put("</w:styles>\n")
	return p.out
}

// allStyles are the styles in the order in which the file has them.
func (l *look) allStyles(rtl bool) [][]style {
	return [][]style{l.plainStyles(rtl), l.titleStyles(), l.headingStyles(), l.quoteStyles(), l.listStyles(), l.smallStyles(), l.contentsStyles(), l.letterStyles(), l.tableStyles()}
}

// defaults are what styles begin with: face, size and language.
func (b *binder) defaults() string {
	run := runProps{font: face(b.look.theme.Faces.Body), size: halves(b.look.theme.Text.Size)}
	langs := `<w:lang`
	if !b.rtl && !eastAsian(b.lang) && b.lang != "" {
		langs += ` w:val="` + escape(b.lang) + `"`
	} else {
		langs += ` w:val="en-US"`
	}
	if eastAsian(b.lang) {
		langs += ` w:eastAsia="` + escape(b.lang) + `"`
	}
	if b.rtl {
		langs += ` w:bidi="` + escape(b.lang) + `"`
	}
	text := run.xml()
	text = text[:len(text)-len("</w:rPr>")] + langs + "/></w:rPr>"
	return "<w:docDefaults><w:rPrDefault>" + text + "</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
}

// latentStyles keeps the many styles that Word brings along out of its lists.
const latentStyles = `<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" w:defUnhideWhenUsed="1" w:defQFormat="0" w:count="376"/>`

// xml is the element style, its children in the order of CT_Style.
func (s *style) xml() string {
	kind := first(s.kind, "paragraph")
	out := `<w:style w:type="` + kind + `"`
	switch s.id {
	case "Normal", "DefaultParagraphFont", "TableNormal", "NoList":
		out += ` w:default="1"`
	}
	if s.name[0] >= 'A' && s.name[0] <= 'Z' && !builtIn[s.name] {
		out += ` w:customStyle="1"`
	}
	out += ` w:styleId="` + s.id + `">` + val("name", s.name)
	for _, x := range [][2]string{{"basedOn", s.based}, {"next", s.next}, {"link", s.link}} {
		if x[1] != "" {
			out += val(x[0], x[1])
		}
	}
	if s.order > 0 {
		out += num("uiPriority", s.order) + "<w:qFormat/>"
	} else {
		out += num("uiPriority", 99)
	}
	return out + s.para.xml() + s.run.xml() + s.more + "</w:style>"
}

// builtIn are the names in capitals that Word itself gives.
var builtIn = map[string]bool{
	"Normal": true, "Body Text": true, "Title": true, "Subtitle": true, "Quote": true, "Hyperlink": true, "List Paragraph": true,
	"List Bullet": true, "List Number": true, "Signature": true, "Emphasis": true, "Strong": true, "TOC Heading": true,
	"Default Paragraph Font": true, "Normal Table": true, "No List": true, "Placeholder Text": true,
}

// plainStyles are those of running text.
func (l *look) plainStyles(rtl bool) []style {
	t := &l.theme
	normal := paraProps{line: l.lead}
	if rtl {
		normal.bidi = 1
	}
	body := paraProps{align: l.justified(), firstIn: twips(t.Indent)}
	begin := paraProps{firstIn: zero}
	if t.Paragraphs == "space" {
		body.firstIn, body.after = 0, l.lead/2
	}
	return []style{
		{id: "Normal", name: "Normal", order: 1, para: normal},
		{id: "BodyText", name: "Body Text", based: "Normal", order: 1, para: body},
		{id: "FirstParagraph", name: "First Paragraph", based: "BodyText", next: "BodyText", order: 1, para: begin},
		{id: "SceneBreak", name: "Scene Break", based: "Normal", next: "FirstParagraph", order: 8,
			para: paraProps{keepNext: true, before: l.lead / 2, after: l.lead / 2, align: "center"}},
		{id: "Centered", name: "Centered", based: "Normal", order: 20, para: paraProps{align: "center", after: l.lead / 4}},
		{id: "Signature", name: "Signature", based: "Normal", order: 20, para: paraProps{align: "right", after: l.lead / 4}},
		{id: "Note", name: "Note", based: "Normal", order: 20, run: runProps{size: halves(t.Caption.Size)},
			para: paraProps{line: twips(t.Caption.Leading), left: 200, right: 200, after: twips(t.Caption.Leading) / 3, align: l.justified(),
				borders: borders{top: stroke(4, 6, l.ruleTint), bottom: stroke(4, 6, l.ruleTint)}}},
		{id: "Formula", name: "Formula", based: "Normal", next: "FirstParagraph", order: 20, para: paraProps{before: l.lead / 2, after: l.lead / 2, align: "center"}},
	}
}

// titleStyles are those of the front matter.
func (l *look) titleStyles() []style {
	t := &l.theme
	title := l.titleFace()
	title.size = halves(t.Opening.Title.Size.Scale(4, 3))
	sub := runProps{italic: 1, size: halves(t.Opening.Title.Size.Scale(2, 3))}
	author := runProps{font: face(t.Faces.Heads), size: halves(t.Text.Size.Scale(13, 11))}
	if t.Heads.SmallCaps {
		author.smallCaps, author.track = true, twips(t.Text.Size.Scale(8, 100))
	}
	note := twips(t.Note.Leading)
	return []style{
		{id: "Title", name: "Title", based: "Normal", next: "Subtitle", order: 10, run: title,
			para: paraProps{keepNext: true, noHyphens: true, before: l.room / 5, line: twips(t.Opening.Title.Size.Scale(5, 3)), align: "center"}},
		{id: "Subtitle", name: "Subtitle", based: "Normal", next: "Author", order: 11, run: sub,
			para: paraProps{keepNext: true, noHyphens: true, before: l.lead, line: twips(t.Opening.Title.Size.Scale(5, 6)), align: "center"}},
		{id: "Author", name: "Author", based: "Normal", next: "Publisher", order: 12, run: author,
			para: paraProps{noHyphens: true, before: min(l.lead*4, l.room/8), align: "center"}},
		{id: "Publisher", name: "Publisher", based: "Normal", order: 13, para: paraProps{noHyphens: true, before: min(l.lead*6, l.room/6), align: "center"}},
		{id: "Imprint", name: "Imprint", based: "Normal", order: 14, run: runProps{size: halves(t.Note.Size)},
			para: paraProps{noHyphens: true, line: note, after: note / 2, right: l.measure / 4, align: "left"}},
		{id: "Colophon", name: "Colophon", based: "Imprint", order: 20, para: paraProps{right: zero, align: "center"}},
		{id: "Dedication", name: "Dedication", based: "Normal", order: 15, run: runProps{italic: 1},
			para: paraProps{noHyphens: true, left: l.measure / 8, right: l.measure / 8, after: l.lead / 4, align: "center"}},
	}
}

// titleFace is how chapter titles look.
func (l *look) titleFace() runProps {
	o := &l.theme.Opening
	run := runProps{font: face(l.theme.Faces.Heads), size: halves(o.Title.Size), color: l.color}
	if o.Bold {
		run.bold = 1
	}
	if o.Italic {
		run.italic = 1
	}
	return run
}

// alignOf is a theme's word for an alignment as Word says it.
func alignOf(word string) string {
	switch word {
	case "center", "right":
		return word
	}
	return "left"
}

// quoteStyles are those of quotations, epigraphs, verse and code.
func (l *look) quoteStyles() []style {
	t := &l.theme
	quote := paraProps{line: twips(t.Quote.Leading), left: twips(t.Quote.Inset), right: twips(t.Quote.Inset), before: l.lead / 4, after: l.lead / 4, align: l.justified()}
	if t.Quote.Rule {
		quote.right, quote.borders.left = 0, stroke(12, 8, l.ruleTint)
	}
	free := int(int64(l.measure) * t.Epigraph.Inset / 1000)
	motto := paraProps{line: twips(t.Epigraph.Leading), left: free, after: l.lead / 4, align: alignOf(t.Epigraph.Align), keepNext: true, noHyphens: true}
	if t.Epigraph.Align == "center" {
		motto.right = free
	}
	code := paraProps{line: twips(t.Code.Leading), before: l.lead / 2, after: l.lead / 2, align: "left", noHyphens: true}
	if t.Code.Ground {
		code.shade = l.tint
	}
	if t.Code.Rule {
		code.borders.left, code.left = stroke(12, 6, l.ruleTint), 160
	}
	mono := runProps{font: face(t.Faces.Code), size: halves(t.Code.Size), noProof: true}
	source := paraProps{align: "right", after: l.lead / 2}
	return []style{
		{id: "Quote", name: "Quote", based: "Normal", order: 29, para: quote, run: runProps{size: halves(t.Quote.Size), italic: italicIf(t.Quote.Style)}},
		{id: "QuoteSource", name: "Quote Source", based: "Quote", next: "FirstParagraph", order: 29, para: source},
		{id: "Epigraph", name: "Epigraph", based: "Normal", next: "EpigraphSource", order: 29, para: motto, run: runProps{size: halves(t.Epigraph.Size), italic: italicIf(t.Epigraph.Style)}},
		{id: "EpigraphSource", name: "Epigraph Source", based: "Epigraph", next: "FirstParagraph", order: 29,
			para: paraProps{align: sourceAlign(t.Epigraph.Align), after: l.lead}, run: runProps{italic: zero}},
		{id: "Verse", name: "Verse", based: "Normal", order: 29, // a line that is too long hangs in
			para: paraProps{noHyphens: true, before: l.lead / 2, after: l.lead / 2, left: 2*twips(t.Text.Size) + 2*l.em(), firstIn: -2 * l.em(), align: "left"}},
		{id: "Dialogue", name: "Dialogue", based: "Normal", order: 29, // speakers stand out at the left
			para: paraProps{left: 2 * l.em(), firstIn: -2 * l.em(), after: l.lead / 4, align: l.justified()}},
		{id: "SourceCode", name: "Source Code", based: "Normal", order: 30, para: code, run: mono},
	}
}

// em is the size of the text.
func (l *look) em() int { return twips(l.theme.Text.Size) }

// sourceAlign is how the source of an epigraph stands.
func sourceAlign(motto string) string {
	if motto == "center" {
		return "center"
	}
	return "right"
}

// italicIf turns a theme's word into italics.
func italicIf(style string) int {
	if style == "italic" {
		return 1
	}
	return 0
}

// sized is a type's size and leading as properties.
func sized(t press.Type) (line, size int) { return twips(t.Leading), halves(t.Size) }
