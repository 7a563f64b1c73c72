package press

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// maxDepth is how deep blocks may lie in each other; what is deeper is lifted
// to this level.
const maxDepth = 24

// blocks turns the children of a Markdown node into blocks.
func (r *reader) blocks(parent ast.Node) []Block {
	r.depth++
	defer func() { r.depth-- }()
	var out []Block
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		out = append(out, r.block(n)...)
	}
	return out
}

// block turns one Markdown block into blocks: a paragraph with pictures gives
// several, a comment none.
func (r *reader) block(n ast.Node) []Block {
	at := r.pos(n)
	if r.depth > maxDepth && nests(n) {
		if r.depth == maxDepth+1 {
			r.warn(at, "blocks are nested more than %d deep; the rest is set at that level", maxDepth)
		}
		return r.blocks(n)
	}
	switch t := n.(type) {
	case *ast.Heading:
		return r.heading(t, at)
	case *ast.Paragraph, *ast.TextBlock:
		return r.paragraph(n, at)
	case *ast.ThematicBreak:
		return []Block{&Break{at}}
	case *ast.Blockquote:
		return []Block{&Quote{at, r.blocks(n)}}
	case *ast.List:
		return []Block{r.list(t, at)}
	case *ast.FencedCodeBlock:
		return []Block{&Code{at, string(t.Language(r.src)), r.codeText(n)}}
	case *ast.CodeBlock:
		return []Block{&Code{at, "", r.codeText(n)}}
	case *ast.HTMLBlock:
		return r.htmlBlock(t, at)
	case *east.Table:
		return []Block{r.table(t, at)}
	case *divNode:
		return []Block{r.div(t, at)}
	}
	return nil // footnotes are read by noteTexts
}

// nests reports whether a block holds blocks.
func nests(n ast.Node) bool {
	switch n.(type) {
	case *ast.Blockquote, *ast.List, *ast.ListItem, *divNode:
		return true
	}
	return false
}

// heading reads a section title. A level 1 heading is taken as level 2: the
// chapter's title stands outside its text.
func (r *reader) heading(t *ast.Heading, at Pos) []Block {
	h := &Heading{At: at, Level: max(t.Level, 2), Text: r.text(t)}
	plain := strings.TrimSpace(Plain(h.Text))
	if plain == "" {
		return nil
	}
	want := ""
	if v, ok := t.AttributeString("id"); ok {
		if b, ok := v.([]byte); ok {
			want = asID(string(b))
			if r.ids[want] {
				r.warn(at, "the id %q is used twice", want)
			}
		}
	}
	if want == "" {
		want = asID(plain)
	}
	h.ID = r.claim(want, "section")
	return []Block{h}
}

// paragraph reads a paragraph; pictures in it become figures behind it.
func (r *reader) paragraph(n ast.Node, at Pos) []Block {
	inlines := r.text(n)
	var out []Block
	kept := inlines[:0]
	for _, in := range inlines {
		if p, ok := in.(*picture); ok {
			out = append(out, r.figure(p, at))
			continue
		}
		kept = append(kept, in)
	}
	if strings.TrimSpace(Plain(kept)) != "" || hasNote(kept) {
		out = append([]Block{&Paragraph{at, kept}}, out...)
	}
	return out
}

// hasNote reports whether a note's mark is in the text.
func hasNote(text []Inline) bool {
	for _, in := range text {
		if _, ok := in.(*NoteRef); ok || hasNote(Inside(in)) {
			return true
		}
	}
	return false
}

// figure reads a picture. Its caption is the Markdown title, else the
// alternative text.
func (r *reader) figure(p *picture, at Pos) *Figure {
	f := &Figure{At: at, Alt: strings.TrimSpace(Plain(p.alt)), Caption: p.alt}
	if p.title != "" {
		f.Caption = []Inline{&Text{smarten(p.title, r.doc.Lang)}}
	}
	if strings.TrimSpace(Plain(f.Caption)) == "" {
		f.Caption = nil
	} else {
		r.figures++
		f.Number = r.figures
	}
	f.ID = r.claim("", fmt.Sprintf("figure-%d", len(r.images)+1))
	f.Image = r.image(p.source, at)
	if f.Alt == "" {
		f.Alt = Plain(f.Caption)
		if f.Caption == nil {
			r.warn(at, "the picture %s has no description for readers who cannot see it", p.source)
		}
	}
	return f
}

// list reads a list.
func (r *reader) list(t *ast.List, at Pos) *List {
	l := &List{At: at, Ordered: t.IsOrdered(), Start: t.Start, Tight: t.IsTight}
	for k := t.FirstChild(); k != nil; k = k.NextSibling() {
		l.Items = append(l.Items, Item{r.blocks(k)})
	}
	return l
}

// codeText returns the lines of a code block with tabs as spaces.
func (r *reader) codeText(n ast.Node) string {
	var b strings.Builder
	for i := range n.Lines().Len() {
		seg := n.Lines().At(i)
		b.Write(seg.Value(r.src))
	}
	return strings.ReplaceAll(strings.TrimRight(b.String(), "\n"), "\t", "    ")
}

// table reads a table; short rows are filled up, long ones cut by goldmark.
func (r *reader) table(t *east.Table, at Pos) *Table {
	out := &Table{At: at}
	for _, a := range t.Alignments {
		out.Align = append(out.Align, map[east.Alignment]Align{
			east.AlignLeft: AlignLeft, east.AlignCenter: AlignCenter, east.AlignRight: AlignRight}[a])
	}
	for row := t.FirstChild(); row != nil; row = row.NextSibling() {
		cells := make([]Cell, len(out.Align))
		i := 0
		for c := row.FirstChild(); c != nil && i < len(cells); c = c.NextSibling() {
			cells[i] = Cell{Text: r.withoutPictures(r.text(c), r.pos(c))}
			i++
		}
		if _, ok := row.(*east.TableHeader); ok {
			out.Head = cells
		} else {
			out.Rows = append(out.Rows, cells)
		}
	}
	return out
}

// withoutPictures puts words in the place of pictures, where there is no room
// for a figure.
func (r *reader) withoutPictures(text []Inline, at Pos) []Inline {
	for i, in := range text {
		if p, ok := in.(*picture); ok {
			r.warn(at, "a picture inside a table cell or link is shown by its description")
			text[i] = &Emph{p.alt}
		}
	}
	return text
}

// div reads a fenced div.
func (r *reader) div(t *divNode, at Pos) *Div {
	d := &Div{At: at, Class: t.class, Lang: t.lang}
	if id := asID(t.id); id != "" {
		if r.ids[id] {
			r.warn(at, "the id %q is used twice", id)
		}
		d.ID = r.claim(id, "")
	}
	d.Blocks = r.blocks(t)
	return d
}

var (
	htmlSilent = regexp.MustCompile(`(?is)<!--.*?(-->|$)|<(script|style|template|iframe|object)\b.*?(</(script|style|template|iframe|object)\s*>|$)|<\?.*?(\?>|$)|<!.*?(>|$)`)
	htmlTag    = regexp.MustCompile(`(?s)</?[a-zA-Z][^>]*(>|$)`)
)

// htmlBlock keeps the words of raw HTML and nothing else of it.
func (r *reader) htmlBlock(t *ast.HTMLBlock, at Pos) []Block {
	var b strings.Builder
	for i := range t.Lines().Len() {
		seg := t.Lines().At(i)
		b.Write(seg.Value(r.src))
	}
	if t.HasClosure() {
		b.Write(t.ClosureLine.Value(r.src))
	}
	raw := b.String()
	words := htmlTag.ReplaceAllString(htmlSilent.ReplaceAllString(raw, ""), " ")
	words = strings.Join(strings.Fields(unescape(words)), " ")
	if !strings.HasPrefix(strings.TrimSpace(raw), "<!--") || words != "" {
		r.warn(at, "HTML is not carried out; only its words are kept")
	}
	if words == "" {
		return nil
	}
	return []Block{&Paragraph{at, []Inline{&Text{smarten(words, r.doc.Lang)}}}}
}
