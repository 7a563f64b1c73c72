package intake

import (
	"bytes"
	"html"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// piece is a stretch of Markdown that a heading opens. The first of a text may
// have no title.
type piece struct {
	title string
	attrs []string // "#id", ".class" and "-" of the heading's {…}
	text  string   // without the heading
}

func (p piece) has(attr string) bool { return slices.Contains(p.attrs, attr) }

var safeID = regexp.MustCompile(`^#[A-Za-z][A-Za-z0-9_-]{0,63}$`)

// id is the ID that the heading gives, "" if none or not a safe one.
func (p piece) id() string {
	for _, a := range p.attrs {
		if safeID.MatchString(a) {
			return a[1:]
		}
	}
	return ""
}

// heading is a heading of a Markdown text with its place, in bytes.
type heading struct {
	level      int
	start, end int // with its marks and line end
	title      string
	attrs      []string
}

// top is the highest level of heading in a text, 1 if it has none.
func top(source string) int {
	level := 0
	for _, h := range headings(source) {
		if level == 0 || h.level < level {
			level = h.level
		}
	}
	return max(level, 1)
}

// split cuts a text at its headings of the level and moves those below up until
// the level is 1. Text above the first is a piece of its own if it holds
// anything; there is always at least one piece.
func split(source string, level int) []piece {
	var pieces []piece
	var now piece
	var b strings.Builder
	end := func() {
		now.text = b.String()
		if now.title != "" || strings.TrimSpace(now.text) != "" {
			pieces = append(pieces, now)
		}
		b.Reset()
	}
	at := 0
	for _, h := range headings(source) {
		b.WriteString(source[at:h.start])
		if at = h.end; h.level != level {
			b.WriteString(raised(source[h.start:h.end], level-1))
			continue
		}
		end()
		now = piece{title: first(h.title, "Untitled"), attrs: h.attrs}
	}
	b.WriteString(source[at:])
	if end(); len(pieces) == 0 {
		return []piece{{text: source}}
	}
	return pieces
}

// raised moves a heading some levels up by taking off marks.
func raised(heading string, levels int) string {
	lead := strings.IndexByte(heading, '#')
	if levels == 0 || lead < 0 || strings.TrimSpace(heading[:lead]) != "" {
		return heading
	}
	return heading[:lead] + heading[lead+levels:]
}

// bookTitle takes a lone title above chapters off the pieces of a text: the
// chapters are then its headings of level 2. It returns "" if the text has more
// than one heading of the highest level, or none below, or if known is the
// book's title already and another.
func bookTitle(pieces []piece, known string) (string, []piece) {
	if len(pieces) != 1 || pieces[0].title == "" || isPart(pieces[0].title) || chapterTitle.MatchString(pieces[0].title) {
		return "", nil
	}
	title := pieces[0].title
	if known != "" && !strings.EqualFold(known, title) {
		return "", nil
	}
	below := pieces[0].text
	if len(headings(below)) == 0 {
		return "", nil
	}
	return title, split(below, top(below))
}

// headings finds the headings of a Markdown text that stand in no list, quote
// or code, in order.
func headings(source string) []heading {
	src := []byte(source)
	root := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Footnote)).Parser().Parse(text.NewReader(src))
	var found []heading
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		h, ok := n.(*ast.Heading)
		if !ok {
			continue
		}
		found = append(found, place(h, src))
	}
	return found
}

// place finds where a heading begins and ends, and reads it.
func place(n *ast.Heading, src []byte) heading {
	h := heading{level: n.Level, start: n.Pos()}
	h.start = bytes.LastIndexByte(src[:h.start], '\n') + 1
	h.end = lineEnd(src, h.start)
	if src[n.Pos()] != '#' || n.Lines().Len() > 0 && n.Lines().At(0).Start == n.Pos() {
		// Underlined: the line below its text belongs to it.
		h.end = lineEnd(src, lineEnd(src, n.Lines().At(n.Lines().Len()-1).Start))
	}
	h.title = plainText(n, src)
	if m := attributes.FindStringSubmatch(h.title); m != nil {
		h.attrs = strings.Fields(m[1])
		h.title = strings.TrimSpace(strings.TrimSuffix(h.title, m[0]))
	}
	return h
}

// lineEnd is the start of the line after the one that holds at.
func lineEnd(src []byte, at int) int {
	for at < len(src) && src[at] != '\n' {
		at++
	}
	return min(at+1, len(src))
}

// plainText is what a heading says, without marks.
func plainText(n ast.Node, src []byte) string {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch t := c.(type) {
		case *ast.Text:
			b.Write(t.Segment.Value(src))
			if t.SoftLineBreak() || t.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(t.Value)
		case *ast.AutoLink:
			b.Write(t.Label(src))
		case *ast.RawHTML:
		default:
			b.WriteString(plainText(c, src))
		}
	}
	if _, top := n.(*ast.Heading); top {
		return oneLine(html.UnescapeString(string(util.UnescapePunctuations([]byte(b.String())))))
	}
	return b.String()
}
