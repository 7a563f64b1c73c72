package main

import (
	"fmt"
	"html"
	"strings"
	"testing"

	"quire/press"
)

// htmlStyle sets a book in WeasyPrint like the theme novel: the same faces, page,
// text block, sizes and sunk openings, with hyphens, and with two lines at least
// before and after a page break. It has neither initials nor lead-ins.
const htmlStyle = `
@font-face { font-family: Body; src: url(EBGaramond12-Regular.ttf) }
@font-face { font-family: Body; font-style: italic; src: url(EBGaramond12-Italic.ttf) }
@font-face { font-family: Body; font-weight: bold; src: url(EBGaramond12-Bold.ttf) }
@font-face { font-family: Typewriter; src: url(PTM55F.ttf) }
@page { size: 6in 9in; margin: 59.6pt 0 63.5pt; font: 9pt Body;
  @footnote { border-top: .4pt solid; padding-top: 3pt } }
@page :left { margin-left: 46.7pt; margin-right: 61.3pt; @top-center { content: string(book) } @top-left { content: counter(page) } }
@page :right { margin-left: 61.3pt; margin-right: 46.7pt; @top-center { content: string(chapter) } @top-right { content: counter(page) } }
@page :blank { @top-center { content: none } @top-left { content: none } }
@page front { @top-center { content: none } @top-left { content: none } @top-right { content: none } }
html { font: 11pt/15pt Body; font-kerning: normal; font-variant: common-ligatures oldstyle-nums; text-align: justify; hyphens: auto; hyphenate-limit-chars: 5 2 3; orphans: 2; widows: 2 }
body { margin: 0 }
p { margin: 0; text-indent: 14pt }
h1 + p, h2 + p, h3 + p, figure + p, table + p, blockquote + p, ol + p, ul + p, pre + p { text-indent: 0 }
h1 { break-before: right; string-set: chapter content(); font: 21pt/26pt Body; text-align: center; margin: 0 0 45pt; padding-top: 90pt; hyphens: none }
h2 { font: italic 11pt/15pt Body; text-align: center; margin: 15pt 0; break-after: avoid; hyphens: none }
h3 { font: 11pt/15pt Body; font-variant: small-caps; margin: 15pt 0 0; break-after: avoid; hyphens: none }
hr { border: 0; text-align: center; margin: 15pt 0 } hr::before { content: "* * *" }
blockquote { margin: 15pt 20pt } ol, ul { margin: 7.5pt 0; padding-left: 20pt } li { margin: 0 }
figure { margin: 15pt 0; break-inside: avoid } figure img { width: 100% } figcaption { font: 9.5pt/12.5pt Body; text-align: center }
table { font: 9.5pt/13pt Body; border-collapse: collapse; margin: 15pt auto; break-inside: avoid; hyphens: none } th, td { padding: 0 6pt; font-weight: normal } thead th { border-bottom: .4pt solid }
pre { font: 8pt/11pt Typewriter; margin: 15pt 0; text-align: left; hyphens: none } code { font-family: Typewriter; font-size: 85% }
.note { float: footnote; font: 9pt/11pt Body; text-indent: 0 } ::footnote-marker { content: counter(footnote) ". " }
.title { page: front; string-set: book attr(title); text-align: center; padding-top: 150pt } .title p { text-indent: 0; text-align: center } .title .name { font: 28pt/34pt Body }
.contents { page: front; break-before: right } .contents p { text-indent: 0; text-align: left; hyphens: none } .contents a { color: black; text-decoration: none } .contents a::after { content: leader(" . ") target-counter(attr(href), page) }
`

// peerHTML writes a book as the HTML that WeasyPrint sets.
type peerHTML struct {
	tb    testing.TB
	out   strings.Builder
	files map[string][]byte // pictures, by their name
}

// bookHTML is a book as one page of HTML, and its pictures.
func bookHTML(tb testing.TB, doc *press.Document) (page string, files map[string][]byte) {
	w := &peerHTML{tb: tb, files: map[string][]byte{}}
	w.add(`<!DOCTYPE html><html lang="%s"><head><meta charset="utf-8"><title>%s</title><meta name="author" content="%s"><style>%s</style></head><body>`,
		doc.Lang, html.EscapeString(doc.Meta.Title), html.EscapeString(doc.Meta.Author), htmlStyle)
	w.add(`<div class="title" title="%s"><p class="name">%[1]s</p><p>%s</p><p>%s</p></div>`, html.EscapeString(doc.Meta.Title), html.EscapeString(doc.Meta.Subtitle), html.EscapeString(doc.Meta.Author))
	w.add(`<div class="contents"><p><em>Contents</em></p>`)
	for _, c := range doc.Chapters {
		w.add(`<p><a href="#%s">%d. %s</a></p>`, c.ID, c.Number, html.EscapeString(c.Title))
	}
	w.add(`</div>`)
	for _, c := range doc.Chapters {
		w.add(`<h1 id="%s">%s</h1>`, c.ID, html.EscapeString(c.Title))
		w.blocks(c.Blocks)
	}
	w.add(`</body></html>`)
	return w.out.String(), w.files
}

func (w *peerHTML) add(format string, args ...any) { fmt.Fprintf(&w.out, format, args...) }

// in writes text between tags.
func (w *peerHTML) in(tag string, text []press.Inline) {
	w.add("<%s>", tag)
	w.text(text)
	name, _, _ := strings.Cut(tag, " ")
	w.add("</%s>\n", name)
}

// blocks writes blocks; one that the writer does not know is a failure, so that
// no peer is given less to do.
func (w *peerHTML) blocks(list []press.Block) {
	for _, b := range list {
		switch t := b.(type) {
		case *press.Paragraph:
			w.in("p", t.Text)
		case *press.Heading:
			w.in(fmt.Sprintf("h%d id=%q", min(t.Level, 3), t.ID), t.Text)
		case *press.Break:
			w.add("<hr>\n")
		case *press.Quote:
			w.add("<blockquote>")
			w.blocks(t.Blocks)
			w.add("</blockquote>\n")
		case *press.List:
			w.list(t)
		case *press.Code:
			w.add("<pre>%s</pre>\n", html.EscapeString(t.Text))
		case *press.Table:
			w.table(t)
		case *press.Figure:
			w.files[t.Image.Source] = t.Image.Data
			w.add(`<figure><img src="%s" alt="%s">`, html.EscapeString(t.Image.Source), html.EscapeString(t.Alt))
			w.in("figcaption", t.Caption)
			w.add("</figure>\n")
		default:
			w.tb.Fatalf("the writer of HTML for peers does not know %T", b)
		}
	}
}

func (w *peerHTML) list(l *press.List) {
	tag := "ul"
	if l.Ordered {
		tag = "ol"
	}
	w.add("<%s>", tag)
	for _, it := range l.Items {
		if p, ok := it.Blocks[0].(*press.Paragraph); ok && len(it.Blocks) == 1 {
			w.in("li", p.Text)
			continue
		}
		w.add("<li>")
		w.blocks(it.Blocks)
		w.add("</li>")
	}
	w.add("</%s>\n", tag)
}

func (w *peerHTML) table(t *press.Table) {
	row := func(tag string, cells []press.Cell) {
		w.add("<tr>")
		for i, c := range cells {
			side := "left"
			if t.Align[i] == press.AlignRight {
				side = "right"
			}
			w.in(fmt.Sprintf(`%s style="text-align:%s"`, tag, side), c.Text)
		}
		w.add("</tr>")
	}
	w.add("<table><thead>")
	row("th", t.Head)
	w.add("</thead><tbody>")
	for _, cells := range t.Rows {
		row("td", cells)
	}
	w.add("</tbody></table>\n")
}

// text writes running text.
func (w *peerHTML) text(list []press.Inline) {
	tags := func(tag string, text []press.Inline) {
		w.add("<%s>", tag)
		w.text(text)
		w.add("</%s>", tag)
	}
	for _, in := range list {
		switch t := in.(type) {
		case *press.Text:
			w.add("%s", html.EscapeString(t.Value))
		case *press.Emph:
			tags("em", t.Text)
		case *press.Strong:
			tags("strong", t.Text)
		case *press.CodeSpan:
			w.add("<code>%s</code>", html.EscapeString(t.Value))
		case *press.LineBreak:
			w.add("<br>")
		case *press.NoteRef:
			w.add(`<span class="note">`)
			for _, b := range t.Note.Blocks {
				w.text(b.(*press.Paragraph).Text)
			}
			w.add("</span>")
		default:
			w.tb.Fatalf("the writer of HTML for peers does not know %T", in)
		}
	}
}
