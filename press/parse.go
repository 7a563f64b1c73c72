package press

import (
	"fmt"
	"io/fs"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
	"golang.org/x/text/language"

	"quire/book"
	"quire/problem"
)

// Parse reads a manuscript. Whatever the Markdown holds, a document comes
// out; what had to be left out or changed is in the warnings. The error is a
// problem.Invalid for a manuscript that is no book: no title or no chapter.
func Parse(m book.Manuscript) (*Document, []Warning, error) {
	if strings.TrimSpace(m.Meta.Title) == "" {
		return nil, nil, problem.New(problem.Invalid, "the manuscript has no title").Try("give it one in book.yaml or with --title")
	}
	if len(m.Chapters) == 0 {
		return nil, nil, problem.New(problem.Invalid, "the manuscript has no chapters").Try("add at least one Markdown file")
	}
	r := &reader{doc: &Document{Source: m}, assets: m.Assets, ids: map[string]bool{}, images: map[string]*Image{}, markdown: markdown()}
	r.meta(m.Meta)
	r.claimChapters(m.Chapters)
	for i := range m.Chapters {
		r.chapter(&m.Chapters[i], r.doc.Chapters[i])
	}
	r.resolve()
	return r.doc, r.warnings, nil
}

// reader is the state of one Parse.
type reader struct {
	doc      *Document
	assets   fs.FS
	markdown parser.Parser
	warnings []Warning
	ids      map[string]bool
	images   map[string]*Image // by source; nil is known to be unusable
	figures  int
	refs     []pendingRef

	src   []byte // of the chapter in work, cleaned
	lines []int  // offsets where its lines begin
	file  string
	notes map[int]*Note
	depth int
}

// pendingRef is a link inside the book whose target may still come.
type pendingRef struct {
	ref *Ref
	pos Pos
}

// markdown is the dialect: CommonMark, tables, footnotes, strikethrough,
// heading attributes and fenced divs.
func markdown() parser.Parser {
	md := goldmark.New(
		goldmark.WithExtensions(extension.Table, extension.Footnote, extension.Strikethrough),
		goldmark.WithParserOptions(
			parser.WithHeadingAttribute(),
			parser.WithBlockParsers(util.Prioritized(divParser{}, 650)),
		),
	)
	return md.Parser()
}

// warn notes a warning at a place of the chapter in work.
func (r *reader) warn(pos Pos, format string, args ...any) {
	r.warnings = append(r.warnings, Warning{Detail: fmt.Sprintf(format, args...), Pos: pos})
}

// meta takes over what stands on the title page.
func (r *reader) meta(m book.Meta) {
	r.doc.Lang = "en"
	if m.Language != "" {
		if tag, err := language.Parse(m.Language); err == nil {
			r.doc.Lang = tag.String()
		} else {
			r.warn(Pos{}, "the language %q is not known; the book is set as English", m.Language)
		}
	}
	m.Title, m.Subtitle = r.plain(m.Title), r.plain(m.Subtitle)
	m.Author, m.Publisher = r.plain(m.Author), r.plain(m.Publisher)
	var imprint []string
	for _, line := range m.Imprint {
		imprint = append(imprint, r.plain(line))
	}
	m.Imprint = imprint
	r.doc.Meta = m
}

// plain makes a title or name typographic and free of control characters.
func (r *reader) plain(s string) string {
	clean, _ := cleanText(s)
	return strings.Join(strings.Fields(smarten(clean, r.doc.Lang)), " ")
}

// claimChapters makes the chapters with their parts, so that chapter IDs are
// taken before any heading asks for one.
func (r *reader) claimChapters(texts []book.Text) {
	number := 0
	for i, t := range texts {
		c := &Chapter{Title: r.plain(t.Title), Pos: Pos{File: t.Source}}
		if t.ID != "" && r.ids[asID(t.ID)] {
			r.warn(c.Pos, "the chapter id %q is used twice", t.ID)
		}
		c.ID = r.claim(asID(t.ID), fmt.Sprintf("chapter-%d", i+1))
		if t.Numbered {
			number++
			c.Number = number
		}
		if part := r.plain(t.Part); part != "" {
			n := len(r.doc.Parts) + 1
			c.Opens = &Part{ID: r.claim("", fmt.Sprintf("part-%d", n)), Number: n, Title: part}
			r.doc.Parts = append(r.doc.Parts, c.Opens)
		}
		r.doc.Chapters = append(r.doc.Chapters, c)
	}
}

// chapter parses the Markdown of one chapter.
func (r *reader) chapter(t *book.Text, c *Chapter) {
	r.file = t.Source
	clean, damaged := cleanText(t.Markdown)
	r.src, r.lines = []byte(clean), lineStarts(clean)
	r.notes, r.depth = map[int]*Note{}, 0
	for _, line := range damaged {
		r.warn(Pos{r.file, line}, "characters that cannot be printed were left out")
	}
	root := r.markdown.Parse(text.NewReader(r.src))
	r.claimNotes(root, c)
	c.Blocks = r.blocks(root)
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		if list, ok := n.(*east.FootnoteList); ok {
			r.noteTexts(list)
		}
	}
}

// claimNotes makes the chapter's notes, so that their marks can point at them.
func (r *reader) claimNotes(root ast.Node, c *Chapter) {
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		list, ok := n.(*east.FootnoteList)
		if !ok {
			continue
		}
		for f := list.FirstChild(); f != nil; f = f.NextSibling() {
			foot, ok := f.(*east.Footnote)
			if !ok || foot.Index < 1 {
				continue
			}
			note := &Note{Number: len(c.Notes) + 1, Pos: r.pos(foot)}
			note.ID = r.claim("", fmt.Sprintf("%s-note-%d", c.ID, note.Number))
			c.Notes = append(c.Notes, note)
			r.notes[foot.Index] = note
		}
	}
}

// noteTexts parses what the notes say.
func (r *reader) noteTexts(list *east.FootnoteList) {
	for f := list.FirstChild(); f != nil; f = f.NextSibling() {
		if foot, ok := f.(*east.Footnote); ok && r.notes[foot.Index] != nil {
			r.notes[foot.Index].Blocks = r.blocks(foot)
		}
	}
}

// resolve checks the links inside the book, now that all targets are known.
func (r *reader) resolve() {
	for _, p := range r.refs {
		if !r.ids[p.ref.Target] {
			r.warn(p.pos, "the link to #%s leads nowhere", p.ref.Target)
			p.ref.Target = ""
		}
	}
}

// claim takes an ID for the book: the wanted one, or a like one that is free.
func (r *reader) claim(want, fallback string) string {
	if want == "" {
		want = fallback
	}
	id := want
	for n := 2; r.ids[id]; n++ {
		id = fmt.Sprintf("%s-%d", want, n)
	}
	r.ids[id] = true
	return id
}

// asID makes a name that XML, PDF and URLs all take as an ID: ASCII letters,
// digits, _ and -, beginning with a letter. It may come out empty.
func asID(s string) string {
	var b strings.Builder
	for _, c := range strings.ToLower(strings.TrimSpace(s)) {
		switch {
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_' || c == '-':
			b.WriteRune(c)
		case c == ' ' || c == '.' || c == ':' || c == '/':
			b.WriteByte('-')
		}
		if b.Len() >= 60 {
			break
		}
	}
	id := strings.Trim(b.String(), "-")
	if id != "" && (id[0] < 'a' || id[0] > 'z') {
		id = "s-" + id
	}
	return id
}
