package docx

import "strconv"

// listStyles are those of lists and definitions.
func (l *look) listStyles() []style {
	spaced := paraProps{align: l.justified()}
	if l.theme.Align != "left" {
		spaced.align = "both"
	}
	return []style{
		{id: "ListParagraph", name: "List Paragraph", based: "Normal", order: 34, para: spaced},
		{id: "ListBullet", name: "List Bullet", based: "ListParagraph", order: 34, para: paraProps{num: bulletList}},
		{id: "ListNumber", name: "List Number", based: "ListParagraph", order: 34},
		{id: "DefinitionTerm", name: "Definition Term", based: "Normal", next: "Definition", order: 35, run: runProps{bold: 1},
			para: paraProps{keepNext: true, before: l.lead / 4, align: "left"}},
		{id: "Definition", name: "Definition", based: "Normal", order: 35, para: paraProps{left: l.step(), after: l.lead / 4, align: l.justified()}},
	}
}

// step is how far each level of a list goes in.
func (l *look) step() int { return l.em() * 18 / 10 }

// smallStyles are those of notes, captions, tables and heads.
func (l *look) smallStyles() []style {
	t := &l.theme
	noteLine, noteSize := sized(t.Note)
	capLine, capSize := sized(t.Caption)
	tabLine, tabSize := sized(t.Table.Type)
	table := face(t.Faces.Table)
	caption := runProps{font: table, size: capSize}
	if !t.Opening.Bold {
		caption.italic = 1
	}
	side := l.measure / 12
	running := runProps{font: face(t.Faces.Heads), size: halves(t.Heads.Size)}
	if t.Heads.SmallCaps {
		running.smallCaps, running.track = true, twips(t.Heads.Track)
	}
	tabs := []tab{{"center", l.measure / 2}, {"right", l.measure}}
	headLine := paraProps{line: twips(t.Heads.Size) * 13 / 10, tabs: tabs, noHyphens: true, align: "left"}
	footLine := headLine
	if t.Heads.Rule && t.Heads.Place == "head" {
		headLine.borders.bottom = stroke(4, 3, l.ruleTint)
	}
	return []style{
		{id: "FootnoteText", name: "footnote text", based: "Normal", order: 40, run: runProps{size: noteSize}, para: paraProps{line: noteLine, align: l.justified()}},
		{id: "Caption", name: "caption", based: "Normal", next: "BodyText", order: 35, run: caption,
			para: paraProps{keepLines: true, noHyphens: true, line: capLine, before: 120, after: l.lead, left: side, right: side, align: "center"}},
		{id: "TableCaption", name: "Table Caption", based: "Caption", order: 35, para: paraProps{keepNext: true, before: l.lead, after: 100, left: zero, right: zero}},
		{id: "Figure", name: "Figure", based: "Normal", next: "Caption", order: 35, para: paraProps{before: l.lead, align: "center"}},
		{id: "MissingFigure", name: "Missing Figure", based: "Figure", next: "Caption", order: 35, run: runProps{font: table, size: capSize},
			para: paraProps{left: l.measure / 6, right: l.measure / 6, borders: borders{stroke(4, 10, "auto"), stroke(4, 10, "auto"), stroke(4, 10, "auto"), stroke(4, 10, "auto"), ""}}},
		{id: "TableText", name: "Table Text", based: "Normal", order: 36, run: runProps{font: table, size: tabSize}, para: paraProps{noHyphens: true, line: tabLine, align: "left"}},
		{id: "TableHead", name: "Table Head", based: "TableText", order: 36, run: runProps{bold: 1}, para: paraProps{keepNext: true}},
		{id: "TableEnd", name: "Table End", based: "Normal", next: "BodyText", para: paraProps{line: -l.lead * 3 / 4}},
		{id: "Header", name: "header", based: "Normal", run: running, para: headLine},
		{id: "Footer", name: "footer", based: "Normal", run: running, para: footLine},
	}
}

// contentsStyles are those of the contents: parts and chapters, sections, and
// sections of those.
func (l *look) contentsStyles() []style {
	title := l.titleFace()
	title.size = title.size * 9 / 10
	list := []style{{id: "TOCHeading", name: "TOC Heading", based: "Normal", next: "BodyText", order: 39, run: title,
		para: paraProps{keepNext: true, noHyphens: true, line: twips(l.theme.Opening.Title.Leading), before: 2 * l.lead, after: 2 * l.lead, align: alignOf(l.theme.Opening.Align)}}}
	size := halves(l.theme.Text.Size.Scale(92, 100))
	for level := 1; level <= 3; level++ {
		n := strconv.Itoa(level)
		s := style{id: "TOC" + n, name: "toc " + n, based: "Normal", next: "BodyText", order: 39,
			para: paraProps{noHyphens: true, right: 2 * l.em(), tabs: []tab{{"right", l.measure}}, align: "left"}}
		s.para.left = (level-1)*l.em()*14/10 + l.em()
		s.para.firstIn = -l.em()
		if level == 1 {
			s.para.before = l.lead / 5
		} else {
			s.run.size = size
		}
		list = append(list, s)
	}
	return append(list, style{id: "TableofFigures", name: "table of figures", based: "Normal", next: "BodyText", order: 39,
		para: paraProps{noHyphens: true, left: l.em(), firstIn: -l.em(), right: 2 * l.em(), tabs: []tab{{"right", l.measure}}, align: "left"}})
}

// letterStyles are those of letters inside a paragraph.
func (l *look) letterStyles() []style {
	mono := face(l.theme.Faces.Code)
	link := runProps{underline: false, color: first(l.color, "1F3A5F")}
	list := []style{
		{id: "DefaultParagraphFont", name: "Default Paragraph Font", order: 1},
		{id: "VerbatimChar", name: "Verbatim Char", based: "DefaultParagraphFont", order: 30, run: runProps{font: mono, size: l.monoSize(), noProof: true}},
		{id: "FootnoteReference", name: "footnote reference", based: "DefaultParagraphFont", order: 40, run: runProps{raised: true}},
		{id: "Hyperlink", name: "Hyperlink", based: "DefaultParagraphFont", order: 41, run: link},
		{id: "CaptionLabel", name: "Caption Label", based: "DefaultParagraphFont", order: 35, run: runProps{color: l.color, bold: boldIf(l.theme.Opening.Bold)}},
		{id: "Folio", name: "Folio", based: "DefaultParagraphFont", order: 42, run: l.folio()},
	}
	for i := range list {
		list[i].kind = "character"
	}
	return list
}

// monoSize is the size of code in running text, which must go with the
// letters around it.
func (l *look) monoSize() int { return halves(l.theme.Text.Size.Scale(86, 100)) }

// folio is how page numbers look: figures beside small capitals are of the
// body's face.
func (l *look) folio() runProps {
	if l.theme.Heads.SmallCaps {
		return runProps{font: face(l.theme.Faces.Body), size: halves(l.theme.Heads.Size) + 1}
	}
	return runProps{size: halves(l.theme.Heads.Size)}
}

// boldIf turns a claim into bold.
func boldIf(on bool) int {
	if on {
		return 1
	}
	return 0
}

// tableStyles are those of tables as a whole: the ruled ones of books, grids,
// and bands.
func (l *look) tableStyles() []style {
	base := style{id: "TableNormal", name: "Normal Table", kind: "table", more: `<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr>`}
	margins := `<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="100" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar>`
	thick, thin := stroke(8, 0, l.ruleTint), stroke(4, 0, l.ruleTint)
	edge := "<w:top " + thick + "/>"
	foot := "<w:bottom " + thick + "/>"
	lines, bands := edge+foot, ""
	switch l.theme.Table.Look {
	case "grid":
		lines = "<w:top " + thin + "/><w:left " + thin + "/><w:bottom " + thin + "/><w:right " + thin + "/><w:insideH " + thin + "/><w:insideV " + thin + "/>"
	case "banded":
		bands = `<w:tblStylePr w:type="band2Horz"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="` + first(l.tint, "F2F2F2") + `"/></w:tcPr></w:tblStylePr>`
	}
	row := `<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders><w:bottom ` + thin + `/></w:tcBorders></w:tcPr></w:tblStylePr>`
	book := style{id: "BookTable", name: "Book Table", kind: "table", based: "TableNormal", order: 36,
		more: `<w:tblPr><w:tblStyleRowBandSize w:val="1"/><w:tblBorders>` + lines + `</w:tblBorders>` + margins + `</w:tblPr>` + row + bands}
	return []style{base, book, {id: "NoList", name: "No List", kind: "numbering"}}
}
