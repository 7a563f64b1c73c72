package epub

import (
	"fmt"
	"strings"

	"quire/press"
	"quire/press/html"
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
		w.out.WriteString(escape(t.Value))
	case *press.Emph:
		w.wrap("em", t.Text)
	case *press.Strong:
		w.wrap("strong", t.Text)
	case *press.Strike:
		w.wrap("s", t.Text)
	case *press.CodeSpan:
		w.out.WriteString("<code>" + escape(t.Value) + "</code>")
	case *press.Math:
		w.formula(t.Formula, t.Source, false)
	case *press.LineBreak:
		w.out.WriteString("<br/>")
	case *press.Link:
		href, ok := html.WebAddress(t.URL)
		if !ok && !w.linked {
			w.warn(w.at, "the link to %q is left out: readers can follow only plain web and mail addresses (a host in other letters is written xn--…)", t.URL)
		}
		w.link(href, t.Text, t.URL)
	case *press.Ref:
		w.link(w.names.href(w.name, t.Target), t.Text, "")
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

// link writes text that leads to href, or plain text if that is empty or a
// link is open already. Marks of notes, links themselves, come behind it.
func (w *writer) link(href string, text []press.Inline, fallback string) {
	if strings.TrimSpace(press.Plain(text)) == "" && fallback != "" {
		text = append(text[:len(text):len(text)], &press.Text{Value: fallback})
	}
	if href == "" || w.linked {
		w.inlines(text)
		return
	}
	w.linked = true
	w.out.WriteString(`<a href="` + escape(href) + `">`)
	w.inlines(text)
	w.out.WriteString("</a>")
	w.linked = false
	for _, n := range w.held {
		w.mark(n)
	}
	w.held = nil
}

// mark writes the mark of a note; its first one is what the note leads back
// to.
func (w *writer) mark(n *press.Note) {
	if w.linked {
		w.held = append(w.held, n)
		return
	}
	id := w.names.fresh(n.ID+"-mark", w.name)
	if w.marks[n] == "" {
		w.marks[n] = id
	}
	fmt.Fprintf(&w.out, `<a id="%s" href="#%s" epub:type="noteref" role="doc-noteref"><sup>%d</sup></a>`, id, n.ID, n.Number)
}
