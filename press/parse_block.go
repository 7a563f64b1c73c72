package press

import (
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
		if r.captionOf(n) {
			return nil
		}
		return r.paragraph(n, at)
	case *east.DefinitionList:
		return []Block{r.definitions(t, at)}
	case *mathLines:
		return r.mathBlock(t)
	case *ast.ThematicBreak:
		return []Block{&Break{at}}
	case *ast.Blockquote:
		return []Block{&Quote{at, r.blocks(n)}}
	case *ast.List:
		return []Block{r.list(t, at)}
	case *ast.FencedCodeBlock:
		if string(t.Language(r.src)) == "figure" {
			return []Block{r.chart(r.codeText(n), at)}
		}
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
	case *ast.Blockquote, *ast.List, *ast.ListItem, *divNode, *east.DefinitionList, *east.DefinitionDescription:
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
			if r.ids[want] && want != "" {
				r.warn(at, "the id %q is used twice", want)
			}
		}
	}
	if want == "" {
		want = asID(plain)
	}
	h.ID = r.claim(want, "section")
	r.names[h.ID] = plain
	return []Block{h}
}

// paragraph reads a paragraph; pictures in it become figures behind it, and a
// formula for a line of its own cuts it in two.
func (r *reader) paragraph(n ast.Node, at Pos) []Block {
	var out, figures []Block
	var kept []Inline
	flush := func() {
		if strings.TrimSpace(Plain(kept)) != "" || hasMark(kept) {
			out = append(out, &Paragraph{at, kept})
		}
		out = append(out, figures...)
		kept, figures = nil, nil
	}
	for _, in := range r.text(n) {
		switch t := in.(type) {
		case *picture:
			figures = append(figures, r.figure(t, at))
		case *displayMath:
			flush()
			out = append(out, &MathBlock{At: at, Source: t.Source, Formula: t.Formula})
		default:
			kept = append(kept, in)
		}
	}
	flush()
	return out
}

// hasMark reports whether a note's mark, or a reference that will get its
// words, is in the text.
func hasMark(text []Inline) bool {
	for _, in := range text {
		switch t := in.(type) {
		case *NoteRef:
			return true
		case *Ref:
			if len(t.Text) == 0 {
				return true
			}
		}
		if hasMark(Inside(in)) {
			return true
		}
	}
	return false
}

// list reads a list.
func (r *reader) list(t *ast.List, at Pos) *List {
	l := &List{At: at, Ordered: t.IsOrdered(), Start: t.Start, Tight: t.IsTight}
	for k := t.FirstChild(); k != nil; k = k.NextSibling() {
		l.Items = append(l.Items, Item{r.blocks(k)})
	}
	return l
}

// definitions reads a list of terms and meanings. A meaning without a term
// belongs to the definition before it.
func (r *reader) definitions(t *east.DefinitionList, at Pos) *Definitions {
	out := &Definitions{At: at}
	for n := t.FirstChild(); n != nil; n = n.NextSibling() {
		last := len(out.Items) - 1
		if n.Kind() == east.KindDefinitionTerm {
			if last < 0 || len(out.Items[last].Meanings) > 0 {
				out.Items = append(out.Items, Definition{})
				last++
			}
			out.Items[last].Terms = append(out.Items[last].Terms, r.withoutPictures(r.text(n), r.pos(n)))
			continue
		}
		if last < 0 {
			out.Items = append(out.Items, Definition{})
			last = 0
		}
		out.Items[last].Meanings = append(out.Items[last].Meanings, r.blocks(n))
	}
	return out
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

// withoutPictures puts words in the place of pictures, where there is no room
// for a figure.
func (r *reader) withoutPictures(text []Inline, at Pos) []Inline {
	for i, in := range text {
		switch t := in.(type) {
		case *picture:
			r.warn(at, "a picture inside a table cell or link is shown by its description")
			text[i] = &Emph{t.alt}
		case *displayMath:
			text[i] = &t.Math
		}
	}
	return text
}

// div reads a fenced div.
func (r *reader) div(t *divNode, at Pos) *Div {
	d := &Div{At: at, Class: t.class, Lang: t.lang}
	if asID(t.id) != "" {
		d.ID = r.claimed(t.id, at)
	}
	if d.Lang != "" {
		around := r.lang
		r.lang = d.Lang
		defer func() { r.lang = around }()
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
	return []Block{&Paragraph{at, []Inline{&Text{smarten(words, r.lang)}}}}
}
