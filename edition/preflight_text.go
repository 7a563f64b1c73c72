package edition

import (
	"net/mail"
	"net/netip"
	"net/url"
	"strings"

	"quire/press"
)

// text looks over the chapters.
func (f *findings) text(doc *press.Document) {
	if n := doc.Source.Missing; n > 0 {
		f.add("text.missing", "", "%d of the %d chapters could not be written and are gaps", n, len(doc.Chapters))
	}
	titles := map[string]int{}
	links := 0
	for i, c := range doc.Chapters {
		where := place(c.Pos, i)
		if len(c.Blocks) == 0 {
			f.add("text.empty", where, "the chapter %q has no text", clip(c.Title, 80))
		}
		title := strings.ToLower(strings.TrimSpace(c.Title))
		if title == "" {
			f.add("text.untitled", where, "a chapter has no title")
		} else if first := titles[title]; first > 0 {
			f.add("text.twice", where, "the chapters %d and %d are both called %q", first, i+1, clip(c.Title, 80))
		} else {
			titles[title] = i + 1
		}
		w := &walk{findings: f, level: 1}
		w.blocks(c.Blocks)
		for _, n := range c.Notes {
			w.blocks(n.Blocks)
		}
		links += w.links
	}
	f.fine("text.headings", "no heading skips a level")
	f.fine("links.malformed", "%d links lead out of the book", links)
}

// place is where a chapter begins.
func place(pos press.Pos, chapter int) string {
	if at := pos.String(); at != "" {
		return at
	}
	return "chapter " + itoa(chapter+1)
}

// walk goes through the blocks of a chapter.
type walk struct {
	*findings
	level int // of the heading before
	links int
	at    press.Pos
}

// blocks looks at blocks and what is in them.
func (w *walk) blocks(list []press.Block) {
	for _, b := range list {
		w.at = b.Where()
		switch t := b.(type) {
		case *press.Paragraph:
			w.inlines(t.Text)
		case *press.Heading:
			w.heading(t)
		case *press.Quote:
			w.blocks(t.Blocks)
		case *press.Div:
			w.blocks(t.Blocks)
		case *press.List:
			for _, it := range t.Items {
				w.blocks(it.Blocks)
			}
		case *press.Figure:
			w.inlines(t.Caption)
		case *press.Table:
			w.inlines(t.Caption)
			for _, row := range append([][]press.Cell{t.Head}, t.Rows...) {
				for _, c := range row {
					w.inlines(c.Text)
				}
			}
		case *press.Definitions:
			for _, it := range t.Items {
				for _, term := range it.Terms {
					w.inlines(term)
				}
				for _, meaning := range it.Meanings {
					w.blocks(meaning)
				}
			}
		}
	}
}

// heading looks at the level of a section title.
func (w *walk) heading(h *press.Heading) {
	if h.Level > w.level+1 {
		w.add("text.headings", h.At.String(), "a heading of level %d follows on one of level %d", h.Level, w.level)
	}
	if strings.TrimSpace(press.Plain(h.Text)) == "" {
		w.add("text.headings", h.At.String(), "a heading has no words")
	}
	w.level = h.Level
	w.inlines(h.Text)
}

// inlines looks at the links of running text.
func (w *walk) inlines(list []press.Inline) {
	for _, in := range list {
		if l, ok := in.(*press.Link); ok {
			w.links++
			w.outside(l.URL, w.at.String())
			if strings.TrimSpace(press.Plain(l.Text)) == "" {
				w.add("links.empty", w.at.String(), "the link to %s has no words", clip(l.URL, 80))
			}
		}
		w.inlines(press.Inside(in))
	}
}

// outside looks at a link that leads out of the book.
func (f *findings) outside(link, where string) {
	u, err := url.Parse(strings.TrimSpace(link))
	if err != nil {
		f.add("links.malformed", where, "the link %q cannot be followed", clip(link, 80))
		return
	}
	switch strings.ToLower(u.Scheme) {
	case "http", "https":
		if u.Hostname() == "" || strings.ContainsAny(link, " <>\"{}|\\^`") {
			f.add("links.malformed", where, "the link %q cannot be followed", clip(link, 80))
			return
		}
		if private(u.Hostname()) {
			f.add("links.private", where, "the link %q leads to a machine that readers cannot reach", clip(link, 80))
			return
		}
		if strings.EqualFold(u.Scheme, "http") {
			f.add("links.http", where, "a link goes by http, which browsers warn of")
		}
	case "mailto":
		address, err := url.PathUnescape(u.Opaque)
		if err == nil {
			_, err = mail.ParseAddressList(address)
		}
		if err != nil {
			f.add("links.malformed", where, "%q is no mail address", clip(link, 80))
		}
	}
}

// private reports whether a host is one that only the author can reach.
func private(host string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if ip, err := netip.ParseAddr(host); err == nil {
		return ip.IsPrivate() || ip.IsLoopback() || ip.IsUnspecified() || ip.IsLinkLocalUnicast()
	}
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || strings.HasSuffix(host, ".local") ||
		strings.HasSuffix(host, ".internal") || !strings.Contains(host, ".")
}
