package html

import (
	"fmt"
	"strconv"
	"strings"

	"quire/press"
)

// inlines writes running text.
func (w *writer) inlines(text []press.Inline) {
	for _, in := range text {
		w.inline(in)
	}
}

// inline writes a piece of running text.
func (w *writer) inline(in press.Inline) {
	switch t := in.(type) {
	case *press.Text:
		w.out.WriteString(Escape(t.Value))
	case *press.Emph:
		w.wrap("em", t.Text)
	case *press.Strong:
		w.wrap("strong", t.Text)
	case *press.Strike:
		w.wrap("s", t.Text)
	case *press.CodeSpan:
		w.out.WriteString("<code>" + Escape(t.Value) + "</code>")
	case *press.Math:
		w.out.WriteString(MathML(t.Formula, t.Source, false))
	case *press.LineBreak:
		w.out.WriteString("<br>")
	case *press.Link:
		w.outward(t)
	case *press.Ref:
		w.link(w.href(w.name, t.Target), "", t.Text, "")
	case *press.NoteRef:
		w.mark(t.Note)
	}
}

// wrap writes text inside a tag.
func (w *writer) wrap(tag string, text []press.Inline) {
	w.out.WriteString("<" + tag + ">")
	w.inlines(text)
	w.out.WriteString("</" + tag + ">")
}

// outward writes a link that leads out of the book.
func (w *writer) outward(t *press.Link) {
	href, ok := WebAddress(t.URL)
	if !ok && !w.linked {
		w.warn(w.at, "the link to %q is left out: browsers can follow only plain web and mail addresses (a host in other letters is written xn--…)", t.URL)
	}
	w.link(href, ` rel="noopener"`, t.Text, t.URL)
}

// link writes text that leads to href, or plain text if that is empty or a
// link is open already. Marks of notes, links themselves, come behind it.
func (w *writer) link(href, more string, text []press.Inline, fallback string) {
	if strings.TrimSpace(press.Plain(text)) == "" && fallback != "" {
		text = append(text[:len(text):len(text)], &press.Text{Value: fallback})
	}
	if href == "" || w.linked {
		w.inlines(text)
		return
	}
	w.linked = true
	w.out.WriteString(`<a href="` + Escape(href) + `"` + more + `>`)
	w.inlines(text)
	w.out.WriteString("</a>")
	w.linked = false
	for _, n := range w.held {
		w.mark(n)
	}
	w.held = nil
}

// mark writes the mark of a note; only the first one has an ID, which the note
// leads back to.
func (w *writer) mark(n *press.Note) {
	if w.linked {
		w.held = append(w.held, n)
		return
	}
	id := ""
	if w.marks[n] == "" {
		id = "Mark-" + n.ID // no ID of a manuscript begins with a capital
		w.marks[n] = id
	}
	fmt.Fprintf(&w.out, `<a class="mark"%s href="#%s" role="doc-noteref">%d</a>`, attr("id", id), n.ID, n.Number)
}

// notes writes the chapter's notes. A note is written before its mark may have
// been seen in a later note, so all texts come first.
func (w *writer) notes(c *press.Chapter) {
	if len(c.Notes) == 0 {
		return
	}
	body := w.out
	texts := make([]string, len(c.Notes))
	for i, n := range c.Notes {
		w.out, w.at = strings.Builder{}, n.Pos
		w.blocks(n.Blocks)
		texts[i] = w.out.String()
	}
	w.out = strings.Builder{}
	w.out.WriteString(body.String())
	w.line(`<section class="notes" role="doc-endnotes"` + attr("aria-label", w.terms.notes+": "+w.label(c)) + ">\n<ol>")
	for i, n := range c.Notes {
		w.line(`<li` + attr("id", n.ID) + `><div class="note-text">`)
		w.out.WriteString(w.withBackLink(strings.TrimSuffix(texts[i], "\n"), n))
		w.line("</div></li>")
	}
	w.line("</ol>\n</section>")
}

// withBackLink adds to a note's text the way back to its first mark, inside of
// its last paragraph if it ends with one.
func (w *writer) withBackLink(text string, n *press.Note) string {
	mark := w.marks[n]
	if mark == "" {
		return text + "\n"
	}
	back := `<a class="back" href="#` + mark + `" role="doc-backlink"` + attr("aria-label", w.terms.back+" ("+strconv.Itoa(n.Number)+")") + ">↩\ufe0e</a>"
	if rest, ok := strings.CutSuffix(text, "</p>"); ok {
		return rest + "\u00a0" + back + "</p>\n"
	}
	return text + "\n<p>" + back + "</p>\n"
}
