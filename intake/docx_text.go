package intake

import (
	"strconv"
	"strings"
)

// frame collects text: of a paragraph, a link, or a field, of which the
// instruction comes first and then the result.
type frame struct {
	out         []inline
	field       bool
	result      bool
	instruction strings.Builder
}

// wordReader reads the paragraphs and tables of a part.
type wordReader struct {
	*docxReader
	part    *wordPart
	inNote  bool
	inCell  bool
	items   []wordItem
	frames  []*frame
	look    runLook // of the paragraph's style: what is usual here
	pending []string
	boxes   []block // text boxes of the paragraph, which follow on it
	langs   map[string]bool
	carry   []inline // of a paragraph whose end was deleted
	err     error
}

// emit appends text to what is being collected; the result of a field that
// quire makes itself goes nowhere.
func (w *wordReader) emit(list ...inline) {
	if len(w.frames) == 0 || w.dropping() {
		return
	}
	top := w.frames[len(w.frames)-1]
	if top.field && !top.result {
		return
	}
	top.out = append(top.out, list...)
}

// dropping reports whether a table of contents or the like is being read.
func (w *wordReader) dropping() bool {
	for _, f := range w.frames {
		if f.field && f.result && madeFields[fieldName(f.instruction.String())] {
			return true
		}
	}
	return false
}

// madeFields are fields whose results the press makes itself.
var madeFields = map[string]bool{"TOC": true, "INDEX": true, "TOA": true, "PAGE": true, "NUMPAGES": true}

// fieldName is the first word of an instruction.
func fieldName(s string) string {
	words := strings.Fields(s)
	if len(words) == 0 {
		return ""
	}
	return strings.ToUpper(words[0])
}

// within collects what read reads.
func (w *wordReader) within(read func()) []inline {
	mine := &frame{}
	w.frames = append(w.frames, mine)
	read()
	for len(w.frames) > 0 && w.frames[len(w.frames)-1] != mine { // fields that end outside
		top := w.frames[len(w.frames)-1]
		w.frames = w.frames[:len(w.frames)-1]
		under := w.frames[len(w.frames)-1]
		under.out = append(under.out, top.out...)
	}
	if len(w.frames) > 0 {
		w.frames = w.frames[:len(w.frames)-1]
	}
	return mine.out
}

// runs reads the children of a paragraph, link or change.
func (w *wordReader) runs(e *element) {
	for _, k := range e.kids {
		w.run(k)
	}
}

// run reads one child of a paragraph.
func (w *wordReader) run(e *element) {
	switch e.name {
	case "w:r":
		w.letters(e)
	case "w:hyperlink":
		w.hyperlink(e)
	case "w:ins", "w:moveTo":
		if e.name == "w:ins" && !w.dropping() {
			w.insert++
		}
		w.runs(e)
	case "w:del":
		w.tally.lose(lostDeletions)
	case "w:moveFrom":
	case "w:smartTag", "w:customXml", "w:dir", "w:bdo", "w:sdtContent":
		w.runs(e)
	case "w:sdt":
		w.runs(e.kid("w:sdtContent").orEmpty())
	case "w:bookmarkStart":
		if key := w.bookmark(e.attr("w:name")); key != "" {
			w.emit(anchor(key))
		}
	case "w:fldSimple":
		f := &frame{field: true, result: true}
		f.instruction.WriteString(e.attr("w:instr"))
		w.frames = append(w.frames, f)
		w.runs(e)
		w.endField()
	case "m:oMath":
		w.formula(e, false)
	case "m:oMathPara":
		for _, k := range e.list("oMath") {
			w.formula(k, true)
		}
	case "mc:AlternateContent":
		w.alternate(e, w.run)
	}
}

// orEmpty is e, or an element without children for nil.
func (e *element) orEmpty() *element {
	if e == nil {
		return &element{}
	}
	return e
}

// bookmark is the key of a bookmark, "" for one that Word makes for itself.
func (w *wordReader) bookmark(name string) string {
	if name == "" || name == "_GoBack" {
		return ""
	}
	if w.ours {
		name = strings.ReplaceAll(name, "_", "-")
	}
	return "word#" + name
}

// alternate reads what has a new and an old form: the first that gives
// anything.
func (w *wordReader) alternate(e *element, read func(*element)) {
	for _, k := range append(e.list("Choice"), e.list("Fallback")...) {
		boxes, items := len(w.boxes), len(w.items)
		lost := w.tally
		list := w.within(func() {
			for _, inner := range k.kids {
				read(inner)
			}
		})
		w.emit(list...)
		if len(list) > 0 || len(w.boxes) > boxes || len(w.items) > items {
			return
		}
		if k.name == "mc:Choice" && e.kid("mc:Fallback") != nil {
			w.tally = lost // the other form may do better
		}
	}
}

// hyperlink reads a link.
func (w *wordReader) hyperlink(e *element) {
	l := &link{}
	if rel, ok := w.part.refs[e.attr("r:id")]; ok {
		l.url = rel.target
		if a := e.attr("w:anchor"); a != "" && !strings.Contains(l.url, "#") {
			l.url += "#" + a
		}
	} else if a := e.attr("w:anchor"); a != "" {
		l.key = w.bookmark(a)
	}
	w.emitLink(l, w.within(func() { w.runs(e) }))
}

// emitLink emits a link, or its words alone if it leads neither to the web nor
// into the book.
func (w *wordReader) emitLink(l *link, list []inline) {
	if l.key == "" && !webLink(l.url) {
		if len(list) > 0 && !w.dropping() {
			w.tally.lose(lostLinks)
		}
		w.emit(list...)
		return
	}
	l.text = list
	if len(list) > 0 {
		w.emit(l)
	}
}

// fieldChar begins, divides or ends a field.
func (w *wordReader) fieldChar(kind string) {
	switch kind {
	case "begin":
		w.frames = append(w.frames, &frame{field: true})
	case "separate":
		if f := w.openField(); f != nil {
			f.result = true
		}
	case "end":
		w.endField()
	}
}

// openField is the innermost field, nil if none is open.
func (w *wordReader) openField() *frame {
	for i := len(w.frames) - 1; i >= 0; i-- {
		if w.frames[i].field {
			return w.frames[i]
		}
	}
	return nil
}

// endField ends the innermost field and emits its result.
func (w *wordReader) endField() {
	n := len(w.frames) - 1
	if n < 0 || !w.frames[n].field {
		return // it began outside of a link that ended
	}
	f := w.frames[n]
	w.frames = w.frames[:n]
	words := strings.Fields(f.instruction.String())
	if len(words) == 0 || madeFields[fieldName(f.instruction.String())] {
		return
	}
	switch name := strings.ToUpper(words[0]); name {
	case "HYPERLINK":
		l := &link{}
		for i, word := range words[1:] {
			switch {
			case word == `\l` && i+2 < len(words):
				l.key = w.bookmark(strings.Trim(words[i+2], `"`))
			case l.url == "" && l.key == "" && word[0] != '\\':
				l.url = strings.Trim(word, `"`)
			}
		}
		if l.key != "" {
			l.url = ""
		}
		w.emitLink(l, f.out)
	case "REF", "PAGEREF", "NOTEREF":
		l := &link{page: name == "PAGEREF"}
		if len(words) > 1 {
			l.key = w.bookmark(words[1])
		}
		w.emitLink(l, f.out)
	case "SEQ":
		w.emit(f.out...)
		w.emit(anchor(seqEnd))
	default:
		w.emit(f.out...)
	}
}

// seqEnd is an anchor behind the number that a caption begins with.
const seqEnd = "seq"

// letters reads a run.
func (w *wordReader) letters(e *element) {
	p := e.kid("w:rPr")
	l := w.look
	char := w.style(p.val("w:rStyle"))
	l.over(char.run)
	own := lookOf(p)
	l.over(own)
	if l.hidden > 0 {
		return
	}
	var out []inline
	for _, k := range e.kids {
		out = append(out, w.piece(k)...)
	}
	if len(out) == 0 || len(w.frames) > 0 && w.dropping() {
		return
	}
	if hasWords(out) {
		w.langs[p.kid("w:lang").attr("w:val")] = true
	}
	if own.small > 0 || own.under > 0 && char.name != "hyperlink" {
		w.tally.lose(lostMarks)
	}
	w.emit(w.set(out, l, isTyped(char, l) && w.look.font != l.font)...)
}

func hasWords(list []inline) bool {
	for _, in := range list {
		if s, ok := in.(phrase); ok && strings.TrimSpace(string(s)) != "" {
			return true
		}
	}
	return false
}

// isTyped reports whether a run is in a typewriter face.
func isTyped(char *wordStyle, l runLook) bool {
	switch char.name {
	case "verbatim char", "html code", "html typewriter", "source text", "html keyboard", "html sample":
		return true
	}
	f := strings.ToLower(l.font)
	return strings.Contains(f, "mono") || strings.Contains(f, "courier") || strings.Contains(f, "consolas") || strings.Contains(f, "menlo")
}

// set puts marks around text, where it looks otherwise than is usual here.
func (w *wordReader) set(list []inline, l runLook, mono bool) []inline {
	if mono && plainly(list) {
		return []inline{typed(rawOf(list))}
	}
	around := func(on bool, s style) {
		if on {
			list = []inline{&marked{s, list}}
		}
	}
	around(l.rise == "superscript" && !onlyMarks(list), raise)
	around(l.rise == "subscript", lower)
	around(l.strike > 0 && w.look.strike <= 0, strike)
	around((l.bold > 0) != (w.look.bold > 0), strong)
	around((l.italic > 0) != (w.look.italic > 0), emph)
	return list
}

// onlyMarks reports whether a run is nothing but the mark of a note.
func onlyMarks(list []inline) bool {
	for _, in := range list {
		if _, ok := in.(noteMark); !ok {
			return false
		}
	}
	return true
}

// piece reads what is inside a run.
func (w *wordReader) piece(e *element) []inline {
	switch e.name {
	case "w:t":
		return []inline{phrase(e.words())}
	case "w:tab", "w:ptab":
		return []inline{phrase(" ")}
	case "w:br":
		if t := e.attr("w:type"); t == "page" || t == "column" {
			return nil
		}
		return []inline{newline{}}
	case "w:cr":
		return []inline{newline{}}
	case "w:noBreakHyphen":
		return []inline{phrase("\u2011")}
	case "w:softHyphen":
		return []inline{phrase("\u00ad")}
	case "w:sym":
		return symbol(e)
	case "w:fldChar":
		w.fieldChar(e.attr("w:fldCharType"))
	case "w:instrText":
		if f := w.openField(); f != nil && !f.result && f.instruction.Len() < 4096 {
			f.instruction.WriteString(e.words())
		}
	case "w:footnoteReference", "w:endnoteReference":
		kind := strings.TrimSuffix(strings.TrimPrefix(e.name, "w:"), "Reference")
		if n := w.docxReader.notes[kind+" "+e.attr("w:id")]; n != nil {
			return []inline{noteMark{n}}
		}
	case "w:drawing", "w:pict", "w:object":
		return w.drawing(e)
	case "w:ruby":
		return w.ruby(e)
	case "mc:AlternateContent":
		var out []inline
		w.alternate(e, func(k *element) { out = append(out, w.piece(k)...); w.emit(out...); out = nil })
	}
	return nil
}

// symbol reads a character of a symbol font, if Unicode has it.
func symbol(e *element) []inline {
	n, err := strconv.ParseUint(e.attr("w:char"), 16, 32)
	if err != nil || n >= 0xe000 && n <= 0xf8ff || n < 0x20 || n > 0x10ffff {
		return nil
	}
	return []inline{phrase(string(rune(n)))}
}

// ruby reads words with a reading above them.
func (w *wordReader) ruby(e *element) []inline {
	w.tally.lose(lostRuby)
	base := e.kid("w:rubyBase").orEmpty()
	var s strings.Builder
	base.each(func(k *element) bool {
		if k.name == "w:t" {
			s.WriteString(k.words())
		}
		return true
	})
	var above strings.Builder
	e.kid("w:rt").each(func(k *element) bool {
		if k.name == "w:t" {
			above.WriteString(k.words())
		}
		return true
	})
	return []inline{phrase(s.String() + "(" + above.String() + ")")}
}
