package intake

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// wordStyle is a style of the document.
type wordStyle struct {
	id, name, base string
	paragraph      bool
	outline        int // level of a title, from 1; 0 is none
	num, level     string
	align          string
	run            runLook
	role           role // settled
	heading        int
	settled        bool
}

// runLook is how a run looks: 1 on, -1 off, 0 says nothing.
type runLook struct {
	bold, italic, strike int
	rise                 string // superscript, subscript
	font                 string
	hidden, small, under int
}

// role is what a paragraph is.
type role string

// The roles of paragraphs.
const (
	roleText, roleHeading                                             role = "", "heading"
	roleTitle, roleSubtitle, roleAuthor, rolePublisher, roleImprint   role = "title", "subtitle", "author", "publisher", "imprint"
	roleDedication, rolePart, rolePartNumber, roleChapterNumber       role = "dedication", "part", "part number", "chapter number"
	roleQuote, roleEpigraph, roleVerse, roleNote, roleDialogue        role = "quote", "epigraph", "verse", "note", "dialogue"
	roleCenter, roleSignature, roleColophon                           role = "center", "signature", "colophon"
	roleCaption, roleTableCaption, roleCode, roleTerm, roleDefinition role = "caption", "table caption", "code", "term", "definition"
	roleBreak, roleContents, roleContinue, roleDropped                role = "break", "contents", "continue", "dropped"
)

// roleNames are the roles by the names of styles, in small letters without
// blanks: those of Word, LibreOffice, Google, pandoc and quire.
var roleNames = map[string]role{
	"title": roleTitle, "booktitle": roleTitle, "subtitle": roleSubtitle, "author": roleAuthor, "publisher": rolePublisher, "imprint": roleImprint,
	"dedication": roleDedication, "part": rolePart, "parttitle": rolePart, "partheading": rolePart, "partnumber": rolePartNumber,
	"chapternumber": roleChapterNumber, "chapterornament": roleDropped, "tableend": roleDropped,
	"quote": roleQuote, "intensequote": roleQuote, "quotations": roleQuote, "blocktext": roleQuote, "blockquote": roleQuote, "quotesource": roleQuote,
	"epigraph": roleEpigraph, "epigraphsource": roleEpigraph, "verse": roleVerse, "poem": roleVerse, "poetry": roleVerse, "note": roleNote,
	"dialogue": roleDialogue, "centered": roleCenter, "signature": roleSignature, "colophon": roleColophon,
	"caption": roleCaption, "imagecaption": roleCaption, "figurecaption": roleCaption, "illustration": roleCaption, "figure": roleText,
	"tablecaption": roleTableCaption, "table": roleTableCaption,
	"sourcecode": roleCode, "htmlpreformatted": roleCode, "preformattedtext": roleCode, "plaintext": roleCode, "macrotext": roleCode,
	"definitionterm": roleTerm, "definition": roleDefinition, "scenebreak": roleBreak, "listparagraph": roleContinue, "listcontinue": roleContinue,
	"tocheading": roleContents, "contentsheading": roleContents, "tableoffigures": roleContents, "tableofauthorities": roleContents,
	"indexheading": roleText, "chaptertitle": roleHeading, "chapter": roleHeading, "chapterheading": roleHeading,
	"kapitelüberschrift": roleHeading, "date": roleText, "abstract": roleText,
}

var (
	headingName  = lazy(`^(?:heading|überschrift|titre|título|titolo|kop|rubrik|overskrift|nagłówek|nadpis|otsikko|заголовок|标题|見出し|제목)\s*([1-9])$`)
	contentsName = lazy(`^(?:toc|contents|verzeichnis|tm|tdc|sommario|inhopg|spis treści|оглавление)\s*[1-9]$`)
)

// readStyles reads the styles.
func (r *docxReader) readStyles() error {
	part := r.related("styles", "styles.xml")
	if part == nil {
		return nil
	}
	root, err := r.optional(part.name)
	if err != nil {
		return err
	}
	if lang := root.path("w:docDefaults", "w:rPrDefault", "w:rPr", "w:lang").attr("w:val"); r.meta.Language == "" {
		r.meta.Language = bookLanguage(lang)
	}
	for _, e := range root.list("w:style") {
		s := &wordStyle{id: e.attr("w:styleId"), name: strings.ToLower(oneLine(e.val("w:name"))), base: e.val("w:basedOn"), paragraph: e.attr("w:type") != "character"}
		s.look(e)
		if s.id != "" && r.styles[s.id] == nil {
			r.styles[s.id] = s
		}
	}
	for _, id := range sortedKeys(r.styles) {
		r.settleStyle(r.styles[id], 0)
	}
	return nil
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// look reads how a style looks.
func (s *wordStyle) look(e *element) {
	p := e.kid("w:pPr")
	if n, err := strconv.Atoi(p.val("w:outlineLvl")); err == nil && n >= 0 && n < 9 {
		s.outline = n + 1
	}
	s.num, s.level = p.kid("w:numPr").val("w:numId"), p.kid("w:numPr").val("w:ilvl")
	s.align = p.val("w:jc")
	s.run = lookOf(e.kid("w:rPr"))
}

// val is the value of a child: <w:jc w:val="center"/>.
func (e *element) val(name string) string {
	k := e.kid(name)
	return first(k.attr("w:val"), k.attr("m:val"))
}

// toggle reads an on-or-off property.
func (e *element) toggle(name string) int {
	k := e.kid(name)
	switch {
	case k == nil:
		return 0
	case k.attr("w:val") == "0" || k.attr("w:val") == "false" || k.attr("w:val") == "off" || k.attr("w:val") == "none":
		return -1
	}
	return 1
}

// lookOf reads the properties of a run.
func lookOf(p *element) runLook {
	l := runLook{bold: p.toggle("w:b"), italic: p.toggle("w:i"), strike: p.toggle("w:strike"), rise: p.val("w:vertAlign"),
		font: p.kid("w:rFonts").attr("w:ascii"), hidden: p.toggle("w:vanish"), small: p.toggle("w:smallCaps"), under: p.toggle("w:u")}
	if l.strike == 0 {
		l.strike = p.toggle("w:dstrike")
	}
	return l
}

// over lays a look over another.
func (l *runLook) over(m runLook) {
	for _, p := range [][2]*int{{&l.bold, &m.bold}, {&l.italic, &m.italic}, {&l.strike, &m.strike}, {&l.hidden, &m.hidden}, {&l.small, &m.small}, {&l.under, &m.under}} {
		if *p[1] != 0 {
			*p[0] = *p[1]
		}
	}
	l.rise, l.font = first(m.rise, l.rise), first(m.font, l.font)
}

// settleStyle lets a style inherit what it does not say from those that it is
// based on, and finds its role.
func (r *docxReader) settleStyle(s *wordStyle, depth int) {
	if s.settled || depth > 50 {
		return
	}
	s.settled = true
	base := r.styles[s.base]
	if base != nil && base != s {
		r.settleStyle(base, depth+1)
		look := base.run
		look.over(s.run)
		s.run = look
		s.num, s.level, s.align = first(s.num, base.num), first(s.level, base.level), first(s.align, base.align)
	}
	plain := strings.NewReplacer(" ", "", "-", "", "_", "").Replace(s.name)
	own, known := roleNames[plain]
	m := headingName().FindStringSubmatch(s.name)
	switch {
	case m != nil:
		s.role, s.heading = roleHeading, int(m[1][0]-'0')
	case contentsName().MatchString(s.name):
		s.role = roleContents
	case known && own == roleHeading:
		s.role, s.heading = roleHeading, max(s.outline, 1)
	case known:
		s.role = own
	case s.outline > 0 && s.paragraph:
		s.role, s.heading = roleHeading, s.outline
	case base != nil && base.role != roleContinue:
		s.role, s.heading = base.role, base.heading
	}
}

// style is the style of an ID; an empty one if it is not known.
func (r *docxReader) style(id string) *wordStyle {
	if s := r.styles[id]; s != nil {
		return s
	}
	return &wordStyle{}
}
