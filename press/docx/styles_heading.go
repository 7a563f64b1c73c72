package docx

import "quire/press"

// headingStyles are those of parts, chapters and sections.
func (l *look) headingStyles() []style {
	o := &l.theme.Opening
	title := l.titleFace()
	chapter := paraProps{keepNext: true, keepLines: true, noHyphens: true, line: twips(o.Title.Leading), after: l.belowTitle(), align: alignOf(o.Align), outline: 1}
	if l.numberAbove() {
		chapter.before = l.numberGap()
	} else {
		chapter.before = l.sink()
	}
	if o.Ornament != "" {
		chapter.after = l.lead * 6 / 10
	}
	if o.Rule {
		chapter.borders.bottom = stroke(4, 8, l.ruleTint)
	}
	if l.numbersChapters() {
		chapter.num = headingNumbers
	}
	number := runProps{font: face(l.theme.Faces.Heads), size: halves(o.Number.Size), color: l.color}
	switch {
	case o.Figure:
	case o.Bold && l.color == "":
		number.color = "606060"
	case !o.Bold:
		number.smallCaps, number.track = true, twips(o.Number.Size.Scale(11, 100))
	}
	partTitle, partNumber := title, number
	partTitle.size = halves(o.Title.Size.Scale(5, 4))
	list := []style{
		{id: "PartNumber", name: "Part Number", based: "Normal", next: "Part", order: 9, run: partNumber,
			para: paraProps{keepNext: true, noHyphens: true, before: l.room / 4, line: twips(o.Number.Leading), after: l.numberGap(), align: alignOf(o.Align)}},
		{id: "Part", name: "Part", based: "Normal", next: "BodyText", order: 9, run: partTitle,
			para: paraProps{keepLines: true, noHyphens: true, line: twips(o.Title.Leading.Scale(5, 4)), align: alignOf(o.Align), outline: 1}},
		{id: "ChapterNumber", name: "Chapter Number", based: "Normal", next: "Heading1", order: 9, run: number,
			para: paraProps{keepNext: true, noHyphens: true, before: l.sink() - l.numberGap(), line: twips(o.Number.Leading), align: alignOf(o.Align)}},
		{id: "Heading1", name: "heading 1", based: "Normal", next: "FirstParagraph", order: 9, run: title, para: chapter},
		{id: "ChapterOrnament", name: "Chapter Ornament", based: "Normal", next: "FirstParagraph", order: 9,
			run:  runProps{size: halves(l.theme.Text.Size.Scale(5, 4)), color: l.color},
			para: paraProps{keepNext: true, after: l.belowTitle(), align: alignOf(o.Align)}},
	}
	sections := []press.Section{l.theme.H2, l.theme.H3, l.theme.H4, l.theme.H4, l.theme.H4}
	for i := range sections {
		list = append(list, l.sectionStyle(i+2, &sections[i]))
	}
	return list
}

// sectionStyle is the style of headings of a level from 2.
func (l *look) sectionStyle(level int, look *press.Section) style {
	n := string(rune('0' + level))
	line, size := sized(look.Type)
	run := runProps{font: face(l.theme.Faces.Heads), size: size, color: l.color}
	switch look.Style {
	case "bold":
		run.bold = 1
	case "italic":
		run.italic = 1
	case "smallcaps":
		run.smallCaps, run.track = true, twips(look.Size.Scale(5, 100))
	}
	para := paraProps{keepNext: true, keepLines: true, noHyphens: true, line: line, before: l.lead * max(look.Before, 1), after: l.lead * look.After, align: alignOf(look.Align), outline: level}
	if look.After == 0 {
		para.after = l.lead / 6
	}
	if level <= l.theme.Numbers {
		para.num, para.level = headingNumbers, level-1
	}
	return style{id: "Heading" + n, name: "heading " + n, based: "Normal", next: "FirstParagraph", order: 9, run: run, para: para}
}

// numberAbove reports whether "Chapter 7" stands on a line of its own.
func (l *look) numberAbove() bool { return l.theme.Opening.Place == "above" }

// numbersChapters reports whether Word counts the chapters: where their number
// stands beside the title, or where sections have numbers.
func (l *look) numbersChapters() bool {
	return l.theme.Opening.Place == "beside" || l.theme.Numbers > 1
}

// numberGap is the white between a chapter's number and its title.
func (l *look) numberGap() int {
	o := &l.theme.Opening
	return max(l.lead*6/10, twips(o.Number.Leading-o.Number.Size))
}

// sink is the white above a chapter whose title has one line, so that its text
// begins where the theme wants it.
func (l *look) sink() int {
	o := &l.theme.Opening
	used := twips(o.Title.Leading) + l.belowTitle()
	if l.numberAbove() {
		used += twips(o.Number.Leading) + l.numberGap()
	}
	if o.RunOn {
		return 2 * l.lead
	}
	return max(o.Sink*l.lead-used, 2*l.lead)
}

// belowTitle is the white between a chapter's title and its text.
func (l *look) belowTitle() int { return min(3*l.lead, 54*20) }
