package press

import (
	"bytes"
	"net/url"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
)

// picture is an image among text. It never leaves Parse: paragraphs turn it
// into a figure, other places into words.
type picture struct {
	source, title string
	alt           []Inline
	attributes    string // what stands in braces behind it
}

func (*picture) inline() {}

// text reads the running text below a block and makes its quotes and dashes
// typographic.
func (r *reader) text(n ast.Node) []Inline {
	out := r.inlines(n, 0)
	smartenAll(out, r.lang)
	return out
}

// inlines turns the children of a node into inlines; joined plain text comes
// out as one Text.
func (r *reader) inlines(parent ast.Node, depth int) []Inline {
	var out []Inline
	var join joiner
	eaten, tags := 0, false // how far the source is read already, whether there are tags
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		t, ok := n.(*ast.Text)
		if ok && eaten > t.Segment.Start {
			t.Segment.Start = min(eaten, t.Segment.Stop)
		}
		if ok && len(out) > 0 {
			if p, ok := out[len(out)-1].(*picture); ok && p.attributes == "" {
				p.attributes = r.braces(t.Segment.Start)
				eaten = t.Segment.Start + len(p.attributes)
				t.Segment.Start = min(eaten, t.Segment.Stop)
			}
		}
		for _, in := range r.inline(n, depth) {
			_, tagged := in.(*tag)
			tags = tags || tagged
			out = join.add(out, in)
		}
	}
	join.end()
	if tags {
		out = r.pairTags(out)
	}
	return out
}

// joiner joins the texts of a paragraph, of which there may be a million, in a
// time that grows with their length only.
type joiner struct {
	last *Text           // the text that is being joined
	more strings.Builder // what belongs to it, from the second on
}

// add appends an inline, joining neighbouring texts.
func (j *joiner) add(out []Inline, in Inline) []Inline {
	t, ok := in.(*Text)
	if !ok {
		j.end()
		return append(out, in)
	}
	if j.last == nil {
		j.last = t
		return append(out, t)
	}
	if j.more.Len() == 0 {
		j.more.WriteString(j.last.Value)
	}
	j.more.WriteString(t.Value)
	return out
}

// end writes the joined text.
func (j *joiner) end() {
	if j.more.Len() > 0 {
		j.last.Value = j.more.String()
	}
	j.last, j.more = nil, strings.Builder{}
}

// braces returns {…} at a place of the source, "" if there is none.
func (r *reader) braces(at int) string {
	if at >= len(r.src) || r.src[at] != '{' {
		return ""
	}
	line := r.src[at:min(len(r.src), r.lineEnd(at), at+200)]
	return string(line[:bytes.IndexByte(line, '}')+1])
}

// appendInline appends, joining neighbouring texts.
func appendInline(out []Inline, in Inline) []Inline {
	if t, ok := in.(*Text); ok && len(out) > 0 {
		if last, ok := out[len(out)-1].(*Text); ok {
			last.Value += t.Value
			return out
		}
	}
	return append(out, in)
}

// inline turns one Markdown inline into inlines.
func (r *reader) inline(n ast.Node, depth int) []Inline {
	if depth > maxDepth {
		return nil
	}
	switch t := n.(type) {
	case *ast.Text:
		return r.plainText(t)
	case *ast.String:
		return []Inline{&Text{string(t.Value)}}
	case *ast.CodeSpan:
		return []Inline{&CodeSpan{r.codeSpan(t)}}
	case *ast.Emphasis:
		if t.Level > 1 {
			return []Inline{&Strong{r.noPictures(t, depth)}}
		}
		return []Inline{&Emph{r.noPictures(t, depth)}}
	case *east.Strikethrough:
		return []Inline{&Strike{r.noPictures(t, depth)}}
	case *ast.Link:
		return r.link(t, depth)
	case *ast.AutoLink:
		return r.autoLink(t)
	case *ast.Image:
		return []Inline{&picture{source: unescape(string(t.Destination)), title: unescape(string(t.Title)), alt: r.noPictures(t, depth)}}
	case *mathInline:
		return []Inline{r.math(t)}
	case *ast.RawHTML:
		return r.rawHTML(t)
	case *east.FootnoteLink:
		if note := r.notes[t.Index]; note != nil {
			return []Inline{&NoteRef{note}}
		}
		return nil
	case *east.FootnoteBacklink:
		return nil
	}
	return r.inlines(n, depth+1)
}

// noPictures reads the text inside an inline, where no figure can stand.
func (r *reader) noPictures(n ast.Node, depth int) []Inline {
	return r.withoutPictures(r.inlines(n, depth+1), r.pos(n))
}

// plainText reads text with its line end.
func (r *reader) plainText(t *ast.Text) []Inline {
	s := string(t.Segment.Value(r.src))
	if !t.IsRaw() {
		s = unescape(s)
	}
	switch {
	case t.HardLineBreak():
		return []Inline{&Text{s}, &LineBreak{}}
	case t.SoftLineBreak():
		return []Inline{&Text{s + " "}}
	}
	return []Inline{&Text{s}}
}

// codeSpan returns the text of a code span; its line ends are spaces.
func (r *reader) codeSpan(n ast.Node) string {
	var b strings.Builder
	for k := n.FirstChild(); k != nil; k = k.NextSibling() {
		if t, ok := k.(*ast.Text); ok {
			b.Write(t.Segment.Value(r.src))
		}
	}
	s := strings.ReplaceAll(b.String(), "\n", " ")
	if r.cell {
		s = strings.ReplaceAll(s, `\|`, "|") // GFM: a bar in the code of a table
	}
	return s
}

// link reads a link: out of the book, inside it, or neither.
func (r *reader) link(t *ast.Link, depth int) []Inline {
	text := r.noPictures(t, depth)
	dest := unescape(string(t.Destination))
	if id, ok := strings.CutPrefix(dest, "#"); ok {
		return []Inline{r.ref(t, id, false, text)}
	}
	if id, ok := strings.CutPrefix(dest, "page:"); ok {
		return []Inline{r.ref(t, id, true, text)}
	}
	if !webLink(dest) {
		r.warn(r.pos(t), "the link to %q is left out: only http, https, mailto and #id are kept", shorten(dest))
		return text
	}
	return []Inline{&Link{dest, text}}
}

// autoLink reads a bare address in angle brackets.
func (r *reader) autoLink(t *ast.AutoLink) []Inline {
	label := &Text{string(t.Label(r.src))}
	dest := string(t.URL(r.src))
	if t.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(dest, "mailto:") {
		dest = "mailto:" + dest
	}
	if !webLink(dest) {
		return []Inline{label}
	}
	return []Inline{&Link{dest, []Inline{label}}}
}

// webLink reports whether a link leads to where readers may be sent.
func webLink(dest string) bool {
	u, err := url.Parse(dest)
	if err != nil {
		return false
	}
	switch strings.ToLower(u.Scheme) {
	case "http", "https":
		return u.Host != ""
	case "mailto":
		return u.Opaque != ""
	}
	return false
}

// rawHTML leaves tags out; only a line break means something.
func (r *reader) rawHTML(t *ast.RawHTML) []Inline {
	var b strings.Builder
	start := 0
	for i := range t.Segments.Len() {
		seg := t.Segments.At(i)
		if i == 0 {
			start = seg.Start
		}
		b.Write(seg.Value(r.src))
	}
	raw := strings.ToLower(b.String())
	name := htmlName.FindStringSubmatch(raw)
	switch {
	case strings.HasPrefix(raw, "<!--"):
		return nil
	case name == nil:
		r.warn(r.at(start), "the HTML tag %s is left out", shorten(raw))
		return nil
	case name[1] == "br":
		return []Inline{&LineBreak{}}
	case name[1] == "wbr":
		return []Inline{&Text{"\u200b"}}
	}
	return []Inline{&tag{name[1], raw, r.at(start)}}
}

// shorten keeps a foreign text short enough for a message.
func shorten(s string) string {
	if rs := []rune(s); len(rs) > 60 {
		return string(rs[:57]) + "…"
	}
	return s
}

var entity = regexp.MustCompile(`\\[!-/:-@\[-` + "`" + `{-~]|&(#[xX]?[0-9a-fA-F]{1,8}|[a-zA-Z][a-zA-Z0-9]{1,31});`)

// unescape resolves backslash escapes and character references, each once.
func unescape(s string) string {
	if !strings.ContainsAny(s, `\&`) {
		return s
	}
	return entity.ReplaceAllStringFunc(s, func(m string) string {
		if m[0] == '\\' {
			return m[1:]
		}
		out := string(util.ResolveEntityNames(util.ResolveNumericReferences([]byte(m))))
		clean, _ := cleanText(out)
		return clean
	})
}
