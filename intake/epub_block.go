package intake

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// pageReader turns the elements of a page into blocks.
type pageReader struct {
	*epubReader
	page    *page
	lang    string   // around
	out     []block  // so far
	pending []string // keys of elements around, for the next block
	inNote  bool
	led     bool // a link back from the note was passed over
	err     error
}

// inside reads something into a list of its own.
func (r *pageReader) inside(read func()) []block {
	before := r.out
	r.out = nil
	read()
	inner := r.out
	r.out = before
	return inner
}

// add appends a block; it gets the keys of the elements that begin with it.
func (r *pageReader) add(b block) {
	at := b.where()
	at.keys = append(at.keys, r.pending...)
	r.pending = nil
	r.out = append(r.out, b)
}

// id notes the ID of an element for the next block.
func (r *pageReader) id(e *element) {
	if id := first(e.attr("id"), e.attr("xml:id")); id != "" {
		r.pending = append(r.pending, r.page.name+"#"+id)
	}
}

// flow reads what is inside an element: runs of text become paragraphs.
func (r *pageReader) flow(e *element) {
	var run []inline
	flush := func() {
		r.paragraph(run)
		run = nil
	}
	for _, k := range e.kids {
		if r.isBlock(k) {
			flush()
			r.element(k)
			continue
		}
		run = append(run, r.inline(k)...)
	}
	flush()
}

// isBlock reports whether an element stands on lines of its own, or holds one
// that does.
func (r *pageReader) isBlock(e *element) bool {
	switch {
	case e.name == "":
		return false
	case blockNames[e.name] || r.notes[e] != nil:
		return true
	case e.name == "math":
		return e.attr("display") == "block"
	case e.name == "svg" || e.name == "math":
		return false
	}
	return slices.ContainsFunc(e.kids, r.isBlock)
}

// silent are the elements that hold nothing to read.
var silent = names("head script style template title meta link base nav colgroup col rp datalist noscript button")

// lostElements are those whose loss is told.
var lostElements = map[string]loss{
	"audio": lostMedia, "video": lostMedia, "iframe": lostObjects, "embed": lostObjects, "canvas": lostObjects,
	"input": lostForms, "select": lostForms, "textarea": lostForms, "form": lostForms,
}

// element reads an element that stands on lines of its own.
func (r *pageReader) element(e *element) {
	if silent[e.name] || r.passed(e) {
		return
	}
	r.id(e)
	l := r.page.look(e)
	if l.hidden() {
		return
	}
	if lang := e.language(); lang != "" && !strings.EqualFold(lang, r.lang) && e.name != "body" {
		around := r.lang
		r.lang = lang
		inner := r.inside(func() { r.known(e, l) })
		r.lang = around
		r.inLanguage(lang, inner)
		return
	}
	r.known(e, l)
}

// passed reports whether an element is left out here: a note, which stands at
// its mark, or what no book can show.
func (r *pageReader) passed(e *element) bool {
	if what, ok := lostElements[e.name]; ok {
		r.tally.lose(what)
		return e.name != "form"
	}
	return r.notes[e] != nil && !r.inNote || e.hasWord("epub:type", "pagebreak") || e.hasWord("role", "doc-pagebreak")
}

// inLanguage adds blocks in another language. One div takes neighbours.
func (r *pageReader) inLanguage(lang string, inner []block) {
	if len(inner) == 0 {
		return
	}
	if n := len(r.out); n > 0 {
		if d, ok := r.out[n-1].(*division); ok && d.lang == lang && d.class == "" && len(inner[0].where().keys) == 0 {
			d.blocks = append(d.blocks, inner...)
			return
		}
	}
	if d, ok := inner[0].(*division); ok && len(inner) == 1 && d.lang == "" {
		d.lang = lang
		r.out = append(r.out, d)
		return
	}
	r.out = append(r.out, &division{lang: lang, blocks: inner})
}

// known reads an element by its name.
func (r *pageReader) known(e *element, l look) {
	switch e.name {
	case "p", "figcaption", "caption", "legend", "dt":
		r.text(e, l)
	case "h1", "h2", "h3", "h4", "h5", "h6":
		r.heading(e)
	case "blockquote":
		r.hold(&quotation{}, func() { r.flow(e) })
	case "ul", "ol", "menu", "dir":
		r.list(e)
	case "dl":
		r.glossary(e)
	case "pre":
		r.preformatted(e)
	case "table":
		r.table(e)
	case "figure":
		r.figure(e)
	case "hr":
		if !e.hasWord("class", "pagebreak", "page-break") {
			r.add(&pause{})
		}
	case "math":
		r.formula(e)
	default:
		r.container(e, l)
	}
}

// hold adds a block that holds what read reads.
func (r *pageReader) hold(b block, read func()) {
	keys := r.pending
	r.pending = nil
	inner := r.inside(read)
	if len(inner) == 0 {
		r.pending = append(keys, r.pending...)
		return
	}
	b.where().keys = keys
	switch t := b.(type) {
	case *quotation:
		t.blocks = inner
	case *division:
		t.blocks = inner
	}
	r.out = append(r.out, b)
}

// divClasses are classes and types of elements, and the div that they are here.
var divClasses = map[string]string{
	"epigraph": "epigraph", "motto": "epigraph", "verse": "verse", "poem": "verse", "poetry": "verse", "stanza": "verse", "note": "note", "sidebar": "note",
	"tip": "note", "warning": "note", "signature": "signature", "center": "center", "centered": "center", "imprint": "imprint", "dialogue": "dialogue",
}

// divClass is the div that an element is, "" if none.
func divClass(e *element) string {
	for _, w := range append(strings.Fields(e.attr("epub:type")), strings.Fields(e.attr("class"))...) {
		if c := divClasses[strings.ToLower(w)]; c != "" {
			return c
		}
	}
	if e.hasWord("role", "doc-epigraph") {
		return "epigraph"
	}
	if e.name == "aside" || e.hasWord("role", "note", "doc-tip") {
		return "note"
	}
	if e.name == "center" {
		return "center"
	}
	return ""
}

// container reads an element that holds blocks, or text alone.
func (r *pageReader) container(e *element, l look) {
	class := divClass(e)
	switch {
	case e.isNotes():
		r.notePlace(e)
	case class == "verse" && e.above != nil && r.inVerse(e):
		r.flow(e)
	case class != "":
		r.hold(&division{class: class}, func() { r.flow(e) })
	case slices.ContainsFunc(e.kids, r.isBlock):
		if l.align == "right" && e.name == "div" && len(e.kids) < 20 {
			r.hold(&division{class: "signature"}, func() { r.flow(e) })
			return
		}
		r.plainDiv(e)
	default:
		r.text(e, l)
	}
}

// plainDiv reads a container without a look of its own. One that quire wrote
// for the sake of its name stays, because links lead to it.
func (r *pageReader) plainDiv(e *element) {
	if e.name == "div" && r.ours && e.attr("id") != "" {
		r.hold(&division{}, func() { r.flow(e) })
		return
	}
	r.flow(e)
}

// inVerse reports whether a poem stands around an element.
func (r *pageReader) inVerse(e *element) bool {
	for up := e.above; up != nil; up = up.above {
		if divClass(up) == "verse" {
			return true
		}
	}
	return false
}

// notePlace reads a place for notes. If nothing but titles is left when the
// notes are gone, it is gone, too.
func (r *pageReader) notePlace(e *element) {
	inner := r.inside(func() { r.flow(e) })
	for _, b := range inner {
		switch b.(type) {
		case *section, *pause:
		default:
			r.out = append(r.out, inner...)
			return
		}
	}
}

// text reads an element that holds text alone.
func (r *pageReader) text(e *element, l look) {
	if slices.ContainsFunc(e.kids, r.isBlock) {
		r.flow(e)
		return
	}
	list := r.inlines(e)
	if l.italic() {
		list = []inline{&marked{emph, list}}
	}
	class := divClass(e)
	if e.hasWord("class", "stanza") {
		class = ""
		if !r.inVerse(e) {
			class = "verse"
		}
	}
	if e.hasWord("class", "stanza", "verse") {
		list = verseLines(list)
	}
	if class == "" && l.align == "right" {
		class = "signature"
	}
	if class == "" {
		r.paragraph(list)
		return
	}
	r.hold(&division{class: class}, func() { r.paragraph(list) })
}

// paragraph adds a run of text. Pictures in it follow on it; two line ends
// divide it; signs alone are a pause.
func (r *pageReader) paragraph(list []inline) {
	for _, b := range paragraphs(list) {
		r.add(b)
	}
}

var levelOf = map[string]int{"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}

// heading reads a title. In those that quire wrote, the number stands apart.
func (r *pageReader) heading(e *element) {
	s := &section{level: levelOf[e.name]}
	from := e
	if title := e.spanOf("title"); title != nil {
		s.label, from = e.spanOf("number").plain(), title
	}
	s.text = tidy(r.inlines(from))
	var pictures []*picture
	s.text, pictures = withoutPictures(s.text)
	if plainOf(s.text) != "" {
		r.add(s)
	} else if len(pictures) == 1 && oneLine(pictures[0].alt) != "" { // a title that was drawn
		s.text, pictures = []inline{phrase(pictures[0].alt)}, nil
		r.add(s)
	}
	for _, p := range pictures {
		r.add(p)
	}
}

// spanOf is the span of a class in a heading, nil if there is none.
func (e *element) spanOf(class string) *element {
	for _, k := range e.kids {
		if k.name == "span" && k.attr("class") == class {
			return k
		}
	}
	return nil
}

// list reads a list. It is tight if its items hold text without paragraphs.
func (r *pageReader) list(e *element) {
	keys := r.pending
	r.pending = nil
	t := &listing{ordered: e.name == "ol", start: 1, tight: true}
	if n, err := strconv.Atoi(e.attr("start")); err == nil {
		t.start = n
	}
	for _, li := range e.kids {
		if li.name == "" || silent[li.name] || r.passed(li) {
			continue
		}
		t.tight = t.tight && li.kid("p") == nil
		r.id(li)
		item := r.inside(func() {
			if li.name == "li" {
				r.flow(li)
			} else {
				r.element(li)
			}
		})
		if len(item) > 0 || r.ours {
			t.items = append(t.items, item)
		}
	}
	if len(t.items) == 0 {
		return
	}
	t.keys = keys
	r.out = append(r.out, t)
}

// glossary reads terms and meanings.
func (r *pageReader) glossary(e *element) {
	t := &glossary{}
	keys := r.pending
	r.pending = nil
	e.each(func(k *element) bool {
		if k.name != "dt" && k.name != "dd" {
			return true
		}
		if r.passed(k) {
			return false
		}
		last := len(t.items) - 1
		if last < 0 || k.name == "dt" && len(t.items[last].meanings) > 0 {
			t.items = append(t.items, glossaryItem{})
			last++
		}
		r.id(k)
		if k.name == "dt" {
			term, _ := withoutPictures(tidy(append(r.pendingAnchors(), r.inlines(k)...)))
			t.items[last].terms = append(t.items[last].terms, term)
			return false
		}
		t.items[last].meanings = append(t.items[last].meanings, r.inside(func() { r.flow(k) }))
		return false
	})
	if len(t.items) > 0 {
		t.keys = keys
		r.out = append(r.out, t)
	}
}

// pendingAnchors turns pending keys into inlines.
func (r *pageReader) pendingAnchors() []inline {
	var out []inline
	for _, key := range r.pending {
		out = append(out, anchor(key))
	}
	r.pending = nil
	return out
}

var languageClass = regexp.MustCompile(`(?i)(?:^|\s)(?:language-|lang-|sourceCode\s+|highlight-)([A-Za-z0-9+#_.-]{1,30})`)

// preformatted reads code.
func (r *pageReader) preformatted(e *element) {
	t := &program{text: codeOf(e)}
	for _, k := range []*element{e, e.kid("code")} {
		if m := languageClass.FindStringSubmatch(k.attr("class")); m != nil {
			t.language = m[1]
		}
	}
	if strings.TrimSpace(t.text) != "" {
		r.add(t)
	}
}

// codeOf is the text of preformatted lines.
func codeOf(e *element) string {
	var b strings.Builder
	e.each(func(k *element) bool {
		if k.name == "br" {
			b.WriteByte('\n')
		}
		b.WriteString(k.text)
		return true
	})
	s := strings.ReplaceAll(strings.ReplaceAll(b.String(), "\r\n", "\n"), "\r", "\n")
	return shown(strings.TrimPrefix(strings.TrimRight(s, "\n "), "\n"))
}

// formula reads a formula on a line of its own.
func (r *pageReader) formula(e *element) {
	if s := texOf(e); s != "" {
		r.add(&equation{source: s})
		return
	}
	r.tally.lose(lostFormulas)
	r.paragraph([]inline{phrase(e.plain())})
}
