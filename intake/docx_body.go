package intake

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"
)

// wordItem is a block of the document with what it was there.
type wordItem struct {
	block block
	role  role
	level int // of a heading
	lang  string

	list    bool // an item of a list, or what goes on with one
	goesOn  bool
	num     string
	depth   int
	ordered bool
	number  int

	bold, centred, newPage bool
}

func (w *wordReader) add(it wordItem) { w.items = append(w.items, it) }

// element reads a paragraph, a table, or something around them.
func (w *wordReader) element(e *element) {
	switch e.name {
	case "w:p":
		w.paragraph(e)
	case "w:tbl":
		if w.dropping() {
			return
		}
		w.table(e)
	case "w:sdt":
		if strings.Contains(e.path("w:sdtPr", "w:docPartObj").val("w:docPartGallery"), "Contents") {
			w.tally.lose(lostPages)
			return
		}
		w.each(e.kid("w:sdtContent"))
	case "w:sdtContent", "w:customXml", "w:smartTag", "w:ins", "w:moveTo", "w:txbxContent":
		w.each(e)
	case "w:bookmarkStart":
		if key := w.bookmark(e.attr("w:name")); key != "" {
			w.pending = append(w.pending, key)
		}
	case "mc:AlternateContent":
		w.alternate(e, w.element)
	case "w:sectPr":
		w.measure(e)
	case "m:oMathPara", "m:oMath":
		w.paragraph(&element{name: "w:p", kids: []*element{e}})
	}
}

// measure notes how wide the text of a section is; the narrowest counts.
func (w *wordReader) measure(e *element) {
	page, _ := strconv.Atoi(e.kid("w:pgSz").attr("w:w")) // 0 if it is not said
	left, _ := strconv.Atoi(e.kid("w:pgMar").attr("w:left"))
	right, _ := strconv.Atoi(e.kid("w:pgMar").attr("w:right"))
	if width := page - left - right; width > 1000 && page < 100_000 && (w.width == 0 || width < w.width) {
		w.width = width
	}
}

func (w *wordReader) each(e *element) {
	if e == nil {
		return
	}
	for _, k := range e.kids {
		w.element(k)
	}
}

// paragraph reads a paragraph.
func (w *wordReader) paragraph(p *element) {
	props := p.kid("w:pPr")
	s := w.style(props.val("w:pStyle"))
	around := w.look
	w.look, w.langs = s.run, map[string]bool{}
	if len(w.frames) == 0 {
		w.frames = []*frame{{}}
	}
	contents := w.dropping()
	w.runs(p)
	list := w.carry
	for _, f := range w.frames {
		list, f.out = append(list, f.out...), nil
	}
	w.carry, w.look = nil, around
	if sect := props.kid("w:sectPr"); sect != nil {
		w.measure(sect)
	}
	if props.path("w:rPr", "w:del") != nil { // its end was deleted
		w.carry = list
		return
	}
	boxes := w.boxes
	w.boxes = nil
	it := w.itemOf(props, s)
	it.newPage = it.newPage || p.breaksPage()
	if (contents || it.role == roleContents) && !says(list) {
		w.pending = append(w.pending, keysOf(list)...)
	} else {
		w.place(it, list)
	}
	for _, b := range boxes {
		w.add(wordItem{block: b})
	}
}

// breaksPage reports whether a page ends in a paragraph's first run.
func (e *element) breaksPage() bool {
	for _, r := range e.list("r") {
		for _, k := range r.kids {
			switch {
			case k.name == "w:br" && k.attr("w:type") == "page":
				return true
			case k.name == "w:t":
				return false
			}
		}
	}
	return false
}

// itemOf tells what a paragraph is, by its style and its own properties.
func (w *wordReader) itemOf(props *element, s *wordStyle) wordItem {
	it := wordItem{role: s.role, level: s.heading, newPage: props.toggle("w:pageBreakBefore") > 0}
	if n, err := strconv.Atoi(props.val("w:outlineLvl")); err == nil && n >= 0 && n < 6 && it.role == roleText {
		it.role, it.level = roleHeading, n+1
	}
	num, level := s.num, s.level
	if own := props.kid("w:numPr"); own != nil {
		num, level = first(own.val("w:numId"), num), first(own.val("w:ilvl"), level)
	}
	level = first(level, "0")
	depth, err := strconv.Atoi(level)
	if l, ok := w.lists.level(num, level); ok && err == nil && num != "" {
		it.num, it.depth, it.ordered = num, min(max(depth, 0), 8), l.format != "bullet" && l.format != "none"
		if it.role == roleText || it.role == roleContinue {
			it.list, it.role = true, roleText
		}
		if it.ordered && (it.list || it.role == roleHeading) {
			it.number = w.lists.count(num, it.depth, l)
		}
	}
	switch align := first(props.val("w:jc"), s.align); {
	case it.role != roleText || it.list || w.inCell:
	case align == "center":
		it.centred, it.role = true, roleCenter
	case align == "right" || align == "end":
		it.role = roleSignature
	}
	return it
}

// place adds a paragraph as what it is.
func (w *wordReader) place(it wordItem, list []inline) {
	if w.ours && len(w.langs) == 1 && !w.inNote {
		for lang := range w.langs {
			if lang = bookLanguage(lang); lang != "" && !strings.EqualFold(lang, w.meta.Language) {
				it.lang = withoutRegion(lang)
			}
		}
	}
	switch it.role {
	case roleHeading:
		w.heading(it, list)
		return
	case roleCode:
		it.block = &program{text: rawCode(list)}
		w.keep(it)
		return
	case roleCaption, roleTableCaption:
		it.block = &paragraph{text: captionText(list)}
		w.keep(it)
		return
	case roleContents, roleDropped, rolePartNumber:
		return
	case roleContinue:
		it.goesOn, it.role = true, roleText
	}
	if all := tidy(list); it.role == roleText && len(all) == 1 {
		if s, ok := all[0].(typed); ok { // a whole paragraph in a typewriter's face is a manuscript's
			list = []inline{phrase(s)}
		}
	}
	it.bold = allBold(list)
	for _, b := range paragraphs(list) {
		one := it
		one.block = b
		if _, ok := b.(*paragraph); !ok && one.role != roleText {
			one.role = roleText
		}
		w.keep(one)
		it.list, it.goesOn = false, it.list || it.goesOn // what follows in the same paragraph
	}
}

// withoutRegion takes off a language the region that Word wants to have and that
// it is most spoken in: fr-FR is fr.
func withoutRegion(lang string) string {
	tag, err := language.Parse(lang)
	if err != nil {
		return lang
	}
	base, _ := tag.Base()
	region, _ := tag.Region()
	if usual, _ := language.Make(base.String()).Region(); usual == region && strings.Count(lang, "-") == 1 {
		return base.String()
	}
	return lang
}

// keep adds an item; its block gets the bookmarks that stand before it.
func (w *wordReader) keep(it wordItem) {
	at := it.block.where()
	at.keys = append(w.pending, at.keys...)
	w.pending = nil
	w.add(it)
}

// allBold reports whether a text is bold from end to end.
func allBold(list []inline) bool {
	only := lone(&marked{text: tidy(list)})
	return only != nil && only.style == strong
}

// heading adds a title; pictures in it follow on it.
func (w *wordReader) heading(it wordItem, list []inline) {
	text, pictures := withoutPictures(tidy(list))
	s := &section{level: min(it.level, 6), text: text}
	s.keys = keysOf(text)
	if it.ordered && it.number > 0 {
		s.label = strconv.Itoa(it.number)
	}
	if plainOf(text) != "" {
		if w.inNote {
			it.role = roleText
		}
		it.block = s
		w.keep(it)
	}
	for _, p := range pictures {
		w.add(wordItem{block: p})
	}
}

// rawCode is the text of preformatted lines.
func rawCode(list []inline) string {
	var b strings.Builder
	for _, in := range list {
		switch t := in.(type) {
		case newline:
			b.WriteByte('\n')
		case phrase:
			b.WriteString(string(t))
		case typed:
			b.WriteString(string(t))
		default:
			b.WriteString(rawCode(inlinesOf(in)))
		}
	}
	return strings.ReplaceAll(shown(b.String()), "\u00a0", " ")
}

// captionText is a caption without the number that a field counted, or that it
// says in words.
func captionText(list []inline) []inline {
	for i := len(list) - 1; i >= 0; i-- {
		if a, ok := list[i].(anchor); ok && a == seqEnd {
			keys := keysOf(list[:i])
			rest := tidy(afterLabel(list[i+1:]))
			for _, key := range keys {
				if key != seqEnd {
					rest = append([]inline{anchor(key)}, rest...)
				}
			}
			return rest
		}
	}
	return withoutFigureLabel(tidy(list))
}

// afterLabel takes what divides a number from a caption off its head.
func afterLabel(list []inline) []inline {
	for i, in := range list {
		var s string
		switch t := in.(type) {
		case phrase:
			s = string(t)
		case *marked:
			s = rawOf(t.text)
		case anchor:
			continue
		default:
			return list
		}
		rest := strings.TrimLeft(s, " .:–—-\t\u00a0")
		if rest == "" {
			continue
		}
		if p, ok := in.(phrase); ok {
			return append([]inline{phrase(rest)}, list[i+1:]...)
		} else if p == "" {
			return list[i:]
		}
	}
	return nil
}

// end groups what belongs together and returns the items.
func (w *wordReader) end() []wordItem {
	if len(w.carry) > 0 {
		w.place(wordItem{}, w.carry)
		w.carry = nil
	}
	return captions(inLanguages(groups(w.items)))
}

// shortLine reports whether a text could be a title, by its length.
func shortLine(s string) bool { return s != "" && utf8.RuneCountInString(s) <= 80 }
