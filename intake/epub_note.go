package intake

import (
	"regexp"
	"strings"
)

// noteLabel matches what the mark of a note looks like.
var noteLabel = regexp.MustCompile(`^[\[(]?\s*([0-9]{1,4}|[*†‡§¶‖#]{1,4}|[a-zA-Z]|[ivxl]{1,6})\s*[\])]?\.?$`)

// findNotes finds what refers to notes, and the notes. A link is a mark if it
// says so (EPUB 3), or if it looks like one and what it leads to begins with
// the same mark.
func (r *epubReader) findNotes() error {
	for _, p := range r.spine {
		p.body.each(func(e *element) bool {
			if e.name == "a" && e.hasAttr("href") {
				r.findNote(p, e)
			}
			return true
		})
	}
	return nil
}

// findNote looks at one link.
func (r *epubReader) findNote(p *page, a *element) {
	key := r.target(p.name, a.attr("href"))
	to, e := r.at(key)
	if e == nil || a.isBackLink() {
		return
	}
	says := a.hasWord("epub:type", "noteref") || a.hasWord("role", "doc-noteref")
	mark := noteLabel.FindStringSubmatch(a.plain())
	if mark == nil && !says {
		return
	}
	body := e.noteBody()
	if body == nil || !r.small(body) || holds(body, a) {
		return
	}
	if r.tries++; !says && r.tries > maxNoteTries {
		return
	}
	if !says && !r.looksLikeNote(p, to, a, body, mark[1]) {
		return
	}
	r.targets[key] = body
	if r.notes[body] == nil {
		r.notes[body] = &note{}
	}
	for up := a; up != nil && up != p.body && up.name != "p"; up = up.above {
		if id := up.attr("id"); id != "" {
			r.returns[p.name+"#"+id] = true
		}
	}
	a.each(func(k *element) bool {
		if id := first(k.attr("id"), k.attr("name")); id != "" {
			r.returns[p.name+"#"+id] = true
		}
		return true
	})
}

// The limits within which notes are looked for: elements in one, and links that
// only look like marks.
const (
	maxNoteSize  = 2000
	maxNoteTries = 50_000
)

// small reports whether an element can be one note, by its size.
func (r *epubReader) small(e *element) bool {
	fits, known := r.fits[e]
	if !known {
		n := 0
		e.each(func(*element) bool {
			n++
			return n <= maxNoteSize
		})
		fits = n <= maxNoteSize
		r.fits[e] = fits
	}
	return fits
}

// isBackLink reports whether a link leads from a note to its mark and says so.
func (e *element) isBackLink() bool {
	return e.hasWord("role", "doc-backlink") || e.hasWord("epub:type", "backlink", "backlinks", "referrer")
}

// holds reports whether a is below e.
func holds(e, a *element) bool {
	for ; a != nil; a = a.above {
		if a == e {
			return true
		}
	}
	return false
}

// noteBody is the element that a note is when a link leads to e; nil if that is
// no place for one.
func (e *element) noteBody() *element {
	for e != nil {
		switch e.name {
		case "li", "aside", "dd":
			return e
		case "p":
			if li := e.above; li != nil && (li.name == "li" || li.name == "aside") && li.firstElement() == e {
				return li
			}
			return e
		case "dt":
			return nil
		case "div", "section":
			if e.hasWord("epub:type", "footnote", "endnote", "rearnote", "note") || e.hasWord("role", "doc-footnote", "doc-endnote") || len(e.list("p")) > 0 && len(e.list("p")) <= 20 {
				return e
			}
			return nil
		case "body", "td", "tr", "table", "blockquote", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "figure", "page":
			return nil
		}
		e = e.above
	}
	return nil
}

func (e *element) firstElement() *element {
	for _, k := range e.kids {
		if k.name != "" {
			return k
		}
		if strings.TrimSpace(k.text) != "" {
			return nil
		}
	}
	return nil
}

// looksLikeNote reports whether a link that does not say so is the mark of a
// note: what it leads to begins with the same mark, and either the mark is
// raised or the note leads back.
func (r *epubReader) looksLikeNote(p, to *page, a, body *element, mark string) bool {
	said := strings.TrimLeft(body.plain(), "[( ^")
	rest, ok := strings.CutPrefix(said, mark)
	counted := body.name == "li" && body.above.name == "ol" // its number is not written
	if !counted && (!ok || rest == "" || word([]rune(rest)[0])) {
		return false
	}
	if !counted && (a.above != nil && a.above.name == "sup" || a.find("sup") != nil || p.look(a).rise == "super") {
		return true
	}
	back := false
	body.each(func(k *element) bool {
		if k.name == "a" {
			from, e := r.at(r.target(to.name, k.attr("href")))
			back = back || from == p && e != nil && (holds(e, a) || holds(a, e) || e.above == a.above)
		}
		return !back
	})
	return back
}

// noteOf returns the note that a link is the mark of, nil if it is none. Its
// text is read at the first mark.
func (r *pageReader) noteOf(a *element) *note {
	key := r.target(r.page.name, a.attr("href"))
	body := r.targets[key]
	if body == nil || a.isBackLink() || r.returns[key] {
		return nil
	}
	n := r.notes[body]
	if !n.done {
		n.done = true
		to, _ := r.at(key)
		inner := &pageReader{epubReader: r.epubReader, page: to, lang: r.lang, inNote: true}
		blocks, mark := inner.noteBlocks(body), a.plain()
		if inner.led {
			mark = ""
		}
		n.blocks = withoutLabel(blocks, mark)
	}
	return n
}

// noteBlocks reads a note. A paragraph that is one may be a whole list item or
// have its continuation behind it.
func (r *pageReader) noteBlocks(body *element) []block {
	if body.name != "p" {
		return r.inside(func() { r.flow(body) })
	}
	return r.inside(func() {
		r.element(body)
		for _, next := range body.continued(r.notes) {
			r.element(next)
		}
	})
}

// continued are the paragraphs behind a note's first one that belong to it: in
// a place for notes, up to the next note.
func (e *element) continued(notes map[*element]*note) []*element {
	if e.above == nil || !e.above.isNotes() {
		return nil
	}
	var out []*element
	for _, k := range e.above.kids[e.at+1:] {
		switch {
		case k.name == "":
		case k.name != "p" || notes[k] != nil:
			return out
		default:
			out = append(out, k)
		}
	}
	return out
}

// isNotes reports whether an element is a place for notes.
func (e *element) isNotes() bool {
	if e.hasWord("epub:type", "footnotes", "endnotes", "rearnotes", "notes") || e.hasWord("role", "doc-endnotes", "doc-footnotes") {
		return true
	}
	return (e.name == "div" || e.name == "section" || e.name == "aside") && e.hasWord("class", "footnotes", "endnotes", "notes", "footnote-list")
}

// withoutLabel takes the mark off the head of a note's text.
func withoutLabel(blocks []block, mark string) []block {
	if len(blocks) == 0 {
		return blocks
	}
	p, ok := blocks[0].(*paragraph)
	if !ok {
		return blocks
	}
	mark = strings.Trim(mark, "[]().: ")
	for len(p.text) > 0 {
		m, isMark := p.text[0].(*marked)
		s, plain := p.text[0].(phrase)
		switch {
		case isMark && mark != "" && strings.Trim(plainOf(m.text), "[]().: ") == mark:
			mark = ""
		case plain && strings.Trim(string(s), "[]().:^ \u00a0") == "":
		default:
			if plain {
				p.text[0] = phrase(cutLabel(string(s), mark))
			}
			p.text = tidy(p.text)
			return blocks
		}
		p.text = p.text[1:]
	}
	return blocks[1:]
}

// cutLabel takes a mark and its brackets off the head of a text.
func cutLabel(s, mark string) string {
	rest := strings.TrimLeft(s, "[( ^\u00a0")
	after, ok := strings.CutPrefix(rest, mark)
	if mark == "" {
		return strings.TrimLeft(s, "]).: \u00a0")
	}
	if !ok || after != "" && word([]rune(after)[0]) {
		return s
	}
	return strings.TrimLeft(after, "]).: \u00a0")
}
